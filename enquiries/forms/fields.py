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


def slot_options(
    offered: Sequence[datetime], *, length: timedelta, zone: ZoneInfo | None, site_zone: ZoneInfo
) -> SafeString:
    """
    Write the offered starts of a call as options, grouped by day.

    They are told in the person's zone and in ours; in ours alone while theirs is unknown.
    """
    shown_zone = zone or site_zone
    days: dict[date, list[tuple[str, str]]] = {}
    for starts_at in offered:
        text = _hours(starts_at, length=length, zone=shown_zone)
        if shown_zone.key == site_zone.key:
            text = f"{text} {places.city(site_zone.key)} time"
        else:
            ours = _hours(starts_at, length=length, zone=site_zone)
            text = f"{text} your time = {ours} {places.city(site_zone.key)}"
        day = starts_at.astimezone(shown_zone).date()
        days.setdefault(day, []).append((slot_id(starts_at), text))
    grouped = format_html_join(
        "",
        '<optgroup label="{}">{}</optgroup>',
        ((f"{day:%A} {day.day} {day:%B}", _options(dict(slots))) for day, slots in days.items()),
    )
    return format_html('<option value="{}">Any time</option>{}', ANY_TIME, grouped)


def slot_id(starts_at: datetime) -> str:
    """Give the value that stands for a slot in the form: its start in UTC."""
    return starts_at.astimezone(UTC).strftime(SLOT_ID)


def read_slot_id(value: str) -> datetime | None:
    """Read the start of a slot from its value in the form; None if it is not one."""
    try:
        return datetime.strptime(value, SLOT_ID).replace(tzinfo=UTC)
    except ValueError:
        return None


def _hours(starts_at: datetime, *, length: timedelta, zone: ZoneInfo) -> str:
    ends_at = starts_at + length
    return f"{starts_at.astimezone(zone):%H:%M} to {ends_at.astimezone(zone):%H:%M}"


def _options(choices: Mapping[str, str]) -> SafeString:
    return format_html_join("", '<option value="{}">{}</option>', choices.items())


def _other_names(zone: str) -> SafeString:
    names = " ".join(places.other_names().get(zone, ()))
    return format_html(' data-other-names="{}"', names) if names else SafeString("")
