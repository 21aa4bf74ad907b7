"""Opening a link shows and changes nothing; an old one offers a new one."""

import pytest
from django.apps import apps
from django.core.serializers import serialize
from django.test import Client
from django.urls import reverse

from enquiries.models import LinkPurpose, OutboxMessage, sign_link
from tests.enquiries.contact_page import Page, clock

PAGES = ("show", "choose_time", "call_file", "correct_contact", "add_resume", "withdraw", "data")


def everything():
    """Give every row about enquiries as text."""
    models = apps.get_app_config("enquiries").get_models()
    return "\n".join(serialize("jsonl", model._default_manager.order_by("pk")) for model in models)


@pytest.mark.parametrize("minor", [False, True])
def test_a_link_scanner_changes_nothing(booked, address, minor):
    enquiry = booked(minor=minor, email_confirmed_at=None)
    before = everything()
    assert enquiry.reference in before
    addresses = [address(enquiry, page) for page in PAGES]
    addresses += [address(enquiry, page, purpose=LinkPurpose.RECEIVED) for page in (*PAGES, "show")]
    addresses.append(address(enquiry, "disown", purpose=LinkPurpose.DISOWN))
    addresses += [
        f"{addresses[0]}?said=withdrawn&act=cancel_call",
        f"{addresses[1]}?day=2026-11-24",
    ]
    scanner = Client()
    for each in addresses:
        for visit in (scanner.head, scanner.get, scanner.options):
            assert visit(each).status_code in {200, 302, 303, 405}, each
    assert everything() == before


def test_every_page_is_private_and_never_kept(client, booked, address):
    enquiry = booked()
    pages = [client.get(address(enquiry, page)) for page in PAGES]
    pages.append(client.get(address(enquiry, "disown", purpose=LinkPurpose.DISOWN)))
    pages.append(client.get(address(enquiry, days=91)))
    pages.append(client.post(address(enquiry)))
    pages.append(client.post(reverse("enquiry:lost"), {"reference": "", "email": ""}))
    for response in pages:
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response.headers["X-Robots-Tag"]
        assert not response.cookies
        # Nothing but our own forms and links may carry the key that is in the address.
        assert "feedback" not in response.content.decode()


def test_a_form_is_taken_without_a_cookie_from_a_page_without_an_origin(booked, address):
    enquiry = booked()
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(address(enquiry), {"act": "cancel_call"}, headers={"origin": "null"})
    assert response.status_code == 303
    assert not enquiry.callbacks.current().exists()


@pytest.mark.parametrize("page", PAGES)
def test_a_link_that_is_old_forged_revoked_or_for_something_else_opens_no_page(
    client, booked, address, page
):
    enquiry = booked()
    revoked = address(enquiry, page)
    type(enquiry).objects.update(link_version=2)
    told = {
        revoked: 404,
        address(enquiry, page, days=91): 410,
        address(enquiry, page, purpose=LinkPurpose.RECEIVED, hours=5): 410,
        reverse(f"enquiry:{page}", args=["1-1-1.nonsense"]): 404,
        **{
            address(enquiry, page, purpose=purpose): 404
            for purpose in set(LinkPurpose) - {LinkPurpose.ENQUIRY, LinkPurpose.RECEIVED}
        },
    }
    before = everything()
    for each, status in told.items():
        answers = [client.get(each)]
        if page != "call_file":  # nothing can be sent there
            answers.append(client.post(each, {"act": "cancel_call"}))
        for response in answers:
            assert response.status_code == status, each
            assert enquiry.reference not in response.content.decode()
            assert Page(response).one("input", name="reference")
    assert everything() == before


class TestAskingForANewLink:
    def ask(self, client, **typed):
        return client.post(reverse("enquiry:lost"), typed)

    def test_the_answer_is_the_same_for_known_and_unknown(self, client, make_enquiry):
        enquiry = make_enquiry()
        known = self.ask(client, reference=enquiry.reference, email="ann@example.org")
        answers = [
            self.ask(client, reference=reference, email=email).content
            for reference, email in [
                (enquiry.reference, "other@example.org"),
                ("XXXXXXXX", "ann@example.org"),
                ("nonsense", "nobody@example.org"),
            ]
        ]
        assert known.status_code == 200
        assert set(answers) == {known.content}
        assert [each.topic for each in OutboxMessage.objects.all()] == ["enquiry_link"]

    def test_a_reference_may_be_typed_in_any_way(self, client, make_enquiry):
        enquiry = make_enquiry()
        typed = f" {enquiry.reference[:4].lower()}-{enquiry.reference[4:]} "
        self.ask(client, reference=typed, email="Ann@Example.org")
        assert OutboxMessage.objects.count() == 1

    def test_what_is_missing_is_named(self, client):
        response = self.ask(client, reference="", email="ann")
        page = Page(response)
        assert response.status_code == 422
        assert page.one("title")["text"].startswith("Error:")
        said = page.one("main")["text"]
        assert "Enter your reference." in said
        assert "Enter an e-mail address like" in said

    def test_it_asks_for_both(self, client):
        page = Page(client.get(reverse("enquiry:lost")))
        assert page.one("input", name="reference")
        assert page.one("input", name="email")


class TestThisWasNotMe:
    def test_opening_asks_and_sending_does_it(self, client, booked, address):
        enquiry = booked()
        link = address(enquiry, "disown", purpose=LinkPurpose.DISOWN)
        assert "Was it not you?" in Page(client.get(link)).one("h1")["text"]
        for _ in range(2):
            response = client.post(link)
            assert "We will not write to you again" in Page(response).one("h1")["text"]
        assert "We will not write to you again" in Page(client.get(link)).one("h1")["text"]
        enquiry.refresh_from_db()
        assert (enquiry.state, enquiry.flags) == ("withdrawn", ["disowned"])

    def test_it_shows_nothing_of_the_enquiry(self, client, booked, address):
        enquiry = booked(given_name="Zenobia", message="May I bring my dog?")
        text = client.get(address(enquiry, "disown", purpose=LinkPurpose.DISOWN)).content.decode()
        for typed in ("Zenobia", "dog", "ann@", "0400"):
            assert typed not in text

    def test_another_link_does_not_do_it(self, client, booked, address):
        enquiry = booked()
        for purpose in set(LinkPurpose) - {LinkPurpose.DISOWN}:
            assert client.post(address(enquiry, "disown", purpose=purpose)).status_code == 404
        expired = address(enquiry, "disown", purpose=LinkPurpose.DISOWN, days=91)
        assert client.post(expired).status_code == 410
        enquiry.refresh_from_db()
        assert enquiry.is_open


def test_the_receipt_leads_to_the_page_of_the_enquiry(client, booked):
    enquiry = booked()
    token = sign_link(enquiry, purpose=LinkPurpose.RECEIVED, now=clock())
    page = Page(client.get(reverse("enquiries:received", args=[token])))
    link = reverse("enquiry:show", args=[token])
    assert [each for each in page.all("a") if each.get("href") == link]
    assert client.get(link).status_code == 200
    type(enquiry).objects.update(link_version=5)
    page = Page(client.get(reverse("enquiries:received", args=[token])))
    assert not [each for each in page.all("a") if "/enquiry/" in each.get("href", "")]
