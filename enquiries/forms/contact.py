"""The contact form: what was typed is checked as a whole and handed over as domain types."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any, BinaryIO, cast
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms import Form
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from enquiries.forms.phones import read_phone
from enquiries.forms.questions import GUARDIAN_CONTACT, MISSING, OWN_CONTACT, set_messages
from enquiries.forms.wish import WishForACall
from enquiries.guardian import GuardianDecision, is_namesake
from enquiries.models import (
    About,
    EnquiryDetails,
    Fallback,
    GuardianDetails,
    Interest,
    OccupationSnapshot,
    Purpose,
    QualificationSnapshot,
    Relationship,
)
from enquiries.resumes import Reason, ResumeFormat, ResumeRejected

GUARDIAN_NEEDED = "This person is under 18. A parent or guardian must complete this form."
WORDS_CHANGED = "These words have changed since you opened the page. Read them, then tick the box."
AGREED = {
    Purpose.PRIVACY: "privacy_accepted",
    Purpose.GUARDIAN_DECLARATION: "guardian_declaration",
}
ADULTS_OWN = {
    "email": "This person is 18 or over. Enter their own e-mail address.",
    "phone": "This person is 18 or over. Enter their own phone number.",
}
NAMESAKE = (
    "The parent or guardian has the same name as the person under 18. "
    "If they are two people, tick the box below."
)


class ContactForm(WishForACall):
    """
    The form as it was sent.

    The guardian decision is made outside, from the answers in ``AgeForm``, and handed in; it is
    None while they cannot be read. ``check_file`` says what kind of résumé a file is; without it
    none is taken. ``words`` is what people agree to, by purpose; ``changed`` names the purposes
    whose words are no longer those on the page that was sent.
    """

    def __init__(
        self,
        data: QueryDict | None,
        files: MultiValueDict | None = None,
        *,
        today: date | None,
        words: Mapping[str, str],
        changed: Collection[str] = (),
        decision: GuardianDecision | None = None,
        zone: ZoneInfo | None = None,
        can_call: bool = True,
        check_file: Callable[..., ResumeFormat] | None = None,
    ) -> None:
        super().__init__(
            data and without_ticks(data, under=changed, ticks=AGREED),
            files,
            today=today,
            wished_from=zone,
            can_call=can_call,
        )
        self.check_file = check_file
        self.decision = decision
        self.waiting_file = ""
        self.resume_format: ResumeFormat | None = None
        self.has_namesake = False
        self.missing = MISSING | show_words(self, words=words, changed=changed, ticks=AGREED)
        set_messages(self, missing=self.missing)

    @property
    def needs_guardian(self) -> bool:
        """Whether the date of birth says that a parent or guardian must complete the form."""
        return self.decision is not None and self.decision.needs_guardian

    @property
    def is_adult(self) -> bool:
        """Whether the date of birth says that the person is an adult."""
        return self.decision is not None and not self.decision.needs_guardian

    @property
    def asks_guardian(self) -> bool:
        """Whether the contact to ask for is the guardian's; the date of birth has the last word."""
        is_for_a_child = self.data.get("about") == About.CHILD
        return self.needs_guardian or (is_for_a_child and not self.is_adult)

    def clean_resume(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["resume"]
        if file is None or self.asks_guardian:
            return None  # of a person under 18 we take no file
        if self.check_file is None:
            raise ValidationError(Reason.UNCHECKED.sentence, code=Reason.UNCHECKED)
        if len(self.files.getlist("resume")) > 1:
            raise ValidationError("Choose one file only.", code="many")
        try:
            self.resume_format = self.check_file(cast(BinaryIO, file.file), name=file.name or "")
        except ResumeRejected as rejected:
            raise ValidationError(str(rejected), code=rejected.reason) from rejected
        return file

    def clean(self) -> dict[str, Any]:
        """Ask for one contact, the person's or the guardian's, and forget the other."""
        if self.asks_guardian:
            self._forget(OWN_CONTACT)
            self._clean_guardian()
        else:
            self._forget(GUARDIAN_CONTACT)
            own = ADULTS_OWN if self._is_grown_child else {}
            self._require(OWN_CONTACT, missing=self.missing | own)
            self._clean_phone("phone")
        self.clean_time()
        return self.cleaned_data

    def forgive(self) -> None:
        """Show what was typed without judging it yet."""
        self.errors.clear()

    def details(
        self,
        *,
        occupations: tuple[OccupationSnapshot, ...],
        qualifications: tuple[QualificationSnapshot, ...],
    ) -> EnquiryDetails:
        """Give what was typed; for a minor, without any phone or e-mail of their own."""
        typed = self.cleaned_data
        return EnquiryDetails(
            about=About(typed["about"]),
            interests=tuple(Interest(interest) for interest in typed["interests"]),
            given_name=typed["given_name"],
            family_name=typed["family_name"],
            email=typed["email"],
            phone=typed["phone"],
            phone_typed=self._as_typed("phone") if typed["phone"] else "",
            country=typed["country"],
            time_zone=typed["time_zone"],
            callback=typed["callback"],
            reply=self.reply,
            fallback=Fallback(typed["fallback"] or Fallback.EMAIL),
            may_name_caller=typed["may_name_caller"],
            may_leave_voicemail=typed["may_leave_voicemail"],
            language=typed["language"],
            wants_interpreter=typed["wants_interpreter"],
            accessibility_needs=typed["accessibility_needs"],
            message=typed["message"],
            occupations=occupations,
            qualifications=qualifications,
        )

    def guardian(self) -> GuardianDetails | None:
        """Give the guardian of a minor; nobody for an adult."""
        if not self.needs_guardian:
            return None
        typed = self.cleaned_data
        return GuardianDetails(
            name=typed["guardian_name"],
            relationship=Relationship(typed["guardian_relationship"]),
            email=typed["guardian_email"],
            phone=typed["guardian_phone"],
            phone_typed=self._as_typed("guardian_phone"),
        )

    @property
    def _is_grown_child(self) -> bool:
        return self.is_adult and self.data.get("about") == About.CHILD

    def _clean_guardian(self) -> None:
        if not any(self.data.get(name) for name in GUARDIAN_CONTACT):
            self.add_error("guardian_name", ValidationError(GUARDIAN_NEEDED, code="needed"))
            return
        self._require(GUARDIAN_CONTACT, missing=self.missing)
        self._clean_phone("guardian_phone")
        typed = self.cleaned_data
        child = f"{typed.get('given_name', '')} {typed.get('family_name', '')}"
        name = typed.get("guardian_name", "")
        self.has_namesake = bool(name) and is_namesake(guardian=name, child=child)
        if self.has_namesake and not typed["guardian_is_someone_else"]:
            self.add_error("guardian_name", ValidationError(NAMESAKE, code="namesake"))

    def _forget(self, names: Sequence[str]) -> None:
        for name in names:
            self.errors.pop(name, None)
            self.cleaned_data[name] = ""

    def _require(self, names: Sequence[str], *, missing: Mapping[str, str]) -> None:
        for name in names:
            if name not in self.errors and not self.cleaned_data[name]:
                self.add_error(name, ValidationError(missing[name], code="required"))

    def _clean_phone(self, name: str) -> None:
        if typed := self.cleaned_data.get(name):
            country = self.cleaned_data.get("country", "")
            try:
                self.cleaned_data[name] = read_phone(typed, country=country)
            except ValidationError as error:
                self.add_error(name, error)

    def _as_typed(self, name: str) -> str:
        return str(self.data[name]).strip()


def without_ticks(
    data: QueryDict, *, under: Collection[str], ticks: Mapping[Purpose, str]
) -> QueryDict:
    """Give what was sent without the ticks under words that have changed since."""
    left = data.copy()
    for purpose in under:
        left.pop(ticks[Purpose(purpose)], None)
    return left


def show_words(
    form: Form, *, words: Mapping[str, str], changed: Collection[str], ticks: Mapping[Purpose, str]
) -> dict[str, str]:
    """Put the words beside their ticks, and give what to say where one went with its words."""
    for purpose, name in ticks.items():
        form.fields[name].label = words[purpose]
    return {ticks[Purpose(purpose)]: WORDS_CHANGED for purpose in changed}
