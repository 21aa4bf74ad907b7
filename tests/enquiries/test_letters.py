# ruff: noqa: RUF001 - hours are joined by a dash
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from enquiries import letters, outbox
from enquiries.models import (
    Event,
    Letter,
    LinkPurpose,
    OutboxMessage,
    Topic,
    read_link,
)

NOON_IN_SYDNEY = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.fixture
def promise(make_enquiry, now):
    """Promise a letter about an enquiry of its own."""

    def promise(topic=Topic.ACKNOWLEDGEMENT, **altered):
        enquiry = make_enquiry(**altered)
        outbox.queue_message(topic, dedupe_key=f"{topic}:{enquiry.pk}", enquiry=enquiry, now=now)
        return OutboxMessage.objects.get(enquiry=enquiry)

    return promise


def bodies(email):
    return [email.body, *(content for content, _ in email.alternatives)]


@pytest.mark.django_db
def test_an_adult_gets_an_acknowledgement(promise, now):
    message = promise()
    letters.send_letter(message, now=now)
    [email] = mail.outbox
    assert email.to == ["ann@example.org"]
    assert message.enquiry.reference in email.subject
    for body in bodies(email):
        assert "Hello Ann Example," in body
        assert message.enquiry.reference in body
        assert "never ask for money, passwords or passport numbers" in body
    letter = Letter.objects.get()
    assert letter.delivered_at == now
    assert email.extra_headers["Message-ID"] == letter.message_id
    assert Event.objects.get().kind == "letter_sent"


@pytest.mark.django_db
def test_about_a_minor_only_the_guardian_is_written_to(promise, now):
    letters.send_letter(promise(minor=True), now=now)
    [email] = mail.outbox
    assert email.to == ["gina@example.org"]
    for body in bodies(email):
        assert "Hello Gina Guardian," in body
        assert "As the parent or guardian of A., you asked" in body
        assert ".." not in body
        assert "Ann" not in body


@pytest.mark.django_db
def test_the_guardian_gets_a_link_that_names_the_child_by_initial_only(promise, now, settings):
    message = promise(Topic.GUARDIAN_CONFIRMATION, minor=True)
    letters.send_letter(message, now=now)
    [email] = mail.outbox
    [line] = [line for line in email.body.splitlines() if line.startswith(settings.SITE_URL + "/c")]
    token = line.rstrip("/").rpartition("/")[2]
    claim = read_link(token, purpose=LinkPurpose.GUARDIAN_CONFIRMATION, now=now)
    assert claim.enquiry_id == message.enquiry_id
    for body in bodies(email):
        assert "for A., and named you" in body
        assert "Ann" not in body
    assert line in bodies(email)[1]


@pytest.mark.django_db
def test_staff_learn_the_reference_and_nothing_personal(promise, now, settings):
    message = promise(Topic.STAFF_NOTICE, minor=True, message="secret", family_name="Rare")
    letters.send_letter(message, now=now)
    [email] = mail.outbox
    assert email.to == [settings.STAFF_EMAIL]
    for body in bodies(email):
        assert message.enquiry.reference in body
        assert f"/enquiries/enquiry/{message.enquiry_id}/change/" in body
        assert "parent or guardian only" in body
        for personal in ("Ann", "Rare", "Gina", "secret", "example.org", "+61"):
            assert personal not in body.replace(settings.STAFF_EMAIL, "")


@pytest.mark.django_db
def test_a_chosen_time_is_told_in_both_zones(promise, make_callback, now):
    message = promise(time_zone="Asia/Kolkata")
    make_callback(message.enquiry, starts_at=NOON_IN_SYDNEY, zone="Asia/Kolkata")
    letters.send_letter(message, now=now)
    for body in bodies(mail.outbox[0]):
        assert (
            "Tuesday 24 November 2026, 06:30–07:00 your time (Kolkata) = 12:00–12:30 Sydney time"
        ) in body


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Australia/Sydney", "Tuesday 24 November 2026, 12:00–12:30 Sydney time"),
        ("Australia/Melbourne", "Tuesday 24 November 2026, 12:00–12:30 Sydney time"),
        ("Mars/Olympus", "Tuesday 24 November 2026, 12:00–12:30 Sydney time"),
        (
            "America/Sao_Paulo",
            "Monday 23 November 2026, 22:00–22:30 your time (São Paulo) "
            "= Tuesday 24 November 2026, 12:00–12:30 Sydney time",
        ),
        (
            "America/New_York",
            "Monday 23 November 2026, 20:00–20:30 your time (New York) "
            "= Tuesday 24 November 2026, 12:00–12:30 Sydney time",
        ),
    ],
)
def test_a_day_is_told_twice_only_if_it_differs(zone, expected):
    told = letters.in_both_zones(
        starts_at=NOON_IN_SYDNEY,
        ends_at=NOON_IN_SYDNEY + timedelta(minutes=30),
        zone=zone,
        site_zone="Australia/Sydney",
    )
    assert told == expected


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Australia/Melbourne", "12:00–12:30 Sydney time"),
        ("Asia/Kathmandu", "06:45–07:15 your time = 12:00–12:30 Sydney time"),
        (
            "America/New_York",
            "20:00–20:30 your time = Tuesday 24 November 2026, 12:00–12:30 Sydney time",
        ),
    ],
)
def test_where_their_day_is_known_only_the_hours_are_told(zone, expected):
    told = letters.hours_in_both_zones(
        starts_at=NOON_IN_SYDNEY,
        ends_at=NOON_IN_SYDNEY + timedelta(minutes=30),
        zone=ZoneInfo(zone),
        site_zone=ZoneInfo("Australia/Sydney"),
    )
    assert told == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ann Example", "Hello Ann Example"),
        ("Zoë O'Brien-Smith", "Hello Zoë O'Brien-Smith"),
        ("أمينة", "Hello أمينة"),
        ("  Ann \n Example ", "Hello Ann Example"),
        ("A" * 40, "Hello " + "A" * 40),
        ("A" * 41, "Hello"),
        ("", "Hello"),
        ("Ann https://evil.example", "Hello"),
        ("evil.example", "Hello"),
        ("Call 0900 1234", "Hello"),
        ("<b>Ann</b>", "Hello"),
        ("ann@example.org", "Hello"),
    ],
)
def test_a_letter_greets_by_a_plain_name_or_none(name, expected):
    assert letters.greeting(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"), [("ann", "A."), ("ß", "SS."), ("7", "a young person")]
)
def test_a_child_is_an_initial(name, expected):
    assert letters.initial(name) == expected


