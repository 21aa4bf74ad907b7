"""The three answers that decide whether a guardian is needed: birth, country and time zone."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from enquiries import places
from enquiries.forms.fields import (
    DateOfBirthField,
    PrebuiltSelect,
    country_options,
    zone_options,
)


class AgeForm(forms.Form):
    """When the person was born and where they are; read before the rest of the form."""

    date_of_birth = DateOfBirthField(
        label="Date of birth",
        help_text="For example, 27 3 2008. If under 18, a parent or guardian completes this form.",
    )
    country = forms.CharField(
        label="Country where you live now",
        widget=PrebuiltSelect(country_options()),
        error_messages={"required": "Choose the country where you live now."},
    )
    time_zone = forms.CharField(
        label="City with your time",
        help_text="You can skip this if your whole country has one time.",
        required=False,
        widget=PrebuiltSelect(zone_options()),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        files: MultiValueDict | None = None,
        *,
        today: date | None,
    ) -> None:
        super().__init__(data, files, label_suffix="")
        born = cast(DateOfBirthField, self.fields["date_of_birth"])
        born.error_messages["required"] = "Enter the date of birth."
        born.today = today

    @property
    def zone(self) -> ZoneInfo | None:
        """The person's time zone, once the form was read and it is known."""
        name = getattr(self, "cleaned_data", {}).get("time_zone")
        return ZoneInfo(name) if name else None

    def clean_country(self) -> str:
        country: str = self.cleaned_data["country"]
        if country not in places.countries():
            raise ValidationError("Choose the country from the list.", code="unknown")
        return country

    def clean_time_zone(self) -> str:
        typed: str = self.cleaned_data["time_zone"]
        if not typed:
            country = self.cleaned_data.get("country", "")
            only = places.only_zone(country)
            if country and not only:
                raise ValidationError("Choose a city that has your time.", code="required")
            return only
        try:
            return places.zone_names()[typed]
        except KeyError:
            raise ValidationError("Choose a city from the list.", code="unknown") from None
