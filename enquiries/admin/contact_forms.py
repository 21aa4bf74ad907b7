"""What staff type to reach a person: an e-mail, or the time of a call."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import override

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from enquiries import office, places
from enquiries.admin import times
from enquiries.admin.forms import ActionForm
from enquiries.models import Enquiry


class ReplyForm(ActionForm):
    subject = forms.CharField(label="Subject", max_length=120)
    text = forms.CharField(
        label="Text, without greeting and footer",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 10, "cols": 40}),
    )


class BookingForm(ActionForm):
    """Offers every time that is free, by day, where the person is and at the site."""

    starts_at = forms.ChoiceField(label="Time")

    @override
    def fit(self, enquiry: Enquiry) -> None:
        free = [("", "Choose one"), *_free_times(enquiry, now=timezone.now())]
        self.fields["starts_at"] = forms.ChoiceField(
            label=f"Time in {places.city(enquiry.time_zone)}",
            choices=free,
            error_messages={"invalid_choice": "That time is no longer free. Choose another one."},
        )

    def clean_starts_at(self) -> datetime | None:
        return parse_datetime(self.cleaned_data["starts_at"])


def _free_times(enquiry: Enquiry, *, now: datetime) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    theirs = places.zone_named(enquiry.time_zone) or office.site_zone()
    free = office.free_slots(now=now, zone=theirs, confirmed=True)
    starts = [slot.starts_at for slot in free]
    for day, of_day in groupby(starts, key=lambda start: times.day(start.astimezone(theirs))):
        yield (
            day,
            [(start.isoformat(), times.beside_ours(start, theirs=theirs)) for start in of_day],
        )
