"""What changed since a preview, or is done already, is left alone; many are done at once."""

import re
import threading

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.urls import reverse

from enquiries.bulk import Seen
from enquiries.models import Enquiry, Event
from enquiries.roles import LEAD
from tests.enquiries.admin.bulk.pages import QUEUE, REASON, address


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
