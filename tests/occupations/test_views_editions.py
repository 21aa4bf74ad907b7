"""The page of an edition: which visas read it, what their lists hold, and as at when."""

from datetime import date

import pytest

from occupations.models import Edition, ListMembership, Source
from tests.occupations.page_reader import read

pytestmark = pytest.mark.django_db

VISAS = "Which visa reads which edition"


def test_the_edition_of_the_page_comes_first_and_the_other_one_is_linked(client):
    page = read(client, "/occupations/anzsco-2022/")

    named = [text for text in page.names("h3") if text.startswith("ANZSCO")]
    assert named == ["ANZSCO 2022, this edition", "ANZSCO 2013"]
    assert page.under(VISAS, named[0]) == [
        "Open 186 Employer Nomination Scheme",
        "Open 482 Skills in Demand",
    ]


def test_closed_visas_are_said_to_be_closed(client):
    lines = read(client, "/occupations/anzsco-2013/").under(VISAS, "ANZSCO 2013, this edition")

    assert [line.split()[1] for line in lines if line.startswith("Closed")] == ["187", "489"]
    assert len(lines) == 8


def test_each_list_is_counted_from_the_newest_copy_with_its_date(client):
    page = read(client, "/occupations/anzsco-2013/")

    assert page.under(VISAS, "ANZSCO 2013, this edition", tag="dd") == [
        "Medium and Long-term Strategic Skills List: it names 216 occupations",
        "Regional Occupation List: it names 220 occupations",
        "Regional Sponsored Migration Scheme Regional Occupation List: it names 23 occupations",
        "Short-term Skilled Occupation List: it names 216 occupations",
    ]
    assert page.under(VISAS, "ANZSCO 2022", tag="dd") == [
        "Core Skills Occupation List: it names 457 occupations"
    ]
    for source in page.under(VISAS, tag="p", css="source"):
        assert "as at 14 September 2026" in source


def test_an_edition_that_no_visa_reads_still_says_which_ones_are_read(client):
    for slug in ("anzsco-2019", "osca-2024"):
        page = read(client, f"/occupations/{slug}/")

        named = [text for text in page.names("h3") if text.startswith("ANZSCO")]
        assert named == ["ANZSCO 2013", "ANZSCO 2022"]


def test_an_old_copy_is_told_in_the_past_after_the_official_link(client):
    Source.objects.update(as_at_on=None)
    Source.objects.filter(slug="home-affairs-list-2026-09-14").update(as_at_on=date(2024, 10, 1))

    page = read(client, "/occupations/anzsco-2022/")

    paragraphs = page.under(VISAS, "ANZSCO 2022, this edition", tag="p")
    assert paragraphs[0].endswith("s lists at the Department of Home Affairs. Our copy is old.")
    assert page.under(VISAS, "ANZSCO 2022, this edition", tag="dd") == [
        "Core Skills Occupation List: it named 457 occupations"
    ]


def test_without_a_copy_of_its_lists_it_says_so(client):
    ListMembership.objects.all().delete()

    page = read(client, "/occupations/anzsco-2022/")

    assert page.under(VISAS, "ANZSCO 2022, this edition", tag="p") == [
        "We hold no copy of its lists."
    ]


def test_every_edition_asks_the_database_the_same_number_of_times(
    client, django_assert_max_num_queries
):
    for edition in Edition.objects.all():
        with django_assert_max_num_queries(6):
            client.get(edition.get_absolute_url())