@pytest.mark.django_db
def test_nothing_that_was_typed_is_repeated(promise, now):
    typed = {"message": "http://evil.example", "given_name": "http://evil.example"}
    for topic in Topic.ACKNOWLEDGEMENT, Topic.STAFF_NOTICE:
        letters.send_letter(promise(topic, **typed), now=now)
    letters.send_letter(
        promise(Topic.GUARDIAN_CONFIRMATION, minor=True, guardian_name="x.example", **typed),
        now=now,
    )
    for email in mail.outbox:
        for text in [email.subject, *bodies(email)]:
            assert "evil" not in text
            assert "x.example" not in text


@pytest.mark.django_db
def test_a_letter_keeps_its_message_id_however_often_it_is_sent(promise, now):
    message, other = promise(), promise()
    later = now + timedelta(days=1)
    first, again = (letters.compose(message, now=when) for when in (now, later))
    assert first.extra_headers["Message-ID"] == again.extra_headers["Message-ID"]
    assert letters.message_id(message) != letters.message_id(other)


@pytest.mark.django_db
def test_without_anyone_to_write_to_nothing_is_sent(promise, now):
    message = promise(minor=True, hold="needs_guardian", guardian_email="", guardian_phone="")
    letters.send_letter(message, now=now)
    assert mail.outbox == []
    assert not Letter.objects.exists()


@pytest.mark.django_db
def test_a_letter_about_nothing_is_an_error(now):
    outbox.queue_message(Topic.ACKNOWLEDGEMENT, dedupe_key="none", now=now)
    with pytest.raises(LookupError, match="names no enquiry"):
        letters.send_letter(OutboxMessage.objects.get(), now=now)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answers", "code"),
    [(("550 no such user", "250 OK"), 550), (("250 OK", "554 looks like spam"), 554)],
)
def test_what_the_mail_server_refuses_for_good_is_recorded(
    promise, now, mail_by_smtp, answers, code
):
    mail_by_smtp.answer_to_recipient, mail_by_smtp.answer_to_data = answers
    letters.send_letter(promise(), now=now)
    letter = Letter.objects.get()
    assert (letter.delivered_at, letter.failed_at, letter.refusal_code) == (None, now, code)
    assert Event.objects.get().kind == "letter_failed"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("recipient", "data"), [("450 try later", "250 OK"), ("250 OK", "451 try later")]
)
def test_what_the_mail_server_refuses_for_now_is_tried_again(
    promise, now, mail_by_smtp, recipient, data
):
    mail_by_smtp.answer_to_recipient, mail_by_smtp.answer_to_data = recipient, data
    message = promise()

    def send(message):
        letters.send_letter(message, now=now)

    assert not outbox.carry_out(message.pk, effect=send)
    assert not Letter.objects.exists()
    message.refresh_from_db()
    assert message.done_at is None
    assert message.last_error.startswith("SMTP")
    mail_by_smtp.answer_to_recipient = mail_by_smtp.answer_to_data = "250 OK"
    OutboxMessage.objects.update(available_at=now - timedelta(days=9))
    assert outbox.carry_out(message.pk, effect=send)
    assert {message_id for message_id, _ in mail_by_smtp.letters} == {letters.message_id(message)}


@pytest.mark.django_db
def test_a_crash_after_the_mail_server_took_it_repeats_the_same_message_id(
    promise, now, mail_by_smtp
):
    message = promise()

    def send_and_crash(message):
        letters.send_letter(message, now=now)
        raise SystemExit

    with pytest.raises(SystemExit):
        outbox.carry_out(message.pk, effect=send_and_crash)
    assert outbox.carry_out(message.pk, effect=lambda again: letters.send_letter(again, now=now))
    assert [message_id for message_id, _ in mail_by_smtp.letters] == [
        letters.message_id(message)
    ] * 2
    assert Letter.objects.count() == 1
