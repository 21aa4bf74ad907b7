"""Guardians who are waited for: found, reminded by day, and given up after 14 days."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from enquiries import confirmation, guardianship, letters, majority
from enquiries.confirmation import confirm_guardian_by_voice
from enquiries.models import (
    Consent,
    Enquiry,
    Erasure,
    Event,
    Flag,
    GuardianRequest,
    LinkExpired,
    LinkPurpose,
    LinkRejected,
    OutboxMessage,
    RetentionPeriod,
    Suppression,
    contact_digest,
    sign_link,
)
from enquiries.redaction import REMOVED

pytestmark = pytest.mark.django_db

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
MINORS = date(2012, 5, 17)


@pytest.fixture
def minor(make_enquiry):
    return make_enquiry(minor=True, given_name="Cleo")


@pytest.fixture
def waiting(make_enquiry, make_adviser, now):
    """Store an enquiry that was an adult's until staff learned their age."""
    adult = make_enquiry(given_name="Cleo")
    return majority.change_birth_date(adult, born=MINORS, by=make_adviser(), now=now)


def link_in(letter):
    """Give the token of the link by which a guardian confirms."""
    [token] = re.findall(r"/contact/confirm/(\S+)/", letter.body)
    return token


def reminders():
    return OutboxMessage.objects.filter(topic="guardian_reminder").order_by("pk")


class TestReminders:
    def test_they_come_after_3_and_10_days_once_each(self, minor, now):
        promised = [guardianship.remind_guardians(now=now + days * DAY) for days in range(14)]
        assert promised == [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]
        events = Event.objects.filter(enquiry=minor, kind="guardian_reminded")
        assert [event.why for event in events] == ["After 3 days", "After 10 days"]

    @pytest.mark.parametrize(
        ("zone", "hours"),
        [
            ("Australia/Sydney", 0),  # 13:00
            ("Africa/Lagos", 5),  # 3:00
            ("America/New_York", 11),  # 21:00
            ("Asia/Kathmandu", 0.25),  # 7:45
            ("Pacific/Kiritimati", 0),  # 16:00
        ],
    )
    def test_they_wait_for_the_guardians_daytime(self, make_enquiry, now, zone, hours):
        make_enquiry(minor=True, time_zone=zone)
        at = now + 3 * DAY
        guardianship.remind_guardians(now=at)
        message = reminders().get()
        delay = message.available_at - datetime.now(UTC)  # noqa: TID251 - the database's clock
        assert abs(delay - timedelta(hours=hours)) < timedelta(seconds=30)

    @pytest.mark.usefixtures("minor")
    def test_the_letter_brings_a_link_and_names_the_child_by_initial(self, now):
        guardianship.remind_guardians(now=now + 3 * DAY)
        letters.send_letter(reminders().get(), now=now + 3 * DAY)
        [letter] = mail.outbox
        assert letter.to == ["gina@example.org"]
        assert "/contact/confirm/" in letter.body
        assert "for C., and named you" in letter.body
        assert "Cleo" not in letter.body

    def test_the_first_has_the_guardians_link_and_the_second_a_new_one_at_most(self, minor, now):
        for days in 3, 10:
            guardianship.remind_guardians(now=now + days * DAY)
            letters.send_letter(reminders().last(), now=now + days * DAY)
        first, second = (link_in(letter) for letter in mail.outbox)
        assert confirmation.enquiry_to_confirm(first, now=now + 7 * DAY - SECOND) == minor
        with pytest.raises(LinkExpired):
            confirmation.enquiry_to_confirm(first, now=now + 7 * DAY)
        with pytest.raises(confirmation.RenewalRefused):  # the second letter has it
            confirmation.renew_link(first, now=now + 10 * DAY)
        assert confirmation.enquiry_to_confirm(second, now=now + 17 * DAY - SECOND) == minor
        with pytest.raises(LinkExpired):
            confirmation.enquiry_to_confirm(second, now=now + 17 * DAY)
        assert "until 13:00 on Monday 30 November 2026, Sydney time" in mail.outbox[0].body
        assert "until 13:00 on Thursday 10 December 2026, Sydney time" in mail.outbox[1].body

    def test_whoever_asked_for_a_new_link_is_reminded_of_that_one(self, minor, now):
        confirmation.renew_link(
            sign_link(minor, purpose=LinkPurpose.GUARDIAN_CONFIRMATION, now=now), now=now + 8 * DAY
        )
        guardianship.remind_guardians(now=now + 10 * DAY)
        letters.send_letter(reminders().get(), now=now + 10 * DAY)
        link = link_in(mail.outbox[0])
        assert confirmation.enquiry_to_confirm(link, now=now + 15 * DAY - SECOND) == minor
        with pytest.raises(LinkExpired):
            confirmation.enquiry_to_confirm(link, now=now + 15 * DAY)

    @pytest.mark.parametrize("stop", ["confirmed", "closed", "suppressed"])
    def test_they_stop(self, minor, make_adviser, now, stop):
        guardianship.remind_guardians(now=now + 3 * DAY)
        if stop == "confirmed":
            confirm_guardian_by_voice(minor, by=make_adviser(), script_version="2026-11", now=now)
        elif stop == "closed":
            Enquiry.objects.update(state="withdrawn", closed_at=now)
        else:
            digest = contact_digest("GINA@example.org")
            Suppression.objects.create(digest=digest, since=now)
        letters.send_letter(reminders().get(), now=now + 3 * DAY)
        assert mail.outbox == []
        if stop != "suppressed":
            assert guardianship.remind_guardians(now=now + 10 * DAY) == 0

    @pytest.mark.usefixtures("waiting")
    def test_nobody_is_reminded_where_a_guardian_is_missing(self, now):
        assert guardianship.remind_guardians(now=now + 4 * DAY) == 0


