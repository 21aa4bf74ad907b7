"""One thing done to many enquiries: foretold for each, then done to each by itself."""

import re
import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.urls import reverse

from enquiries.admin.bulk_kinds import KINDS
from enquiries.bulk import Seen
from enquiries.models import Callback, Enquiry, Event, FollowUp, FollowUpReason
from enquiries.roles import LEAD
from enquiries.transitions import CLOSED_STATES, OPEN_STATES, TRANSITIONS, State

QUEUE = "/admin/enquiries/enquiry/"
REASON = {"why": "Sold us tiles"}


def address(name, enquiries):
    return f"{QUEUE}bulk/{name}/?of={'-'.join(str(each.pk) for each in enquiries)}"


@pytest.fixture
def preview():
    """Look at what would come of it; give the references that are allowed, and why others not."""

    def preview(user, name, *enquiries):
        answer = user.client.get(address(name, enquiries))
        assert answer.status_code == 200
        assert not answer.context["are_too_many"]
        return (
            [row.enquiry.reference for row in answer.context["allowed"]],
            {row.enquiry.reference: row.refusal for row in answer.context["refused"]},
        )

    return preview


@pytest.fixture
def send():
    """Press the button with every enquiry ticked as it stands; give what was told of each."""

    def send(user, name, *enquiries, seen=None, **typed):
        ticked = seen or [str(Seen.of(each)) for each in enquiries]
        answer = user.client.post(address(name, enquiries), {"row": ticked} | typed)
        assert answer.status_code == 200, answer.context["form"].errors
        answer.done = {each.reference: each.sentence for each in answer.context["done"]}
        answer.refused = {each.reference: each.sentence for each in answer.context["refused"]}
        return answer

    return send


@pytest.fixture
def make_in(make_enquiry, now):
    """Make an enquiry in a state, that of ``owner`` if it can be somebody's."""

    def make(state, *, owner, **altered):
        return make_enquiry(
            state=state,
            owner=None if state is State.NEW else owner,
            closed_at=now if state in CLOSED_STATES else None,
            duplicate_of=make_enquiry() if state is State.DUPLICATE else None,
            **altered,
        )

    return make


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


def test_what_is_done_already_is_not_done_again(lead, make_enquiry, make_claimed, preview, send):
    held, marked = make_enquiry(hold="needs_info"), make_enquiry(needs_agent=True)
    theirs = make_claimed(lead)
    assert preview(lead, "ask_for_information", held)[1] == {
        held.reference: "It is on hold already."
    }
    assert preview(lead, "need_agent", marked)[1] == {marked.reference: "It is marked already."}
    assert send(lead, "assign", theirs, to=lead.pk).refused == {
        theirs.reference: "Tom Okafor has it already."
    }


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


def test_what_changed_since_the_preview_is_refused_and_says_who_was_quicker(
    adviser, lead, make_enquiry, send
):
    enquiries = [make_enquiry(), make_enquiry()]
    seen = [str(Seen.of(each)) for each in enquiries]
    assert len(send(adviser, "claim", *enquiries).done) == 2
    told = send(lead, "assign", *enquiries, seen=seen, to=lead.pk)
    sentence = "Mia Chen has it now: it changed since you looked."
    assert set(told.refused.values()) == {sentence}
    again = send(adviser, "claim", *enquiries, seen=seen)
    assert set(again.refused.values()) == {"You have it now: it changed since you looked."}
    send(lead, "to_spam", *Enquiry.objects.all(), **REASON)
    closed = send(adviser, "release", *enquiries, seen=seen)
    assert set(closed.refused.values()) == {"You have it now: it changed since you looked."}
    assert set(Enquiry.objects.values_list("owner", "state")) == {(adviser.pk, "spam")}


def test_a_row_that_says_nothing_known_changes_nothing(adviser, make_enquiry, send):
    enquiry, other = make_enquiry(), make_enquiry()
    rows = ["", "x", "1:new", f"{other.pk}:new::", f"{10**17}:new::", str(Seen.of(enquiry))]
    answer = send(adviser, "claim", enquiry, seen=rows)
    assert set(answer.done) == {enquiry.reference}
    assert Enquiry.objects.get(pk=other.pk).owner is None


def test_two_hundred_at_most_in_a_constant_number_of_queries(
    lead, enquiry_fields, django_assert_max_num_queries
):
    Enquiry.objects.bulk_create([Enquiry(**enquiry_fields()) for _ in range(201)])
    enquiries = list(Enquiry.objects.order_by("created_at", "pk"))
    lead.client.get(address("assign", enquiries[:1]))
    with django_assert_max_num_queries(10) as few:
        lead.client.get(address("assign", enquiries[:1]))
    with django_assert_max_num_queries(10) as many:
        answer = lead.client.get(address("assign", enquiries))
    assert len(many) == len(few)
    assert len(answer.context["allowed"]) == 200
    assert "You can change 200 enquiries at once." in answer.text
    across = {"action": "claim", "index": "0", "select_across": "1"}
    shown = {"_selected_action": [each.pk for each in enquiries[:50]]}
    answer = lead.client.post(QUEUE, across | shown, follow=True)
    assert [row.enquiry for row in answer.context["allowed"]] == enquiries[:200]
    assert answer.context["are_too_many"]
    seen = [str(Seen.of(each)) for each in enquiries]
    done = lead.client.post(address("need_agent", enquiries), {"row": seen, "why": ""})
    assert len(done.context["done"]) == 200


@pytest.mark.django_db(transaction=True)
def test_of_two_who_send_the_same_twenty_each_enquiry_is_one_s_and_the_other_is_told_whose(
    make_adviser, enquiry_fields
):
    leads = [make_adviser(first_name=name) for name in ("Mia", "Tom")]
    enquiries = Enquiry.objects.bulk_create([Enquiry(**enquiry_fields()) for _ in range(20)])
    rows = [str(Seen.of(each)) for each in enquiries]
    together, told, failed = threading.Barrier(2), {}, []

    def send(user, order):
        try:
            user.groups.set([Group.objects.get(name=LEAD)])
            client = Client()
            client.force_login(user)
            url = reverse("admin:enquiries_enquiry_bulk", args=["assign"])
            of = "-".join(str(each.pk) for each in enquiries)
            together.wait(30)
            answer = client.post(f"{url}?of={of}", {"row": rows[::order], "to": user.pk})
            told[user.first_name] = answer.text
        except Exception as error:  # noqa: BLE001 - a thread keeps it to itself
            failed.append(error)
            together.abort()
        finally:
            connection.close()

    threads = [
        threading.Thread(target=send, args=[user, order])
        for user, order in zip(leads, (1, -1), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    owners = {each.pk: each.owner for each in Enquiry.objects.select_related("owner") if each.owner}
    assert len(owners) == 20
    for name, page in told.items():
        lines = re.findall(r'/(\d+)/change/">\w+</a> ([^<]+)</li>', page)
        assert {int(pk) for pk, _ in lines} == set(owners)
        for pk, sentence in lines:
            owner = owners[int(pk)].first_name
            if owner == name:
                assert sentence.endswith(f"now belongs to {name}.")
            else:
                assert sentence == f"{owner} has it now: it changed since you looked."
    given = Event.objects.filter(kind="assigned").values_list("enquiry", "to_owner")
    assert sorted(given) == sorted((key, owner.pk) for key, owner in owners.items())
