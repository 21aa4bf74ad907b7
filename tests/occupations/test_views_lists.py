# ruff: noqa: RUF001 - the site writes a real apostrophe
"""The lists: what each names today, for which visas, and how earlier copies differed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from occupations.models import (
    Caveat,
    CaveatWording,
    ListMembership,
    Occupation,
    OccupationList,
    Source,
)
from tests.occupations.page_reader import read

pytestmark = pytest.mark.django_db

NEWEST = "home-affairs-list-2026-09-14"
WHEN_IT_BEGAN = "csol-2024-12-07"


@pytest.fixture(autouse=True)
def as_at():
    """Make the newest copy fifty days old, whenever this runs."""
    day = timezone.localdate() - timedelta(days=50)  # noqa: TID251 - a test is an edge
    Source.objects.filter(slug=NEWEST).update(as_at_on=day)
    return f"{day.day} {day:%B %Y}"


def codes(slug, *, source):
    rows = ListMembership.objects.filter(occupation_list__slug=slug, source__slug=source)
    return set(rows.values_list("occupation__code", flat=True))


def test_every_list_leads_to_its_page_with_its_count(client):
    page = read(client, "/lists/")

    for one in OccupationList.objects.all():
        assert f"/lists/{one.slug}/" in page.links
    assert any(text.startswith("It names 457 occupations") for text in page.under("CSOL", tag="p"))


def test_the_page_of_all_lists_names_the_source_of_each(client):
    sources = [item.text for item in read(client, "/lists/").items if item.css == "source"]

    assert [text.partition(",")[0] for text in sources] == [
        "Source: Skilled occupation list as at 14 September 2026",
        "Source: Skilled occupation lists in October 2024",
    ]


def test_a_list_whose_newest_copy_is_old_is_history(client):
    page = read(client, "/lists/pmsol/")
    told = [item.text for item in page.items]

    assert "See today’s list at the Department of Home Affairs. Our copy is history." in told
    assert "In October 2024 it named 18 occupations of ANZSCO 2013." in told
    assert "Occupations it named" in page.names("h2")
    assert "In October 2024 it named 18 occupations of ANZSCO 2013." in read(
        client, "/lists/"
    ).under("PMSOL", tag="p")


def test_a_list_names_its_date_edition_visas_and_source(client, as_at):
    page = read(client, "/lists/stsol/")

    assert page.under("As at", tag="dd") == [as_at]
    assert "ANZSCO First Edition" in page.under("Codes of", tag="dd")[0]
    assert any(text.startswith("190 Skilled Nominated, 215") for text in page.under("Visas"))
    assert any(text.endswith("closed to new applications") for text in page.under("Visas"))
    assert any(
        text.startswith("Source: Skilled occupation list as at 14 September 2026")
        for text in page.under("At a glance", tag="p", css="source")
    )


def test_a_list_can_be_downloaded_as_a_table(client):
    address = next(link for link in read(client, "/lists/csol/").links if link.endswith(".csv"))

    assert b"".join(client.get(address)).count(b"csol") >= 457


def test_the_whole_list_is_there_page_by_page(client):
    shown = set()
    for number in range(1, 6):
        page = read(client, f"/lists/csol/?per=100&page={number}")
        cells = page.under("Occupations it names", tag="td")
        shown |= {text for text in cells if text.isdigit()}

    assert shown == codes("csol", source=NEWEST)


def test_the_table_keeps_its_state_in_the_address(client):
    page = read(client, "/lists/csol/?q=manager&major=1&sort=title&dir=desc&per=20")
    titles = page.under("Occupations it names", tag="th")[3:]

    assert titles == sorted(titles, key=str.casefold, reverse=True)
    assert any(
        link.startswith("?q=manager&major=1&sort=title&dir=desc&per=20&page=2")
        for link in page.links
    )


def test_what_nothing_fits_says_so_and_leads_to_the_search(client):
    page = read(client, "/lists/csol/?q=astronaut+zebra")

    assert "/search/?q=astronaut%20zebra" in page.links


def test_two_whole_copies_of_a_list_are_compared(client):
    page = read(client, "/lists/csol/")
    added = codes("csol", source=NEWEST) - codes("csol", source=WHEN_IT_BEGAN)

    assert "December 2024" in page.names("h3")
    assert {text[:6] for text in page.under("December 2024", tag="li")} == added


def test_two_old_copies_are_compared_in_the_past_tense(client):
    Source.objects.filter(slug=NEWEST).update(as_at_on="2025-01-31")
    told = read(client, "/lists/csol/").under("Earlier copies", tag="p")

    assert "The newer copy named 3 that this one did not:" in told


def test_what_left_a_list_is_named(client):
    left = Occupation.objects.get(edition__slug="anzsco-2022", code="541111")
    ListMembership.objects.create(
        occupation=left,
        occupation_list=OccupationList.objects.get(slug="csol"),
        source=Source.objects.get(slug=WHEN_IT_BEGAN),
        visas=["482"],
    )
    page = read(client, "/lists/csol/")

    assert "It named 1 that the newer copy does not:" in page.under("December 2024", tag="p")
    assert any(text.startswith("541111") for text in page.under("December 2024", tag="li"))


def test_copies_that_agree_are_said_to(client):
    newer = codes("csol", source=NEWEST) - codes("csol", source=WHEN_IT_BEGAN)
    ListMembership.objects.filter(
        occupation__code__in=newer, occupation_list__slug="csol", source__slug=NEWEST
    ).delete()

    assert "It named the same occupations as the newer copy." in client.get("/lists/csol/").text


def test_a_copy_that_may_not_be_whole_is_not_compared(client):
    page = read(client, "/lists/stsol/")
    told = page.under("Earlier copies", "October 2024", tag="p")

    assert told[0].startswith("The list named 215 occupations of ANZSCO 2013")
    assert told[1].startswith("This copy may not be whole")
    assert page.under("October 2024", tag="li") == []


def test_caveats_in_force_stand_before_those_that_ended(client):
    page = read(client, "/lists/csol/")

    assert page.under("Caveats on these occupations", tag="dd")
    row = next(
        text
        for text in page.under("Occupations it names", tag="th")
        if text.startswith("Chief Executive")
    )
    assert row.endswith("Caveat: Salary")


def test_the_words_that_an_agent_approved_outrank_ours(client, django_user_model):
    caveat = Caveat.objects.get(
        memberships__occupation__code="111111",
        memberships__occupation__edition__slug="anzsco-2022",
        instrument__in_force_to_on=None,
    )
    CaveatWording.objects.create(
        instrument=caveat.instrument.slug,
        caveat_key=caveat.key,
        wording="Said by an agent.",
        approved_by_name="A. Agent",
        approver_marn="1234567",
        approved_on=timezone.localdate(),  # noqa: TID251 - a test is an edge
        written_by=django_user_model.objects.create_user("editor"),
        written_at=timezone.now(),  # noqa: TID251 - a test is an edge
    )
    told = read(client, "/lists/csol/").under("Caveats on these occupations", tag="dd")

    assert any(text.startswith("Said by an agent.") for text in told)
    assert not any(text.startswith(caveat.wording) for text in told)


def test_a_list_without_a_copy_leads_to_the_department(client):
    OccupationList.objects.create(slug="new", acronym="NEW", title="A new list")

    assert "We hold no copy of this list." in client.get("/lists/new/").text
    assert "We hold no copy of the A new list (NEW)." in client.get("/lists/").text


@pytest.mark.parametrize("typed", ["CSOL", "RSMS%20ROL", "rsms_rol"])
def test_a_list_is_found_however_it_is_typed(client, typed):
    response = client.get(f"/lists/{typed}/")

    assert response.status_code == 301
    assert response["Location"] in {"/lists/csol/", "/lists/rsms-rol/"}


def test_an_unknown_list_leads_to_those_we_hold(client):
    response = client.get("/lists/sol/")

    assert response.status_code == 404
    assert 'href="/lists/csol/"' in response.text


@pytest.mark.parametrize(
    ("address", "most"), [("/lists/", 6), ("/lists/csol/", 8), ("/lists/stsol/?per=100", 8)]
)
def test_a_cold_page_asks_the_database_a_fixed_number_of_times(
    client, django_assert_max_num_queries, address, most
):
    with django_assert_max_num_queries(most):
        client.get(address)
