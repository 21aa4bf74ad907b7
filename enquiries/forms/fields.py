"""The fields that people type in their own way: dates, phones, places and times of a call."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from enquiries import places
from enquiries.guardian import DateOfBirthRejected, parse_date_of_birth

ANY_TIME = "any"
BY_EMAIL = "email"
SLOT_ID = "%Y-%m-%dT%H:%MZ"


class DateInParts(forms.MultiWidget):
    """Three boxes, day, month and year; their names end in ``_day``, ``_month``, ``_year``."""

    def __init__(self) -> None:
        super().__init__(
            {
                part: forms.TextInput({"aria-label": part.title(), "maxlength": "20"} | attrs)
                for part, attrs in {
                    "day": {"inputmode": "numeric", "autocomplete": "bday-day"},
                    "month": {"autocomplete": "bday-month"},
                    "year": {"inputmode": "numeric", "autocomplete": "bday-year"},
                }.items()
            }
        )

    def decompress(self, value: date | None) -> list[int | None]:
        return [value.day, value.month, value.year] if value else [None, None, None]


class DateOfBirthField(forms.MultiValueField):
    """A date of birth as people type it; an error names the part that is wrong."""

    widget = DateInParts

    def __init__(self, *, label: str, help_text: str) -> None:
        self.today: date | None = None
        self.wrong_part = 0
        super().__init__(
            fields=[forms.CharField(required=False, max_length=20) for _ in range(3)],
            require_all_fields=False,
            label=label,
            help_text=help_text,
        )

    def clean(self, value: Sequence[str | None]) -> date:
        day, month, year = (part or "" for part in value)
        if not any(part.strip() for part in (day, month, year)):
            raise ValidationError(self.error_messages["required"], code="required")
        if self.today is None:
            msg = "A form with a date of birth says which day it is."
            raise TypeError(msg)
        try:
            return parse_date_of_birth(day=day, month=month, year=year, today=self.today)
        except DateOfBirthRejected as error:
            self.wrong_part = ("day", "month", "year").index(error.part)
            raise ValidationError(error.sentence, code=error.part) from error


class PrebuiltSelect(forms.Select):
    """A select whose options were written once; only the chosen one is marked on each page."""

    def __init__(self, options: SafeString) -> None:
        super().__init__()
        self.options_html = options

    def render(
        self,
        name: str,
        value: object,
        attrs: Mapping[str, str | bool] | None = None,
        renderer: object = None,  # noqa: ARG002 - the options are rendered already
    ) -> SafeString:
        options: str = self.options_html
        if value:
            chosen = f'<option value="{escape(value)}"'
            options = options.replace(chosen, f"{chosen} selected", 1)
        attributes = flatatt({"name": name, **self.attrs, **(attrs or {})})
        return format_html("<select{}>{}</select>", attributes, mark_safe(options))  # noqa: S308


@cache
def country_options() -> SafeString:
    """Write the countries as options of a select."""
    return format_html('<option value="">Choose a country</option>{}', _options(places.countries()))


@cache
def zone_options() -> SafeString:
    """Write the time zones as options of a select, grouped by country."""
    groups = (
        (
            country,
            format_html_join(
                "",
                '<option value="{}"{}>{}</option>',
                ((zone, _other_names(zone), name) for zone, name in places.zones()[code].items()),
            ),
        )
        for code, country in places.countries().items()
        if code in places.zones()
    )
    grouped = format_html_join("", '<optgroup label="{}">{}</optgroup>', groups)
    return format_html('<option value="">Choose a city</option>{}', grouped)


def day_options(days: Sequence[date], *, can_call: bool) -> SafeString:
    """Write what can be wished for first: any time, one of the ``days``, or an e-mail."""
    choices = {ANY_TIME: "Any time from 8:00 to 20:00 where I am"} if can_call else {}
    choices |= {day.isoformat(): long_date(day) for day in days}
    return _options(choices | {BY_EMAIL: "No call: answer by e-mail"})


def time_options(
    starts: Sequence[datetime], *, length: timedelta, zone: ZoneInfo, site_zone: ZoneInfo
) -> SafeString:
    """Write the starts of calls on one day, in the person's zone and in ours."""
    choices = {"": "Choose a time"} | {
        slot_id(starts_at): _in_both_zones(starts_at, length=length, zone=zone, site_zone=site_zone)
        for starts_at in starts
    }
    return _options(choices)


def long_date(day: date) -> str:
    """Write a day as people say it: Tuesday 24 November."""
    return f"{day:%A} {day.day} {day:%B}"


def read_day(value: str) -> date | None:
    """Read a day from its value in the form; None if it is not one."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def slot_id(starts_at: datetime) -> str:
    """Give the value that stands for a slot in the form: its start in UTC."""
    return starts_at.astimezone(UTC).strftime(SLOT_ID)


def read_slot_id(value: str) -> datetime | None:
    """Read the start of a slot from its value in the form; None if it is not one."""
    try:
        return datetime.strptime(value, SLOT_ID).replace(tzinfo=UTC)
    except ValueError:
        return None


def _in_both_zones(
    starts_at: datetime, *, length: timedelta, zone: ZoneInfo, site_zone: ZoneInfo
) -> str:
    city = places.city(site_zone.key)
    theirs, ours = starts_at.astimezone(zone), starts_at.astimezone(site_zone)
    half_hour = f"{theirs:%H:%M}\u2013{theirs + length:%H:%M}"
    if zone.key == site_zone.key:
        return f"{half_hour} {city} time"
    is_same_day = theirs.date() == ours.date()
    return f"{half_hour} = {ours:{'%H:%M' if is_same_day else '%a %H:%M'}} {city}"


def _options(choices: Mapping[str, str]) -> SafeString:
    return format_html_join("", '<option value="{}">{}</option>', choices.items())


def _other_names(zone: str) -> SafeString:
    names = " ".join(places.other_names().get(zone, ()))
    return format_html(' data-other-names="{}"', names) if names else SafeString("")
