"""What a person answers when we ask whether a call helped."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.http import QueryDict

from enquiries.models import Helped

LONGEST = 500  # characters


class OpinionForm(forms.Form):
    """One of three answers, and room for some words."""

    helped = forms.ChoiceField(
        label="Did this call help?",
        choices=Helped,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose an answer.",
            "invalid_choice": "Choose one of the three answers.",
        },
    )
    words = forms.CharField(
        label="What could we do better? (optional)",
        help_text="Write no name, no e-mail address and no phone number.",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea({"rows": 4, "class": "short"}),
        error_messages={"max_length": f"Use at most {LONGEST} characters."},
    )

    def __init__(self, data: QueryDict | None = None, *, given: dict[str, str]) -> None:
        super().__init__(data, initial=given, label_suffix="")

    @property
    def helper(self) -> FormHelper:
        """Lay the form out; its page writes the rest."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout("helped", "words")
        return helper
