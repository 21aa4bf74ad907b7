"""The questions of the contact form, in the words that a person reads."""

from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString

from enquiries.forms.age import AgeForm
from enquiries.forms.fields import ANY_TIME, PrebuiltSelect
from enquiries.models import About, Fallback, Interest, Relationship
from enquiries.resumes import ACCEPTED, MAX_BYTES, Reason

OWN_CONTACT = ("email", "phone")
GUARDIAN_CONTACT = (
    "guardian_name",
    "guardian_relationship",
    "guardian_email",
    "guardian_phone",
    "guardian_declaration",
)
MISSING = {
    "about": "Say who the call is for.",
    "given_name": "Enter a given name.",
    "interests": "Say what you have in mind.",
    "privacy_accepted": "Read the privacy notice, then tick the box.",
    "email": "Enter your e-mail address.",
    "phone": "Enter your phone number.",
    "guardian_name": "Enter the name of the parent or guardian.",
    "guardian_relationship": "Say how you are related to the person under 18.",
    "guardian_email": "Enter the e-mail address of the parent or guardian.",
    "guardian_phone": "Enter the phone number of the parent or guardian.",
    "guardian_declaration": "Tick the box if you are a parent or guardian.",
}
LONGEST_EMAIL = 254  # what a mail server can take, by RFC 5321
BAD_EMAIL = "Enter an e-mail address in full, like name@example.com."


def has_letters(name: str) -> None:
    """
    Do nothing if a name shows; a sign that takes no room is no name.

    :raises ValidationError: if it has no letter of any script
    """
    if not any(sign.isalpha() for sign in name):
        raise ValidationError("Enter a name with letters.", code="letters")


class Questions(AgeForm):
    """Every question we ask before a call; which contact is needed depends on the age."""

    field_order = (
        "about",
        "given_name",
        "family_name",
        "date_of_birth",
        "interests",
        "country",
        "email",
        "phone",
        "guardian_name",
        "guardian_is_someone_else",
        *GUARDIAN_CONTACT[1:],
        "time_zone",
        "callback_day",
        "callback",
    )

    about = forms.ChoiceField(label="Who is it for?", widget=forms.RadioSelect, choices=About)
    given_name = forms.CharField(
        label="Given name",
        max_length=100,
        validators=[has_letters],
        widget=forms.TextInput({"autocomplete": "given-name"}),
    )
    family_name = forms.CharField(
        label="Family name (optional)",
        required=False,
        max_length=100,
        widget=forms.TextInput({"autocomplete": "family-name"}),
    )
    interests = forms.MultipleChoiceField(
        label="What do you have in mind?",
        help_text="Choose all that fit.",
        widget=forms.CheckboxSelectMultiple,
        choices=Interest,
    )
    email = forms.EmailField(
        label="E-mail",
        required=False,
        max_length=LONGEST_EMAIL,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label="Phone",
        required=False,
        max_length=40,
        widget=forms.TelInput({"autocomplete": "tel"}),
        help_text="Any format will do. For a number of another country, start with +.",
    )
    guardian_name = forms.CharField(
        label="Full name of the parent or guardian",
        required=False,
        max_length=200,
        validators=[has_letters],
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    guardian_is_someone_else = forms.BooleanField(
        label="They are two different people with the same name.", required=False
    )
    guardian_relationship = forms.ChoiceField(
        label="You are their", required=False, widget=forms.RadioSelect, choices=Relationship
    )
    guardian_email = forms.EmailField(
        label="E-mail of the parent or guardian",
        required=False,
        max_length=LONGEST_EMAIL,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text="We send a link to confirm.",
    )
    guardian_phone = forms.CharField(
        label="Phone of the parent or guardian",
        required=False,
        max_length=40,
        widget=forms.TelInput({"autocomplete": "tel"}),
        help_text="We call only this number.",
    )
    guardian_declaration = forms.BooleanField(
        label="Declaration",
        required=False,  # its words are data: the form is given them
    )
    callback_day = forms.CharField(
        label="Day of the call",
        required=False,
        initial=ANY_TIME,
        widget=PrebuiltSelect(SafeString()),
    )
    callback = forms.CharField(
        label="Time of the call",
        help_text="Your time comes first, then ours.",
        required=False,
        widget=PrebuiltSelect(SafeString()),
    )
    fallback = forms.ChoiceField(
        label="If we cannot reach you, how should we write?",
        widget=forms.RadioSelect,
        choices=Fallback,
        initial=Fallback.EMAIL,
        required=False,
    )
    may_name_caller = forms.BooleanField(
        label="If someone else answers, you may say who is calling.", required=False
    )
    may_leave_voicemail = forms.BooleanField(label="You may leave a voicemail.", required=False)
    message = forms.CharField(
        label="What would you like to ask? (optional)",
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 5}),
        help_text="Write in English if you can. Other languages are fine too.",
    )
    resume = forms.FileField(
        label="Résumé (optional)",
        required=False,
        max_length=255,
        widget=forms.FileInput({"accept": ",".join(ACCEPTED), "data-most-bytes": MAX_BYTES}),
        help_text="One file: PDF, DOCX, ODT, RTF or TXT, up to 5 MB.",
    )
    discard_resume = forms.BooleanField(label="Do not send this file.", required=False)
    language = forms.CharField(
        label="Language you prefer to speak (optional)", required=False, max_length=60
    )
    wants_interpreter = forms.BooleanField(label="I would like an interpreter.", required=False)
    accessibility_needs = forms.CharField(
        label="What would make the call easier for you? (optional)",
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2, "class": "short"}),
        help_text="For example: speak slowly, or use a relay service.",
    )
    privacy_accepted = forms.BooleanField(label="Privacy")
    website = forms.CharField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )


def set_messages(form: forms.Form, *, missing: Mapping[str, str]) -> None:
    """Give every field of ``form`` its own sentences for what can be wrong."""
    for name, field in form.fields.items():
        messages = field.error_messages
        messages["null_characters_not_allowed"] = "Remove the signs that cannot be shown."
        if name in missing:
            messages["required"] = missing[name]
        match field:
            case forms.EmailField():
                messages["invalid"] = BAD_EMAIL
                messages["max_length"] = "This e-mail address is too long."
            case forms.FileField():
                messages["empty"] = Reason.EMPTY.sentence
                messages["max_length"] = "The name of this file is too long. Make it shorter."
                messages["invalid"] = messages["missing"] = "We did not get it. Choose it again."
            case forms.CharField():
                messages["max_length"] = f"Use at most {field.max_length} letters here."
            case forms.ChoiceField():
                messages["invalid_choice"] = "Choose an answer from the list."
                messages["invalid_list"] = messages["invalid_choice"]
