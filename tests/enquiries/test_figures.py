"""The figures of days: counted once a day is over, and live until then."""

from datetime import UTC, date, datetime, timedelta

import pytest

from enquiries import daily, figures
from enquiries.models import (
    CallAttempt,
    CallOpinion,
    DayFigures,
    OutboxMessage,
    Topic,
)

MONDAY = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)  # Monday, 10:00 in Sydney
HOUR = timedelta(hours=1)


@pytest.fixture
def call(make_adviser):
    """Record an attempt as a row, as it happened at an instant."""
    by = make_adviser()

    def call(enquiry, at, outcome="reached"):
        return CallAttempt.objects.create(enquiry=enquiry, by=by, at=at, outcome=outcome)

    return call


@pytest.fixture
def monday(make_enquiry, make_callback, call):
    """Let Monday 23 November be a day of which every figure is known."""
    friday = MONDAY - timedelta(days=3) + 6 * HOUR  # 16:00 in Sydney
    old = make_enquiry(created_at=friday)
    make_callback(old, starts_at=MONDAY)
    call(old, MONDAY + timedelta(minutes=29))
    call(old, MONDAY + 2 * HOUR)
    missed = make_enquiry(created_at=MONDAY, state="spam", closed_at=MONDAY + 2 * HOUR)
    make_callback(missed, starts_at=MONDAY + HOUR, cancelled_at=MONDAY + 2 * HOUR)
    moved = make_enquiry(created_at=MONDAY)
    make_callback(moved, starts_at=MONDAY + HOUR, cancelled_at=MONDAY)
    call(moved, MONDAY + HOUR, "no_answer")
    make_enquiry(created_at=MONDAY + timedelta(days=1))


def test_a_day_is_summed_up_once_it_is_over(monday):
    tuesday = MONDAY + timedelta(days=1)
    assert figures.sum_up_days(now=tuesday) == 4
    assert figures.sum_up_days(now=tuesday) == 0
    day = DayFigures.objects.get(on=date(2026, 11, 23))
    assert (day.received, day.promised, day.kept) == (2, 2, 1)
    assert day.outcomes == {"reached": 2, "no_answer": 1}
    assert day.closed == {"spam": 1}
    assert day.first_calls == 2
    assert DayFigures.objects.get(on=date(2026, 11, 20)).received == 1
    assert not DayFigures.objects.filter(on=date(2026, 11, 24)).exists()


def test_the_time_to_the_first_call_is_that_in_which_the_office_is_open(make_enquiry, call):
    friday = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)  # 16:00 in Sydney
    call(make_enquiry(created_at=friday), MONDAY)
    [*_, today] = figures.recent_days(7, now=MONDAY + HOUR)
    assert today.first_call_minutes is not None
    assert 0 < today.first_call_minutes < 24 * 60  # not the weekend between


def test_the_last_minute_of_a_day_is_that_day_s(make_enquiry):
    midnight = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
    make_enquiry(created_at=midnight - timedelta(minutes=1))
    make_enquiry(created_at=midnight)
    assert figures.sum_up_days(now=midnight - timedelta(minutes=1)) == 0
    assert figures.sum_up_days(now=midnight) == 1
    assert DayFigures.objects.get().received == 1


def test_today_is_counted_live_after_the_days_that_are_over(monday):
    figures.sum_up_days(now=MONDAY)
    *past, today = figures.recent_days(3, now=MONDAY + 3 * HOUR)
    assert [day.on for day in past] == [date(2026, 11, 21), date(2026, 11, 22)]
    assert (today.on, today.received) == (date(2026, 11, 23), 2)
    assert not DayFigures.objects.filter(on=today.on).exists()


def test_a_site_without_enquiries_has_no_figures(db):
    assert figures.sum_up_days(now=MONDAY) == 0


def test_long_pasts_are_caught_up_in_several_runs(make_enquiry):
    make_enquiry(created_at=MONDAY - timedelta(days=100), decided_on=date(2026, 11, 23))
    assert [figures.sum_up_days(now=MONDAY) for _ in range(3)] == [60, 40, 0]


def test_days_are_summed_up_with_what_falls_due(monday):
    daily.run_what_is_due(now=MONDAY + timedelta(days=1))
    assert DayFigures.objects.filter(on=date(2026, 11, 23)).exists()


@pytest.fixture
def standing(db):
    return lambda: figures.standing(now=MONDAY, opinions_since=MONDAY - timedelta(days=30))


def test_waiting_is_counted_by_age_and_never_without_a_bound(make_enquiry, standing, monkeypatch):
    monkeypatch.setattr(figures, "MOST_WAITING", 2)
    for age in (1, 5, 5, 5):
        make_enquiry(created_at=MONDAY - timedelta(hours=age))
    make_enquiry(created_at=MONDAY - timedelta(days=40))
    make_enquiry(created_at=MONDAY, state="spam", closed_at=MONDAY)
    told = [(each.count, each.is_more) for each in standing().waiting]
    assert told == [(1, False), (2, True), (0, False), (0, False), (0, False), (1, False)]


def test_the_oldest_row_of_the_outbox_is_told_once_it_is_due(standing):
    assert (standing().oldest_due_at, standing().set_aside) == (None, 0)
    for number, minutes in enumerate((-5, -9, 5)):
        at = MONDAY + timedelta(minutes=minutes)
        OutboxMessage.objects.create(
            topic=Topic.STAFF_NOTICE, dedupe_key=str(number), created_at=at, available_at=at
        )
    OutboxMessage.objects.filter(dedupe_key="1").update(set_aside_at=MONDAY)
    assert (standing().oldest_due_at, standing().set_aside) == (MONDAY - timedelta(minutes=5), 1)


def test_opinions_are_counted_by_answer(make_enquiry, call, standing):
    enquiry = make_enquiry()
    for helped, days in (("yes", 1), ("yes", 2), ("no", 3), ("no", 40)):
        attempt = call(enquiry, MONDAY - timedelta(days=days))
        CallOpinion.objects.create(enquiry=enquiry, attempt=attempt, helped=helped, at=attempt.at)
    assert standing().opinions == {"yes": 2, "no": 1}
