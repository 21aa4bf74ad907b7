"""What is stored about enquiries; one concept a file, all imported from here."""

from enquiries.models.abuse import (
    SubmissionCount,
    Suppression,
    contact_digest,
)
from enquiries.models.adviser import Adviser, Shift
from enquiries.models.callback import Callback, CallbackSlot
from enquiries.models.calls import CallAttempt, CallOutcome
from enquiries.models.choices import About, Fallback, Flag, Interest, Relationship, Reply
from enquiries.models.consent import Channel, Consent, ConsentGiver, Purpose
from enquiries.models.desk import DayFigures, SavedView
from enquiries.models.details import (
    EnquiryDetails,
    GuardianDetails,
    OccupationSnapshot,
    QualificationSnapshot,
)
from enquiries.models.enquiry import (
    REFERENCE_LENGTH,
    REFERENCE_SIGNS,
    Enquiry,
    new_reference,
)
from enquiries.models.event import Event, EventKind
from enquiries.models.follow_up import Escalation, FollowUp, FollowUpReason
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
from enquiries.models.opinion import CallOpinion, Helped
from enquiries.models.outbox import OutboxMessage, Topic
from enquiries.models.press import Press
from enquiries.models.privacy import (
    DataRequest,
    DataRequestKind,
    Erasure,
    Kept,
    RetentionPeriod,
)
from enquiries.models.records import (
    AccessKind,
    AccessRecord,
    ChangeKind,
    ChangeRecord,
    ListRecord,
)
from enquiries.models.reply import CannedReply, StaffReply
from enquiries.models.resume import (
    PendingUpload,
    PendingUploadQuerySet,
    Resume,
    ResumeAccess,
    ResumeState,
    new_stored_name,
    resume_storage,
)
from enquiries.models.searched import PHONES, ends_in, is_named
from enquiries.models.wording import Wording, current_wording, forget_wordings

__all__ = [
    "PHONES",
    "REFERENCE_LENGTH",
    "REFERENCE_SIGNS",
    "About",
    "Absence",
    "AccessKind",
    "AccessRecord",
    "Adviser",
    "CallAttempt",
    "CallOpinion",
    "CallOutcome",
    "Callback",
    "CallbackPolicy",
    "CallbackSlot",
    "CannedReply",
    "ChangeKind",
    "ChangeRecord",
    "Channel",
    "Closure",
    "Consent",
    "ConsentGiver",
    "DataRequest",
    "DataRequestKind",
    "DayFigures",
    "Enquiry",
    "EnquiryDetails",
    "Erasure",
    "Escalation",
    "Event",
    "EventKind",
    "Fallback",
    "Flag",
    "FollowUp",
    "FollowUpReason",
    "FormerAddress",
    "GuardianDetails",
    "GuardianRequest",
    "Helped",
    "HolidayState",
    "Interest",
    "Kept",
    "Letter",
    "LinkClaim",
    "LinkExpired",
    "LinkPurpose",
    "LinkRejected",
    "ListRecord",
    "Note",
    "OccupationOfInterest",
    "OccupationSnapshot",
    "OfficeHours",
    "OutboxMessage",
    "PendingUpload",
    "PendingUploadQuerySet",
    "Press",
    "Purpose",
    "QualificationOfInterest",
    "QualificationSnapshot",
    "Relationship",
    "Reply",
    "Resume",
    "ResumeAccess",
    "ResumeState",
    "RetentionPeriod",
    "SavedView",
    "Shift",
    "StaffReply",
    "SubmissionCount",
    "Suppression",
    "Topic",
    "Weekday",
    "Wording",
    "contact_digest",
    "current_wording",
    "ends_in",
    "forget_wordings",
    "is_named",
    "new_reference",
    "new_stored_name",
    "read_link",
    "resume_storage",
    "sign_link",
]
