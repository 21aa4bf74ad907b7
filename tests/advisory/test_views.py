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
