"""Merging: promises go to the original, words stay where they were said, and ages stay apart."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection

from enquiries import letters, merging, triage
from enquiries.calls import record_call
from enquiries.erasure import erase_enquiry
from enquiries.followups import EnquiryClosed, schedule_follow_up
from enquiries.models import (
    Callback,
    CallbackSlot,
    CallOutcome,
    Enquiry,
    Event,
    FollowUp,
    FollowUpReason,
    OutboxMessage,
)
from enquiries.transitions import State

pytestmark = pytest.mark.django_db

TOMORROW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
NEXT_DAY = TOMORROW + timedelta(days=1)


@pytest.fixture
def adviser(make_adviser):
    return make_adviser()


@pytest.fixture
def pair(make_enquiry, adviser, now):
    """Make an original that someone works on, and what repeats it."""
    original = make_enquiry(interests=["living"], state="assigned", owner=adviser)
    return original, make_enquiry(interests=["visiting", "living"], needs_agent=True)


@pytest.fixture
def make_whole(make_enquiry, adviser, now):
    """Make an enquiry where ``True`` stands for the usual owner or instant."""
    usual = {"closed_at": now, "owner": adviser}

    def make(fields):
        return make_enquiry(**fields | {name: usual[name] for name in usual if name in fields})

    return make


def merge(pair, *, by, now):
    original, repeat = pair
    merged = merging.merge(repeat, into=original, by=by, now=now)
    repeat.refresh_from_db()
    return merged, repeat


def test_a_repeat_is_closed_and_both_tell_of_it(pair, adviser, now):
    original, repeat = merge(pair, by=adviser, now=now)
    assert (repeat.state, repeat.duplicate_of, repeat.closed_at) == ("duplicate", original, now)
    assert (original.state, original.owner) == ("assigned", adviser)
    merged = Event.objects.filter(kind="merged").values_list("enquiry", "why", "by")
    assert set(merged) == {
        (repeat.pk, f"With {original.reference}", adviser.pk),
        (original.pk, f"With {repeat.reference}", adviser.pk),
    }
    assert set(Enquiry.objects.with_repeats(original.pk)) == {original, repeat}
    assert set(Enquiry.objects.with_repeats(repeat.pk)) == {repeat}


def test_what_was_asked_about_is_answered_with_the_original(pair, adviser, now):
    original, repeat = pair
    for enquiry, codes in ((original, ["541111"]), (repeat, ["541111", "261313"])):
        for code in codes:
            enquiry.occupations.create(edition="anzsco-2022", code=code, title=f"Nr {code}")
        enquiry.qualifications.create(code="BSB40307", title="Contact")
    original, _ = merge(pair, by=adviser, now=now)
    assert original.interests == ["visiting", "living"]
    assert original.needs_agent
    assert {each.code for each in original.occupations.all()} == {"541111", "261313"}
    assert original.qualifications.count() == 1


def test_what_was_said_stays_and_is_erased_with_its_own_enquiry(pair, adviser, now):
    original, repeat = pair
    triage.add_note(repeat, text="Prefers mornings", by=adviser, now=now)
    record_call(repeat, by=adviser, outcome=CallOutcome.THEY_CALLED, now=now)
    merge(pair, by=adviser, now=now)
    assert not original.notes.exists()
    assert (repeat.notes.count(), repeat.call_attempts.count()) == (1, 1)
    erase_enquiry(repeat, why="They asked for it", now=now)
    assert list(Enquiry.objects.all()) == [original]


def test_promises_go_to_the_original_each_once(pair, adviser, make_adviser, now):
    original, repeat = pair
    reasons = [FollowUpReason.CALL_AGAIN, FollowUpReason.SEND_INFORMATION]
    schedule_follow_up(original, due_at=TOMORROW, reason=FollowUpReason.FIRST_CALL, now=now)
    for reason in reasons:
        schedule_follow_up(repeat, due_at=NEXT_DAY, reason=reason, now=now, owner=make_adviser())
    merge(pair, by=adviser, now=now)
    kept = FollowUp.objects.open().values_list("enquiry", "reason", "due_at", "owner")
    assert set(kept) == {
        (original.pk, "first_call", TOMORROW, None),
        (original.pk, "send_information", NEXT_DAY, adviser.pk),
    }


@pytest.mark.parametrize(
    ("ours", "theirs", "stays"),
    [
        pytest.param(None, None, None, id="no call at all"),
        pytest.param((TOMORROW, 1), None, TOMORROW, id="the original's alone"),
        pytest.param(None, (NEXT_DAY, 1), NEXT_DAY, id="the repeat's alone"),
        pytest.param((TOMORROW, 1), (NEXT_DAY, 2), NEXT_DAY, id="the repeat's was booked later"),
        pytest.param((TOMORROW, 2), (NEXT_DAY, 1), TOMORROW, id="the original's was booked later"),
        pytest.param(("any", 2), (NEXT_DAY, 1), NEXT_DAY, id="a chosen time before any time"),
        pytest.param((TOMORROW, 1), ("any", 2), TOMORROW, id="any time after a chosen one"),
        pytest.param(None, ("any", 1), "any", id="any time moves too"),
        pytest.param(("any", 1), ("any", 2), "any", id="any time is any time"),
        pytest.param(("over", 1), (NEXT_DAY, 2), NEXT_DAY, id="a call that is over makes way"),
        pytest.param(None, ("over", 1), None, id="a call that is over does not move"),
    ],
)  # fmt: skip
def test_of_two_calls_to_come_the_one_booked_later_stays(pair, make_callback, ours, theirs, stays):
    original, repeat = pair
    adviser, now = original.owner, original.created_at
    instants = {"any": None, "over": now - timedelta(hours=2)}
    for enquiry, booked in ((original, ours), (repeat, theirs)):
        if booked:
            when, hours = booked
            starts_at = instants.get(when, when)
            created_at = now - timedelta(hours=9 - hours)
            make_callback(enquiry, starts_at=starts_at, created_at=created_at)
    merge(pair, by=adviser, now=now)
    current = Callback.objects.current().filter(enquiry=original)
    assert [each.starts_at for each in current] == ([instants.get(stays, stays)] if stays else [])
    assert not Callback.objects.current().filter(enquiry=repeat).exists()
    used = dict(CallbackSlot.objects.filter(used__gt=0).values_list("starts_at", "used"))
    assert used == {each.starts_at: 1 for each in current if each.starts_at}


def test_a_moved_call_is_promised_and_both_letters_say_so(pair, adviser, make_callback, now):
    original, repeat = pair
    make_callback(repeat, starts_at=TOMORROW)
    merge(pair, by=adviser, now=now)
    promise = FollowUp.objects.open().get()
    assert (promise.enquiry, promise.due_at, promise.owner) == (original, TOMORROW, adviser)
    for message in OutboxMessage.objects.filter(topic="callback_changed").order_by("enquiry_id"):
        letters.send_letter(message, now=now)
    told, cancelled = mail.outbox
    assert "Tuesday 24 November 2026, 12:00" in told.body
    assert "together with your other one" in cancelled.body
    methods = [each.attachments[0].get_param("method") for each in (told, cancelled)]
    assert methods == ["PUBLISH", "CANCEL"]


def test_what_repeated_the_repeat_repeats_the_original(pair, make_enquiry, adviser, now):
    original, repeat = pair
    third = make_enquiry(state="duplicate", closed_at=now, duplicate_of=repeat)
    merge(pair, by=adviser, now=now)
    third.refresh_from_db()
    assert third.duplicate_of == original


def test_a_closed_repeat_is_left_alone(pair, adviser, now):
    original, repeat = pair
    triage.change_state(repeat, to_state=State.SPAM, by=adviser, now=now, why="Adverts")
    with pytest.raises(EnquiryClosed):
        merging.merge(repeat, into=original, by=adviser, now=now)


CHILD = {"minor": True, "given_name": "Kim", "person_digest": "d" * 64}


@pytest.mark.parametrize(
    ("repeat", "original", "sentence"),
    [
        ({}, {"state": "done", "closed_at": True}, "Reopen it first"),
        ({"state": "in_call", "owner": True}, {}, "Record that call first"),
        ({"hold": "reconsent"}, {}, "agreement at 18"),
        ({}, {**CHILD, "hold": "needs_guardian"}, "waits for a guardian"),
        (CHILD, {}, "One person is under 18"),
        ({}, CHILD, "One person is under 18"),
        (CHILD, {**CHILD, "person_digest": "e" * 64}, "two young people"),
        ({**CHILD, "person_digest": ""}, {**CHILD, "person_digest": ""}, "two young people"),
        (CHILD, {**CHILD, "guardian_email": "other@example.org"}, "Two guardians"),
        (CHILD, {**CHILD, "guardian_phone": "+61400000009"}, "Two guardians"),
        (CHILD, {**CHILD, "guardian_email": "GINA@example.org"}, ""),
        ({}, {}, ""),
    ],
)
def test_who_must_stay_apart_stays_apart(make_whole, adviser, repeat, original, sentence):
    made, into = make_whole(repeat), make_whole(original)
    facts = {"into": into, "by": adviser, "now": made.created_at}
    if not sentence:
        assert merging.merge(made, **facts) == into
        return
    with pytest.raises(merging.MergeRefused, match=sentence):
        merging.merge(made, **facts)
    made.refresh_from_db()
    assert made.is_open


def test_an_enquiry_is_not_merged_into_itself(make_enquiry, adviser, now):
    enquiry = make_enquiry()
    with pytest.raises(merging.MergeRefused):
        merging.merge(enquiry, into=enquiry, by=adviser, now=now)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_merge_each_into_the_other_one_wins(make_enquiry, make_adviser, now):
    pair, by = [make_enquiry(), make_enquiry()], make_adviser()
    together, won, lost = threading.Barrier(2), [], []

    def run(repeat, original):
        try:
            together.wait(30)
            won.append(merging.merge(repeat, into=original, by=by, now=now))
        except (EnquiryClosed, merging.MergeRefused) as error:
            lost.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in (pair, pair[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(lost)) == (1, 1)
    assert Enquiry.objects.open().get() == won[0]
