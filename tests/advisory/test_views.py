"""Home asks the visitor's question, and about says who is behind the site."""

import pytest
from django.conf import settings

from tests.occupations.page_reader import read

pytestmark = pytest.mark.django_db


def test_home_asks_what_work_you_do_and_leads_into_the_major_groups(client):
    page = read(client, "/")

    assert page.names("h1") == ["Could I live, work or study in Australia?"]
    assert {f"/occupations/anzsco-2022/{digit}/" for digit in range(1, 9)} <= set(page.links)
    assert "/contact/" in page.links


def test_home_leads_to_every_edition(client):
    page = read(client, "/")

    for slug in ("anzsco-2013", "anzsco-2019", "anzsco-2021", "anzsco-2022", "osca-2024"):
        assert f"/occupations/{slug}/" in page.links


def test_about_names_the_firm_as_the_settings_do(client, monkeypatch):
    firm = {
        "legal_name": "Gum Tree Advice Pty Ltd",
        "abn": "12 345 678 901",
        "agents": "Kim Lee, MARN 1234567",
        "phone": "02 5550 0000",
        "hours": "Weekdays",
    }
    for name, value in firm.items():
        monkeypatch.setitem(settings.FIRM, name, value)

    about = client.get("/about/").text

    for value in firm.values():
        assert about.count(value) >= 2, value  # in the page and in its footer


def test_about_leaves_out_what_the_settings_do_not_say(client, monkeypatch):
    monkeypatch.setitem(settings.FIRM, "abn", "")

    assert "ABN" not in client.get("/about/").text


@pytest.mark.parametrize("address", ["/", "/about/", "/privacy/", "/accessibility/"])
def test_the_footer_leads_to_what_every_visitor_may_ask_of_a_site(client, address):
    links = set(read(client, address).links)

    assert {"/about/", "/about-the-data/", "/accessibility/", "/glossary/", "/privacy/"} <= links
    assert {"/compare/", "/contact/", "/shortlist/"} <= links


def test_privacy_repeats_what_the_form_promises_and_promises_no_more(client):
    privacy = client.get("/privacy/").text
    form = client.get("/contact/").text
    promises = (
        "Nobody else gets it.",
        "to call you and to answer you.",
        "we write to and call only the parent or guardian.",
        "We never ask for money, passwords or passport numbers. Please do not send them.",
    )

    for promise in promises:
        assert promise in privacy, promise
        assert promise in form, promise
    assert "The form says for how long we keep what." in privacy
    assert "Your request: 2 years after we close it." in form or "730 days" in form


def test_accessibility_says_what_is_aimed_for_and_what_does_not_work(client):
    page = read(client, "/accessibility/")

    assert page.names("h1") == ["Accessibility"]
    assert "What is known not to work" in page.names("h2")
    assert "WCAG 2.2, at level AA" in client.get("/accessibility/").text
    assert "/contact/" in page.links
