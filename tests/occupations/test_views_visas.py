# ruff: noqa: RUF001 - the site writes a real apostrophe
"""The visas: the edition each reads, open or closed, what lists name, and what they named."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from occupations.models import ListMembership, Notice, Source, Visa
from tests.occupations.page_reader import read

pytestmark = pytest.mark.django_db

VISAS = ["186", "187", "189", "190", "407", "482", "485", "489", "491", "494"]


NEWEST = "home-affairs-list-2026-09-14"
THE_VISAS = "home-affairs-visas"


@pytest.fixture(autouse=True)
def as_at():
    """Make the newest copies fifty days old, whenever this runs."""
    day = timezone.localdate() - timedelta(days=50)  # noqa: TID251 - a test is an edge
    Source.objects.filter(slug__in=[NEWEST, THE_VISAS]).update(as_at_on=day)
    return f"{day.day} {day:%B %Y}"


@pytest.fixture
def make_notice():
    def make(subject, key, text, *, days_ago=0, lasts=None):
        today = timezone.localdate()  # noqa: TID251 - a test is an edge
        dated_on = today - timedelta(days=days_ago)
        editor = get_user_model().objects.create_user(f"editor-{Notice.objects.count()}")
        return Notice.objects.create(
            subject=subject,
            key=key,
            text=text,
            dated_on=dated_on,
            shown_until_on=None if lasts is None else dated_on + timedelta(days=lasts),
            written_by=editor,
            written_at=timezone.now(),  # noqa: TID251 - a test is an edge
        )

    return make


def test_every_visa_stands_under_the_edition_it_reads(client):
    page = read(client, "/visas/")

    for visa in Visa.objects.all():
        found = [item for item in page.items if f"/visas/{visa.subclass}/" in item.links]
        assert found[0].under[-1] == f"Visas that read {visa.reads_edition}"
        assert found[0].text.startswith("Open" if visa.is_open else "Closed")


@pytest.mark.parametrize("subclass", ["187", "489"])
def test_a_closed_visa_says_so_and_leads_to_the_department(client, as_at, subclass):
    page = read(client, f"/visas/{subclass}/")
    banner = next(item for item in page.items if item.text.startswith("This visa is closed"))

    assert banner.links[0].startswith("https://immi.homeaffairs.gov.au/")
    assert f"The department takes none, as at {as_at}" in [item.text for item in page.items]


@pytest.mark.parametrize("address", ["/visas/", "/visas/190/", "/visas/187/"])
def test_what_is_open_has_a_source_and_a_day(client, as_at, address):
    sources = [item.text for item in read(client, address).items if item.css == "source"]

    assert any(
        text.startswith("Source: Visa subclasses, and the edition that each reads")
        and f"as at {as_at}" in text
        for text in sources
    )


def test_what_was_open_long_ago_is_told_in_the_past_tense(client):
    Source.objects.filter(slug=THE_VISAS).update(as_at_on="2025-01-31")
    told = [item.text for item in read(client, "/visas/190/").items]

    assert "The department took them in January 2025" in told
    assert "The department takes them" not in told
    assert "Was open to new applications" in client.get("/visas/190/").text
    assert any(
        item.text.startswith("Was open 190 ")
        for item in read(client, "/visas/").items
        if "/visas/190/" in item.links
    )


def test_what_the_lists_named_long_ago_stands_after_the_official_link(client):
    Source.objects.filter(slug=NEWEST).update(as_at_on="2025-01-31")
    page = read(client, "/visas/")
    told = page.under("Visas that read ANZSCO 2013", tag="li")

    assert page.under("Visas that read ANZSCO 2013", tag="p")[0] == (
        "See today’s lists at the Department of Home Affairs. "
        "What follows is what they named in January 2025."
    )
    assert any(
        text.endswith("MLTSSL: it named 212 occupations · STSOL: it named 215 occupations")
        for text in told
        if text.startswith("Open 190 ")
    )
    assert any("named no occupation for it" in text for text in told)


@pytest.mark.parametrize("subclass", VISAS)
def test_a_visa_counts_what_the_newest_copy_names_for_it(client, as_at, subclass):
    visa = Visa.objects.get(subclass=subclass)
    memberships = ListMembership.objects.filter(source__slug=NEWEST)
    named = {
        row.occupation_id
        for row in memberships
        if any(stream.startswith(subclass) for stream in row.visas)
    }
    text = client.get(f"/visas/{subclass}/").text

    if named:
        assert (
            f"As at {as_at} the lists name {len(named)} occupations of "
            f"{visa.reads_edition} for it." in text
        )
    else:
        assert "Our newest copy of the lists names no occupation for this visa." in text


def test_a_visa_leads_to_its_lists_fees_and_processing_times(client):
    page = read(client, "/visas/491/")

    for address in ("/lists/mltssl/", "/lists/stsol/", "/lists/rol/", "/points/"):
        assert address in page.links
    assert any("visa-pricing-estimator" in link for link in page.links)
    assert any("visa-processing-times" in link for link in page.links)
    assert any(text.startswith("491S, nominated by a state") for text in page.under("Streams"))


def test_a_visa_without_points_leads_to_no_points_table(client):
    assert "/points/" not in read(client, "/visas/482/").links


def test_what_was_named_earlier_is_told_in_the_past_tense_after_the_official_link(client):
    page = read(client, "/visas/190/")
    told = page.under("Earlier copies", tag="p")

    assert told[0].startswith("See today’s lists at the Department of Home Affairs")
    assert any(text.startswith("The lists named ") for text in told)
    assert not any(" name " in text or " names " in text for text in told)


def test_a_visa_that_only_an_old_copy_names_is_history(client):
    Source.objects.filter(slug=NEWEST).update(as_at_on="2025-01-31")
    page = read(client, "/visas/482/")
    told = [item.text for item in page.items]

    assert "See today’s lists at the Department of Home Affairs. Our copy is history." in told
    assert "In January 2025 the lists named 457 occupations of ANZSCO 2022 for it." in told
    assert page.under("Occupations that were named for it", tag="th")


def test_the_caveats_of_a_visa_stand_on_its_page_and_beside_the_occupations(client):
    page = read(client, "/visas/482/?q=221111")
    row = next(
        text
        for text in page.under("Occupations that the lists name for it", tag="th")
        if text.startswith("Accountant (General)")
    )

    assert "Caveats: " in row
    assert page.under("Caveats for this visa", tag="dd")


def test_a_caveat_says_how_many_codes_it_is_on(client):
    told = read(client, "/visas/482/").under("Caveats for this visa", tag="dd")

    assert any("It is on one of these codes: 149999." in text for text in told)
    assert any("It is on 2 of these codes: 111111, 111211." in text for text in told)


def test_the_caveats_of_an_old_copy_are_told_in_the_past_tense_after_the_official_link(client):
    Source.objects.filter(slug=NEWEST).update(as_at_on="2025-01-31")
    page = read(client, "/visas/482/")

    assert (
        "See today’s caveats at the Department of Home Affairs. "
        "What follows is what our copy says of January 2025."
    ) in page.under("Caveats for this visa", tag="p")
    assert not any("It is on " in text for text in page.under("Caveats for this visa", tag="dd"))


def test_an_occupation_is_found_by_words_code_group_and_list(client):
    def named(query):
        page = read(client, f"/visas/491/{query}")
        titles = page.under("Occupations that the lists name for it", tag="th")
        return [title for title in titles if title not in {"Code", "Occupation", "List"}]

    assert named("?q=customer+serv") == ["Customer Service Manager"]
    assert named("?q=149212") == ["Customer Service Manager"]
    assert len(named("?major=1&per=100")) < len(named("?per=100"))
    assert named("?q=customer+serv&list=MLTSSL") == []
    assert named("?q=customer+serv&list=nothing") == ["Customer Service Manager"]


@pytest.mark.parametrize("typed", ["subclass%20482", "Visa-482", "4 82"])
def test_a_visa_is_found_however_it_is_typed(client, typed):
    response = client.get(f"/visas/{typed}/")

    assert (response.status_code, response["Location"]) == (301, "/visas/482/")


def test_an_unknown_visa_leads_to_those_we_hold(client):
    response = client.get("/visas/500/")

    assert response.status_code == 404
    assert 'href="/visas/482/"' in response.text


def test_a_current_notice_stands_at_the_top_of_what_it_is_about(client, make_notice):
    make_notice("visa", "482", "The list changes soon.")
    make_notice("list", "CSOL", "This list is being read again.")
    make_notice("site", "", "The department moved its pages.")

    assert "The list changes soon." in client.get("/visas/482/").text
    assert "The list changes soon." in client.get("/visas/").text
    assert "The list changes soon." not in client.get("/visas/186/").text
    assert "This list is being read again." in client.get("/lists/csol/").text
    assert "This list is being read again." not in client.get("/visas/482/").text
    for address in ("/visas/", "/visas/186/", "/lists/", "/lists/stsol/"):
        assert "The department moved its pages." in client.get(address).text


def test_a_notice_that_ended_or_has_not_begun_is_not_shown(client, make_notice):
    make_notice("visa", "482", "It ended yesterday.", days_ago=5, lasts=4)
    make_notice("visa", "482", "It begins tomorrow.", days_ago=-1)
    make_notice("visa", "482", "Its last day is today.", days_ago=5, lasts=5)
    text = client.get("/visas/482/").text

    assert "It ended yesterday." not in text
    assert "It begins tomorrow." not in text
    assert "Its last day is today." in text


@pytest.mark.parametrize(
    ("address", "most"),
    [("/visas/", 7), ("/visas/482/", 11), ("/visas/187/", 8), ("/visas/491/?q=a&per=100", 11)],
)
def test_a_cold_page_asks_the_database_a_fixed_number_of_times(
    client, django_assert_max_num_queries, address, most
):
    with django_assert_max_num_queries(most):
        client.get(address)
