"""The indexes behind the queue: each of its parts in the order in which it is leafed through."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Reverse, Upper

from enquiries.models.searched import PHONES
from enquiries.models.standing import OPEN
from enquiries.transitions import Hold

_OPEN = Q(state__in=OPEN)
_IN_ORDER = ("created_at", "id")


def queue_indexes() -> list[models.Index]:
    """
    List the indexes of parts, of open ones and of all, and those of the search.

    The next call reads ``enquiry_open_by_age``, the open follow-ups by the instant they are due,
    and the current callbacks by their start.
    """
    return [
        models.Index(*_IN_ORDER, name="enquiry_by_age"),
        models.Index(*_IN_ORDER, condition=_OPEN, name="enquiry_open_by_age"),
        models.Index(*_IN_ORDER, condition=_OPEN & Q(owner=None), name="enquiry_unclaimed_by_age"),
        models.Index(
            *_IN_ORDER, condition=_OPEN & Q(is_minor=True), name="enquiry_open_minor_by_age"
        ),
        models.Index("state", *_IN_ORDER, name="enquiry_by_state"),
        models.Index("owner", *_IN_ORDER, name="enquiry_by_owner"),
        models.Index("owner", *_IN_ORDER, condition=_OPEN, name="enquiry_open_by_owner"),
        models.Index("country", *_IN_ORDER, name="enquiry_by_country"),
        models.Index("country", *_IN_ORDER, condition=_OPEN, name="enquiry_open_by_country"),
        models.Index("hold", *_IN_ORDER, condition=~Q(hold=""), name="enquiry_held_by_age"),
        models.Index(
            *_IN_ORDER,
            condition=_OPEN
            & Q(is_minor=True)
            & (Q(guardian_confirmed_at=None) | Q(hold=Hold.NEEDS_GUARDIAN.value)),
            name="enquiry_waiting_for_guardian",
        ),
        GinIndex(
            fields=["searched"],
            gin_pending_list_limit=256,  # kB: a search reads through all that is pending
            name="enquiry_by_names",
        ),
        *(
            models.Index(
                OpClass(Upper(f"{whose}_email"), name="text_pattern_ops"),  # for beginnings too
                condition=~Q(**{f"{whose}_email": ""}),
                name=f"enquiry_by_{whose}_email",
            )
            for whose in ("own", "guardian")
        ),
        *(
            models.Index(
                OpClass(Reverse(phone), name="text_pattern_ops"),
                condition=~Q(**{phone: ""}),
                name=f"enquiry_by_{phone}",
            )
            for phone in PHONES
        ),
    ]
