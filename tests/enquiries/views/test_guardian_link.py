"""The guardian's link: opening shows, only sending confirms."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from enquiries.models import (
    Consent,
    LinkPurpose,
    OutboxMessage,
    Wording,
    sign_link,
)
from tests.enquiries.contact_page import Page, clock

pytestmark = pytest.mark.django_db


class TestTheGuardiansLink:
    @pytest.fixture
    def minor(self, make_enquiry):
        return make_enquiry(minor=True, given_name="Cleo")

    @pytest.fixture
    def link(self, minor):
        def to(enquiry=minor, **ago):
            made = clock() - timedelta(**ago)
            token = sign_link(enquiry, purpose=LinkPurpose.GUARDIAN_CONFIRMATION, now=made)
            return reverse("enquiries:confirm_guardian", args=[token])

        return to

    def test_opening_it_shows_the_child_by_initial_and_confirms_nothing(self, client, link, minor):
        response = client.get(link())
        assert "C." in Page(response).one("main")["text"]
        assert "Cleo" not in response.content.decode()
        minor.refresh_from_db()
        assert minor.guardian_confirmed_at is None
        assert Consent.objects.count() == 0

    def test_sending_it_confirms_without_a_cookie(self, link, minor):
        strict = Client(enforce_csrf_checks=True)
        response = strict.post(link(), headers={"origin": "null"})
        assert "Thank you, you have confirmed" in Page(response).one("h1")["text"]
        minor.refresh_from_db()
        assert minor.guardian_confirmed_at is not None

    @pytest.fixture
    def newer(self):
        return Wording(
            purpose="guardian_confirmation",
            version="new",
            text="New words.",
            in_force_on=date(2026, 11, 2),
        )

    def test_words_that_changed_meanwhile_are_read_before_they_are_confirmed(
        self, client, link, newer
    ):
        shown = Page(client.get(link())).one(name="wording")["value"]
        newer.save()
        response = client.post(link(), {"wording": shown})
        page = Page(response)
        assert response.status_code == 422
        assert "have changed since you opened the page" in page.one("main")["text"]
        assert "New words." in page.one("main")["text"]
        assert not Consent.objects.exists()
        read = {"wording": page.one(name="wording")["value"]}
        assert client.post(link(), read).status_code == 200
        assert Consent.objects.get().wording_version == "new"

    def test_what_another_process_has_shown_is_what_is_confirmed(self, client, link, newer):
        client.get(link())  # this process has read the words
        Wording.objects.bulk_create([newer])  # and is told of no others
        client.post(link(), {"wording": newer.digest[:16]})
        assert Consent.objects.get().wording_version == "new"

    def test_a_second_time_it_says_that_it_was_confirmed(self, client, link):
        client.post(link())
        assert "Thank you" in Page(client.get(link())).one("h1")["text"]
        client.post(link())
        assert Consent.objects.count() == 1

    def test_expired_it_offers_a_new_link_once(self, client, link, minor):
        old = link(days=8)
        expired = client.get(old)
        assert expired.status_code == 410
        assert Page(expired).one("button", name="renew")
        assert client.post(old).status_code == 410
        assert OutboxMessage.objects.count() == 0
        assert "new link" in Page(client.post(old, {"renew": "1"})).one("h1")["text"]
        assert OutboxMessage.objects.count() == 1
        assert client.post(old, {"renew": "1"}).status_code == 404
        minor.refresh_from_db()
        newer = link(minor, days=8)
        assert client.post(newer, {"renew": "1"}).status_code == 410
        assert OutboxMessage.objects.count() == 1

    def test_of_a_closed_enquiry_it_confirms_nothing(self, client, make_enquiry, link):
        closed = make_enquiry(minor=True, state="withdrawn", closed_at=clock())
        assert client.post(link(closed)).status_code == 410
        assert Consent.objects.count() == 0

    def test_one_that_is_not_ours_is_unknown(self, client):
        assert client.get("/contact/confirm/nonsense/").status_code == 404

    def test_it_is_private_and_never_kept(self, client, link):
        for response in (client.get(link()), client.get(link(days=8)), client.post(link())):
            assert "no-store" in response.headers["Cache-Control"]
            assert response.headers["Referrer-Policy"] == "no-referrer"
            assert "noindex" in response.headers["X-Robots-Tag"]
