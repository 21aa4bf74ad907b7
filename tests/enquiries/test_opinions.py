"""What people say of a call: asked for by day, once a call, and changed while the link lives."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import connection

from enquiries import letters
from enquiries.calls import record_call
from enquiries.letters import link_to
from enquiries.models import (
    CallAttempt,
    CallOpinion,
    CallOutcome,
    Enquiry,
    Event,
    Helped,
    LinkExpired,
    LinkPurpose,
    LinkRejected,
    OutboxMessage,
    sign_link,
)
from enquiries.opinions import NothingToAsk, call_to_judge, give_opinion

pytestmark = pytest.mark.django_db

SYDNEY = ZoneInfo("Australia/Sydney")


def here(text):
    return datetime.fromisoformat(text).replace(tzinfo=SYDNEY)


@pytest.fixture
def reach(make_adviser):
    """Reach someone by phone, and give the call."""
    adviser = make_adviser()

    def reach(enquiry, *, at):
        return record_call(enquiry, by=adviser, outcome=CallOutcome.REACHED, now=at)

    return reach


def by_the_database():
    """Read the clock by which messages fall due."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        return cursor.fetchone()[0]


def write_freely(enquiry, **columns):
    """Write columns of an enquiry past the site; somebody owned it before it was closed."""
    row = Enquiry.objects.filter(pk=enquiry.pk)
    if "state" in columns:
        owner = CallAttempt.objects.filter(enquiry=enquiry).values("by")[:1]
        row.update(state="assigned", owner=owner)
    row.update(**columns)


def asked(enquiry):
    return OutboxMessage.objects.get(topic="call_opinion", enquiry=enquiry)


def sent(message, *, at):
    letters.send_letter(message, now=at)
    letters_sent, mail.outbox[:] = list(mail.outbox), []
    return letters_sent


def token_for(attempt, *, now):
    return sign_link(attempt.enquiry, purpose=LinkPurpose.CALL_OPINION, now=now, about=attempt.pk)


class TestAsking:
    @pytest.mark.parametrize(
        ("zone", "called", "asked_at"),
        [
            ("Australia/Sydney", "2026-11-23 13:00", "2026-11-23 14:00"),
            ("Australia/Sydney", "2026-11-24 19:30", "2026-11-25 08:00"),
            ("Asia/Kathmandu", "2026-11-24 13:20", "2026-11-24 14:20"),
            ("Australia/Sydney", "2026-10-03 19:30", "2026-10-04 08:00"),  # clocks go forward
        ],
    )
    def test_an_hour_after_a_call_or_on_their_next_morning(
        self, make_enquiry, reach, zone, called, asked_at
    ):
        enquiry, now = make_enquiry(time_zone=zone), here(called)
        reach(enquiry, at=now)
        promised_in = asked(enquiry).available_at - by_the_database()
        waits = here(asked_at).astimezone(UTC) - now.astimezone(UTC)
        assert abs(promised_in - waits) < timedelta(minutes=1)

    def test_only_who_was_reached_is_asked(self, make_enquiry, make_adviser, now):
        adviser = make_adviser()
        for outcome in set(CallOutcome) - {CallOutcome.REACHED}:
            record_call(make_enquiry(), by=adviser, outcome=outcome, now=now)
        assert not OutboxMessage.objects.filter(topic="call_opinion").exists()

    def test_the_letter_goes_to_the_contact_and_says_nothing_else(self, make_enquiry, reach, now):
        adult, minor = make_enquiry(), make_enquiry(minor=True, given_name="Cleo")
        for enquiry, address in [(adult, "ann@example.org"), (minor, "gina@example.org")]:
            reach(enquiry, at=now)
            [email] = sent(asked(enquiry), at=now)
            assert email.to == [address]
            assert "/contact/helped/" in email.body
            assert "Cleo" not in email.body

    def test_nobody_is_asked_at_night_however_late_the_outbox_is(self, make_enquiry, reach, now):
        enquiry = make_enquiry()
        reach(enquiry, at=now)
        assert sent(asked(enquiry), at=here("2026-11-23 20:00")) == []
        assert len(sent(asked(enquiry), at=here("2026-11-23 19:59"))) == 1

    @pytest.mark.parametrize(
        ("altered", "welcome"),
        [
            ({"state": "done"}, True),
            ({"state": "withdrawn"}, False),
            ({"state": "spam"}, False),
            ({"hold": "reconsent"}, False),
        ],
    )
    def test_who_left_is_not_asked(self, make_enquiry, reach, now, altered, welcome):
        enquiry = make_enquiry(owner=None)
        reach(enquiry, at=now)
        closed = {"closed_at": now} if "state" in altered else {}
        write_freely(enquiry, **altered, **closed)
        assert bool(sent(asked(enquiry), at=now)) is welcome

    def test_a_call_that_turned_out_otherwise_is_not_asked_about(self, make_enquiry, reach, now):
        enquiry = make_enquiry()
        attempt = reach(enquiry, at=now)
        CallAttempt.objects.filter(pk=attempt.pk).update(outcome=CallOutcome.NO_ANSWER)
        assert sent(asked(enquiry), at=now) == []


