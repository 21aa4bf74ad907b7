"""When the person would like to be called: a day first, then a time, or an e-mail instead."""

from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString

from enquiries.forms.fields import (
    ANY_TIME,
    BY_EMAIL,
    PrebuiltSelect,
    long_date,
    read_day,
    read_slot_id,
)
from enquiries.forms.questions import Questions
from enquiries.models import Reply

SLOT_CLOSED = "We cannot call then. Choose another time."
DAY_FULL = "No time is left on that day. Choose another day."
NO_CALL = "We cannot promise a call in your daytime. We can answer by e-mail instead."


class WishForACall(Questions):
    """
    Every question, with the wish for a call read.

    ``can_call`` says whether any call can be promised; whether a chosen time is free, the booking
    decides. ``wished_from`` is the person's zone, once it is known.
    """

    def __init__(
        self,
        data: QueryDict | None,
        files: MultiValueDict | None = None,
        *,
        today: date | None,
        wished_from: ZoneInfo | None = None,
        can_call: bool = True,
    ) -> None:
        super().__init__(data and _with_its_day(data, zone=wished_from), files, today=today)
        self.wished_from = wished_from
        self.can_call = can_call

    @property
    def chosen_day(self) -> date | None:
        """The day on which the person would like to be called, if they named one."""
        return read_day(self.data.get("callback_day", ""))

    @property
    def chosen_start(self) -> datetime | None:
        """The start of the call that the person chose, if they did."""
        return read_slot_id(self.data.get("callback", "")) if self.chosen_day else None

    @property
    def reply(self) -> Reply:
        """How the person wants our answer."""
        by_email = self.data.get("callback_day") == BY_EMAIL
        return Reply.EMAIL if by_email else Reply.CALL

    def offer(self, *, days: SafeString, times: SafeString) -> None:
        """Show these days and times of a call, written as options."""
        for name, options in {"callback_day": days, "callback": times}.items():
            cast(PrebuiltSelect, self.fields[name].widget).options_html = options

    def clean_callback_day(self) -> str:
        value: str = self.cleaned_data["callback_day"]
        if value in {"", ANY_TIME} and not self.can_call:
            raise ValidationError(NO_CALL, code="no_call")
        if value not in {"", ANY_TIME, BY_EMAIL} and not self.chosen_day:
            raise ValidationError("Choose a day from the list.", code="unknown")
        return value

    def clean_callback(self) -> datetime | None:
        typed: str = self.cleaned_data["callback"]
        if typed and not read_slot_id(typed):
            raise ValidationError(SLOT_CLOSED, code="unknown")
        return self.chosen_start

    def clean_time(self) -> None:
        """Ask for a time on the day that was chosen, in the zone that was."""
        day, starts_at = self.chosen_day, self.chosen_start
        if day is None or "callback" in self.errors:
            return
        zone = self.wished_from
        if starts_at is None or (zone and starts_at.astimezone(zone).date() != day):
            message = f"Choose a time on {long_date(day)}."
            self.add_error("callback", ValidationError(message, code="required"))


def _with_its_day(data: QueryDict, *, zone: ZoneInfo | None) -> QueryDict:
    """
    Give what was sent with the day of the call named.

    Who sends a time without its day, or ``any`` or ``email`` as the time, means the same. A time
    that was chosen says more than "any".
    """
    named = data.copy()
    wish, day = named.get("callback", ""), named.get("callback_day", "")
    starts_at = read_slot_id(wish)
    if wish in {ANY_TIME, BY_EMAIL}:
        named["callback"] = ""
        named["callback_day"] = day or wish
    elif starts_at and zone and day in {"", ANY_TIME}:
        named["callback_day"] = starts_at.astimezone(zone).date().isoformat()
    return named
