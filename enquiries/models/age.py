"""The guardian rule as the database sees it: expressions and constraints on the enquiry row."""

from django.db import models
from django.db.models import Case, F, Func, Q, Value, When

from enquiries.transitions import Hold

GUARDIAN_FIELDS = (
    "guardian_name",
    "guardian_relationship",
    "guardian_email",
    "guardian_phone",
    "guardian_phone_typed",
)


def eighteenth_birthday() -> Func:
    """
    Give the SQL of the 18th birthday; born on 29 February, it is 1 March.

    PostgreSQL alone would say 28 February.
    """
    eighteen_years_later = Func(
        F("date_of_birth"),
        template="(%(expressions)s + interval '18 years')::date",
        output_field=models.DateField(),
    )
    born_on_a_leap_day = Case(
        When(date_of_birth__month=2, date_of_birth__day=29, then=Value(1)),
        default=Value(0),
        output_field=models.IntegerField(),
    )
    return Func(
        eighteen_years_later,
        born_on_a_leap_day,
        template="(%(expressions)s)",
        arg_joiner=" + ",
        output_field=models.DateField(),
    )


def is_minor() -> Case:
    """
    Give the SQL of whether the person was a minor on the day of the decision.

    Only an adult's date of birth is ever forgotten, so without one the answer is no.
    """
    return Case(
        When(date_of_birth__isnull=False, decided_on__lt=eighteenth_birthday(), then=Value(True)),  # noqa: FBT003
        default=Value(False),  # noqa: FBT003
        output_field=models.BooleanField(),
    )


def _filled(*fields: str) -> Q:
    return Q(**{f"{field}__regex": r"\S" for field in fields})


def _empty(*fields: str) -> Q:
    return Q(**dict.fromkeys(fields, ""))


def age_constraints() -> list[models.BaseConstraint]:
    """List what must never be false about ages, guardians and the day of the decision."""
    day_before, day_after = (
        Func(
            F("decided_at"),
            template=f"((%(expressions)s AT TIME ZONE 'UTC')::date {days})",
            output_field=models.DateField(),
        )
        for days in ("- 1", "+ 1")
    )
    oldest_birth = Func(
        F("decided_on"),
        template="(%(expressions)s - interval '120 years')::date",
        output_field=models.DateField(),
    )
    return [
        models.CheckConstraint(
            condition=Q(is_minor=False) | _empty("own_email", "own_phone", "own_phone_typed"),
            name="enquiry_minor_has_no_contact_of_their_own",
            violation_error_message="A person under 18 cannot have a phone or e-mail of their own "
            "here. Only their parent or guardian is contacted.",
        ),
        models.CheckConstraint(
            condition=Q(is_minor=False)
            | Q(hold=Hold.NEEDS_GUARDIAN.value)
            | _filled(*GUARDIAN_FIELDS),
            name="enquiry_minor_has_a_guardian",
            violation_error_message="A person under 18 needs a parent or guardian: "
            "name, relationship, e-mail and phone.",
        ),
        models.CheckConstraint(
            condition=Q(is_minor=True)
            | (
                _empty(*GUARDIAN_FIELDS)
                & Q(
                    guardian_confirmed_at=None,
                    guardian_link_renewed_at=None,
                    former_contacts__len=0,
                )
            ),
            name="enquiry_adult_has_no_guardian",
            violation_error_message="An adult's enquiry carries no data about a guardian.",
        ),
        models.CheckConstraint(
            condition=Q(is_minor=True)
            | Q(hold__in=[Hold.NEEDS_INFO.value, Hold.RECONSENT.value])
            | _filled("own_email", "own_phone"),
            name="enquiry_adult_has_a_contact",
            violation_error_message="An adult's enquiry needs their e-mail and phone.",
        ),
        models.CheckConstraint(
            condition=Q(decided_on__gte=day_before, decided_on__lte=day_after),
            name="enquiry_decided_on_the_day_of_the_decision",
            violation_error_message="The decision's date must be within a day of its instant.",
        ),
        models.CheckConstraint(
            condition=Q(date_of_birth__lte=F("decided_on")),
            name="enquiry_birth_is_not_in_the_future",
            violation_error_message="A date of birth cannot be in the future.",
        ),
        models.CheckConstraint(
            condition=Q(date_of_birth__gt=oldest_birth),
            name="enquiry_birth_is_less_than_120_years_ago",
            violation_error_message="A date of birth must be less than 120 years ago.",
        ),
    ]
