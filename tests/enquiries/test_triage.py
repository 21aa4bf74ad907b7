import threading
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection

from enquiries import opening, triage
from enquiries.calls import record_call
from enquiries.followups import EnquiryClosed, schedule_follow_up
from enquiries.models import (
    Callback,
    CallOutcome,
    Enquiry,
    Event,
    FollowUp,
    FollowUpReason,
    Resume,
    ResumeAccess,
    resume_storage,
)
from enquiries.transitions import Requirement, State, TransitionRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def adviser(make_adviser):
    return make_adviser()


@pytest.fixture
def claimed(make_enquiry, adviser, now):
    return triage.claim(make_enquiry(), by=adviser, now=now)


def test_claiming_makes_one_the_owner(claimed, adviser, now):
    assert (claimed.state, claimed.owner, claimed.claimed_at) == ("assigned", adviser, now)
    event = Event.objects.get()
    assert (event.kind, event.from_state, event.to_state, event.by) == (
        "claimed", "new", "assigned", adviser,
    )  # fmt: skip


def test_claiming_again_changes_nothing(claimed, adviser, now):
    assert triage.claim(claimed, by=adviser, now=now + timedelta(hours=1)).claimed_at == now
    assert Event.objects.count() == 1


def test_the_slower_one_learns_who_won(claimed, adviser, make_adviser, now):
    with pytest.raises(triage.AlreadyClaimed) as lost:
        triage.claim(claimed, by=make_adviser(), now=now)
    assert lost.value.by == adviser


def test_a_closed_enquiry_cannot_be_claimed(make_enquiry, adviser, now):
    with pytest.raises(EnquiryClosed):
        triage.claim(make_enquiry(state="spam", closed_at=now), by=adviser, now=now)


