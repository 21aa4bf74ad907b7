"""The office as its rows tell, and the calls it has on offer."""

from enquiries.office.offer import (
    FreeDay,
    FreeSlot,
    answer_by,
    can_call,
    forget_offer,
    free_slots,
    offered_days,
    offered_times,
    open_starts,
    soonest,
    unconfirmed_callbacks,
)
from enquiries.office.stored import read_office, site_zone

__all__ = [
    "FreeDay",
    "FreeSlot",
    "answer_by",
    "can_call",
    "forget_offer",
    "free_slots",
    "offered_days",
    "offered_times",
    "open_starts",
    "read_office",
    "site_zone",
    "soonest",
    "unconfirmed_callbacks",
]
