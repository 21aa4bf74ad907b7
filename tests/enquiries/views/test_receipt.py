"""The page after sending, for a few hours."""

from datetime import timedelta

import pytest
from django.urls import reverse

from enquiries.models import (
    LinkPurpose,
    sign_link,
)
from tests.enquiries.contact_page import Page, clock

pytestmark = pytest.mark.django_db


class TestTheReceipt:
    def test_it_is_private_and_never_kept(self, send, client):
        response = client.get(send().headers["Location"])
        assert response.status_code == 200
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response.headers["X-Robots-Tag"]
        assert len(Page(response).all("h1")) == 1

    def test_it_shows_nothing_that_was_typed(self, send, client):
        text = client.get(send().headers["Location"]).content.decode()
        for typed in ("Ann", "ann@example.org", "0400", "dog"):
            assert typed not in text

    @pytest.mark.parametrize("token", ["nonsense", "1-1-1.x"])
    def test_another_address_shows_none(self, client, token):
        assert client.get(f"/contact/received/{token}/").status_code == 410

    def test_of_a_deleted_enquiry_it_shows_none(self, client, make_enquiry):
        enquiry = make_enquiry()
        token = sign_link(enquiry, purpose=LinkPurpose.RECEIVED, now=clock())
        enquiry.delete()
        assert client.get(f"/contact/received/{token}/").status_code == 410

    def test_it_closes_after_4_hours(self, client, make_enquiry):
        enquiry = make_enquiry()
        before = clock() - timedelta(hours=5)
        token = sign_link(enquiry, purpose=LinkPurpose.RECEIVED, now=before)
        response = client.get(reverse("enquiries:received", args=[token]))
        assert response.status_code == 410
        assert enquiry.reference not in response.content.decode()
