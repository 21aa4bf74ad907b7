"""One result stands for an occupation in all its editions, and each edition has its own."""

import pytest

from occupations.models import Edition, Occupation
from occupations.search import Kind, find, gather
from occupations.search.concepts import Concepts

pytestmark = pytest.mark.django_db


@pytest.fixture
def concepts():
    return Concepts()


def concept_of(concepts, edition, code):
    row = Occupation.objects.get(edition__slug=edition, code=code)
    return concepts.every[concepts.of(row.pk)]


def edition(slug):
    return Edition.objects.get(slug=slug)


def test_an_occupation_is_one_concept_in_every_edition_that_has_it(concepts):
    manager = concept_of(concepts, "anzsco-2013", "149212")

    assert manager is concept_of(concepts, "anzsco-2022", "149212")
    assert manager is concept_of(concepts, "osca-2024", "172132")
    assert manager.home.edition == "anzsco-2022"
    assert list(manager.pages) == [
        "anzsco-2022",
        "anzsco-2021",
        "anzsco-2019",
        "anzsco-2013",
        "osca-2024",
    ]
    assert manager.also_in(manager.home) == (
        "ANZSCO 2021",
        "ANZSCO 2019",
        "ANZSCO 2013",
        "OSCA 2024 as 172132",
    )


def test_one_that_was_split_is_a_concept_of_its_own_that_its_parts_do_not_have(concepts):
    split = concept_of(concepts, "anzsco-2021", "224113")

    assert not split.is_current
    assert set(split.pages) == {"anzsco-2021", "anzsco-2019", "anzsco-2013"}
    for code in ("224114", "224115", "224116"):
        part = concept_of(concepts, "anzsco-2022", code)
        assert part.is_current
        assert set(part.pages) <= {"anzsco-2022", "osca-2024"}


@pytest.mark.parametrize("code", ["224113", "224711", "334111", "394111"])
def test_what_was_split_is_found_in_the_editions_that_had_it(code):
    title = Occupation.objects.get(edition__slug="anzsco-2013", code=code).title

    for slug in ("anzsco-2013", "anzsco-2021"):
        hit = find(title, edition=edition(slug)).hits[0]
        assert (hit.page.edition, hit.page.code) == (slug, code)
    newest = [hit.page for hit in find(title, kind=Kind.OCCUPATION).hits[:2]]
    assert "anzsco-2022" in {page.edition for page in newest if page.code != code}


def test_a_part_of_a_wider_occupation_is_found_in_its_own_edition_and_names_the_wider_one():
    for edition_of, code in ((None, "351311"), (edition("osca-2024"), "161631")):
        assert find("senior chef", edition=edition_of).hits[0].page.code == code
    assert find("chef", edition=edition("osca-2024")).hits[0].page.code == "321131"
    (senior,) = find("161631").hits
    assert senior.others == ()


@pytest.mark.no_cover  # a sweep over lines that other tests run too
@pytest.mark.parametrize(
    ("slug", "but_for"),
    [("anzsco-2013", ""), ("anzsco-2021", "anzsco-2013"), ("osca-2024", "")],
)
def test_every_occupation_of_a_chosen_edition_is_found_first_by_its_title(slug, but_for):
    """Those that another edition has alike, code and title, are asked for in that one."""
    chosen = edition(slug)
    rows = Occupation.objects.current().filter(edition=chosen, retired=False)
    alike = Occupation.objects.filter(edition__slug=but_for).values_list("code", "title")
    codes: dict[str, set[str]] = {}
    for row in rows:
        codes.setdefault(row.title, set()).add(row.code)
    asked_there = {title for _, title in set(rows.values_list("code", "title")) & set(alike)}

    missed = [
        title
        for title, known in codes.items()
        if title not in asked_there
        for hits in [find(title, edition=chosen, kind=Kind.OCCUPATION).hits]
        if not hits or hits[0].page.code not in known or hits[0].page.edition != slug
    ]

    assert missed == []


@pytest.mark.parametrize("query", ["chef", "customer service manager", "sparky", "541111"])
def test_an_occupation_is_one_hit(query):
    hits = find(query).hits

    addresses = [page.url for hit in hits for page in (hit.page, *hit.others)]
    assert len(addresses) == len(set(addresses))


@pytest.mark.parametrize("slug", ["anzsco-2013", "osca-2024"])
@pytest.mark.parametrize("query", ["sparky", "nurse", "call centre", "business", "chippy"])
def test_a_chosen_edition_is_kept_to(query, slug):
    hits = find(query, edition=edition(slug), kind=Kind.OCCUPATION).hits

    assert hits
    assert {hit.page.edition for hit in hits} == {slug}


def test_a_lay_word_reaches_the_parts_of_a_split_occupation():
    said = find("sparky", edition=edition("osca-2024")).hits[:3]

    assert {hit.page.code for hit in said} == {"381231", "381232", "381233"}
    assert {hit.evidence.matched_kind for hit in said} == {"lay_word"}


def test_an_occupation_that_the_catalogue_withdrew_is_gone():
    Occupation.objects.filter(code="351311").update(withdrawn_on="2026-01-01")

    assert all(page.code != "351311" for one in gather().concepts for page in one.pages.values())


def test_groups_and_training_are_concepts_too(concepts):
    kinds = [one.home.kind for one in concepts.every]

    assert {Kind.GROUP, Kind.QUALIFICATION, Kind.UNIT} <= set(kinds)
    group = concepts.every[concepts.codes["5411"][0][0]]
    assert (group.home.edition, group.home.kind_name) == ("anzsco-2022", "Unit group")
