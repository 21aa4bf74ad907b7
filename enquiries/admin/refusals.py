"""Why an action of staff was refused, in a sentence."""

from collections.abc import Callable, Mapping
from typing import Any

from enquiries import (
    agents,
    bookings,
    calls,
    confirmation,
    followups,
    merging,
    replies,
    triage,
    undoing,
)
from enquiries.admin.staff import staff_name
from enquiries.models import Enquiry
from enquiries.transitions import TransitionRefused

_NOBODY = "There is nobody to call yet: a guardian, or an agreement at 18, is missing."
_UNFINISHED = "Nothing was sent: write in what the text still asks for, or take it out."


def _not_the_owner(error: triage.NotTheOwner, _enquiry: Enquiry) -> str:
    whose = f"It belongs to {staff_name(error.owner)}." if error.owner else "It belongs to nobody."
    return f"{whose} Only the one who has it may hand it on."


# A kind of refusal stands before the wider kind that it belongs to.
_SENTENCES: Mapping[type[Exception], Callable[[Any, Enquiry], str]] = {
    triage.AlreadyClaimed: lambda error, enquiry: (
        f"{staff_name(error.by)} claimed {enquiry.reference} before you."
    ),
    followups.EnquiryClosed: lambda _, enquiry: (
        f"Nothing was changed: {enquiry.reference} was closed meanwhile."
    ),
    calls.NobodyToCall: lambda _error, _enquiry: _NOBODY,
    confirmation.NothingToConfirm: lambda _error, _enquiry: (
        "There is nothing to confirm: the enquiry is closed, or has no guardian."
    ),
    bookings.SlotTaken: lambda _error, _enquiry: (
        "Others were quicker: that time is taken. Choose another one."
    ),
    bookings.SlotClosed: lambda _error, _enquiry: (
        "That time can no longer be had. Choose another one."
    ),
    replies.ReplyUnfinished: lambda _error, _enquiry: _UNFINISHED,
    agents.MarnMissing: lambda _error, _enquiry: (
        "Only staff with a MARN on file may mark advice as given."
    ),
    triage.NotTheOwner: _not_the_owner,
    undoing.NothingToUndo: lambda _error, _enquiry: (
        "There is nothing to undo: something else was changed meanwhile."
    ),
    undoing.TooLateToUndo: lambda error, _: str(error.sentence),
    merging.MergeRefused: lambda error, _: str(error.sentence),
    replies.NobodyToWriteTo: lambda error, _: str(error.sentence),
    TransitionRefused: lambda error, _: str(error.sentence),
}
REFUSALS = tuple(_SENTENCES)


def refusal_sentence(error: Exception, *, enquiry: Enquiry) -> str:
    """Tell staff in a sentence why an action was refused."""
    kind = next(kind for kind in REFUSALS if isinstance(error, kind))
    return _SENTENCES[kind](error, enquiry)
