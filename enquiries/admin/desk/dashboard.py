"""The dashboard: how many came, how soon we called, what we kept, what came of it, what waits."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone

from enquiries import figures, places
from enquiries.admin import times
from enquiries.admin.desk.pictures import Bar, Column, Columns, bars, columns
from enquiries.admin.desk.showing import MAY_SEE_FIGURES, allowed, show
from enquiries.models import CallOutcome, DayFigures, Helped
from enquiries.transitions import State

PERIODS = {28: "4 weeks", 84: "12 weeks"}
LATE_ROW = timedelta(minutes=10)  # the oldest row of the outbox is younger while all is well
GOOD = {CallOutcome.REACHED, CallOutcome.THEY_CALLED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of days with its words and the table behind it."""

    name: str
    title: str
    summary: str
    columns: Columns
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    key: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One figure that is read first, and whether it asks for care."""

    label: str
    figure: str
    note: str
    is_bad: bool = False


def dashboard(request: HttpRequest) -> HttpResponse:
    """Show the figures of the last weeks, and of today so far."""
    allowed(request, MAY_SEE_FIGURES)
    now = timezone.now()
    chosen = request.GET.get("days", "")
    period = int(chosen) if chosen in {str(each) for each in PERIODS} else min(PERIODS)
    days = figures.recent_days(period, now=now)
    last = days[-1].on
    first = last - timedelta(days=period - 1)
    standing = figures.standing(now=now, opinions_since=now - timedelta(days=period))
    context = {
        "tiles": list(_tiles(days, standing=standing, now=now)),
        "pictures": [
            _volume(days, first=first, last=last),
            _first_calls(days, first=first, last=last),
            _promises(days, first=first, last=last),
        ],
        "outcomes": _outcomes(days),
        "closed_as": _closed(days),
        "waiting": _waiting(standing.waiting),
        "helped": _helped(standing.opinions),
        "periods": [
            (label, f"{reverse('admin:desk_dashboard')}?days={number}", number == period)
            for number, label in PERIODS.items()
        ],
        "period": PERIODS[period],
        "missing": period - len(days),
        "city": places.city(timezone.get_default_timezone_name()),
        "clock": times.at_site(now),
    }
    return show(request, "dashboard", title="Dashboard", context=context)


def _tiles(
    days: Sequence[DayFigures], *, standing: figures.Standing, now: datetime
) -> Iterator[Tile]:
    *past, today = days
    usual = median(day.received for day in past) if past else 0
    yield Tile(
        label="Came today", figure=f"{today.received:,}", note=f"{usual:,.0f} on a usual day"
    )
    minutes = today.first_call_minutes
    yield Tile(
        label="First calls today",
        figure=f"{today.first_calls:,}",
        note=f"half within {told_minutes(minutes)}" if minutes is not None else "none yet",
    )
    promised, kept = (sum(getattr(day, name) for day in days) for name in ("promised", "kept"))
    yield Tile(
        label="Promises kept",
        figure=f"{kept * 100 // promised} %" if promised else "\u2013",
        note=f"{kept:,} of {promised:,} booked calls",
    )
    oldest = standing.oldest_due_at
    is_late = oldest is not None and now - oldest > LATE_ROW
    aside = f", {standing.set_aside} set aside" if standing.set_aside else ""
    yield Tile(
        label="Oldest letter waiting to go",
        figure=times.age(oldest, now=now) if oldest else "None",
        note=(
            "letters are late"
            if is_late
            else "nothing waits"
            if oldest is None
            else "letters go out"
        )
        + aside,
        is_bad=is_late or standing.set_aside > 0,
    )


def _volume(days: Sequence[DayFigures], *, first: date, last: date) -> Picture:
    received = sum(day.received for day in days)
    return Picture(
        name="volume",
        title="Enquiries a day",
        summary=f"{received:,} came in {len(days)} day{pluralize(len(days))}.",
        columns=columns(
            [
                Column(on=day.on, value=day.received, told=f"{_day(day)}: {day.received:,}")
                for day in days
            ],
            first=first,
            last=last,
        ),
        heads=("Day", "Came", "Closed"),
        rows=tuple(
            (_day(day), f"{day.received:,}", f"{sum(day.closed.values()):,}")
            for day in reversed(days)
        ),
    )


def _first_calls(days: Sequence[DayFigures], *, first: date, last: date) -> Picture:
    known = [day.first_call_minutes for day in days if day.first_call_minutes is not None]
    middle = f"On a usual day, {told_minutes(round(median(known)))}." if known else "No calls yet."
    return Picture(
        name="first-call",
        title="Time to the first call",
        summary=f"{middle} The median, in minutes in which the office was open.",
        columns=columns(
            [
                Column(
                    on=day.on,
                    value=day.first_call_minutes,
                    told=f"{_day(day)}: {told_minutes(day.first_call_minutes)}",
                )
                for day in days
            ],
            first=first,
            last=last,
        ),
        heads=("Day", "First calls", "Median"),
        rows=tuple(
            (_day(day), f"{day.first_calls:,}", told_minutes(day.first_call_minutes))
            for day in reversed(days)
        ),
    )


def _promises(days: Sequence[DayFigures], *, first: date, last: date) -> Picture:
    promised, kept = (sum(getattr(day, name) for day in days) for name in ("promised", "kept"))
    return Picture(
        name="promises",
        title="Promises kept",
        summary=f"{kept:,} of {promised:,} booked calls were made in their half hour.",
        columns=columns(
            [
                Column(
                    on=day.on,
                    value=day.promised,
                    part=day.kept,
                    told=f"{_day(day)}: {day.kept} of {day.promised}",
                )
                for day in days
            ],
            first=first,
            last=last,
        ),
        heads=("Day", "Promised", "Kept"),
        rows=tuple((_day(day), f"{day.promised:,}", f"{day.kept:,}") for day in reversed(days)),
        key=(("part", "kept"), ("whole", "not kept, or still to come")),
    )


def _outcomes(days: Sequence[DayFigures]) -> list[Bar]:
    counts = Counter[str]()
    for day in days:
        counts.update(day.outcomes)
    return bars(
        [
            (CallOutcome(name).label, count, "part" if name in GOOD else "whole")
            for name, count in counts.most_common()
        ]
    )


def _closed(days: Sequence[DayFigures]) -> list[Bar]:
    counts = Counter[str]()
    for day in days:
        counts.update(day.closed)
    return bars([(State(name).label, count, "whole") for name, count in counts.most_common()])


def _waiting(waiting: Sequence[figures.Waiting]) -> list[Bar]:
    return bars(
        [(each.age, each.count, "whole") for each in waiting],
        told=[f"{each.count:,}{'+' if each.is_more else ''}" for each in waiting],
    )


def _helped(counts: dict[str, int]) -> list[Bar]:
    kinds = {Helped.YES: "part", Helped.PARTLY: "whole", Helped.NO: "bad"}
    if not counts:
        return []
    return bars([(each.label, counts.get(each, 0), kinds[each]) for each in Helped])


def told_minutes(minutes: int | None) -> str:
    """Tell business minutes in hours and minutes."""
    if minutes is None:
        return "\u2013"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours else f"{rest} min"


def _day(day: DayFigures) -> str:
    return f"{day.on:%a %-d %b}"
