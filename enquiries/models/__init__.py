"""What is stored about enquiries; one concept a file, all imported from here."""

from enquiries.models.abuse import (
    SubmissionCount,
    Suppression,
    contact_digest,
)
from enquiries.models.callback import Callback, CallbackSlot
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
    Reply,
    new_reference,
)
from enquiries.models.event import Event, EventKind
from enquiries.models.follow_up import FollowUp, FollowUpReason
from enquiries.models.former_address import FormerAddress
from enquiries.models.guardian_request import GuardianRequest
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
from enquiries.models.office import (
    Absence,
    CallbackPolicy,
    Closure,
    HolidayState,
    OfficeHours,
    Weekday,
)
from enquiries.models.outbox import OutboxMessage, Topic
from enquiries.models.privacy import (
    DataRequest,
    DataRequestKind,
    Erasure,
    Kept,
    RetentionPeriod,
)
from enquiries.models.resume import (
    PendingUpload,
    PendingUploadQuerySet,
    Resume,
    ResumeAccess,
    ResumeState,
    new_stored_name,
    resume_storage,
)
from enquiries.models.wording import Wording, current_wording

__all__ = [
    "About",
    "Absence",
    "CallAttempt",
    "CallOutcome",
    "Callback",
    "CallbackPolicy",
    "CallbackSlot",
    "Channel",
    "Closure",
    "Consent",
    "ConsentGiver",
    "DataRequest",
    "DataRequestKind",
    "Enquiry",
    "EnquiryDetails",
    "Erasure",
    "Event",
    "EventKind",
    "Fallback",
    "Flag",
    "FollowUp",
    "FollowUpReason",
    "FormerAddress",
    "GuardianDetails",
    "GuardianRequest",
    "HolidayState",
    "Interest",
    "Kept",
    "Letter",
    "LinkClaim",
    "LinkExpired",
    "LinkPurpose",
    "LinkRejected",
    "Note",
    "OccupationOfInterest",
    "OccupationSnapshot",
    "OfficeHours",
    "OutboxMessage",
    "PendingUpload",
    "PendingUploadQuerySet",
    "Purpose",
    "QualificationOfInterest",
    "QualificationSnapshot",
    "Relationship",
    "Reply",
    "Resume",
    "ResumeAccess",
    "ResumeState",
    "RetentionPeriod",
    "SubmissionCount",
    "Suppression",
    "Topic",
    "Weekday",
    "Wording",
    "contact_digest",
    "current_wording",
    "new_reference",
    "new_stored_name",
    "read_link",
    "resume_storage",
    "sign_link",
]
