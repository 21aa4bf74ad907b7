"""The days and times of a call that the form offers, in the person's zone and in ours."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from enquiries import office, slots, submission
from enquiries.forms import DAY_FULL, SLOT_CLOSED, ContactForm, day_options, time_options

MOST_DAYS = 10  # with any time and an e-mail, 12 choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Days as options, times of one of them as options, and what to say if there are none."""

    days: SafeString
    times: SafeString
    notice: SafeString
    can_call: bool
    has_times: bool


def site_zone() -> ZoneInfo:
    """Give the zone of our office."""
    return office.site_zone()


def any_call(*, now: datetime, zone: ZoneInfo | None) -> bool:
    """Say whether a call can be promised to a person in ``zone``; yes while it is unknown."""
    return zone is None or office.soonest(now=now, zone=zone) is not None


def offer_for_now(*, now: datetime, zone: ZoneInfo | None) -> Offer:
    """Offer days to someone who has chosen none; written once a minute, not once a visitor."""
    return _offer_at(now.replace(second=0, microsecond=0) + slots.MINUTE, zone)


def make_offer(
    *,
    now: datetime,
    zone: ZoneInfo | None,
    day: date | None = None,
    keep: datetime | None = None,
) -> Offer:
    """
    Offer the days with free places and the free times of ``day``.

    ``keep`` is a start that stays among them, such as the one that the person booked before.
    """
    known = zone or site_zone()
    days = [each.on for each in office.offered_days(now=now, zone=known)][:MOST_DAYS]
    starts: set[datetime] = set()
    if day:
        starts = {each.starts_at for each in office.offered_times(day, now=now, zone=known)}
        if keep and keep.astimezone(known).date() == day:
            starts.add(keep)
    return Offer(
        days=day_options(sorted({*days, *({day} if starts and day else ())}), can_call=bool(days)),
        times=time_options(sorted(starts), length=slots.LENGTH, zone=known, site_zone=site_zone()),
        notice=_notice(_why_not(now=now, zone=known) if not days else "", zone=zone),
        can_call=bool(days),
        has_times=bool(starts),
    )


def renew_offer(form: ContactForm, *, submission_key: UUID, now: datetime) -> Offer:
    """
    Offer days and times to who sent ``form``, with the chosen time if it can be had.

    If it cannot, the form says so.
    """
    zone, chosen, keep = form.zone, form.chosen_start, None
    if chosen and (
        is_free(chosen, now=now, zone=zone)
        or submission.has_booked(submission_key, starts_at=chosen)
    ):
        keep = chosen
    offer = make_offer(now=now, zone=zone, day=form.chosen_day, keep=keep)
    if form.chosen_day and not offer.has_times:
        form.errors.pop("callback", None)
        form.add_error("callback_day", DAY_FULL)
    elif chosen and not keep and "callback" not in form.errors:
        form.add_error("callback", SLOT_CLOSED)
    return offer


def is_free(starts_at: datetime, *, now: datetime, zone: ZoneInfo | None) -> bool:
    """Say whether a place was left at ``starts_at`` in the last minute."""
    free = office.free_slots(now=now, zone=zone or site_zone())
    return any(slot.starts_at == starts_at for slot in free)


def forget_offers() -> None:
    """Offer anew what is free, not what was a minute ago."""
    office.forget_offer()
    _offer_at.cache_clear()


@lru_cache(maxsize=128)
def _offer_at(minute: datetime, zone: ZoneInfo | None) -> Offer:
    return make_offer(now=minute, zone=zone)


def _why_not(*, now: datetime, zone: ZoneInfo) -> Literal["full", "never"]:
    return "full" if office.can_call(zone, now=now) else "never"


def _notice(why: str, *, zone: ZoneInfo | None) -> SafeString:
    context = {"why": why, "zone": zone, "site_zone": site_zone()}
    return SafeString(render_to_string("enquiries/contact.html#no_call", context))
