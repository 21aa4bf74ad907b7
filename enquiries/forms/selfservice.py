"""What people type on the pages behind their link: a corrected contact, or a lost reference."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from enquiries.forms.phones import read_phone


class CorrectionForm(forms.Form):
    """A new address, a new number, or both; what stays empty stays as it is."""

    email = forms.EmailField(
        label="New e-mail address (optional)",
        required=False,
        error_messages={"invalid": "Enter an e-mail address like name@example.com."},
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label="New phone number (optional)",
        required=False,
        max_length=40,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
        help_text="For another country, start with + and its number, like +61.",
    )

    def __init__(self, data: QueryDict | None = None, *, country: str) -> None:
        super().__init__(data, label_suffix="")
        self.country = country
        self.phone_typed = ""

    @property
    def helper(self) -> FormHelper:
        """Lay the form out; its page writes the rest."""
        return _helper("email", "phone")

    def clean_phone(self) -> str:
        """Read the number in any format; keep it as typed, too."""
        typed: str = self.cleaned_data["phone"]
        if not typed:
            return ""
        self.phone_typed = typed
        return read_phone(typed, country=self.country)

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two at least."""
        given: dict[str, Any] = self.cleaned_data
        if not self.errors and not (given.get("email") or given.get("phone")):
            self.add_error("email", ValidationError("Enter what has changed.", code="required"))
        return given


class LostLinkForm(forms.Form):
    """A reference and the address that we wrote to."""

    reference = forms.CharField(
        label="Reference",
        max_length=40,
        help_text="8 letters and digits, as in our e-mail.",
        error_messages={"required": "Enter your reference."},
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
    )
    email = forms.EmailField(
        label="E-mail address",
        help_text="The one that we wrote to.",
        error_messages={
            "required": "Enter your e-mail address.",
            "invalid": "Enter an e-mail address like name@example.com.",
        },
        widget=forms.EmailInput({"autocomplete": "email"}),
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, label_suffix="")

    @property
    def helper(self) -> FormHelper:
        """Lay the form out; its page writes the rest."""
        return _helper("reference", "email")

    def clean_reference(self) -> str:
        """Take a reference with any spaces and hyphens, in either case."""
        typed: str = self.cleaned_data["reference"]
        return "".join(sign for sign in typed.upper() if sign.isalnum())


def _helper(*fields: str) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*fields)
    return helper
