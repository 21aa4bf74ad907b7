"""Notices to all staff: of each enquiry once, by day, and of the night's in one letter."""

from datetime import datetime

import pytest
from django.core import mail
from django.db.models.functions import Now

from enquiries import tasks
from enquiries.models import Enquiry, OfficeHours, OutboxMessage, Topic
from enquiries.notices import MOST_NAMED
from enquiries.slots import MINUTE
from tests.enquiries.usual_office import SYDNEY

pytestmark = pytest.mark.django_db
OPENING = "2026-11-23 09:00"


def here(text):
    return datetime.fromisoformat(text).replace(tzinfo=SYDNEY)


@pytest.fixture
def come(make_enquiry):
    """Have an enquiry come at a time, with its notice to all staff; give its reference."""

    def come(at, **altered):
        enquiry = make_enquiry(created_at=here(at), **altered)
        OutboxMessage.objects.create(
            topic=Topic.STAFF_NOTICE, enquiry=enquiry, dedupe_key=enquiry.reference,
            created_at=here(at), available_at=Now(),
        )  # fmt: skip
        return enquiry.reference

    return come


@pytest.fixture
def work(monkeypatch):
    """Have a worker take up all that waits at a time, the newest first; give what staff read."""

    def work(at):
        OutboxMessage.objects.waiting().update(available_at=Now())
        monkeypatch.setattr("django.utils.timezone.now", lambda: here(at))
        for message in OutboxMessage.objects.waiting().order_by("-pk"):
            tasks.deliver(message.pk)
        told, mail.outbox[:] = [email.subject for email in mail.outbox], []
        return told

    return work


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
def test_staff_are_told_of_a_new_enquiry_by_day_and_not_at_night(come, work, at, told):
    reference = come(at)
    assert work(at) == ([f"New enquiry: {reference}"] if told else [])


@pytest.mark.parametrize(
    ("came", "at", "opening"),
    [
        ("2026-11-23 16:59", "2026-11-23 17:00", "2026-11-24 09:00"),
        ("2026-11-27 16:50", "2026-11-28 12:00", "2026-11-30 09:00"),  # over a weekend
    ],
)
def test_what_came_by_day_and_was_held_up_until_the_night_is_told_as_we_open(
    come, work, came, at, opening
):
    reference = come(came)
    assert work(at) == []
    message = OutboxMessage.objects.get()
    assert (message.done_at, message.attempts, message.available_at) == (None, 0, here(opening))
    assert work(opening) == [f"New enquiry: {reference}"]


def test_of_what_comes_at_night_all_staff_read_in_one_letter_as_we_open(come, monkeypatch):
    by_day = come("2026-11-20 16:59")
    night = [come(f"2026-11-2{day} 17:00") for day in (0, 2)]
    come("2026-11-21 12:00", state="spam", closed_at=here(OPENING))
    monkeypatch.setattr("django.utils.timezone.now", lambda: here(OPENING))
    for message in OutboxMessage.objects.order_by("pk"):
        tasks.deliver(message.pk)
    alone, letter = mail.outbox
    assert alone.subject == f"New enquiry: {by_day}"
    assert letter.subject == "New enquiries since we closed: 2"
    parts = [str(part) for part in letter.message().walk() if not part.is_multipart()]
    assert len(parts) == 2  # as text and as HTML
    for body in parts:
        assert [each in body for each in (*night, by_day)] == [True, True, False]
        assert "Example" not in body
        assert "more" not in body
    assert not OutboxMessage.objects.waiting().exists()


def test_what_several_nights_left_untold_is_told_once_when_the_workers_come_back(come, work):
    for came in ("2026-11-22 20:00", "2026-11-23 03:00"):
        come(came)
    by_day = come("2026-11-23 12:00")
    come("2026-11-24 02:00")
    assert work("2026-11-24 08:59") == []
    # A younger one of the night waits for a minute, so that the oldest tells of it.
    assert work("2026-11-24 10:30") == [
        f"New enquiry: {by_day}", "New enquiries since we closed: 3",
    ]  # fmt: skip
    assert work("2026-11-24 10:31") == []
    assert not OutboxMessage.objects.waiting().exists()


@pytest.mark.parametrize("failed", [False, True], ids=["at once", "as long as it waits itself"])
def test_a_younger_one_of_the_night_waits_for_the_oldest(come, monkeypatch, failed):
    waits_until = here(OPENING) + (MINUTE * 15 if failed else MINUTE)
    come("2026-11-23 03:00")
    OutboxMessage.objects.update(available_at=waits_until if failed else here(OPENING))
    come("2026-11-23 04:00")
    monkeypatch.setattr("django.utils.timezone.now", lambda: here(OPENING))
    younger = OutboxMessage.objects.latest("pk")
    tasks.deliver(younger.pk)
    younger.refresh_from_db()
    assert (younger.available_at, younger.attempts) == (waits_until, 0)
    assert mail.outbox == []


def test_of_a_night_whose_enquiries_are_all_closed_there_is_nothing_to_tell(come, work):
    come("2026-11-23 03:00")
    Enquiry.objects.update(state="spam", closed_at=here(OPENING))
    assert work(OPENING) == []
    assert not OutboxMessage.objects.waiting().exists()


def test_of_a_long_night_the_letter_names_the_first_only(come, monkeypatch):
    night = [come("2026-11-22 12:00") for _ in range(MOST_NAMED + 1)]
    monkeypatch.setattr("django.utils.timezone.now", lambda: here(OPENING))
    tasks.deliver(OutboxMessage.objects.earliest("pk").pk)
    [letter] = mail.outbox
    assert f"{night[-2]}\nand more\n" in letter.body
    assert night[-1] not in letter.body


def test_an_office_that_never_opens_is_told_at_once(come, work):
    OfficeHours.objects.all().delete()
    reference = come("2026-11-23 23:59")
    assert work("2026-11-23 23:59") == [f"New enquiry: {reference}"]
