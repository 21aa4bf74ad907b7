"""Leads keep the office; advisers look at it; both see what people can book."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from enquiries import bookings, office, places, slots
from enquiries.admin.office_fortnight import fortnight
from enquiries.admin.office_reach import reach
from enquiries.models import (
    Absence,
    CallbackPolicy,
    CallbackSlot,
    Closure,
    OfficeHours,
)
from tests.enquiries.usual_office import SYDNEY, USUAL_OFFICE

pytestmark = pytest.mark.django_db

HOURS, CLOSURES, ABSENCES = (
    reverse(f"admin:enquiries_{name}_changelist") for name in ("officehours", "closure", "absence")
)
POLICY = reverse("admin:enquiries_callbackpolicy_change", args=[1])
PREVIEW = reverse("admin:enquiries_officehours_preview")
SATURDAY = {
    "weekday": "5", "opens": "09:00", "closes": "12:30", "capacity": "1", "state": "VIC",
}  # fmt: skip
NINE = datetime(2026, 11, 24, 9, tzinfo=SYDNEY)


@pytest.fixture
def booked():
    """Book calls in the slot that starts at an instant."""

    def booked(starts_at, *, used, capacity=2):
        CallbackSlot.objects.create(
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=30),
            capacity=capacity,
            used=used,
        )

    return booked


def some_day():
    """Give the first slot of a day to come, by the clock on the wall."""
    slot = office.offered_days(now=timezone.now(), zone=SYDNEY)[1].first
    office.forget_offer()
    return slot.starts_at


def text(answer):
    return answer.content.decode()


def test_everybody_at_the_desk_looks_at_the_office_and_only_leads_change_it(
    adviser, lead, make_staff
):
    for address in (HOURS, CLOSURES, ABSENCES, POLICY, PREVIEW):
        assert adviser.client.get(address).status_code == 200
        assert make_staff(role=None).client.get(address).status_code == 403
    assert adviser.client.post(f"{HOURS}add/", SATURDAY).status_code == 403
    typed = {
        "notice_minutes": "90",
        "horizon_working_days": "5",
        "first_answer_minutes": "120",
        "return_minutes": "30",
    }
    assert adviser.client.post(POLICY, typed).status_code == 403
    assert lead.client.post(f"{HOURS}add/", SATURDAY).status_code == 302
    assert lead.client.post(POLICY, typed).status_code == 302
    added = OfficeHours.objects.get(weekday=5)
    assert (added.closes, added.state) == (time(12, 30), "VIC")
    assert CallbackPolicy.objects.get().notice_minutes == 90


@pytest.mark.parametrize(
    ("altered", "sentence"),
    [
        ({"weekday": "0", "opens": "16:30", "state": "NSW", "closes": "18:00"}, "overlap"),
        ({"opens": "09:10"}, "Use full or half hours"),
        ({"opens": "13:00"}, "must open before it closes"),
        ({"capacity": "0"}, "greater than or equal to 1."),
    ],
)
def test_hours_that_make_no_sense_come_back_with_a_sentence(lead, altered, sentence):
    answer = lead.client.post(f"{HOURS}add/", SATURDAY | altered)
    assert answer.status_code == 200
    assert sentence in text(answer)
    assert not OfficeHours.objects.filter(weekday=5).exists()


def test_too_little_notice_comes_back_with_a_sentence(lead):
    typed = {"notice_minutes": "30", "horizon_working_days": "61"}
    answer = text(lead.client.post(POLICY, typed))
    assert "greater than or equal to 60." in answer
    assert "less than or equal to 60." in answer


def test_there_is_one_policy_which_is_found_at_once_and_stays(lead, make_staff):
    policies = reverse("admin:enquiries_callbackpolicy_changelist")
    assert lead.client.get(policies).url == POLICY
    assert make_staff(role=None).client.get(policies).status_code == 403
    delete = reverse("admin:enquiries_callbackpolicy_delete", args=[1])
    assert lead.client.post(delete, {"post": "yes"}).status_code == 403
    assert lead.client.get(f"{policies}add/").status_code == 403


def test_an_absence_names_people_and_only_those_who_work_here(lead, make_adviser):
    make_adviser(username="gone", is_active=False)
    make_adviser(username="visitor", is_staff=False)
    page = text(lead.client.get(f"{ABSENCES}add/"))
    assert "Tom Okafor</option>" in page
    assert "gone" not in page
    assert "visitor" not in page
    at = timezone.localtime()
    typed = {
        "staff": lead.pk,
        "starts_at_0": f"{at:%Y-%m-%d}", "starts_at_1": "00:00",
        "ends_at_0": f"{at + timedelta(days=1):%Y-%m-%d}", "ends_at_1": "00:00",
    }  # fmt: skip
    assert lead.client.post(f"{ABSENCES}add/", typed).status_code == 302
    assert "Tom Okafor" in text(lead.client.get(ABSENCES))
    backwards = typed | {"ends_at_0": "2020-01-01"}
    assert "start before it ends" in text(lead.client.post(f"{ABSENCES}add/", backwards))


def test_lists_show_what_is_to_come_and_the_past_when_asked(lead, make_adviser):
    now = timezone.now()
    Closure.objects.create(on=date(2020, 1, 2), why="Stocktaking")
    Closure.objects.create(on=timezone.localdate(), why="Moving")
    Absence.objects.create(
        staff=make_adviser(first_name="Past"), starts_at=now - timedelta(days=9), ends_at=now
    )
    closures = text(lead.client.get(CLOSURES))
    assert "Moving" in closures
    assert "Stocktaking" not in closures
    assert "Stocktaking" in text(lead.client.get(f"{CLOSURES}?time=past"))
    assert "Past" in text(lead.client.get(f"{ABSENCES}?time=past"))


def test_a_change_is_offered_at_once_in_this_process(
    lead, django_capture_on_commit_callbacks, django_assert_num_queries
):
    now = timezone.now()
    before = office.offered_days(now=now, zone=SYDNEY)
    typed = {"on": before[1].on.isoformat(), "why": "Stocktaking"}
    with django_capture_on_commit_callbacks(execute=True):
        lead.client.post(f"{CLOSURES}add/", typed)
    assert before[1].on not in [day.on for day in office.offered_days(now=now, zone=SYDNEY)]


def test_a_change_that_leaves_too_many_calls_says_so(lead, booked):
    starts_at = some_day()
    booked(starts_at, used=2)
    typed = {"on": f"{starts_at.astimezone(SYDNEY):%Y-%m-%d}", "why": "Stocktaking"}
    answer = lead.client.post(f"{CLOSURES}add/", typed, follow=True)
    assert "2 calls are booked more than we can make." in text(answer)
    page = text(lead.client.get(PREVIEW))
    assert "2 calls too many" in page
    closure = Closure.objects.get()
    answer = lead.client.post(f"{CLOSURES}{closure.pk}/delete/", {"post": "yes"}, follow=True)
    assert "more than we can make" not in text(answer)


def test_hours_taken_away_together_are_told_of_too(lead, booked):
    booked(some_day(), used=1)
    every = list(OfficeHours.objects.values_list("pk", flat=True))
    chosen = {"action": "delete_selected", "_selected_action": every, "post": "yes"}
    answer = lead.client.post(HOURS, chosen, follow=True)
    assert "1 call is booked more than we can make." in text(answer)
    assert not OfficeHours.objects.exists()


def test_the_preview_tells_of_calls_whose_clock_changed(lead, make_enquiry, make_callback):
    enquiry = make_enquiry(time_zone="Africa/Cairo")
    starts_at = some_day()
    make_callback(enquiry, starts_at=starts_at, zone="Africa/Cairo", local_time=time(3, 33))
    page = text(lead.client.get(PREVIEW))
    assert "Clocks changed after people booked" in page
    assert enquiry.reference in page
    assert "03:33" in page


def test_the_preview_costs_the_same_whatever_is_booked(
    adviser, booked, make_adviser, django_assert_num_queries, django_assert_max_num_queries
):
    starts_at = some_day()
    with django_assert_max_num_queries(25) as before:
        adviser.client.get(PREVIEW)
    for number in range(6):
        booked(starts_at + timedelta(minutes=30 * number), used=1)
        Absence.objects.create(
            staff=make_adviser(), starts_at=starts_at, ends_at=starts_at + timedelta(days=1)
        )
    with django_assert_num_queries(len(before)):
        adviser.client.get(PREVIEW)


def two_weeks(*, now):
    stands = office.read_office(now=now)
    over = bookings.overbooked(our_office=stands, now=now)
    return fortnight(stands, over=over, now=now)


def test_two_weeks_tell_hours_places_and_what_is_taken(now, booked):
    booked(NINE, used=1)
    booked(NINE + timedelta(minutes=30), used=2)
    booked(NINE + timedelta(hours=12), used=1, capacity=1)  # at nine in the evening: closed
    Closure.objects.create(on=date(2026, 11, 25), why="Stocktaking")
    found = two_weeks(now=now)
    monday, tuesday, wednesday, *_, sunday = found.days[:7]
    assert (monday.hours, monday.places, monday.taken) == (("09:00\u201317:00",), 32, 0)
    assert tuesday.hours == ("09:00\u201317:00", "18:00\u201321:00")
    assert (tuesday.places, tuesday.taken, tuesday.over) == (44, 4, 1)
    assert [cell.kind for cell in tuesday.cells[:3]] == ["part", "full", "free"]
    assert tuesday.cells[-1].kind == "over"
    assert (wednesday.why, wednesday.hours, wednesday.places) == ("Stocktaking", (), 0)
    assert sunday.why == "No hours"
    assert len(found.days) == 14
    assert [hour.text for hour in found.hours] == [
        "10:00",
        "12:00",
        "14:00",
        "16:00",
        "18:00",
        "20:00",
    ]


def test_two_weeks_name_the_public_holidays():
    christmas = two_weeks(now=datetime(2026, 12, 21, tzinfo=SYDNEY))
    assert {day.on.day: day.why for day in christmas.days if "NSW" in day.why} == {
        25: "Christmas Day in NSW", 26: "Boxing Day in NSW", 28: "Boxing Day (observed) in NSW",
        1: "New Year's Day in NSW",
    }  # fmt: skip


def test_an_office_without_hours_has_an_empty_picture(now):
    OfficeHours.objects.all().delete()
    found = two_weeks(now=now)
    assert {day.why for day in found.days} == {"No hours"}
    assert found.width > 0
    assert len(reach(office.read_office(now=now), now=now).out_of_reach) == 30


def test_the_thirty_countries_are_counted_week_by_week(now):
    found = reach(USUAL_OFFICE, now=now)
    by_name = {country.name: country for country in found.countries}
    assert len(by_name) == 30
    london = by_name["United Kingdom"]
    assert (london.this_week.fewest, london.cities) == (8, "London")  # two evenings, to 10:00
    assert found.out_of_reach == ["Brazil"]
    winter = by_name["Brazil"].without[1]
    assert (winter.first, winter.last) == (date(2027, 4, 5), date(2027, 10, 3))
    assert by_name["Fiji"].without == ()
    assert "Nigeria" not in found.beyond


def test_without_evenings_red_falls_on_those_whom_no_slot_reaches(now, lead):
    OfficeHours.objects.filter(opens=time(18)).delete()
    found = reach(office.read_office(now=now), now=now)
    assert {"United Kingdom", "Ireland", "France"} <= set(found.out_of_reach)
    assert "Nigeria" in found.beyond
    page = text(lead.client.get(PREVIEW))
    assert 'pill-failed">0</span>' in page
    assert "Nigeria" in page


@pytest.mark.parametrize("weeks", [0, 18])
def test_a_country_is_counted_as_slot_by_slot_also_when_clocks_change(now, weeks):
    at = now + timedelta(weeks=weeks)  # the week in which Europe goes forward is among them
    found = reach(USUAL_OFFICE, now=at)
    by_name = {country.name: country for country in found.countries}
    for code in ("GB", "US", "BR", "IR"):
        days = (found.monday, found.monday + timedelta(days=6))
        per_zone = [
            sum(
                slots.is_daytime(slot.starts_at, zone=ZoneInfo(zone))
                for slot in slots.slots_between(*days, office=USUAL_OFFICE)
            )
            for zone in places.zones()[code]
        ]
        count = by_name[places.countries()[code]].this_week
        assert (count.fewest, count.most) == (min(per_zone), max(per_zone))