@pytest.mark.no_cover  # many at once, on lines that other tests run too
@pytest.mark.django_db(transaction=True)
def test_of_8_who_claim_200_at_once_each_gets_their_own_and_losers_are_told_who(
    enquiry_fields, make_adviser, now
):
    enquiries = Enquiry.objects.bulk_create([Enquiry(**enquiry_fields()) for _ in range(200)])
    advisers = [make_adviser() for _ in range(8)]
    together = threading.Barrier(len(advisers))
    won, lost, failed = [], [], []

    def claim_all(adviser):
        try:
            for number, enquiry in enumerate(enquiries):
                if number % 40 == 0:
                    together.wait(30)
                try:
                    won.append((enquiry.pk, triage.claim(enquiry, by=adviser, now=now).owner_id))
                except triage.AlreadyClaimed as error:
                    lost.append((enquiry.pk, error.by.pk))
        except Exception as error:  # noqa: BLE001 - a thread keeps it to itself
            failed.append(error)
            together.abort()
        finally:
            connection.close()

    threads = [threading.Thread(target=claim_all, args=[adviser]) for adviser in advisers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    owned = dict(Enquiry.objects.values_list("pk", "owner"))
    assert len(won) == 200
    assert dict(won) == owned
    assert len(lost) == 7 * 200
    assert [(key, told) for key, told in lost if told != owned[key]] == []
    claims = Event.objects.filter(kind="claimed").values_list("enquiry", "by", "to_owner")
    assert set(claims) == {(key, owner, owner) for key, owner in owned.items()}
    assert Event.objects.count() == 200


def test_a_released_enquiry_is_new_again(claimed, adviser, now):
    released = triage.release(claimed, by=adviser, now=now)
    assert (released.state, released.owner, released.claimed_at) == ("new", None, None)
    assert Event.objects.latest("id").kind == "released"


def test_an_enquiry_is_given_on(claimed, adviser, make_adviser, now):
    other = make_adviser()
    assert triage.assign(claimed, to=other, by=adviser, now=now, why="speaks Hindi").owner == other
    event = Event.objects.latest("id")
    assert (event.kind, event.by, event.why) == ("assigned", adviser, "speaks Hindi")


def test_a_new_enquiry_can_be_given_to_someone(make_enquiry, adviser, make_adviser, now):
    given = triage.assign(make_enquiry(), to=make_adviser(), by=adviser, now=now)
    assert given.state == "assigned"


def test_an_owner_hands_on_their_own_with_a_reason(claimed, adviser, make_adviser, now):
    other = make_adviser()
    later = now + timedelta(hours=1)
    given = triage.transfer(claimed, to=other, by=adviser, now=later, why="speaks Hindi")
    assert (given.owner, given.claimed_at, given.state) == (other, later, "assigned")
    event = Event.objects.latest("id")
    assert (event.kind, event.by, event.from_owner, event.to_owner, event.why) == (
        "assigned", adviser, adviser, other, "speaks Hindi",
    )  # fmt: skip


def test_nobody_hands_on_what_is_not_theirs_or_without_a_reason(
    claimed, adviser, make_adviser, make_enquiry, now
):
    other, facts = make_adviser(), {"now": now, "why": "speaks Hindi"}
    with pytest.raises(triage.NotTheOwner) as refused:
        triage.transfer(claimed, to=other, by=other, **facts)
    assert refused.value.owner == adviser
    with pytest.raises(triage.NotTheOwner) as refused:
        triage.transfer(make_enquiry(), to=other, by=adviser, **facts)
    assert refused.value.owner is None
    with pytest.raises(TransitionRefused, match="Say why"):
        triage.transfer(claimed, to=other, by=adviser, now=now, why=" ")
    with pytest.raises(TransitionRefused, match="Choose a colleague"):
        triage.transfer(claimed, to=adviser, by=adviser, **facts)
    closed = make_enquiry(state="done", owner=adviser, closed_at=now)
    with pytest.raises(EnquiryClosed):
        triage.transfer(closed, to=other, by=adviser, **facts)


def test_an_event_tells_what_stood_before(claimed, adviser, now):
    triage.ask_for_information(claimed, by=adviser, now=now, why="which visa?")
    triage.release(claimed, by=adviser, now=now)
    told = Event.objects.values_list(
        "from_state", "to_state", "from_owner", "to_owner", "from_hold", "to_hold"
    )
    assert [tuple(each) for each in told] == [
        ("new", "assigned", None, adviser.pk, "", ""),
        ("assigned", "assigned", adviser.pk, adviser.pk, "", "needs_info"),
        ("assigned", "new", adviser.pk, None, "needs_info", "needs_info"),
    ]


def test_a_closed_enquiry_is_not_given_on(make_enquiry, adviser, now):
    enquiry = make_enquiry(state="done", closed_at=now)
    with pytest.raises(EnquiryClosed):
        triage.assign(enquiry, to=adviser, by=adviser, now=now)


def test_an_enquiry_is_not_handed_on_during_a_call(claimed, adviser, make_adviser, now):
    triage.change_state(claimed, to_state=State.IN_CALL, by=adviser, now=now)
    other = make_adviser()
    with pytest.raises(TransitionRefused, match="Record that call first"):
        triage.assign(claimed, to=other, by=other, now=now)
    with pytest.raises(TransitionRefused, match="Record that call first"):
        triage.transfer(claimed, to=other, by=adviser, now=now, why="You know it")
    claimed.refresh_from_db()
    assert claimed.owner == adviser


def test_closing_closes_what_was_open(claimed, adviser, now):
    schedule_follow_up(claimed, due_at=now, reason=FollowUpReason.FIRST_CALL, now=now)
    Callback.objects.create(enquiry=claimed, zone="Australia/Sydney", created_at=now)
    closed = triage.change_state(
        claimed, to_state=State.DONE, by=adviser, now=now, why="answered everything"
    )
    assert (closed.state, closed.closed_at) == ("done", now)
    assert not FollowUp.objects.open().exists()
    assert not Callback.objects.current().exists()
    event = Event.objects.latest("id")
    assert (event.from_state, event.to_state, event.why) == (
        "assigned", "done", "answered everything",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("to_state", "missing"),
    [
        (State.DONE, Requirement.REASON),
        (State.SPAM, Requirement.REASON),
        (State.SCHEDULED, Requirement.BOOKED_CALLBACK),
        (State.FOLLOW_UP, Requirement.OPEN_FOLLOW_UP),
        (State.CLOSED_UNREACHED, Requirement.THREE_ATTEMPTS),
        (State.DUPLICATE, Requirement.ORIGINAL),
    ],
)
def test_a_change_is_refused_without_its_facts(claimed, adviser, now, to_state, missing):
    with pytest.raises(TransitionRefused) as refused:
        triage.change_state(claimed, to_state=to_state, by=adviser, now=now, why=" ")
    assert refused.value.missing == {missing}
    claimed.refresh_from_db()
    assert claimed.state == "assigned"
    assert Event.objects.count() == 1


def test_a_call_leads_to_a_follow_up(claimed, adviser, now):
    triage.change_state(claimed, to_state=State.IN_CALL, by=adviser, now=now)
    record_call(claimed, by=adviser, outcome=CallOutcome.ASKED_LATER, now=now)
    claimed.refresh_from_db()
    assert (claimed.state, claimed.follow_ups.get().owner) == ("follow_up", adviser)


@pytest.mark.parametrize(
    ("hours", "enough"), [([0, 24], False), ([0, 1, 2], False), ([0, 1, 24], True)]
)
def test_three_attempts_over_two_days_end_an_enquiry(claimed, adviser, now, hours, enough):
    for hour in hours:
        when = now + timedelta(hours=hour)
        record_call(claimed, by=adviser, outcome=CallOutcome.NO_ANSWER, now=when)

    def close():
        triage.change_state(claimed, to_state=State.CLOSED_UNREACHED, by=adviser, now=now)

    if enough:
        close()
    else:
        with pytest.raises(TransitionRefused, match="three call attempts"):
            close()


def test_a_duplicate_names_another_enquiry(claimed, make_enquiry, adviser, now):
    original = make_enquiry()
    closed = triage.change_state(
        claimed, to_state=State.DUPLICATE, by=adviser, now=now, duplicate_of=original
    )
    assert closed.duplicate_of == original
    again = triage.change_state(
        closed, to_state=State.ASSIGNED, by=adviser, now=now, why="it was another person"
    )
    assert again.duplicate_of is None


def test_an_enquiry_is_no_duplicate_of_itself(claimed, adviser, now):
    with pytest.raises(TransitionRefused):
        triage.change_state(
            claimed, to_state=State.DUPLICATE, by=adviser, now=now, duplicate_of=claimed
        )


def test_who_reopens_an_enquiry_of_nobody_owns_it(make_enquiry, adviser, now):
    enquiry = triage.change_state(
        make_enquiry(), to_state=State.SPAM, by=adviser, now=now, why="adverts"
    )
    again = triage.change_state(
        enquiry, to_state=State.ASSIGNED, by=adviser, now=now, why="a person after all"
    )
    assert (again.owner, again.closed_at) == (adviser, None)


def test_missing_information_holds_an_enquiry_until_it_comes(claimed, adviser, now):
    held = triage.ask_for_information(claimed, by=adviser, now=now, why="which visa?")
    assert held.hold == "needs_info"
    with pytest.raises(TransitionRefused, match="Needs information"):
        triage.ask_for_information(claimed, by=adviser, now=now, why="again")
    assert triage.information_came(claimed, by=adviser, now=now).hold == ""
    with pytest.raises(TransitionRefused, match="None"):
        triage.information_came(claimed, by=adviser, now=now)


def test_a_withdrawal_through_staff_is_confirmed_by_a_letter(claimed, adviser, now):
    triage.change_state(
        claimed, to_state=State.WITHDRAWN, by=adviser, now=now, why="They asked by phone"
    )
    assert [each.topic for each in claimed.outbox_messages.all()] == ["withdrawal"]


def test_a_closed_enquiry_is_not_held(make_enquiry, adviser, now):
    enquiry = make_enquiry(state="done", closed_at=now)
    with pytest.raises(EnquiryClosed):
        triage.ask_for_information(enquiry, by=adviser, now=now, why="too late")


def test_a_note_stands_on_the_timeline(make_enquiry, adviser, now):
    enquiry = make_enquiry()
    note = triage.add_note(enquiry, text="Prefers mornings", by=adviser, now=now)
    assert list(enquiry.notes.all()) == [note]
    assert Event.objects.get().kind == "note_added"
    with pytest.raises(IntegrityError):
        triage.add_note(enquiry, text=" ", by=adviser, now=now)


def test_opening_a_resume_is_logged(make_enquiry, adviser, now):
    name = resume_storage().save("a-random-name", ContentFile(b"%PDF"))
    resume = Resume.objects.create(
        enquiry=make_enquiry(), stored_name=name, original_name="cv.pdf", format="pdf",
        size=4, sha256="a" * 64, received_at=now,
    )  # fmt: skip
    opened = opening.open_resume(
        resume, by=adviser, now=now, why="before the call", though_unchecked=True
    )
    with opened as file:
        assert file.read() == b"%PDF"
    access = ResumeAccess.objects.get()
    assert (access.resume, access.by, access.at, access.why) == (
        resume, adviser, now, "before the call",
    )  # fmt: skip
    assert Event.objects.get().kind == "resume_opened"
