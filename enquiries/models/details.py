"""What a form hands over: checked, plain values, before anything is stored."""

from dataclasses import dataclass
from datetime import datetime

from enquiries.models.choices import About, Fallback, Interest, Relationship, Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class OccupationSnapshot:
    """An occupation as it was called when someone asked about it."""

    edition: str
    code: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QualificationSnapshot:
    """A qualification as it was called when someone asked about it."""

    code: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianDetails:
    """The parent or guardian who acts for a minor; phones in E.164 and as typed."""

    name: str
    relationship: Relationship
    email: str
    phone: str
    phone_typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquiryDetails:
    """
    What the enquirer told us about themselves and their wish.

    ``callback`` is the aware start of a slot, or None for any time; who wants a reply by e-mail
    is not called at all. The e-mail and the phone are the enquirer's own; nothing of them is
    stored for a minor.
    """

    about: About
    interests: tuple[Interest, ...]
    given_name: str
    country: str
    time_zone: str
    family_name: str = ""
    email: str = ""
    phone: str = ""
    phone_typed: str = ""
    callback: datetime | None = None
    reply: Reply = Reply.CALL
    fallback: Fallback = Fallback.EMAIL
    may_name_caller: bool = False
    may_leave_voicemail: bool = False
    language: str = ""
    wants_interpreter: bool = False
    accessibility_needs: str = ""
    message: str = ""
    occupations: tuple[OccupationSnapshot, ...] = ()
    qualifications: tuple[QualificationSnapshot, ...] = ()
