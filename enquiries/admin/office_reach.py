"""Whom our hours reach: how many slots a week are daytime in each country, for a year to come."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from itertools import groupby
from zoneinfo import ZoneInfo

from enquiries import places, slots
from enquiries.slots import Office, Slot

WEEKS = 53
MOST_CITIES = 2  # named one by one

type Week = Sequence[Slot]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Slots in a week: fewest and most among a country's time zones."""

    fewest: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """Weeks on end, Monday to Sunday, without a slot in some cities."""

    first: date
    last: date
    cities: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country with its slots: this week, next week, and the leanest week of the year to come."""

    name: str
    cities: str
    this_week: Count
    next_week: Count
    leanest: int
    without: tuple[Spell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """The thirty countries that send most migrants, and those beyond that no slot reaches."""

    monday: date
    countries: tuple[Country, ...]
    beyond: tuple[str, ...]

    @property
    def out_of_reach(self) -> list[str]:
        return [country.name for country in self.countries if country.leanest == 0]


class _Counter:
    """Counts the slots of each week in a zone; zones with one offset are counted once."""

    def __init__(self, weeks: Sequence[Week]) -> None:
        self._weeks = weeks
        self._known: dict[tuple[int, timedelta], int] = {}

    def counts(self, name: str, *, most: int = WEEKS) -> list[int]:
        zone = ZoneInfo(name)
        return [self._count(number, zone=zone) for number in range(min(most, len(self._weeks)))]

    def _count(self, number: int, *, zone: ZoneInfo) -> int:
        week = self._weeks[number]
        if not week:
            return 0
        offsets = [_offset(slot.starts_at, zone=zone) for slot in (week[0], week[-1])]
        if offsets[0] != offsets[1]:
            return sum(slots.is_daytime(slot.starts_at, zone=zone) for slot in week)
        key = (number, offsets[0])
        if key not in self._known:
            fixed = timezone(offsets[0])
            self._known[key] = sum(slots.is_daytime(each.starts_at, zone=fixed) for each in week)
        return self._known[key]


def reach(office: Office, *, now: datetime) -> Reach:
    """Count the slots of each week from this Monday on, as the office stands."""
    today = now.astimezone(office.zone).date()
    monday = today - timedelta(days=today.weekday())
    mondays = [monday + timedelta(weeks=number) for number in range(WEEKS)]
    counter = _Counter(
        [slots.slots_between(each, each + timedelta(days=6), office=office) for each in mondays]
    )
    return Reach(
        monday=monday,
        countries=tuple(
            _country(code, counter=counter, mondays=mondays) for code in places.MOST_MIGRANTS
        ),
        beyond=tuple(
            name
            for code, name in places.countries().items()
            if code not in places.MOST_MIGRANTS
            and (cities := places.zones().get(code))
            and not any(any(counter.counts(zone, most=2)) for zone in cities)
        ),
    )


def _country(code: str, *, counter: _Counter, mondays: list[date]) -> Country:
    cities = places.zones()[code]
    counts = {city: counter.counts(zone) for zone, city in cities.items()}
    by_week = [
        Count(fewest=min(week), most=max(week)) for week in zip(*counts.values(), strict=True)
    ]
    return Country(
        name=places.countries()[code],
        cities=_told(list(cities.values())),
        this_week=by_week[0],
        next_week=by_week[1],
        leanest=min(week.fewest for week in by_week),
        without=tuple(_spells(counts, mondays=mondays)),
    )


def _spells(counts: dict[str, list[int]], *, mondays: list[date]) -> Iterator[Spell]:
    """Join the weeks in which the same cities have no slot."""
    without = [
        tuple(city for city, weeks in counts.items() if weeks[number] == 0)
        for number in range(len(mondays))
    ]
    for cities, numbers in groupby(range(len(mondays)), key=lambda number: without[number]):
        if cities:
            weeks = [mondays[number] for number in numbers]
            everywhere = len(cities) == len(counts)
            yield Spell(
                first=weeks[0],
                last=weeks[-1] + timedelta(days=6),
                cities="" if everywhere else _named(list(cities)),
            )


def _told(cities: list[str]) -> str:
    return " and ".join(cities) if len(cities) <= MOST_CITIES else f"{len(cities)} time zones"


def _named(cities: list[str]) -> str:
    if len(cities) <= MOST_CITIES:
        return " and ".join(cities)
    return f"{', '.join(cities[:MOST_CITIES])} and {len(cities) - MOST_CITIES} more"


def _offset(at: datetime, *, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()
