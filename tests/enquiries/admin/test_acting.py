"""The page of an enquiry at work: undo, e-mails, times, agents, merging, key facts."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from enquiries.models import (
    Adviser,
    Callback,
    CannedReply,
    Enquiry,
    OccupationOfInterest,
    OutboxMessage,
    StaffReply,
)
from enquiries.office import free_slots, site_zone
from enquiries.transitions import State
from enquiries.triage import add_note, ask_for_information, change_state

pytestmark = pytest.mark.django_db


def test_what_to_say_stands_on_the_page_of_who_is_in_the_call(
    adviser, lead, make_claimed, page_of, now
):
    enquiry = make_claimed(adviser)
    assert "What to say" not in adviser.client.get(page_of(enquiry)).content.decode()
    change_state(enquiry, to_state=State.IN_CALL, by=adviser, now=now)
    page = adviser.client.get(page_of(enquiry)).content.decode()
    assert "What to say" in page
    assert "We never ask for money, passwords or passport numbers." in page
    assert "What to say" not in lead.client.get(page_of(enquiry)).content.decode()


def test_ones_latest_change_is_undone_until_the_next(adviser, lead, make_enquiry, do, page_of):
    enquiry = make_enquiry()
    do(adviser, "claim", enquiry)
    page = adviser.client.get(page_of(enquiry))
    assert "Undo: claimed" in page.content.decode()
    assert "Undo" not in lead.client.get(page_of(enquiry)).content.decode()
    answer = do(adviser, "undo", enquiry, change=page.context["undoable"].pk)
    assert answer.said == ["Undone: claimed."]
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.owner) == ("new", None)
    assert do(adviser, "undo", enquiry).said == [
        "There is nothing to undo: something else was changed meanwhile."
    ]


class TestAnEMail:
    def test_begins_with_a_kept_text_and_goes_to_the_one_contact(
        self, adviser, make_claimed, page_of, do
    ):
        enquiry = make_claimed(adviser)
        canned = CannedReply.objects.create(
            title="Papers", subject="Your papers", text="Your reference is {reference}."
        )
        page = adviser.client.get(page_of(enquiry), {"canned": canned.pk})
        form = page.context["offers"]["reply"].form
        assert form["text"].value() == f"Your reference is {enquiry.reference}."
        do(adviser, "reply", enquiry, subject="Your papers", text="Please bring them.")
        assert StaffReply.objects.get().text == "Please bring them."
        assert OutboxMessage.objects.filter(topic="staff_reply", enquiry=enquiry).count() == 1
        entry = adviser.client.get(page_of(enquiry)).context["timeline"][0]
        assert (entry.what, entry.detail) == ("E-mail: Your papers", "Please bring them.")

    def test_that_is_not_finished_is_not_sent_and_not_lost(self, adviser, make_claimed, do):
        answer = do(
            adviser, "reply", make_claimed(adviser), subject="Papers", text="Bring [Write what]."
        )
        assert answer.status_code == 422
        assert "Bring [Write what]." in answer.content.decode()
        assert not StaffReply.objects.exists()

    @pytest.mark.parametrize("chosen", ["999", "x", "-1", "\u0663", "9" * 30])
    def test_begins_with_nothing_where_there_is_no_such_text(
        self, adviser, make_claimed, page_of, chosen
    ):
        page = adviser.client.get(page_of(make_claimed(adviser)), {"canned": chosen})
        assert page.context["offers"]["reply"].form["text"].value() is None


def test_a_time_for_the_call_is_booked_from_what_is_free(adviser, make_claimed, do):
    enquiry = make_claimed(adviser)
    free = free_slots(now=timezone.now(), zone=site_zone(), confirmed=True)[3]
    do(adviser, "book", enquiry, starts_at=free.starts_at.isoformat())
    enquiry.refresh_from_db()
    assert enquiry.state == "scheduled"
    assert Callback.objects.current().get(enquiry=enquiry).starts_at == free.starts_at
    night = datetime(2030, 1, 1, 16, 0, tzinfo=UTC)
    refused = do(adviser, "book", enquiry, starts_at=night.isoformat())
    assert "That time is no longer free" in refused.content.decode()


def test_an_enquiry_is_handed_on_by_its_owner_alone(adviser, lead, make_claimed, do, page_of):
    enquiry = make_claimed(adviser)
    assert "transfer" not in lead.client.get(page_of(enquiry)).context["offers"]
    do(adviser, "transfer", enquiry, to=lead.pk, why="Speaks Hindi")
    enquiry.refresh_from_db()
    assert enquiry.owner == lead
    change = adviser.client.get(page_of(enquiry)).context["timeline"][0].changes[0]
    assert (change.what, change.before, change.after) == ("Owner", "Mia Chen", "Tom Okafor")


def test_advice_is_marked_by_registered_agents_alone(adviser, make_claimed, do, page_of):
    enquiry = make_claimed(adviser)
    do(adviser, "need_agent", enquiry)
    page = adviser.client.get(page_of(enquiry))
    assert "Needs a registered agent" in page.content.decode()
    assert "advice_given" not in page.context["offers"]
    Adviser.objects.create(user=adviser, marn="1234567")
    assert do(adviser, "advice_given", enquiry).said == [
        "It is kept that you, as a registered agent, gave advice."
    ]
    enquiry.refresh_from_db()
    assert enquiry.advice_given_by == adviser


def test_a_repeat_is_merged_into_the_first(adviser, make_enquiry, make_claimed, do, page_of):
    first, repeat = make_claimed(adviser), make_enquiry()
    page = adviser.client.get(page_of(repeat)).content.decode()
    assert f'Merge into it<span class="visually-hidden">: {first.reference}' in page
    do(adviser, "merge", repeat, into=first.reference)
    repeat.refresh_from_db()
    assert (repeat.state, repeat.duplicate_of) == ("duplicate", first)
    assert do(adviser, "merge", first, into=first.reference).said == [
        "An enquiry cannot be merged into itself."
    ]


def test_the_key_facts_of_what_is_asked_about_stand_beside_it(adviser, make_enquiry, page_of):
    enquiry = make_enquiry()
    for code, title in [("541111", "Call or Contact Centre Operator"), ("000000", "Gone")]:
        OccupationOfInterest.objects.create(
            enquiry=enquiry, edition="anzsco-2022", code=code, title=title
        )
    known, gone = adviser.client.get(page_of(enquiry)).context["asked_about"]
    assert (known.source, known.is_gone) == ("ANZSCO 2022", False)
    assert [fact.told for fact in known.facts if fact.what == "Skill level"] == ["3"]
    assert (gone.is_gone, gone.facts) == (True, ())


def test_before_and_after_of_a_hold_stand_in_the_timeline(adviser, make_claimed, page_of, now):
    enquiry = make_claimed(adviser)
    ask_for_information(enquiry, by=adviser, now=now, why="Which city?")
    add_note(enquiry, text="Wrote to them", by=adviser, now=now)
    change_state(enquiry, to_state=State.WITHDRAWN, by=adviser, now=now, why="They said so")
    told = adviser.client.get(page_of(enquiry)).context["timeline"]
    changes = {entry.what: entry.changes for entry in told}
    hold = changes["Hold changed"][0]
    assert (hold.before, hold.after) == ("none", "Needs information")
    assert changes["Assigned → Withdrawn"] == ()
    assert Enquiry.objects.get(pk=enquiry.pk).state == "withdrawn"
