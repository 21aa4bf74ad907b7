"""The daily digest: who gets it, when, and that it names nobody."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail

from enquiries import daily, tasks
from enquiries.digest import MOST_NAMED, promise_digests, send_digest, send_notice
from enquiries.models import (
    Absence,
    Closure,
    Enquiry,
    FollowUpReason,
    OfficeHours,
    OutboxMessage,
    Topic,
)
from enquiries.outbox import NotYet
from enquiries.roles import ADVISER, EDITOR, LEAD
from tests.enquiries.usual_office import SYDNEY

pytestmark = pytest.mark.django_db

OPENING = "2026-11-23 09:00"


def here(text):
    return datetime.fromisoformat(text).replace(tzinfo=SYDNEY)


@pytest.fixture
def make_staff(make_adviser):
    """Make a member of staff with a role."""

    def make(role=ADVISER, **altered):
        user = make_adviser(**altered)
        user.groups.add(Group.objects.get_or_create(name=role)[0])
        return user

    return make


def sent(*, at):
    """Send what was promised, and give the letters by address."""
    for message in OutboxMessage.objects.filter(topic="daily_digest"):
        send_digest(message, now=here(at))
    letters, mail.outbox[:] = {email.to[0]: email for email in mail.outbox}, []
    return letters


@pytest.mark.parametrize(
    ("now", "letters"),
    [
        ("2026-11-23 08:59", 0),
        ("2026-11-23 09:00", 1),
        ("2026-11-23 16:59", 1),  # whenever the relay comes to it
        ("2026-11-23 17:00", 0),
        ("2026-11-23 23:59", 0),
        ("2026-11-24 17:30", 1),  # between two periods
        ("2026-11-28 09:00", 0),  # a Saturday
        ("2026-12-25 09:00", 0),
        ("2026-11-27 09:00", 0),  # closed
    ],
)
def test_it_is_promised_from_opening_on_days_on_which_we_work(make_staff, now, letters):
    make_staff()
    Closure.objects.create(on="2026-11-27", why="Moving house")
    assert promise_digests(now=here(now)) == letters
    assert OutboxMessage.objects.count() == letters


def test_each_gets_it_once_a_day(make_staff):
    adviser, lead = make_staff(), make_staff(LEAD)
    lead.groups.add(Group.objects.get(name=ADVISER))
    assert promise_digests(now=here(OPENING)) == 2
    assert promise_digests(now=here("2026-11-23 09:10")) == 0
    late = make_staff()  # who begins during the day gets theirs, too
    assert promise_digests(now=here("2026-11-23 11:00")) == 1
    assert set(sent(at="2026-11-23 11:00")) == {adviser.email, lead.email, late.email}
    assert promise_digests(now=here("2026-11-24 09:00")) == 3


def test_who_cannot_or_need_not_read_it_gets_none(make_staff):
    make_staff(EDITOR)
    make_staff(email="")
    make_staff(is_active=False)
    away = make_staff()
    Absence.objects.create(
        staff=away, starts_at=here("2026-11-20 09:00"), ends_at=here("2026-11-23 12:00")
    )
    assert promise_digests(now=here(OPENING)) == 0
    assert promise_digests(now=here("2026-11-23 12:00")) == 1


def test_it_lists_the_day_by_reference_and_names_nobody(
    make_staff, make_enquiry, make_callback, settings
):
    adviser, now = make_staff(), here(OPENING)
    owned = [make_enquiry(state="assigned", owner=adviser, claimed_at=now) for _ in range(3)]
    booked, late, nothing = owned
    make_callback(booked, starts_at=here("2026-11-23 10:30"))
    late.follow_ups.create(
        reason=FollowUpReason.SEND_INFORMATION, due_at=now - timedelta(hours=1), created_at=now
    )
    new = make_enquiry()
    promise_digests(now=now)
    email = sent(at=OPENING)[adviser.email]
    assert email.subject == "Your day: Monday 23 November 2026"
    for body in (email.body, email.alternatives[0][0]):
        words = " ".join(body.split())
        assert booked.reference in words
        assert "10:30" in words
        assert late.reference in words
        assert "Send information" in words
        assert "You own 3 open" in words
        assert "nobody's yet: 1." in words
        assert f"{settings.SITE_URL}/admin/desk/" in words
        for told in (nothing.reference, new.reference, "Ann", "Example", "ann@", "+614", "late: "):
            assert told not in words


def test_leads_read_counts_of_the_whole_desk(make_staff, make_enquiry):
    lead, adviser, now = make_staff(LEAD), make_staff(), here(OPENING)
    make_enquiry(created_at=now - timedelta(hours=2))
    old = make_enquiry(created_at=now - timedelta(days=2), hold="needs_info")
    old.follow_ups.create(reason="call_again", due_at=now, created_at=now)
    promise_digests(now=now)
    letters = sent(at=OPENING)
    for line in (
        "Came in the last 24 hours: 1.",
        "Follow-ups that are late: 1.",
        "Open and on hold: 1.",
    ):
        assert line in letters[lead.email].body
        assert line in letters[lead.email].alternatives[0][0]
        assert line not in letters[adviser.email].body
    assert "nothing is due today" in letters[lead.email].body


def test_a_letter_of_yesterday_is_not_sent(make_staff):
    make_staff()
    promise_digests(now=here(OPENING))
    assert sent(at="2026-11-24 00:00") == {}


def test_who_has_left_meanwhile_gets_none(make_staff):
    adviser = make_staff()
    promise_digests(now=here(OPENING))
    type(adviser).objects.update(is_active=False)
    assert sent(at=OPENING) == {}


def test_it_is_too_late_once_the_office_has_closed(make_staff):
    adviser = make_staff()
    promise_digests(now=here(OPENING))
    assert set(sent(at="2026-11-23 16:59")) == {adviser.email}
    assert sent(at="2026-11-23 17:00") == sent(at="2026-11-23 23:00") == {}


def test_the_worker_sends_it(make_staff, monkeypatch):
    adviser = make_staff()
    promise_digests(now=here(OPENING))
    message = OutboxMessage.objects.get()
    monkeypatch.setattr("django.utils.timezone.now", lambda: here(OPENING))
    tasks.deliver(message.pk)
    assert [email.to for email in mail.outbox] == [[adviser.email]]
    message.refresh_from_db()
    assert message.done_at is not None


def test_many_enquiries_are_not_counted_to_the_last(make_staff, make_enquiry, monkeypatch):
    monkeypatch.setattr("enquiries.digest.MOST_COUNTED", 1)
    adviser = make_staff()
    for _ in range(3):
        make_enquiry()
    promise_digests(now=here(OPENING))
    assert "nobody's yet: more than 1." in sent(at=OPENING)[adviser.email].body


def test_it_is_promised_with_what_falls_due_by_time():
    assert promise_digests in daily.VERBS


@pytest.fixture
def notice(make_enquiry):
    """Promise all staff the notice of a new enquiry; give who was told of it at a time."""

    def notice(came, *, at):
        enquiry = make_enquiry(created_at=here(came))
        message = OutboxMessage.objects.create(
            topic=Topic.STAFF_NOTICE, enquiry=enquiry, dedupe_key=enquiry.reference,
            created_at=here(came), available_at=here(came),
        )  # fmt: skip
        send_notice(message, now=here(at))
        told, mail.outbox[:] = [email.subject for email in mail.outbox], []
        return told == [f"New enquiry: {enquiry.reference}"]

    return notice


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2026-11-23 08:59", False),
        ("2026-11-23 09:00", True),
        ("2026-11-23 16:59", True),
        ("2026-11-23 17:00", False),
        ("2026-11-23 23:59", False),
        ("2026-11-24 17:30", True),  # between two periods of a day
        ("2026-11-28 12:00", False),  # a Saturday
        ("2026-12-25 12:00", False),
    ],
)
def test_staff_are_told_of_a_new_enquiry_by_day_and_not_at_night(notice, at, told):
    assert notice(at, at=at) is told


@pytest.mark.parametrize(
    ("came", "at", "until"),
    [
        ("2026-11-23 16:59", "2026-11-23 17:00", "2026-11-24 09:00"),
        ("2026-11-27 16:50", "2026-11-28 12:00", "2026-11-30 09:00"),  # over a weekend
    ],
)
def test_what_came_by_day_and_was_held_up_until_the_night_is_told_as_we_open(
    notice, came, at, until
):
    with pytest.raises(NotYet) as later:
        notice(came, at=at)
    assert later.value.until == here(until)
    assert mail.outbox == []


def test_of_what_comes_at_night_all_staff_read_in_one_letter_as_we_open(
    make_enquiry, make_staff, settings
):
    adviser = make_staff()
    for came in ("2026-11-20 16:59", "2026-11-23 09:00"):
        make_enquiry(created_at=here(came))  # by day: of each they were told at once
    night = [make_enquiry(created_at=here(f"2026-11-2{day} 17:00")) for day in (0, 2)]
    make_enquiry(created_at=here("2026-11-21 12:00"), state="spam", closed_at=here(OPENING))
    assert promise_digests(now=here("2026-11-23 08:59")) == 0
    assert promise_digests(now=here(OPENING)) == 2
    assert promise_digests(now=here("2026-11-23 12:00")) == 0
    letters = sent(at=OPENING)
    assert "Came while we were closed: 2." in letters[adviser.email].body
    letter = letters[settings.STAFF_EMAIL]
    assert letter.subject == "New enquiries since we closed: 2"
    for body in (letter.body, letter.alternatives[0][0]):
        for enquiry in night:
            assert enquiry.reference in body
        assert "Example" not in body
        assert "more" not in body
    assert sent(at="2026-11-23 17:00") == {}  # too late: nobody reads at night
    Enquiry.objects.update(state="spam", closed_at=here(OPENING))
    assert settings.STAFF_EMAIL not in sent(at=OPENING)  # nothing is left to tell of


def test_of_a_long_night_the_letter_names_the_first_only(make_enquiry, settings):
    night = [make_enquiry(created_at=here("2026-11-22 12:00")) for _ in range(MOST_NAMED + 1)]
    promise_digests(now=here(OPENING))
    body = sent(at=OPENING)[settings.STAFF_EMAIL].body
    assert f"{night[-2].reference}\nand more\n" in body
    assert night[-1].reference not in body


def test_an_office_that_never_opens_is_told_at_once(notice):
    OfficeHours.objects.all().delete()
    assert notice("2026-11-23 23:59", at="2026-11-23 23:59")
    assert promise_digests(now=here("2026-11-23 12:00")) == 0
