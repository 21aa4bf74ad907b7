"""One thing done to many enquiries: foretold for each, then done to each by itself."""

from datetime import timedelta

import pytest
from django.test import Client

from enquiries.admin.bulk_kinds import KINDS
from enquiries.bulk import Seen
from enquiries.models import Callback, Enquiry, Event, FollowUp, FollowUpReason
from enquiries.transitions import OPEN_STATES, TRANSITIONS, State
from tests.enquiries.admin.bulk.pages import QUEUE, REASON, address


def test_the_queue_leads_to_what_each_role_may_do_to_many(adviser, lead, make_enquiry):
    enquiries = [make_enquiry(), make_enquiry()]

    def offered(user):
        form = user.client.get(QUEUE).context["action_form"]
        return {value for value, _ in form.fields["action"].choices} & set(KINDS)

    assert offered(lead) == set(KINDS)
    assert offered(adviser) == set(KINDS) - {"assign", "to_spam"}
    chosen = {"action": "claim", "_selected_action": [each.pk for each in enquiries], "index": "0"}
    answer = adviser.client.post(f"{QUEUE}?state=new", chosen)
    assert answer.status_code == 302
    page = adviser.client.get(answer.headers["Location"])
    assert [row.enquiry for row in page.context["allowed"]] == enquiries
    assert page.context["back"] == f"{QUEUE}?state=new"
    assert "What will happen to 2 enquiries" in page.text
    assert Enquiry.objects.filter(owner=None).count() == 2


def test_only_who_may_do_it_comes_to_the_page(adviser, make_staff, make_enquiry):
    enquiry = make_enquiry()
    auditor = make_staff("Auditor")
    refused = [
        user.client.post(address(name, [enquiry]), {"row": str(Seen.of(enquiry))} | REASON)
        for user, name in (
            (adviser, "to_spam"),
            (adviser, "assign"),
            *((auditor, name) for name in KINDS),
            (make_staff(role=None), "claim"),
        )
    ]
    assert {answer.status_code for answer in refused} == {403}
    assert Client().get(address("claim", [enquiry])).status_code == 302
    assert adviser.client.get(address("note", [enquiry])).status_code == 404
    assert Event.objects.count() == 0


@pytest.mark.parametrize("of", ["", "x", "1" * 40, "-"])
def test_without_a_choice_it_leads_back_to_the_queue(adviser, of, said):
    answer = adviser.client.get(f"{QUEUE}bulk/claim/", {"of": of}, follow=True)
    assert answer.redirect_chain == [(QUEUE, 302)]
    assert said(answer) == ["Choose one or more enquiries first."]


def test_every_change_is_foretold_and_done_as_the_table_says_and_no_other(
    lead, make_in, preview, send
):
    to_states = {"release": State.NEW, "to_spam": State.SPAM, "to_withdrawn": State.WITHDRAWN}
    for name, to_state in to_states.items():
        each = {state: make_in(state, owner=lead) for state in State}
        by_the_table = {
            each[state].reference for state in OPEN_STATES if to_state in TRANSITIONS[state]
        }
        allowed, refused = preview(lead, name, *each.values())
        assert set(allowed) == by_the_table
        assert set(refused) == {enquiry.reference for enquiry in each.values()} - by_the_table
        answer = send(lead, name, *each.values(), **REASON)
        assert set(answer.done) == by_the_table
        assert answer.refused == refused
        stands = {state: Enquiry.objects.get(pk=each[state].pk).state for state in State}
        assert stands == {
            state: to_state if each[state].reference in by_the_table else state for state in State
        }


