"""The daily digest: who gets it, when, and that it names nobody."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail

from enquiries import daily, tasks
from enquiries.digest import promise_digests, send_digest
from enquiries.models import (
    Absence,
    Closure,
    FollowUpReason,
    OutboxMessage,
)
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
        user.groups.add(Group.objects.get(name=role))
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


def test_it_counts_what_came_while_we_were_closed(make_enquiry, make_staff):
    adviser = make_staff()
    for came in ("2026-11-20 16:59", "2026-11-20 17:00", "2026-11-22 17:00", OPENING):
        make_enquiry(created_at=here(came))
    make_enquiry(created_at=here("2026-11-21 12:00"), state="spam", closed_at=here(OPENING))
    promise_digests(now=here(OPENING))
    assert "Came while we were closed: 2." in sent(at=OPENING)[adviser.email].body
