"""Whom the office that a new site starts with can call, week by week, and whom it writes to."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from enquiries import office, places, slots
from tests.enquiries.usual_office import SYDNEY, USUAL_OFFICE

MONDAYS = [date(2027, 1, 4) + timedelta(weeks=week) for week in range(52)]
WEEK = timedelta(days=6)
MUST_BE_CALLED = ["Africa/Lagos", "Europe/London", "Europe/Dublin", "Africa/Johannesburg"]


def zones_of(country):
    return [ZoneInfo(zone) for zone in places.zones()[country]]


def suits(found, zone):
    return [slot for slot in found if slots.is_daytime(slot.starts_at, zone=zone)]


@pytest.mark.no_cover  # a sweep over lines that other tests run too
@pytest.mark.django_db
def test_each_week_of_2027_has_a_slot_for_the_thirty_countries_or_no_call_is_promised():
    """In a week without one, only a call of the week after can be booked; else an e-mail is all."""
    assert len(set(places.MOST_MIGRANTS)) == 30
    failures, by_mail = [], set()
    for monday in MONDAYS:
        week = slots.slots_between(monday, monday + WEEK, office=USUAL_OFFICE)
        now = datetime.combine(monday, time(7), tzinfo=SYDNEY)
        for country in places.MOST_MIGRANTS:
            for zone in zones_of(country):
                if suits(week, zone):
                    continue
                by_mail.add(country)
                bookable = office.offered_days(now=now, zone=zone)
                if office.can_call(zone, now=now) != bool(bookable):
                    failures.append((country, zone.key, monday.isoformat()))
                assert all(day.on > monday + WEEK for day in bookable)
    assert failures == []
    assert by_mail == {"BR"}  # in our winter, when our morning is past their 20:00


@pytest.mark.parametrize("name", MUST_BE_CALLED)
def test_the_evenings_reach_people_half_a_world_away_all_year(name):
    zone, failures = ZoneInfo(name), []
    for monday in MONDAYS:
        week = slots.slots_between(monday, monday + WEEK, office=USUAL_OFFICE)
        found = suits(week, zone)
        failures += [] if found else [monday.isoformat()]
        assert all(slot.starts_at.astimezone(SYDNEY).hour >= 16 for slot in found)
    assert failures == []