class TestExpiry:
    def test_after_14_days_the_child_is_erased_and_the_ledger_stays(self, minor, now):
        assert guardianship.expire_unconfirmed(now=now + 14 * DAY - timedelta(seconds=1)) == 0
        assert guardianship.expire_unconfirmed(now=now + 14 * DAY) == 1
        assert not Enquiry.objects.exists()
        erasure = Erasure.objects.get()
        assert (erasure.reference, erasure.why) == (
            minor.reference, "No guardian confirmed within 14 days",
        )  # fmt: skip

    @pytest.mark.usefixtures("minor")
    def test_the_period_is_data(self, now):
        RetentionPeriod.objects.filter(what="unconfirmed_guardian").update(days=5)
        assert guardianship.expire_unconfirmed(now=now + 5 * DAY) == 1

    def test_a_closed_one_goes_too_a_confirmed_one_stays(self, make_enquiry, now):
        make_enquiry(minor=True, state="withdrawn", closed_at=now)
        confirmed = make_enquiry(minor=True, guardian_confirmed_at=now)
        adult = make_enquiry()
        assert guardianship.expire_unconfirmed(now=now + 20 * DAY) == 1
        assert set(Enquiry.objects.all()) == {confirmed, adult}

    def test_a_legal_hold_keeps_it(self, make_enquiry, now):
        held = make_enquiry(minor=True, legal_hold_since=date(2026, 11, 24))
        free = make_enquiry(minor=True)
        make_enquiry(
            minor=True, state="duplicate", closed_at=now, duplicate_of=free,
            legal_hold_since=date(2026, 11, 24), guardian_confirmed_at=now,
        )  # fmt: skip
        assert guardianship.expire_unconfirmed(now=now + 20 * DAY) == 0
        assert Enquiry.objects.filter(pk=held.pk).exists()

    @pytest.mark.usefixtures("waiting")
    def test_the_days_count_from_when_a_guardian_was_asked(self, now):
        Enquiry.objects.update(created_at=now - 100 * DAY)
        assert guardianship.expire_unconfirmed(now=now + 13 * DAY) == 0
        assert guardianship.expire_unconfirmed(now=now + 14 * DAY) == 1

    @pytest.mark.usefixtures("waiting")
    def test_an_address_lives_for_7_days(self, now):
        assert guardianship.forget_requested_addresses(now=now + 7 * DAY - DAY) == 0
        assert guardianship.forget_requested_addresses(now=now + 7 * DAY) == 1
        assert not GuardianRequest.objects.exists()

    @pytest.mark.usefixtures("waiting")
    def test_a_request_that_is_late_goes_nowhere(self, now):
        message = OutboxMessage.objects.get(topic="guardian_request")
        letters.send_letter(message, now=now + 7 * DAY)
        assert mail.outbox == []


