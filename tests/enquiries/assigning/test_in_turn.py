"""New enquiries go round, to who is on shift and may own more."""

import contextlib
import threading
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection

from enquiries import assigning, triage
from enquiries.models import Closure, Enquiry, Event, OfficeHours
from enquiries.transitions import Hold
from tests.enquiries.assigning.turns import LATER, NOW, away, owners

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("at", "works"),
    [
        pytest.param(datetime(2026, 10, 2, 23, 0, tzinfo=UTC), True, id="9:00 before the change"),
        pytest.param(datetime(2026, 10, 2, 22, 59, tzinfo=UTC), False, id="a minute before"),
        pytest.param(datetime(2026, 10, 9, 22, 0, tzinfo=UTC), True, id="9:00 in summer time"),
        pytest.param(datetime(2026, 10, 10, 5, 59, tzinfo=UTC), True, id="16:59 in summer time"),
        pytest.param(datetime(2026, 10, 10, 6, 0, tzinfo=UTC), False, id="at the end"),
        pytest.param(datetime(2026, 10, 10, 22, 0, tzinfo=UTC), False, id="on a Sunday"),
    ],
)
def test_a_shift_is_told_by_the_clock_of_the_site(make_working, at, works):
    user = make_working(days=[5], hours=(time(9), time(17)))
    assert list(assigning.on_shift(at)) == ([user] if works else [])


def test_who_is_away_or_left_is_not_on_shift(make_working, make_adviser):
    make_working(), make_adviser()
    away(make_working(), since=NOW - timedelta(hours=1), until=NOW + timedelta(minutes=1))
    left = make_working()
    left.is_active = False
    left.save()
    back = make_working()
    away(back, since=NOW - timedelta(hours=1), until=NOW)
    assert back in assigning.on_shift(NOW)
    assert assigning.on_shift(NOW).count() == 2


def test_new_enquiries_go_round_the_oldest_first(make_working, make_enquiry):
    first, second = make_working(), make_working()
    made = [make_enquiry(created_at=NOW - timedelta(minutes=n)) for n in range(3)]
    assert assigning.give_in_turn(now=NOW) == 3
    assert owners() == [first.pk, second.pk, first.pk]
    assert {each.state for each in Enquiry.objects.all()} == {"assigned"}
    event = Event.objects.filter(enquiry=made[0]).get()
    assert (event.kind, event.by, event.to_owner, event.why) == (
        "assigned", None, first, "In turn",
    )  # fmt: skip
    make_enquiry()
    assigning.give_in_turn(now=LATER)
    assert owners()[-1] == second.pk


def test_nobody_gets_more_than_they_may_own(make_working, make_enquiry, now):
    small, large = make_working(most_open=2), make_working(most_open=3)
    make_enquiry(state="follow_up", owner=small)
    make_enquiry(state="done", owner=large, closed_at=now)
    for _ in range(6):
        make_enquiry()
    assert assigning.give_in_turn(now=NOW) == 4
    assert Enquiry.objects.filter(state="new").count() == 2
    assert {each: owners().count(each.pk) for each in (small, large)} == {small: 2, large: 4}
    assert assigning.give_in_turn(now=NOW) == 0


@pytest.mark.parametrize(
    "altered",
    [{"is_in_turn": False}, {"days": [1]}, {"hours": (time(8), time(13))}],
    ids=["not in turn", "works on Tuesdays", "went home at 13:00"],
)
def test_only_who_works_now_and_takes_turns_gets_one(make_working, make_enquiry, altered):
    make_working(**altered)
    make_enquiry()
    assert assigning.give_in_turn(now=NOW) == 0


@pytest.mark.parametrize(
    ("closed_on", "now", "given"),
    [
        (date(2026, 11, 23), NOW, 0),
        (date(2026, 11, 24), NOW, 1),
        (date(2026, 11, 1), datetime(2026, 12, 25, 2, 0, tzinfo=UTC), 0),  # a public holiday
        (date(2026, 11, 1), datetime(2026, 11, 28, 2, 0, tzinfo=UTC), 1),  # a Saturday shift
    ],
)
def test_on_a_closed_day_nothing_is_given(make_working, make_enquiry, closed_on, now, given):
    make_working()
    OfficeHours.objects.update(capacity=1)
    away(make_working(is_in_turn=False), since=NOW - timedelta(days=40), until=NOW.replace(day=30))
    make_enquiry()
    Closure.objects.create(on=closed_on, why="Moving house")
    assert assigning.give_in_turn(now=now) == given


def test_what_waits_for_the_person_is_not_given(make_working, make_enquiry):
    make_working()
    make_enquiry(hold=Hold.NEEDS_INFO)
    assert assigning.give_in_turn(now=NOW) == 0


def test_what_went_back_from_someone_goes_to_another(make_working, make_enquiry):
    lazy = make_working()
    make_enquiry(), make_enquiry()
    assigning.give_in_turn(now=NOW)
    assert assigning.return_untouched(now=LATER) == 2
    assert assigning.give_in_turn(now=LATER) == 0
    newer, busy = make_enquiry(), make_working()
    assert assigning.give_in_turn(now=LATER) == 3
    assert owners() == [busy.pk, busy.pk, lazy.pk]
    assert newer.state == "new"


@pytest.mark.django_db(transaction=True)
def test_many_who_give_and_claim_at_once_leave_each_enquiry_with_one_owner(
    make_enquiry, make_working, make_adviser
):
    turns = [make_working(most_open=10) for _ in range(2)]
    claimer = make_adviser()
    enquiries = [make_enquiry() for _ in range(30)]
    together, failed = threading.Barrier(4), []

    def run(act):
        try:
            together.wait(30)
            act()
        except Exception as error:  # noqa: BLE001 - a thread keeps it to itself
            failed.append(error)
        finally:
            connection.close()

    def claim_all():
        for enquiry in enquiries[::-1]:
            with contextlib.suppress(triage.AlreadyClaimed):
                triage.claim(enquiry, by=claimer, now=NOW)

    def give():
        assigning.give_in_turn(now=NOW)

    threads = [threading.Thread(target=run, args=[act]) for act in (give, give, claim_all, give)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    owned = dict(Enquiry.objects.values_list("pk", "owner"))
    events = Event.objects.values_list("enquiry", "to_owner")
    assert sorted(events) == sorted(owned.items())  # one change each, and it holds
    assert all(list(owned.values()).count(user.pk) <= 10 for user in turns)
