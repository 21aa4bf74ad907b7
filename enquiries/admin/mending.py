"""Actions that put right: one's own latest change taken back, a repeat made part of the first."""

from enquiries import merging, undoing
from enquiries.admin.action import Action, Doing, needs
from enquiries.admin.forms import IntoForm, UndoForm


def _undo(doing: Doing) -> str:
    undone = undoing.undo(
        doing.enquiry, by=doing.by, now=doing.now, change=doing.given.get("change")
    )
    return " ".join([f"Undone: {undone.event.why.lower()}.", *undone.remarks])


def _merge(doing: Doing) -> str:
    into = doing.given["into"]
    merging.merge(doing.enquiry, into=into, by=doing.by, now=doing.now)
    return f"{doing.enquiry.reference} is now part of {into.reference}."


MENDING = (
    Action(
        name="undo",
        label="Undo",
        perform=_undo,
        permissions=needs("change_enquiry"),
        offered=lambda _: True,
        form=lambda _: UndoForm,
        only_adds=True,  # the verb itself refuses when something has come since
    ),
    Action(
        name="merge",
        label="Merge into another enquiry",
        perform=_merge,
        permissions=needs("merge_enquiry"),
        offered=lambda enquiry: enquiry.is_open,
        form=lambda _: IntoForm,
    ),
)