def test_what_is_no_change_of_state_is_foretold_and_done_to_all_that_are_open(
    lead, adviser, make_in, preview, send
):
    needs = {
        "assign": {"to": adviser.pk, "why": ""},
        "ask_for_information": REASON,
        "need_agent": {"why": ""},
    }
    for name, typed in needs.items():
        each = {state: make_in(state, owner=lead) for state in State}
        during = {State.IN_CALL} if name == "assign" else set()  # nobody hands on a call
        open_ones = {each[state].reference for state in OPEN_STATES - during}
        allowed, refused = preview(lead, name, *each.values())
        assert set(allowed) == open_ones
        answer = send(lead, name, *each.values(), **typed)
        assert (set(answer.done), answer.refused) == (open_ones, refused)
    assert Enquiry.objects.filter(owner=adviser).count() == len(OPEN_STATES) - 1
    assert Enquiry.objects.filter(hold="needs_info").count() == len(OPEN_STATES)
    assert Enquiry.objects.filter(needs_agent=True).count() == len(OPEN_STATES)


def test_only_new_ones_are_claimed_and_the_others_say_whose_they_are(
    adviser, lead, make_in, preview, send
):
    fresh, closed = make_in(State.NEW, owner=None), make_in(State.SPAM, owner=None)
    mine, theirs = (make_in(State.ASSIGNED, owner=each) for each in (adviser, lead))
    foretold = {
        mine.reference: "It is yours already.",
        theirs.reference: "Tom Okafor has it.",
        closed.reference: "It is closed: it is “Spam”.",
    }
    assert preview(adviser, "claim", fresh, mine, theirs, closed) == ([fresh.reference], foretold)
    answer = send(adviser, "claim", fresh, mine, theirs, closed)
    assert answer.done == {fresh.reference: "is yours."}
    assert answer.refused == foretold
    assert Enquiry.objects.filter(owner=adviser).count() == 2


def test_an_adviser_puts_back_their_own_only(adviser, lead, make_claimed, preview, send):
    mine, theirs = make_claimed(adviser), make_claimed(lead)
    why_not = "It belongs to Tom Okafor. You may not do this to it."
    assert preview(adviser, "release", mine, theirs) == (
        [mine.reference],
        {theirs.reference: why_not},
    )
    assert send(adviser, "release", mine, theirs).refused == {theirs.reference: why_not}
    assert preview(lead, "release", theirs) == ([theirs.reference], {})


def test_closing_many_ends_what_was_promised_for_each(lead, make_enquiry, make_callback, now, send):
    enquiries = [make_enquiry(), make_enquiry()]
    for enquiry in enquiries:
        make_callback(enquiry, starts_at=now + timedelta(days=2))
        enquiry.follow_ups.create(
            reason=FollowUpReason.FIRST_CALL, due_at=now + timedelta(days=2), created_at=now
        )
    send(lead, "to_spam", *enquiries, **REASON)
    assert not FollowUp.objects.open().exists()
    assert not Callback.objects.current().exists()
    assert set(Event.objects.filter(kind="state_changed").values_list("why", "by")) == {
        ("Sold us tiles", lead.pk)
    }


def test_what_is_asked_for_must_be_given_and_what_was_typed_stays(lead, make_enquiry):
    enquiries = [make_enquiry(), make_enquiry()]
    ticked = [str(Seen.of(enquiries[0]))]
    answer = lead.client.post(address("to_spam", enquiries), {"row": ticked, "why": " "})
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert [row.is_ticked for row in answer.context["allowed"]] == [True, False]
    answer = lead.client.post(address("to_spam", enquiries), REASON)
    assert answer.status_code == 422
    assert "Tick one or more enquiries." in answer.text
    assert "Sold us tiles" in answer.text
    assert Event.objects.count() == 0


def test_of_a_minor_no_contact_is_kept_in_the_reason(lead, make_enquiry):
    enquiries = [make_enquiry(), make_enquiry(minor=True)]
    typed = {"row": [str(Seen.of(each)) for each in enquiries], "why": "Call 0400 000 009"}
    answer = lead.client.post(address("to_spam", enquiries), typed)
    assert answer.status_code == 422
    assert "Write no phone number" in answer.text
    assert not Enquiry.objects.filter(state="spam").exists()
