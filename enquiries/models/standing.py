"""Where an enquiry stands, as the database sees it: constraints on its state and its owner."""

from django.db import models
from django.db.models import F, Q

from enquiries.transitions import CLOSED_STATES, OPEN_STATES, OWNED_STATES, State

OPEN, CLOSED, OWNED = (
    sorted(state.value for state in states) for states in (OPEN_STATES, CLOSED_STATES, OWNED_STATES)
)


def standing_constraints() -> list[models.BaseConstraint]:
    """List what must never be false about states, owners and originals."""
    return [
        models.CheckConstraint(
            condition=Q(state__in=CLOSED, closed_at__isnull=False)
            | Q(state__in=OPEN, closed_at=None),
            name="enquiry_closed_states_have_an_instant",
        ),
        models.CheckConstraint(
            condition=~Q(state__in=OWNED) | Q(owner__isnull=False),
            name="enquiry_worked_on_has_an_owner",
            violation_error_message="Someone must own the enquiry first.",
        ),
        models.CheckConstraint(
            condition=~Q(state=State.NEW.value) | Q(owner=None, claimed_at=None),
            name="enquiry_new_has_no_owner",
            violation_error_message="A new enquiry belongs to nobody yet.",
        ),
        models.CheckConstraint(
            condition=Q(advice_given_at=None, advice_given_by=None)
            | Q(advice_given_at__isnull=False, advice_given_by__isnull=False),
            name="enquiry_advice_was_given_by_someone",
        ),
        models.CheckConstraint(
            condition=~Q(state=State.DUPLICATE.value)
            | (Q(duplicate_of__isnull=False) & ~Q(duplicate_of=F("id"))),
            name="enquiry_duplicate_names_the_original",
            violation_error_message="Name the enquiry that this one repeats.",
        ),
    ]
