"""For whom a letter still makes sense as it is sent, and who wants none at all."""

import itertools
from datetime import UTC, datetime, timedelta
from email import policy
from email.parser import BytesParser

import pytest
from django.core import mail
from icalendar import Calendar

from enquiries import bookings, letters, outbox
from enquiries.models import (
    FormerAddress,
    Letter,
    LinkPurpose,
    OutboxMessage,
    Suppression,
    Topic,
    contact_digest,
    read_link,
)

pytestmark = pytest.mark.django_db

NOON_IN_SYDNEY = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
NO_LETTERS = {
    Topic.RESUME_SCAN,
    Topic.RESUME_PREVIEW,
    Topic.SCANNER_ALERT,
    Topic.DISCARD_UPLOAD,
    Topic.DISCARD_FILE,
    Topic.DAILY_DIGEST,  # it is about no enquiry
}


@pytest.fixture
def promise(now, make_adviser):
    """Promise a letter about an enquiry, as its verb does."""
    by = make_adviser()

    def promise(topic, enquiry, *, part=1):
        if topic is Topic.STAFF_REPLY:
            part = enquiry.replies.create(by=by, at=now, subject="Hello", text="All is well.").pk
        elif topic is Topic.CALL_OPINION:
            part = enquiry.call_attempts.create(by=by, at=now, outcome="reached").pk
        elif topic is Topic.ESCALATION:
            part = enquiry.follow_ups.create(due_at=now, created_at=now, reason="first_call").pk
        key = f"{topic}:{enquiry.pk}:{part}"
        outbox.queue_message(topic, dedupe_key=key, enquiry=enquiry, now=now)
        return OutboxMessage.objects.get(dedupe_key=key)

    return promise


@pytest.fixture
def send(promise, now):
    """Send a letter about an enquiry; tell to whom it went."""

    def send(topic, enquiry, *, part=1, at=now):
        letters.send_letter(promise(topic, enquiry, part=part), now=at)
        sent, mail.outbox[:] = [email.to[0] for email in mail.outbox], []
        return sent

    return send


def call_file_of(email):
    """Read the calendar file of a letter as a mail program does; None without one."""
    message = BytesParser(policy=policy.default).parsebytes(email.message().as_bytes())
    parts = list(message.iter_attachments())
    return Calendar.from_ical(parts[0].get_content()) if parts else None


def test_every_topic_that_is_a_letter_is_in_the_table():
    assert set(Topic) - set(letters.KINDS) == NO_LETTERS


def test_every_letter_can_be_written_as_text_and_as_html(
    make_enquiry, make_callback, promise, now, settings
):
    faults = []
    hours = (timedelta(hours=number) for number in itertools.count())
    settings.FIRM = settings.FIRM | {"phone": "+61 2 5550 0000"}
    for topic in letters.KINDS:
        for minor, has_call in [(False, True), (False, False), (True, True), (True, False)]:
            enquiry = make_enquiry(minor=minor, given_name="http://evil.example")
            if has_call:
                make_callback(enquiry, starts_at=NOON_IN_SYDNEY + next(hours))
            email = letters.compose(promise(topic, enquiry), now=now)
            [(html, _)] = email.alternatives
            for body in str(email.body), str(html):
                if "evil" in body or enquiry.contact_phone in body or "None" in body:
                    faults.append(f"{topic} {minor=} {has_call=}: {body}")
                if not letters.KINDS[topic].is_for_staff and "never ask for money" not in body:
                    faults.append(f"{topic} says nothing of money")
            if enquiry.reference not in f"{email.subject} {email.body}":
                faults.append(f"{topic} names no reference")
    assert faults == []


def test_an_enquiry_closed_meanwhile_is_not_acknowledged(make_enquiry, send, now):
    assert send(Topic.ACKNOWLEDGEMENT, make_enquiry()) == ["ann@example.org"]
    for state in "withdrawn", "spam", "done":
        closed = make_enquiry(state=state, closed_at=now, owner=None)
        assert send(Topic.ACKNOWLEDGEMENT, closed) == []
        assert send(Topic.STAFF_NOTICE, closed) == []
    assert Letter.objects.count() == 1


def test_a_guardian_who_confirmed_meanwhile_is_not_asked_again(make_enquiry, send, now):
    topic = Topic.GUARDIAN_CONFIRMATION
    assert send(topic, make_enquiry(minor=True)) == ["gina@example.org"]
    assert send(topic, make_enquiry(minor=True, guardian_confirmed_at=now)) == []
    assert send(topic, make_enquiry()) == []


def test_only_the_newest_change_of_a_call_is_told(make_enquiry, send, now):
    enquiry = make_enquiry(email_confirmed_at=now)
    bookings.book(enquiry, starts_at=NOON_IN_SYDNEY, now=now)
    bookings.rebook(enquiry, starts_at=NOON_IN_SYDNEY + timedelta(hours=1), now=now)
    assert send(Topic.CALLBACK_CHANGED, enquiry, part=0) == []
    assert send(Topic.CALLBACK_CHANGED, enquiry, part=2) == ["ann@example.org"]


