"""Everything about one enquiry, and what staff choose among on its page, in one query."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import QuerySet, Subquery

from enquiries import replies, scanning
from enquiries.conflicts import changes_of
from enquiries.desk.gathering import NAMES, Gathering
from enquiries.models import (
    CallAttempt,
    Callback,
    CallOpinion,
    CannedReply,
    Consent,
    Enquiry,
    Event,
    FollowUp,
    Letter,
    Note,
    OccupationOfInterest,
    OutboxMessage,
    Purpose,
    QualificationOfInterest,
    ResumeAccess,
    StaffReply,
    Wording,
)

UNSHOWN = ("searched", "former_contacts", "content_digest")


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeEnquiry:
    """
    An enquiry, with its owner and its résumé, and the rows that belong to it.

    Calls, notes and replies are also those of its ``repeats``. What was read here names staff
    without another query.
    """

    enquiry: Enquiry
    newest_change: int
    callbacks: tuple[Callback, ...]  # the one that stands, if any
    occupations: tuple[OccupationOfInterest, ...]
    qualifications: tuple[QualificationOfInterest, ...]
    follow_ups: tuple[FollowUp, ...]
    consents: tuple[Consent, ...]
    events: tuple[Event, ...]
    repeats: tuple[Enquiry, ...]
    calls: tuple[CallAttempt, ...]
    notes: tuple[Note, ...]
    replies: tuple[StaffReply, ...]
    opinions: tuple[CallOpinion, ...]
    letters: tuple[Letter, ...]
    accesses: tuple[ResumeAccess, ...]
    failed_scans: tuple[OutboxMessage, ...]  # the newest, if any
    colleagues: tuple[User, ...]
    canned_replies: tuple[CannedReply, ...]
    scripts: tuple[Wording, ...]  # what a guardian confirms by voice

    @property
    def callback(self) -> Callback | None:
        """The callback that stands."""
        return next(iter(self.callbacks), None)


def read_whole(number: int, *, now: datetime) -> WholeEnquiry | None:
    """Read the enquiry of this number with all that its page shows; one query."""
    gatherings = _gatherings(number, now=now)
    annotations = {f"read_{name}": each.annotation() for name, each in gatherings.items()}
    found = Enquiry.objects.filter(pk=number).select_related("owner", "resume").defer(*UNSHOWN)
    newest = Subquery(changes_of(number).values("pk")[:1])
    enquiry = found.annotate(**annotations, read_newest_change=newest).first()
    if enquiry is None:
        return None
    read = vars(enquiry)
    return WholeEnquiry(
        enquiry=enquiry,
        newest_change=read.pop("read_newest_change") or 0,
        **{name: each.read(read.pop(f"read_{name}")) for name, each in gatherings.items()},
    )


def may_be_given_to() -> QuerySet[User]:
    """List the staff whom an enquiry may be given to, by name."""
    staff = User.objects.with_perm("enquiries.claim_enquiry").filter(is_staff=True)
    return staff.order_by("username")


def _gatherings(number: int, *, now: datetime) -> dict[str, Gathering]:
    here = {"enquiry": number}
    said = {"enquiry__in": Enquiry.objects.with_repeats(number)}
    follow_ups = FollowUp.objects.filter(**here)
    events = Event.objects.filter(**here)
    accesses = ResumeAccess.objects.filter(resume__enquiry=number)
    return {
        "callbacks": Gathering(rows=Callback.objects.current().filter(**here)),
        "occupations": Gathering(rows=OccupationOfInterest.objects.filter(**here).order_by("pk")),
        "qualifications": Gathering(
            rows=QualificationOfInterest.objects.filter(**here).order_by("pk")
        ),
        "follow_ups": Gathering(rows=follow_ups, staff=("owner",)),
        "consents": Gathering(rows=Consent.objects.filter(**here)),
        "events": Gathering(rows=events, staff=("by", "from_owner", "to_owner")),
        "repeats": Gathering(
            rows=Enquiry.objects.filter(duplicate_of=number).order_by("pk"),
            columns=("id", "reference"),
        ),
        "calls": Gathering(rows=CallAttempt.objects.filter(**said), staff=("by",)),
        "notes": Gathering(rows=Note.objects.filter(**said), staff=("by",)),
        "replies": Gathering(rows=StaffReply.objects.filter(**said), staff=("by",)),
        "opinions": Gathering(rows=CallOpinion.objects.filter(**here)),
        "letters": Gathering(rows=Letter.objects.filter(**here)),
        "accesses": Gathering(rows=accesses, staff=("by",)),
        "failed_scans": Gathering(rows=scanning.failed_scans(number)[:1]),
        "colleagues": Gathering(rows=may_be_given_to(), columns=NAMES),
        "canned_replies": Gathering(rows=replies.offered()),
        "scripts": Gathering(
            rows=Wording.objects.in_force(now=now).filter(purpose=Purpose.GUARDIAN_CONFIRMATION)[:1]
        ),
    }