class TestAnswering:
    @pytest.fixture
    def attempt(self, make_enquiry, reach, now):
        return reach(make_enquiry(), at=now)

    def test_an_answer_is_kept_once_a_call_and_can_be_changed(self, attempt, now):
        later = now + timedelta(days=3)
        give_opinion(attempt, helped=Helped.PARTLY, words="Too fast", now=now)
        give_opinion(attempt, helped=Helped.YES, words="", now=later)
        opinion = CallOpinion.objects.get()
        assert (opinion.helped, opinion.words, opinion.at) == ("yes", "", later)
        assert opinion.enquiry == attempt.enquiry
        events = Event.objects.filter(kind="opinion_given")
        assert [(event.why, event.by) for event in events] == [("Partly", None), ("Yes", None)]

    def test_each_call_has_its_own_link(self, attempt, reach, now):
        second = reach(attempt.enquiry, at=now + timedelta(days=1))
        for each in (attempt, second):
            assert call_to_judge(token_for(each, now=now), now=now) == each

    def test_looking_changes_nothing(self, attempt, now):
        call_to_judge(token_for(attempt, now=now), now=now)
        assert not CallOpinion.objects.exists()

    def test_the_link_lives_for_thirty_days(self, attempt, now):
        token = token_for(attempt, now=now)
        assert call_to_judge(token, now=now + timedelta(days=30, seconds=-1)) == attempt
        with pytest.raises(LinkExpired):
            call_to_judge(token, now=now + timedelta(days=30))

    def test_no_other_link_opens_it(self, attempt, make_enquiry, reach, now):
        other = reach(make_enquiry(), at=now)
        wrong = [
            "nonsense",
            sign_link(attempt.enquiry, purpose=LinkPurpose.ENQUIRY, now=now),
            sign_link(attempt.enquiry, purpose=LinkPurpose.CALL_OPINION, now=now),
            sign_link(attempt.enquiry, purpose=LinkPurpose.CALL_OPINION, now=now, about=other.pk),
        ]
        for token in wrong:
            with pytest.raises(LinkRejected):
                call_to_judge(token, now=now)

    def test_a_replaced_link_opens_nothing(self, attempt, now):
        token = token_for(attempt, now=now)
        Enquiry.objects.filter(pk=attempt.enquiry_id).update(link_version=2)
        with pytest.raises(LinkRejected):
            call_to_judge(token, now=now)

    @pytest.mark.parametrize(
        "altered", [{"state": "withdrawn"}, {"state": "spam"}, {"hold": "reconsent"}]
    )
    def test_who_left_is_asked_nothing(self, attempt, now, altered):
        token = token_for(attempt, now=now)
        closed = {"closed_at": now} if "state" in altered else {}
        write_freely(attempt.enquiry, **altered, **closed)
        with pytest.raises(NothingToAsk):
            call_to_judge(token, now=now)
        with pytest.raises(NothingToAsk):
            give_opinion(attempt, helped=Helped.YES, words="", now=now)

    def test_of_a_minor_no_contact_is_kept(self, make_enquiry, reach, now):
        attempt = reach(make_enquiry(minor=True), at=now)
        words = "Write to cleo@example.org or 0400 000 009 next time"
        opinion = give_opinion(attempt, helped=Helped.NO, words=words, now=now)
        assert "@" not in opinion.words
        assert "0400" not in opinion.words

    def test_it_goes_with_the_enquiry(self, attempt, now):
        give_opinion(attempt, helped=Helped.YES, words="", now=now)
        address = link_to(
            attempt.enquiry, purpose=LinkPurpose.CALL_OPINION, now=now, about=attempt.pk
        )
        token = address.rstrip("/").rpartition("/")[2]
        attempt.enquiry.delete()
        assert not CallOpinion.objects.exists()
        with pytest.raises(LinkRejected):
            call_to_judge(token, now=now)
