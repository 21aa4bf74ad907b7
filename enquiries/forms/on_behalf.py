"""The contact form as staff fill it in for someone on the phone: the same rules, who called."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.http import QueryDict

from enquiries.forms.contact import ContactForm
from enquiries.forms.questions import Questions
from enquiries.guardian import GuardianDecision
from enquiries.models import About

GUARDIAN_MUST_CALL = (
    "This person is under 18. Ask for a parent or guardian: only they can ask us to call."
)
MUST_SPEAK = "This person is 18 or over. Ask to speak with them: they answer for themselves."
NOT_BY_PHONE = ("about", "resume", "discard_resume", "website")


class Caller(TextChoices):
    """Who is on the phone."""

    SELF = "self", "The person themselves"
    GUARDIAN = "guardian", "Their parent or guardian"
    HELPER = "helper", "Someone who helps them speak, with them on the line"


class OnBehalfForm(ContactForm):
    """What a caller tells; whom the enquiry is about follows from who called."""

    field_order = ("caller", *Questions.field_order[1:])

    caller = forms.ChoiceField(
        label="Who called?",
        widget=forms.RadioSelect,
        choices=Caller,
        error_messages={"required": "Say who called."},
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        today: date | None,
        words: Mapping[str, str],
        changed: Collection[str] = (),
        decision: GuardianDecision | None = None,
        zone: ZoneInfo | None = None,
        can_call: bool = True,
    ) -> None:
        super().__init__(
            data and _about_whom(data),
            today=today,
            words=words,
            changed=changed,
            decision=decision,
            zone=zone,
            can_call=can_call,
        )
        for name in NOT_BY_PHONE:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Let nobody but a guardian speak for a minor, nor for an adult who can speak."""
        given = super().clean()
        given["about"] = self.data["about"]
        caller = given.get("caller")
        if self.needs_guardian and caller in {Caller.SELF, Caller.HELPER}:
            self.add_error("caller", ValidationError(GUARDIAN_MUST_CALL, code="guardian"))
        elif self.is_adult and caller == Caller.GUARDIAN:
            self.add_error("caller", ValidationError(MUST_SPEAK, code="adult"))
        return given

    @property
    def caller_named(self) -> str:
        """Who called, in words."""
        return Caller(self.cleaned_data["caller"]).label


def _about_whom(data: QueryDict) -> QueryDict:
    told = data.copy()
    told["about"] = About.CHILD if data.get("caller") == Caller.GUARDIAN else About.ME
    return told
