"""The second person's word on an upload: which form asks for it, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User

from occupations.admin.upload_forms import ApprovalForm, RefusalForm
from occupations.editorial.uploads import (
    SecondPersonNeeded,
    UploadDecided,
    approve_table,
    refuse_table,
)
from occupations.models import TableUpload

MAY_DECIDE = "occupations.approve_tableupload"
NAMES = ("approve", "refuse")
type Form = ApprovalForm | RefusalForm
_State = TableUpload.State
_REFUSABLE = {_State.PROPOSED, _State.APPROVED, _State.LOADED}


@dataclass(frozen=True, kw_only=True)
class Deciding:
    """The forms that one person gets for one upload; without a form, that is not theirs to do."""

    approval: ApprovalForm | None
    refusal: RefusalForm | None
    is_own: bool


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a decision: in words for the person, and for the log."""

    level: int
    said: str
    logged: str


def form_of(name: str, upload: TableUpload, *, data: Mapping[str, Any]) -> Form:
    """Read what was typed to approve or refuse an upload."""
    if name == "approve":
        return ApprovalForm(data, shrinks=upload.summary["shrinks"])
    return RefusalForm(data)


def deciding(upload: TableUpload, *, user: User, refused: Form | None) -> Deciding:
    """Offer what a person may decide; ``refused`` is a form that came back with errors."""
    is_own = upload.uploaded_by_id == user.pk
    may = user.has_perm(MAY_DECIDE) and not is_own
    approval = ApprovalForm(shrinks=upload.summary["shrinks"])
    return Deciding(
        approval=(refused if isinstance(refused, ApprovalForm) else approval)
        if may and upload.state == _State.PROPOSED
        else None,
        refusal=(refused if isinstance(refused, RefusalForm) else RefusalForm())
        if may and upload.state in _REFUSABLE
        else None,
        is_own=is_own,
    )


def decide(
    name: str, upload: TableUpload, *, given: Mapping[str, Any], by: User, now: datetime
) -> Outcome:
    """Approve or refuse an upload with what was typed, and say what came of it."""
    was_loaded = upload.state == _State.LOADED
    try:
        if name == "approve":
            accept = given.get("accept_shrink", False)
            approve_table(upload, by=by, now=now, accept_shrink=accept)
            return _done("Approved. The worker loads the table within a minute.", "Approved.")
        reason = given.get("reason", "")
        refuse_table(upload, by=by, now=now, reason=reason)
    except SecondPersonNeeded:
        return _not_done(
            "You uploaded this table, so a second person decides on it. Nothing was changed.",
            f"Tried to {name} it, which a second person does.",
        )
    except UploadDecided:
        return _not_done(
            "Somebody decided on this table meanwhile. Nothing was changed.",
            f"Tried to {name} it, but that was decided on already.",
        )
    if was_loaded:
        return _done("The worker takes the table back within a minute.", f"Taken back: {reason}")
    return _done("Refused. Nothing was loaded.", f"Refused: {reason}")


def _done(said: str, logged: str) -> Outcome:
    return Outcome(level=messages.SUCCESS, said=said, logged=logged)


def _not_done(said: str, logged: str) -> Outcome:
    return Outcome(level=messages.ERROR, said=said, logged=logged)
