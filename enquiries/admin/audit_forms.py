"""The forms of the two questions that auditors ask: of a person in a period, of an enquiry."""

from datetime import date
from typing import Any, override

from django import forms
from django.contrib.auth.models import User
from django.db.models import Model, QuerySet

from enquiries.admin.staff import staff_name
from enquiries.records import Look, number_of

LOOKS = [
    (Look.ALL.value, "Opened and seen in a list"),
    (Look.OPENED.value, "Opened or taken out"),
    (Look.LISTED.value, "Seen in a list"),
]


def all_staff() -> QuerySet[User]:
    """List everybody who may ever have signed in at the desk."""
    return User.objects.order_by("username")


class PersonChoiceField(forms.ModelChoiceField):
    @override
    def label_from_instance(self, obj: Model) -> str:
        return staff_name(obj) if isinstance(obj, User) else str(obj)


class DayInput(forms.DateInput):
    """A day as browsers take it, whatever the language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class LookField(forms.ChoiceField):
    """Whether a line in a list counts; an address without it asks for everything."""

    def __init__(self) -> None:
        super().__init__(label="What", choices=LOOKS, required=False)

    def clean(self, value: object) -> Look:
        return Look(super().clean(value) or Look.ALL)


class PersonForm(forms.Form):
    person = PersonChoiceField(
        queryset=User.objects.none(),
        empty_label="Choose a person",
        error_messages={"required": "Choose a person.", "invalid_choice": "Choose a person."},
    )
    since = forms.DateField(label="From", widget=DayInput())
    until = forms.DateField(label="To and with", widget=DayInput())
    look = LookField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = all_staff()  # type: ignore[attr-defined]

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        since = self.cleaned_data.get("since")
        if since and until < since:
            raise forms.ValidationError("The last day is before the first one.", code="order")
        return until


class EnquiryForm(forms.Form):
    reference = forms.CharField(
        max_length=8, error_messages={"required": "Enter the reference of an enquiry."}
    )
    look = LookField()

    def clean_reference(self) -> int:
        number = number_of(self.cleaned_data["reference"])
        if number is None:
            raise forms.ValidationError("No enquiry has or had this reference.", code="unknown")
        return number
