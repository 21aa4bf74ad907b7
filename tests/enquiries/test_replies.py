"""Replies by staff: filled in from kept texts, and sent to the one contact there is."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from enquiries import letters, outbox, replies
from enquiries.followups import EnquiryClosed
from enquiries.models import (
    CannedReply,
    Event,
    OutboxMessage,
    StaffReply,
    Suppression,
    contact_digest,
)
from enquiries.transitions import Hold

pytestmark = pytest.mark.django_db

IN_LAGOS = {"country": "NG", "time_zone": "Africa/Lagos"}
EVENING_IN_SYDNEY = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.fixture
def write(make_adviser, now):
    """Write a reply about an enquiry, as a member of staff does."""
    adviser = make_adviser()

    def write(enquiry, *, subject="Your question", text="Here is the page."):
        return replies.write_reply(enquiry, subject=subject, text=text, by=adviser, now=now)

    return write


@pytest.fixture
def owned(make_enquiry, make_adviser):
    return make_enquiry(state="assigned", owner=make_adviser())


def sent(now):
    letters.send_letter(OutboxMessage.objects.get(topic="staff_reply"), now=now)
    return mail.outbox


@pytest.mark.parametrize(
    ("minor", "address"), [(False, "ann@example.org"), (True, "gina@example.org")]
)
def test_a_reply_goes_to_the_only_contact_there_is(make_enquiry, write, now, minor, address):
    enquiry = make_enquiry(minor=minor)
    reply = write(enquiry, subject="Your\nquestion", text="See <b>this</b> & that.\n\nBye\n")
    [email] = sent(now)
    assert email.to == [address]
    assert email.subject == f"Your question: {enquiry.reference}"
    assert "See <b>this</b> & that.\n\nBye\n" in email.body
    assert "never ask for money" in email.body
    assert "/enquiry/" in email.body
    html = str(email.alternatives[0][0])
    assert "See &lt;b&gt;this&lt;/b&gt; &amp; that.</p>" in html
    assert "<b>this" not in html
    event = Event.objects.filter(enquiry=enquiry).earliest("id")
    assert (event.kind, event.by, event.at) == ("reply_written", reply.by, now)
    enquiry.refresh_from_db()
    assert enquiry.last_contact_at == now


@pytest.mark.parametrize(
    ("minor", "altered", "sentence"),
    [
        (False, {"hold": Hold.RECONSENT}, "have not agreed anew"),
        (True, {"hold": Hold.NEEDS_GUARDIAN, "guardian_email": ""}, "guardian is missing"),
    ],
)
def test_where_nobody_may_be_written_to_nothing_is_kept(
    make_enquiry, write, minor, altered, sentence
):
    with pytest.raises(replies.NobodyToWriteTo, match=sentence):
        write(make_enquiry(minor=minor, **altered))
    assert not OutboxMessage.objects.exists()


def test_who_wants_no_letters_gets_none_of_staff_either(make_enquiry, write, now):
    Suppression.objects.create(digest=contact_digest("ann@example.org"), since=now)
    with pytest.raises(replies.NobodyToWriteTo, match="never to write"):
        write(make_enquiry())


def test_a_closed_enquiry_is_not_answered(make_enquiry, write, now):
    with pytest.raises(EnquiryClosed):
        write(make_enquiry(state="done", closed_at=now))


def test_a_reply_says_something_and_leaves_nothing_to_write(make_enquiry, write):
    enquiry = make_enquiry()
    with pytest.raises(IntegrityError), transaction.atomic():
        write(enquiry, text=" \n ")
    with pytest.raises(replies.ReplyUnfinished):
        write(enquiry, text="Hello\n\n[Write here what is missing.]")
    assert not StaffReply.objects.exists()


@pytest.mark.parametrize(
    ("altered", "goes"),
    [({"state": "done"}, True), ({"state": "withdrawn"}, False), ({"hold": "reconsent"}, False)],
)
def test_a_reply_goes_though_the_enquiry_was_answered_at_once(owned, write, now, altered, goes):
    write(enquiry := owned)
    closed = {"closed_at": now} if "state" in altered else {}
    type(enquiry).objects.filter(pk=enquiry.pk).update(**altered, **closed)
    assert len(sent(now)) == goes


def test_the_same_words_again_are_another_e_mail(make_enquiry, write):
    enquiry = make_enquiry()
    assert write(enquiry) != write(enquiry)
    assert OutboxMessage.objects.filter(topic="staff_reply").count() == 2


def test_a_reply_is_one_message_however_often_it_is_carried_out(make_enquiry, write, now):
    write(make_enquiry())
    message = OutboxMessage.objects.get()
    for _ in range(2):
        outbox.carry_out(message.pk, effect=lambda each: letters.send_letter(each, now=now))
    assert len(mail.outbox) == 1


def test_a_kept_text_is_filled_in_with_the_call_in_both_zones(make_enquiry, make_callback, now):
    enquiry = make_enquiry(**IN_LAGOS)
    callback = make_callback(enquiry, starts_at=EVENING_IN_SYDNEY, zone="Africa/Lagos")
    canned = CannedReply(subject="Call {reference}", text="{name}: {call} {other} {0}")
    filled = replies.fill(canned, enquiry=enquiry, callback=callback, now=now)
    assert filled.subject == f"Call {enquiry.reference}"
    assert filled.text == (
        "Ann Example: Tuesday 24 November 2026, 09:00\u201309:30 your time (Lagos) "
        "= 19:00\u201319:30 Sydney time {other} {0}"
    )


def test_a_call_that_is_over_and_a_name_with_a_link_are_not_filled_in(
    make_enquiry, make_callback, now
):
    enquiry = make_enquiry(given_name="Win at http://spam.example", family_name="")
    over = make_callback(enquiry, starts_at=datetime(2026, 11, 23, 1, 0, tzinfo=UTC))
    canned = CannedReply(subject="s", text="Hello {name}, {call}")
    filled = replies.fill(canned, enquiry=enquiry, callback=over, now=now)
    assert filled.text == "Hello there, no time is booked yet"


def test_a_new_site_has_six_texts_to_start_from(make_enquiry, now):
    enquiry = make_enquiry()
    CannedReply.objects.create(title="Old", subject="s", text="t", is_offered=False)
    filled = [
        replies.fill(each, enquiry=enquiry, callback=None, now=now) for each in replies.offered()
    ]
    assert len(filled) == 6
    assert not [each for each in filled if "{" in each.subject + each.text]
