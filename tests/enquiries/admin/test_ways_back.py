"""Where pages of the desk that show nothing lead to."""

from django.test import Client
from django.urls import reverse

DESK = 'href="/admin/">Back to the desk'


def test_a_page_of_the_desk_that_is_not_there_leads_back_to_it(adviser, client):
    missing = adviser.client.get("/admin/nowhere/")
    assert (missing.status_code, DESK in missing.content.decode()) == (404, True)
    public = client.get("/nowhere/")
    assert (public.status_code, DESK in public.content.decode()) == (404, False)


def test_a_page_that_a_role_does_not_include_says_so_and_leads_back(adviser):
    closed = adviser.client.get(reverse("admin:enquiries_changerecord_changelist"))
    told = closed.content.decode()
    assert closed.status_code == 403
    assert "Your role does not include it" in told
    assert DESK in told
    assert "ask for a call" not in told.partition("<main")[2].partition("</main")[0]


def test_who_is_not_signed_in_is_told_of_no_role():
    closed = Client(enforce_csrf_checks=True).post(reverse("account_login"))
    told = closed.content.decode()
    assert closed.status_code == 403
    assert "open too long" in told
    assert "role" not in told.partition("<main")[2].partition("</main")[0]


def test_an_empty_list_promises_nothing_that_only_others_can_add(adviser):
    told = adviser.client.get(reverse("admin:enquiries_closure_changelist")).content.decode()
    assert "Nothing is in this list yet" in told
    assert "by itself" not in told


def test_a_desk_without_an_open_enquiry_says_so(adviser, make_enquiry):
    empty = adviser.client.get(reverse("admin:desk")).content.decode()
    assert "No enquiry is open." in empty
    make_enquiry(hold="needs_info")
    waiting = adviser.client.get(reverse("admin:desk")).content.decode()
    assert "Nobody to call now" in waiting
    assert "No enquiry is open." not in waiting


def test_a_bulk_action_that_suits_nobody_names_no_button(adviser, lead, make_claimed):
    theirs = make_claimed(lead)
    address = reverse("admin:enquiries_enquiry_bulk", args=["claim"])
    told = adviser.client.get(f"{address}?of={theirs.pk}").content.decode()
    assert "none of them can be changed in this way" in told
    assert "press the button below" not in told
