"""What is stored about enquiries; one concept a file, all imported from here."""

from enquiries.models.abuse import SubmissionCount
from enquiries.models.callback import Callback
from enquiries.models.calls import CallAttempt, CallOutcome
from enquiries.models.consent import Channel, Consent, ConsentGiver, Purpose
from enquiries.models.details import (
    EnquiryDetails,
    GuardianDetails,
    OccupationSnapshot,
    QualificationSnapshot,
)
from enquiries.models.enquiry import (
    About,
    Enquiry,
    Fallback,
    Flag,
    Interest,
    Relationship,
    new_reference,
)
from enquiries.models.event import Event, EventKind
from enquiries.models.follow_up import FollowUp, FollowUpReason
from enquiries.models.interest import OccupationOfInterest, QualificationOfInterest
from enquiries.models.letter import Letter
from enquiries.models.links import (
    LinkClaim,
    LinkExpired,
    LinkPurpose,
    LinkRejected,
    read_link,
    sign_link,
)
from enquiries.models.note import Note
from enquiries.models.outbox import OutboxMessage, Topic
from enquiries.models.resume import (
    PendingUpload,
    PendingUploadQuerySet,
    Resume,
    ResumeAccess,
    ResumeState,
    new_stored_name,
    resume_storage,
)
from enquiries.models.wording import WORDINGS, Wording, current_wording

__all__ = [
    "WORDINGS",
    "About",
    "CallAttempt",
    "CallOutcome",
    "Callback",
    "Channel",
    "Consent",
    "ConsentGiver",
    "Enquiry",
    "EnquiryDetails",
    "Event",
    "EventKind",
    "Fallback",
    "Flag",
    "FollowUp",
    "FollowUpReason",
    "GuardianDetails",
    "Interest",
    "Letter",
    "LinkClaim",
    "LinkExpired",
    "LinkPurpose",
    "LinkRejected",
    "Note",
    "OccupationOfInterest",
    "OccupationSnapshot",
    "OutboxMessage",
    "PendingUpload",
    "PendingUploadQuerySet",
    "Purpose",
    "QualificationOfInterest",
    "QualificationSnapshot",
    "Relationship",
    "Resume",
    "ResumeAccess",
    "ResumeState",
    "SubmissionCount",
    "Topic",
    "Wording",
    "current_wording",
    "new_reference",
    "new_stored_name",
    "read_link",
    "resume_storage",
    "sign_link",
]
