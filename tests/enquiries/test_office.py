"""The office as its rows tell it, and the calls it offers."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from enquiries import office, slots
from enquiries.models import (
    Absence,
    CallbackPolicy,
    CallbackSlot,
    Closure,
    OfficeHours,
)
from enquiries.office import (
    can_call,
    forget_offer,
    free_slots,
    offered_days,
    offered_times,
    read_office,
    soonest,
)
from tests.enquiries.usual_office import SYDNEY, USUAL_OFFICE

pytestmark = pytest.mark.django_db

TUESDAY = date(2026, 11, 24)
LONDON, SAO_PAULO = ZoneInfo("Europe/London"), ZoneInfo("America/Sao_Paulo")


@pytest.fixture
def fill():
    """Take all places of slots."""

    def fill(found):
        for each in found:
            CallbackSlot.objects.create(
                starts_at=each.starts_at, ends_at=each.ends_at, capacity=2, used=2
            )
        forget_offer()

    return fill


def shown(found, zone=SYDNEY):
    return [f"{slot.starts_at.astimezone(zone):%H:%M}" for slot in found]


def test_a_new_site_starts_with_the_usual_office(now):
    assert read_office(now=now) == USUAL_OFFICE


def test_what_staff_change_is_read_with_as_many_queries_as_ever(
    now, make_adviser, django_assert_num_queries
):
    away = {"starts_at": now, "ends_at": now + timedelta(days=2)}
    for number in range(3):
        Closure.objects.create(on=TUESDAY + timedelta(days=number), why="Stocktaking")
        Absence.objects.create(staff=make_adviser(), **away)
    Absence.objects.create(
        staff=make_adviser(), starts_at=now - timedelta(days=9), ends_at=now - timedelta(days=8)
    )
    CallbackPolicy.objects.update(notice_minutes=120, horizon_working_days=3)
    OfficeHours.objects.exclude(weekday=3, opens=time(9)).delete()
    with django_assert_num_queries(1):
        found = read_office(now=now)
    assert found.closed_on == {TUESDAY + timedelta(days=number) for number in range(3)}
    assert len(found.away) == 3
    assert (found.notice, found.horizon) == (timedelta(hours=2), 3)
    assert [(each.weekday, each.opens) for each in found.periods] == [(3, time(9))]


def test_the_offer_is_read_once_a_minute(now, django_assert_num_queries):
    with django_assert_num_queries(1):
        offered_days(now=now, zone=SYDNEY)
    with django_assert_num_queries(0):
        offered_days(now=now - timedelta(seconds=59), zone=LONDON)
        assert can_call(LONDON, now=now)
    Closure.objects.create(on=TUESDAY, why="Stocktaking")
    assert TUESDAY in [day.on for day in offered_days(now=now, zone=SYDNEY)]
    forget_offer()
    assert TUESDAY not in [day.on for day in offered_days(now=now, zone=SYDNEY)]


def test_days_come_first_and_each_tells_its_first_and_last_time(now):
    days = offered_days(now=now, zone=SYDNEY)
    assert len(days) == 10
    first, second = days[:2]
    assert (first.on, first.free, shown([first.first, first.last])) == (
        date(2026, 11, 23), 6, ["14:00", "16:30"],
    )  # fmt: skip
    assert (second.on, second.free, shown([second.first, second.last])) == (
        TUESDAY, 20, ["09:00", "19:30"],
    )  # fmt: skip
    assert offered_days(now=now, zone=SYDNEY, after=TUESDAY) == days[2:]


def test_no_more_than_twelve_days_are_offered_at_once(now):
    CallbackPolicy.objects.update(horizon_working_days=30)
    days = offered_days(now=now, zone=SYDNEY)
    assert len(days) == 12
    assert offered_days(now=now, zone=SYDNEY, after=days[-1].on)[0].on == date(2026, 12, 9)


def test_no_more_than_twelve_times_are_offered_and_half_hours_follow_once_others_are_taken(
    now, fill
):
    times = offered_times(TUESDAY, now=now, zone=SYDNEY)
    assert shown(times) == [
        "09:00", "09:30", "10:00", "10:30", "11:00", "12:00", "13:00", "14:00", "15:00", "16:00",
        "18:00", "19:00",
    ]  # fmt: skip
    assert {slot.places_left for slot in times} == {2}
    fill(times[4:])
    assert shown(offered_times(TUESDAY, now=now, zone=SYDNEY)) == [
        "09:00", "09:30", "10:00", "10:30", "11:30", "12:30", "13:30", "14:30", "15:30", "16:30",
        "18:30", "19:30",
    ]  # fmt: skip


def test_days_and_times_are_those_of_the_person(now):
    kathmandu, kiritimati = ZoneInfo("Asia/Kathmandu"), ZoneInfo("Pacific/Kiritimati")
    assert shown(offered_times(TUESDAY, now=now, zone=kathmandu), kathmandu)[:3] == [
        "08:15", "08:45", "09:15",
    ]  # fmt: skip
    first, second = offered_days(now=now, zone=kiritimati)[:2]
    assert (first.on, shown([first.first], kiritimati)) == (date(2026, 11, 23), ["17:00"])
    assert (second.on, shown([second.first], kiritimati)) == (TUESDAY, ["12:00"])


def test_a_full_slot_is_left_out_and_a_full_day_too(now, fill):
    fill(free_slots(now=now, zone=SYDNEY)[:6])
    assert offered_days(now=now, zone=SYDNEY)[0].on == TUESDAY
    assert offered_times(date(2026, 11, 23), now=now, zone=SYDNEY) == []
    assert shown([soonest(now=now, zone=SYDNEY)]) == ["09:00"]


def test_when_every_place_is_taken_we_may_still_call_but_offer_no_time(now, fill):
    fill(free_slots(now=now, zone=SYDNEY))
    fill(free_slots(now=now, zone=LONDON))
    assert offered_days(now=now, zone=LONDON) == []
    assert soonest(now=now, zone=LONDON) is None
    assert can_call(LONDON, now=now)


def test_where_our_hours_never_meet_daytime_no_call_is_promised():
    winter, summer = (datetime(2027, month, 5, tzinfo=UTC) for month in (7, 12))
    assert not can_call(SAO_PAULO, now=winter)
    assert offered_days(now=winter, zone=SAO_PAULO) == []
    assert can_call(SAO_PAULO, now=summer)


def test_an_office_without_hours_promises_nothing(now):
    OfficeHours.objects.all().delete()
    assert not can_call(SYDNEY, now=now)
    assert offered_days(now=now, zone=SYDNEY) == []


def test_a_short_horizon_does_not_make_a_country_look_out_of_reach(now):
    CallbackPolicy.objects.update(horizon_working_days=1)
    assert offered_days(now=now, zone=LONDON) == []  # on Mondays we have no evening
    assert can_call(LONDON, now=now)


def test_days_of_which_the_unconfirmed_hold_half_are_for_the_others(
    now, make_enquiry, make_callback
):
    OfficeHours.objects.filter(weekday=1).delete()
    OfficeHours.objects.create(weekday=1, opens=time(9), closes=time(10), capacity=2)
    nine = datetime(2026, 11, 24, 9, tzinfo=SYDNEY)
    make_callback(make_enquiry(), starts_at=nine)
    assert TUESDAY in [day.on for day in offered_days(now=now, zone=SYDNEY)]
    second = make_enquiry()
    make_callback(second, starts_at=nine + slots.LENGTH)
    forget_offer()
    assert TUESDAY not in [day.on for day in offered_days(now=now, zone=SYDNEY)]
    assert TUESDAY in [day.on for day in offered_days(now=now, zone=SYDNEY, confirmed=True)]
    type(second).objects.filter(pk=second.pk).update(email_confirmed_at=now)
    forget_offer()
    assert TUESDAY in [day.on for day in offered_days(now=now, zone=SYDNEY)]


@pytest.mark.parametrize(
    ("altered", "constraint"),
    [
        ({"opens": time(16, 30), "closes": time(18)}, "do_not_overlap"),
        ({"opens": time(9), "closes": time(9, 15)}, "told_in_half_hours"),
        ({"opens": time(9), "closes": time(9, 30, 1)}, "told_in_half_hours"),
        ({"opens": time(9), "closes": time(9)}, "open_before_they_close"),
    ],
)
def test_hours_that_make_no_sense_are_refused_in_words_and_by_the_database(altered, constraint):
    hours = OfficeHours(weekday=0, **altered)
    with pytest.raises(ValidationError) as refused:
        hours.full_clean()
    assert all(sentence.endswith(".") for sentence in refused.value.messages)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        hours.save()


def test_hours_may_touch_and_those_of_another_state_may_overlap():
    for altered in ({"opens": time(17), "closes": time(18)}, {"opens": time(9), "state": "VIC"}):
        hours = OfficeHours(**{"weekday": 0, "closes": time(18)} | altered)
        hours.full_clean()
        hours.save()


def test_hours_that_close_before_they_open_are_refused_in_words():
    with pytest.raises(ValidationError, match="must open before it closes"):
        OfficeHours(weekday=5, opens=time(17), closes=time(9)).full_clean()


def test_the_sites_zone_is_the_offices(settings, now):
    settings.SITE_TIME_ZONE = "Pacific/Auckland"
    assert office.site_zone() == read_office(now=now).zone == ZoneInfo("Pacific/Auckland")
