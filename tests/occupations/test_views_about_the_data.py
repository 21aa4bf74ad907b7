"""Every table stands with its publisher, licence, date and next check."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model

from occupations.catalogue.tables import TABLES
from occupations.models import Source, SourceCheck, TableSource
from tests.occupations.page_reader import read

pytestmark = pytest.mark.django_db

ADDRESS = "/about-the-data/"


@pytest.fixture
def source():
    source = Source.objects.create(
        slug="gum-survey",
        title="Gum Tree Survey",
        publisher="Bureau of Gum Trees",
        licence="CC BY 4.0",
        as_at_on=date(2026, 3, 4),
        is_official=True,
        url="https://gum.example/survey",
        next_check_on=date(2099, 1, 2),
    )
    TableSource.objects.create(table="units", source=source)
    return source


def test_every_table_is_listed(client):
    page = read(client, ADDRESS)
    headed = [item.text for item in page.found("Tables", tag="th")]

    assert len(set(headed)) >= len(TABLES)
    for table in TABLES:
        assert f"/download/all/{table.name}.csv" in page.links


def test_a_source_says_publisher_licence_date_standing_and_next_check(client, source):
    page = read(client, ADDRESS)
    told = " ".join(page.under("Gum Tree Survey"))

    assert "Bureau of Gum Trees. Official. Licence: CC BY 4.0." in told
    assert "As at: 4 March 2026." in told
    assert "Next check due: 2 January 2099." in told
    assert "Units of competency" in told
    assert "https://gum.example/survey" in page.links


def test_a_table_leads_to_its_source(client, source):
    page = read(client, ADDRESS)

    cells = page.under("Tables", tag="td")
    assert "Gum Tree Survey, Bureau of Gum Trees" in cells
    assert "#gum-survey" in page.links


def test_an_unofficial_source_without_dates_says_so(client, source):
    Source.objects.filter(pk=source.pk).update(
        is_official=False, as_at_on=None, next_check_on=None, licence=""
    )
    told = " ".join(read(client, ADDRESS).under("Gum Tree Survey"))

    assert "Unofficial copy. Licence: not stated." in told
    assert "As at: not dated." in told
    assert "Next check due: none set." in told


def test_a_check_that_is_overdue_says_so(client, source):
    Source.objects.filter(pk=source.pk).update(next_check_on=date(2026, 1, 2))
    told = " ".join(read(client, ADDRESS).under("Gum Tree Survey"))

    assert "Next check due: 2 January 2026 (overdue)." in told


def test_what_an_editor_found_outranks_the_shipped_date(client, source):
    SourceCheck.objects.create(
        source=source.slug,
        checked_on=date(2026, 11, 1),
        next_check_on=date(2098, 5, 6),
        finding="Nothing changed.",
        checked_by=get_user_model().objects.create(username="editor"),
    )
    told = " ".join(read(client, ADDRESS).under("Gum Tree Survey"))

    assert "Last checked on 1 November 2026. Next check due: 6 May 2098." in told


def test_our_own_words_are_called_so(client):
    own = Source.objects.get(slug="own-words")
    told = " ".join(read(client, ADDRESS).under(own.title))

    assert "Our own words. Licence: Ours." in told


def test_the_number_of_queries_is_constant(client, django_assert_max_num_queries):
    client.get("/glossary/")  # reads the revision
    with django_assert_max_num_queries(6):
        client.get(ADDRESS)
