"""Everything about one enquiry, and what staff choose among on its page, in one query."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.contrib.auth.models import User
from django.db.models import OuterRef, QuerySet, Subquery

from enquiries import replies, scanning
from enquiries.conflicts import changes_of
from enquiries.desk.declaration import declaration
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
    scripts = declaration(now=now)
    found = _enquiries().annotate(read_scripts=scripts.annotation())
    enquiry = found.filter(pk=number).first()
    if enquiry is None:
        return None
    read = vars(enquiry)
    gathered = {"scripts": scripts, **_gatherings()}
    return WholeEnquiry(
        enquiry=enquiry,
        newest_change=read.pop("read_newest_change") or 0,
        **{name: each.read(read.pop(f"read_{name}")) for name, each in gathered.items()},
    )


def may_be_given_to() -> QuerySet[User]:
    """List the staff whom an enquiry may be given to, by name."""
    staff = User.objects.with_perm("enquiries.claim_enquiry").filter(is_staff=True)
    return staff.order_by("username")


@cache
def _enquiries() -> QuerySet[Enquiry]:
    """Select enquiries with the rows that belong to each; Django takes its time to put it so."""
    annotations = {f"read_{name}": each.annotation() for name, each in _gatherings().items()}
    newest = Subquery(changes_of(OuterRef("pk")).values("pk")[:1])
    enquiries = Enquiry.objects.select_related("owner", "resume").defer(*UNSHOWN)
    return enquiries.annotate(**annotations, read_newest_change=newest)


@cache
def _gatherings() -> Mapping[str, Gathering]:
    here = {"enquiry": OuterRef("pk")}
    said = {"enquiry__in": Enquiry.objects.with_repeats(OuterRef(OuterRef("pk"))).order_by()}
    repeats = Enquiry.objects.filter(duplicate_of=OuterRef("pk")).order_by("pk")
    accesses = ResumeAccess.objects.filter(resume__enquiry=OuterRef("pk"))
    return {
        "callbacks": Gathering(rows=Callback.objects.current().filter(**here)),
        "occupations": Gathering(rows=OccupationOfInterest.objects.filter(**here).order_by("pk")),
        "qualifications": Gathering(
            rows=QualificationOfInterest.objects.filter(**here).order_by("pk")
        ),
        "follow_ups": Gathering(rows=FollowUp.objects.filter(**here), staff=("owner",)),
        "consents": Gathering(rows=Consent.objects.filter(**here)),
        "events": Gathering(
            rows=Event.objects.filter(**here), staff=("by", "from_owner", "to_owner")
        ),
        "repeats": Gathering(rows=repeats, columns=("id", "reference")),
        "calls": Gathering(rows=CallAttempt.objects.filter(**said), staff=("by",)),
        "notes": Gathering(rows=Note.objects.filter(**said), staff=("by",)),
        "replies": Gathering(rows=StaffReply.objects.filter(**said), staff=("by",)),
        "opinions": Gathering(rows=CallOpinion.objects.filter(**here)),
        "letters": Gathering(rows=Letter.objects.filter(**here)),
        "accesses": Gathering(rows=accesses, staff=("by",)),
        "failed_scans": Gathering(rows=scanning.failed_scans(OuterRef("pk"))[:1]),
        "colleagues": Gathering(rows=may_be_given_to(), columns=NAMES),
        "canned_replies": Gathering(rows=replies.offered()),
    }