class TestAGuardianWhoWasAskedFor:
    @pytest.fixture
    def token(self, waiting, now):
        return sign_link(waiting, purpose=LinkPurpose.GUARDIAN_REQUEST, now=now)

    def test_the_guardian_completes_it_and_confirms_as_usual(self, waiting, token, guardian, now):
        assert guardianship.enquiry_to_complete(token, now=now) == waiting
        later = now + 10 * DAY
        given = guardianship.give_guardian(waiting, guardian=guardian, now=later)
        assert (given.hold, given.contact_email) == ("", "gina@example.org")
        assert given.guardian_confirmed_at is None
        assert {(each.purpose, each.given_by) for each in Consent.objects.all()} == {
            ("privacy", "guardian"), ("guardian_declaration", "guardian"),
        }  # fmt: skip
        topics = OutboxMessage.objects.filter(created_at=later).values_list("topic", flat=True)
        assert set(topics) >= {"acknowledgement", "guardian_confirmation"}
        assert not GuardianRequest.objects.exists()
        assert [each.reason for each in given.follow_ups.open()] == ["first_call"]
        assert guardianship.expire_unconfirmed(now=now + 15 * DAY) == 0
        with pytest.raises(guardianship.NoGuardianWanted):
            guardianship.enquiry_to_complete(token, now=later)
        with pytest.raises(guardianship.NoGuardianWanted):
            guardianship.give_guardian(waiting, guardian=guardian, now=later)

    def test_a_contact_of_the_childs_beside_the_guardians_name_is_not_kept(
        self, waiting, guardian, now
    ):
        both = replace(guardian, name="Gina (or Ann: 0400 000 001, ann@example.org)")
        given = guardianship.give_guardian(waiting, guardian=both, now=now)
        assert given.guardian_name == f"Gina (or Ann: {REMOVED}, {REMOVED})"

    @pytest.mark.parametrize(
        "contact",
        [
            {"email": "ANN@Example.org"},
            {"phone": "+61400000001"},
        ],
    )
    def test_a_contact_that_was_the_childs_is_flagged(self, waiting, guardian, now, contact):
        given = guardianship.give_guardian(waiting, guardian=replace(guardian, **contact), now=now)
        assert given.flags == [Flag.GUARDIAN_CONTACT_SEEN]

    def test_one_name_is_flagged(self, waiting, guardian, now):
        namesake = replace(guardian, name="cleo EXAMPLE")
        given = guardianship.give_guardian(waiting, guardian=namesake, now=now)
        assert given.flags == [Flag.GUARDIAN_NAMESAKE]

    def test_the_link_lives_for_14_days_and_only_where_a_guardian_is_missing(
        self, waiting, token, minor, now
    ):
        with pytest.raises(LinkExpired):
            guardianship.enquiry_to_complete(token, now=now + 14 * DAY)
        other = sign_link(minor, purpose=LinkPurpose.GUARDIAN_REQUEST, now=now)
        with pytest.raises(guardianship.NoGuardianWanted):
            guardianship.enquiry_to_complete(other, now=now)
        Enquiry.objects.filter(pk=waiting.pk).update(link_version=9)
        with pytest.raises(LinkRejected):
            guardianship.enquiry_to_complete(token, now=now)
