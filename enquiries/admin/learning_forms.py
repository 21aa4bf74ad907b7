"""What staff type of what they learned about a person: a date of birth, a guardian's word."""

from typing import cast, override

from django import forms
from django.utils import timezone

from enquiries import places
from enquiries.admin.forms import LONGEST_REASON, ActionForm
from enquiries.admin.phones import shown_phone
from enquiries.forms.fields import DateOfBirthField
from enquiries.guardian import decision_date
from enquiries.models import Enquiry, Purpose, Wording, current_wording


class BirthDateForm(ActionForm):
    """The right date of birth; it may be anybody's who is alive."""

    date_of_birth = DateOfBirthField(label="Day, month and year of birth", help_text="")
    why = forms.CharField(
        label="How we know",
        max_length=LONGEST_REASON,
        error_messages={"required": "Say how we know."},
    )

    @override
    def fit(self, enquiry: Enquiry) -> None:
        site_zone = timezone.get_default_timezone()
        born = cast(DateOfBirthField, self.fields["date_of_birth"])
        born.error_messages["required"] = "Enter the date of birth."
        born.today = decision_date(
            now=timezone.now(),
            enquirer_zone=places.zone_named(enquiry.time_zone) or site_zone,
            site_zone=site_zone,
        )


class ConfirmGuardianForm(ActionForm):
    """Confirms that the words were read out on the guardian's own number."""

    script_version = forms.ChoiceField(
        widget=forms.HiddenInput,
        choices=[],
    )
    agreed = forms.BooleanField()

    @override
    def fit(self, enquiry: Enquiry) -> None:
        version = cast(forms.ChoiceField, self.fields["script_version"])
        version.choices = _script_versions  # asked for as the form comes back
        wording = (
            self.whole.scripts[0]
            if self.whole
            else current_wording(Purpose.GUARDIAN_CONFIRMATION, now=timezone.now())
        )
        self.initial["script_version"] = wording.version
        self.fields["agreed"].label = (
            f"I called {shown_phone(enquiry.contact_phone)}, read out these words, "
            f"and {enquiry.contact_name} agreed."
        )


def _script_versions() -> list[tuple[str, str]]:
    versions = Wording.objects.filter(purpose=Purpose.GUARDIAN_CONFIRMATION)
    return [(each.version, each.version) for each in versions]
