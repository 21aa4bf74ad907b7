"""Who said "this was not me": leads see since when, and let one go for a reason that is kept."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from enquiries import selfservice
from enquiries.models import Suppression

pytestmark = pytest.mark.django_db
LIST = reverse("admin:enquiries_suppression_changelist")
FIND = reverse("admin:enquiries_suppression_find")


@pytest.fixture
def suppressed(make_enquiry):
    enquiry = make_enquiry()
    selfservice.disown(enquiry, now=datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
    return Suppression.objects.get()


@pytest.fixture
def way_out(suppressed):
    return reverse("admin:enquiries_suppression_remove", args=[suppressed.pk])


def test_only_leads_see_it(adviser, lead, way_out):
    for page in (LIST, FIND, way_out):
        assert adviser.client.get(page).status_code == 403
    assert adviser.client.post(way_out, {"why": "They asked"}).status_code == 403
    assert lead.client.get(way_out).status_code == 200


def test_the_list_tells_the_day_and_the_reason_and_nobody(lead, suppressed):
    page = lead.client.get(LIST).content.decode()
    assert "23 November 2026" in page
    assert "Said: this was not me" in page
    for personal in ("ann@example.org", "Ann Example", suppressed.digest):
        assert personal not in page


def test_one_is_let_go_for_a_reason_that_stays(lead, way_out):
    refused = lead.client.post(way_out, {"why": " "})
    assert refused.status_code == 422
    assert "Say why." in refused.content.decode()
    assert Suppression.objects.exists()
    page = lead.client.post(way_out, {"why": "They called and asked"}, follow=True)
    assert not Suppression.objects.exists()
    shown = page.content.decode()
    assert "They called and asked" in shown
    assert "Tom Okafor" in shown
    assert lead.client.post(way_out, {"why": "Again"}).status_code == 404


@pytest.mark.usefixtures("suppressed")
def test_an_address_is_found_by_its_seal_and_stands_in_no_page(lead, way_out):
    found = lead.client.post(FIND, {"address": " ANN@example.org"})
    assert (found.status_code, found.url) == (302, way_out)
    for sent, said in [
        ("bea@example.org", "not on the list"),
        ("bea", "like name@example.com"),
        ("", "Enter an e-mail address."),
    ]:
        answer = lead.client.post(FIND, {"address": sent}, follow=True)
        assert answer.redirect_chain == [(LIST, 302)]
        assert said in answer.content.decode()
        assert "bea@example.org" not in answer.content.decode()
    assert lead.client.get(FIND).status_code == 302
    assert Suppression.objects.count() == 1
