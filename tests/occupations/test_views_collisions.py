"""Codes that OSCA and ANZSCO share: no page lets one meaning pass for the other."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from occupations.models import Group, Occupation
from tests.occupations.page_reader import read

pytestmark = pytest.mark.django_db


def shared(rows, *, edition=""):
    """List the rows of ANZSCO whose code OSCA has too, the newest edition first."""
    codes = rows.filter(edition__classification="OSCA").values("code")
    anzsco = rows.filter(edition__classification="ANZSCO", code__in=codes)
    anzsco = anzsco.filter(edition__slug=edition) if edition else anzsco
    return list(anzsco.select_related("edition").order_by("-edition__released_on", "code"))


def occupations():
    return Occupation.objects.filter(retired=False)


def newest_of_each(rows):
    """Give one row a code, of the newest edition of ANZSCO that has it, and its namesake."""
    newest = {row.code: row for row in reversed(shared(rows))}
    osca = {
        row.code: row
        for row in rows.filter(edition__classification="OSCA").select_related("edition")
    }
    return [(row, osca[code]) for code, row in newest.items()]


def banner_on(client, page):
    """Give the first banner of a page with its links: the collision stands before all others."""
    text = client.get(page.get_absolute_url()).text
    first = text.partition('<div class="banner">')[2].partition("</div>")[0]
    return " ".join(first.split())


def assert_both_are_named(client, page, other):
    banner = banner_on(client, page)
    assert f'href="{other.get_absolute_url()}"' in banner
    assert escape(other.title) in banner
    assert str(other.edition) in banner
    if page.title == other.title:
        assert "with the same title" in banner
    else:
        assert f"<strong>{page.code} has two meanings.</strong>" in banner
        assert f"Here, in {page.edition}, it means {escape(page.title)}." in banner
        assert f'href="{reverse("occupations:code", args=[page.code])}"' in banner


@pytest.mark.parametrize(
    ("rows", "edition", "count"),
    [
        pytest.param(occupations, "anzsco-2022", 12, id="occupations of 2022"),
        pytest.param(occupations, "", 13, id="occupations of any edition"),
        pytest.param(
            lambda: Group.objects.filter(level="unit"), "anzsco-2022", 192, id="unit groups of 2022"
        ),
        pytest.param(
            lambda: Group.objects.filter(level="unit"), "", 199, id="unit groups of any edition"
        ),
    ],
)
def test_so_many_codes_are_shared(rows, edition, count):
    assert len({row.code for row in shared(rows(), edition=edition)}) == count


@pytest.mark.no_cover  # a sweep over lines that other tests run too
def test_every_shared_occupation_names_both_meanings_on_both_pages(client):
    pairs = newest_of_each(occupations())

    assert len(pairs) == 13
    for anzsco, osca in pairs:
        assert_both_are_named(client, anzsco, osca)
        assert_both_are_named(client, osca, anzsco)


@pytest.mark.no_cover  # a sweep over lines that other tests run too
@pytest.mark.parametrize(
    ("level", "every"),
    [
        ("major", 1),
        ("sub_major", 2),
        ("minor", 8),
        ("unit", 20),
        pytest.param("sub_major", 1, marks=pytest.mark.slow),
        pytest.param("minor", 1, marks=pytest.mark.slow),
        pytest.param("unit", 1, marks=pytest.mark.slow),
    ],
)
def test_shared_groups_name_both_meanings_on_both_pages(client, level, every):
    for anzsco, osca in newest_of_each(Group.objects.filter(level=level))[::every]:
        assert_both_are_named(client, anzsco, osca)
        assert_both_are_named(client, osca, anzsco)


@pytest.mark.no_cover  # a sweep over lines that other tests run too
@pytest.mark.parametrize("rows", [occupations, Group.objects.all])
def test_a_code_alone_shows_both_meanings_wherever_they_differ(client, rows):
    for anzsco, osca in newest_of_each(rows()):
        address = reverse("occupations:code", args=[anzsco.code])
        response = client.get(address)
        if anzsco.title == osca.title:
            assert (response.status_code, response["Location"]) == (302, anzsco.get_absolute_url())
            continue
        page = read(client, address)
        assert [anzsco.title, osca.title] == page.names("h2")[:2]
        assert {anzsco.get_absolute_url(), osca.get_absolute_url()} <= set(page.links)


@pytest.mark.no_cover  # a sweep over lines that other tests run too
@pytest.mark.parametrize("every", [9, pytest.param(1, marks=pytest.mark.slow)])
def test_an_older_edition_s_page_warns_as_well(client, every):
    for page in shared(occupations())[::every]:
        osca = Occupation.objects.get(edition__classification="OSCA", code=page.code)
        assert_both_are_named(client, page, osca)


def test_a_code_of_one_classification_alone_carries_no_warning(client):
    for address in ("/occupations/anzsco-2022/541111/", "/occupations/osca-2024/551132/"):
        assert "has two meanings" not in client.get(address).text
