"""What is typed when an age changed: by a guardian who was asked for, or by a person who is 18."""

from collections.abc import Collection, Mapping, Sequence
from copy import deepcopy
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from enquiries.forms.contact import AGREED, NAMESAKE, show_words, without_ticks
from enquiries.forms.phones import read_phone
from enquiries.forms.questions import (
    GUARDIAN_CONTACT,
    MISSING,
    OWN_CONTACT,
    Questions,
    set_messages,
)
from enquiries.guardian import is_namesake
from enquiries.models import Enquiry, GuardianDetails, Purpose, Relationship

AGREED_ANEW = {Purpose.ADULT_RECONSENT: "agreed"}
NOT_THE_GUARDIANS = "This is the e-mail address of your parent or guardian. Enter your own."


class GuardianForm(forms.Form):
    """The block of the contact form that a parent or guardian completes; nothing in it may lack."""

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        enquiry: Enquiry,
        words: Mapping[str, str],
        changed: Collection[str] = (),
    ) -> None:
        super().__init__(data and without_ticks(data, under=changed, ticks=AGREED), label_suffix="")
        self.enquiry = enquiry
        self.has_namesake = False
        self.phone_typed = ""
        _take_over(self, GUARDIAN_CONTACT)
        _take_over(self, ["guardian_is_someone_else", "privacy_accepted"])
        self.fields["guardian_is_someone_else"].required = False
        lost = show_words(self, words=words, changed=changed, ticks=AGREED)
        set_messages(self, missing=MISSING | lost)

    @property
    def helper(self) -> FormHelper:
        """Lay the form out; its page writes the rest."""
        namesake = ["guardian_is_someone_else"] if self.has_namesake else []
        first, *others = GUARDIAN_CONTACT
        return _helper(first, *namesake, *others, "privacy_accepted")

    def clean_guardian_phone(self) -> str:
        """Read the number in any format; keep it as typed, too."""
        self.phone_typed = self.cleaned_data["guardian_phone"]
        return read_phone(self.phone_typed, country=self.enquiry.country)

    def clean(self) -> dict[str, Any]:
        """Ask whether guardian and child are two people, where they have one name."""
        name = self.cleaned_data.get("guardian_name", "")
        child = self.enquiry.person_name
        self.has_namesake = bool(name) and is_namesake(guardian=name, child=child)
        if self.has_namesake and not self.cleaned_data["guardian_is_someone_else"]:
            self.add_error("guardian_name", ValidationError(NAMESAKE, code="namesake"))
        return self.cleaned_data

    def guardian(self) -> GuardianDetails:
        """Give what was typed, once it is right."""
        typed = self.cleaned_data
        return GuardianDetails(
            name=typed["guardian_name"],
            relationship=Relationship(typed["guardian_relationship"]),
            email=typed["guardian_email"],
            phone=typed["guardian_phone"],
            phone_typed=self.phone_typed,
        )


class AgreeAnewForm(forms.Form):
    """An adult's own contact, and their agreement."""

    agreed = forms.BooleanField(error_messages={"required": "Tick the box if you agree."})

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        enquiry: Enquiry,
        words: Mapping[str, str],
        changed: Collection[str] = (),
    ) -> None:
        super().__init__(
            data and without_ticks(data, under=changed, ticks=AGREED_ANEW), label_suffix=""
        )
        self.enquiry = enquiry
        self.phone_typed = ""
        _take_over(self, OWN_CONTACT)
        self.order_fields(OWN_CONTACT)  # the agreement comes last, also among the errors
        lost = show_words(self, words=words, changed=changed, ticks=AGREED_ANEW)
        set_messages(self, missing=MISSING | lost)

    @property
    def helper(self) -> FormHelper:
        """Lay the form out; its page writes the rest."""
        return _helper(*OWN_CONTACT, "agreed")

    def clean_email(self) -> str:
        """Refuse the address of the guardian: it is the person whom we are to reach."""
        typed: str = self.cleaned_data["email"]
        if typed.casefold() == self.enquiry.guardian_email.casefold():
            raise ValidationError(NOT_THE_GUARDIANS, code="guardians")
        return typed

    def clean_phone(self) -> str:
        """Read the number in any format; keep it as typed, too."""
        self.phone_typed = self.cleaned_data["phone"]
        return read_phone(self.phone_typed, country=self.enquiry.country)


def _take_over(form: forms.Form, names: Sequence[str]) -> None:
    """Ask the questions of the contact form in its words; an answer is needed to each."""
    for name in names:
        field = form.fields[name] = deepcopy(Questions.base_fields[name])
        field.required = True


def _helper(*fields: str) -> FormHelper:
    """Lay the fields out; the last is the agreement, and the privacy notice stands before it."""
    *asked, agreement = fields
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    notice = HTML('{% include "enquiries/contact.html#privacy" %}')
    helper.layout = Layout(*asked, notice, agreement)
    return helper