def test_who_chose_another_time_meanwhile_is_not_invited_to(make_enquiry, make_callback, send):
    enquiry = make_enquiry()
    make_callback(enquiry)
    assert send(Topic.RESCHEDULE_INVITATION, enquiry) == ["ann@example.org"]
    other = make_enquiry()
    make_callback(other, starts_at=NOON_IN_SYDNEY)
    assert send(Topic.RESCHEDULE_INVITATION, other) == []


def test_only_a_withdrawn_enquiry_is_confirmed_as_such(make_enquiry, send, now):
    assert send(Topic.WITHDRAWAL, make_enquiry()) == []
    withdrawn = make_enquiry(state="withdrawn", closed_at=now)
    assert send(Topic.WITHDRAWAL, withdrawn) == ["ann@example.org"]


def test_a_suppressed_contact_gets_no_letter_whoever_asks(make_enquiry, send, settings, now):
    Suppression.objects.create(digest=contact_digest(" ANN@example.org"), since=now)
    enquiry, minor = make_enquiry(), make_enquiry(minor=True, guardian_email="Ann@Example.org")
    told = [
        send(topic, each)
        for each in (enquiry, minor)
        for topic, kind in letters.KINDS.items()
        if not kind.is_for_staff
    ]
    assert [each for each in told if each] == []
    assert send(Topic.STAFF_NOTICE, enquiry) == [settings.STAFF_EMAIL]


def test_who_changes_an_address_and_leaves_at_once_is_told_of_all_the_same(make_enquiry, send, now):
    enquiry = make_enquiry(state="withdrawn", closed_at=now)
    FormerAddress.objects.create(
        enquiry=enquiry, email="old@example.org", expires_at=now + timedelta(days=7)
    )
    assert send(Topic.CONTACT_CHANGED, enquiry) == ["old@example.org"]


def test_a_notice_to_a_former_address_goes_there_once(make_enquiry, send, now):
    enquiry = make_enquiry()
    assert send(Topic.CONTACT_CHANGED, enquiry) == []
    FormerAddress.objects.create(
        enquiry=enquiry, email="old@example.org", expires_at=now + timedelta(days=7)
    )
    assert send(Topic.CONTACT_CHANGED, enquiry, part=2) == ["old@example.org"]
    assert not FormerAddress.objects.exists()


def test_the_call_comes_with_the_letter_and_goes_with_its_withdrawal(make_enquiry, promise, now):
    enquiry = make_enquiry(email_confirmed_at=now)
    assert call_file_of(letters.compose(promise(Topic.ACKNOWLEDGEMENT, enquiry), now=now)) is None
    callback = bookings.book(enquiry, starts_at=NOON_IN_SYDNEY, now=now)
    for reminder in OutboxMessage.objects.filter(topic__endswith="reminder"):
        assert call_file_of(letters.compose(reminder, now=now)) is None  # it has been told
    added = call_file_of(letters.compose(promise(Topic.CALLBACK_CHANGED, enquiry), now=now))
    bookings.cancel(callback, now=now)
    taken = call_file_of(letters.compose(promise(Topic.WITHDRAWAL, enquiry), now=now))
    assert (added["METHOD"], taken["METHOD"]) == ("PUBLISH", "CANCEL")
    [before], [after] = added.events, taken.events
    assert before["UID"] == after["UID"]
    assert before["SEQUENCE"] < after["SEQUENCE"]


def test_who_chooses_any_time_has_the_call_taken_out_of_the_calendar(make_enquiry, promise, now):
    enquiry = make_enquiry(email_confirmed_at=now)
    bookings.book(enquiry, starts_at=NOON_IN_SYDNEY, now=now)
    bookings.rebook(enquiry, starts_at=None, now=now)
    email = letters.compose(promise(Topic.CALLBACK_CHANGED, enquiry), now=now)
    assert call_file_of(email)["METHOD"] == "CANCEL"
    for body in str(email.body), str(email.alternatives[0][0]):
        assert "between 8:00 and 20:00 where you are" in body
        assert "is cancelled" not in body
    # A first letter never begins with a call that is off.
    assert call_file_of(letters.compose(promise(Topic.ACKNOWLEDGEMENT, enquiry), now=now)) is None


def test_each_link_of_a_letter_is_for_its_own_purpose(make_enquiry, promise, now, settings):
    enquiry = make_enquiry()
    body = letters.compose(promise(Topic.ACKNOWLEDGEMENT, enquiry), now=now).body
    links = [line for line in body.split() if line.startswith(f"{settings.SITE_URL}/enquiry/")]
    read = {LinkPurpose.ENQUIRY: links[0], LinkPurpose.DISOWN: links[1]}
    for purpose, link in read.items():
        token = link.rstrip("/").rpartition("/")[2]
        assert read_link(token, purpose=purpose, now=now).enquiry_id == enquiry.pk


def test_where_no_call_can_reach_a_letter_promises_an_answer_by_email(make_enquiry, promise, now):
    email = letters.compose(promise(Topic.ACKNOWLEDGEMENT, make_enquiry(reply="email")), now=now)
    assert "answer you by e-mail" in email.body
    assert "We will call you" not in email.body
