"""How instants read to staff."""

from datetime import UTC, datetime, timedelta

import pytest

from enquiries.admin import times
from enquiries.models import Callback

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("passed", "told"),
    [
        (timedelta(seconds=20), "0 min"),
        (timedelta(minutes=59), "59 min"),
        (timedelta(hours=23, minutes=59), "23 h"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=9, hours=5), "9 days"),
        (-timedelta(minutes=3), "0 min"),
    ],
)
def test_an_age_is_told_in_one_unit(passed, told):
    assert times.age(NOON - passed, now=NOON) == told


def test_the_time_where_a_person_is_names_their_city():
    assert times.local_now("Asia/Manila", now=NOON) == "20:00 in Manila"
    assert times.local_now("America/Sao_Paulo", now=NOON) == "09:00 in São Paulo"


@pytest.mark.parametrize(
    ("hour", "why_not"),
    [(7, "too early"), (8, ""), (19, ""), (20, "too late")],
)
def test_nobody_is_called_before_eight_or_after_eight(hour, why_not):
    assert times.not_now("UTC", now=NOON.replace(hour=hour)) == why_not


def test_one_line_is_enough_where_both_clocks_agree():
    callback = Callback(
        starts_at=NOON, ends_at=NOON + timedelta(minutes=30), zone="Australia/Melbourne"
    )
    assert times.in_both_zones(callback) == ("Mon 23 Nov, 23:00\u201323:30 in Sydney",)


def test_two_lines_tell_two_days_apart():
    callback = Callback(
        starts_at=NOON + timedelta(hours=2), ends_at=NOON + timedelta(hours=2.5), zone="UTC"
    )
    callback.zone = "Europe/London"
    assert times.in_both_zones(callback) == (
        "Mon 23 Nov, 14:00\u201314:30 in London",
        "Tue 24 Nov, 01:00\u201301:30 in Sydney",
    )


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "Africa", "../etc/passwd"])
def test_a_zone_that_nobody_knows_breaks_nothing(zone):
    callback = Callback(starts_at=NOON, ends_at=NOON + timedelta(minutes=30), zone=zone)
    assert times.in_both_zones(callback) == ("Mon 23 Nov, 23:00\u201323:30 in Sydney",)
    assert times.local_now(zone, now=NOON).startswith("Time unknown")
    assert times.not_now(zone, now=NOON) == "perhaps not the time"


def test_site_time_is_sydney_s():
    assert times.at_site(NOON) == "Mon 23 Nov, 23:00"
