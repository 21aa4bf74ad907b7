"""What staff type for an action on an enquiry → checked values; the domain judges them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, override
from uuid import uuid4

from django import forms
from django.contrib.auth.models import User
from django.http import QueryDict
from django.utils import timezone

from enquiries import places
from enquiries.admin.staff import staff_name
from enquiries.desk import WholeEnquiry, may_be_given_to
from enquiries.models import (
    CallOutcome,
    Enquiry,
    FollowUpReason,
)
from enquiries.redaction import without_contacts

LONGEST_REASON = 500
NO_CONTACT_HERE = (
    "Write no phone number and no e-mail address here. About a person under 18 we keep only "
    "those of the parent or guardian, in their own place."
)


# What to do about a field that was left empty, by its name; a field's own words go before.
ASKED = {
    "why": "Say why.",
    "text": "Write something first.",
    "subject": "Write a subject.",
    "outcome": "Choose what came of the call.",
    "starts_at": "Choose a time for the call.",
    "reason": "Choose what to do.",
    "due_on": "Choose the day.",
    "due_time": "Choose the time.",
    "to": "Choose a colleague.",
    "original": "Type the reference of the first enquiry.",
    "into": "Type the reference of the enquiry that goes on.",
    "agreed": "Tick this once the guardian has agreed.",
    "since": "Choose the first day.",
    "until": "Choose the last day.",
}
OTHERWISE = "Fill this in."


class DeskForm(forms.Form):
    """A form of the desk; it says in our words what to do about what is missing."""

    @override
    def full_clean(self) -> None:
        stock = forms.Field.default_error_messages["required"]
        for name, field in self.fields.items():
            if field.error_messages["required"] == stock:
                field.error_messages["required"] = ASKED.get(name, OTHERWISE)
        super().full_clean()


class ActionForm(DeskForm):
    """The form of one action on one enquiry."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)  # the newest change shown
    key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)  # of the page

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        enquiry: Enquiry,
        name: str,
        initial: Mapping[str, Any] | None = None,
        whole: WholeEnquiry | None = None,
    ) -> None:
        """With ``whole``, what was read for the page, the form asks the database nothing."""
        super().__init__(data, auto_id=f"{name}-%s", initial=dict(initial or {}))
        self.enquiry = enquiry
        self.whole = whole
        self.fit(enquiry)

    def fit(self, enquiry: Enquiry) -> None:
        """Offer what suits this enquiry; most forms suit every one."""

    def clean(self) -> dict[str, Any]:
        """Refuse a contact among the words about a minor: it could be the child's."""
        given = super().clean() or self.cleaned_data
        if self.enquiry.is_minor:
            guardians = (self.enquiry.guardian_email, self.enquiry.guardian_phone)
            for name, text in list(given.items()):
                if isinstance(text, str) and text != without_contacts(
                    text, country=self.enquiry.country, but=guardians
                ):
                    self.add_error(name, NO_CONTACT_HERE)
        return given


class RemarkForm(ActionForm):
    why = forms.CharField(label="Why, if it helps", max_length=LONGEST_REASON, required=False)


class ReasonForm(ActionForm):
    why = forms.CharField(label="Why", max_length=LONGEST_REASON)


class OriginalForm(RemarkForm):
    original = forms.CharField(label="Reference of the first enquiry", max_length=8)

    field_order = ["original", "why"]

    def clean_original(self) -> Enquiry:
        return _named(self.cleaned_data["original"])


class IntoForm(ActionForm):
    into = forms.CharField(label="Reference of the enquiry that goes on", max_length=8)

    def clean_into(self) -> Enquiry:
        return _named(self.cleaned_data["into"])


class UndoForm(ActionForm):
    change = forms.IntegerField(widget=forms.HiddenInput, required=False)


class NoteForm(ActionForm):
    text = forms.CharField(
        label="Note", max_length=4000, widget=forms.Textarea(attrs={"rows": 4, "cols": 40})
    )


class CallForm(ActionForm):
    outcome = forms.ChoiceField(label="What came of it")
    remark = forms.CharField(label="Remark, if any", max_length=LONGEST_REASON, required=False)

    @override
    def fit(self, enquiry: Enquiry) -> None:
        outcomes = [
            (value, label)
            for value, label in CallOutcome.choices
            if enquiry.is_minor or value != CallOutcome.MINOR_ANSWERED
        ]
        self.fields["outcome"] = forms.ChoiceField(
            label="What came of it", choices=[("", "Choose one"), *outcomes]
        )


class FollowUpForm(ActionForm):
    reason = forms.ChoiceField(
        label="What to do", choices=FollowUpReason, initial=FollowUpReason.CALL_AGAIN
    )
    due_on = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date"}))
    due_time = forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}))

    @override
    def fit(self, enquiry: Enquiry) -> None:
        city = places.city(timezone.get_default_timezone_name())
        self.fields["due_time"].label = f"Time in {city}"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("due_on") and given.get("due_time"):
            zone = timezone.get_default_timezone()
            given["due_at"] = datetime.combine(given["due_on"], given["due_time"], tzinfo=zone)
            if given["due_at"] <= timezone.now():
                self.add_error("due_on", "Choose a time that is still to come.")
        return given


class ColleagueField(forms.ModelChoiceField):
    @override
    def label_from_instance(self, obj: User) -> str:
        return staff_name(obj)


class AssignForm(ActionForm):
    to = ColleagueField(label="Colleague", queryset=User.objects.none())
    why = forms.CharField(label="Why, if it helps", max_length=LONGEST_REASON, required=False)

    @override
    def fit(self, enquiry: Enquiry) -> None:
        others = may_be_given_to().exclude(pk=enquiry.owner_id or 0)
        to = self.fields["to"] = ColleagueField(label="Colleague", queryset=others)
        if self.whole:
            to.choices = [("", to.empty_label)] + [
                (each.pk, staff_name(each))
                for each in self.whole.colleagues
                if each.pk != enquiry.owner_id
            ]


class TransferForm(AssignForm):
    why = forms.CharField(label="Why", max_length=LONGEST_REASON)


def _named(reference: str) -> Enquiry:
    found = Enquiry.objects.filter(reference=reference.strip().upper()).first()
    if found is None:
        raise forms.ValidationError("There is no enquiry with this reference.")
    return found
