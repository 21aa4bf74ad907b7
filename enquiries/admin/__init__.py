"""The side of staff: queue, enquiry, follow-ups and records; each action makes one domain call."""

from enquiries.admin.audit import AccessRecordAdmin, ChangeRecordAdmin
from enquiries.admin.enquiry import EnquiryAdmin
from enquiries.admin.follow_up import FollowUpAdmin
from enquiries.admin.office import (
    AbsenceAdmin,
    CallbackPolicyAdmin,
    ClosureAdmin,
    OfficeHoursAdmin,
)
from enquiries.admin.outbox import OutboxMessageAdmin
from enquiries.admin.people import (
    AdviserAdmin,
    CallOpinionAdmin,
    CannedReplyAdmin,
    ShiftAdmin,
)
from enquiries.admin.periods import RetentionPeriodAdmin
from enquiries.admin.privacy import (
    DataRequestAdmin,
    ErasureAdmin,
    WordingAdmin,
)
from enquiries.admin.records import ConsentAdmin, LetterAdmin, ResumeAccessAdmin
from enquiries.admin.resume import ResumeAdmin
from enquiries.admin.suppressions import SuppressionAdmin

__all__ = [
    "AbsenceAdmin",
    "AccessRecordAdmin",
    "AdviserAdmin",
    "CallOpinionAdmin",
    "CallbackPolicyAdmin",
    "CannedReplyAdmin",
    "ChangeRecordAdmin",
    "ClosureAdmin",
    "ConsentAdmin",
    "DataRequestAdmin",
    "EnquiryAdmin",
    "ErasureAdmin",
    "FollowUpAdmin",
    "LetterAdmin",
    "OfficeHoursAdmin",
    "OutboxMessageAdmin",
    "ResumeAccessAdmin",
    "ResumeAdmin",
    "RetentionPeriodAdmin",
    "ShiftAdmin",
    "SuppressionAdmin",
    "WordingAdmin",
]
