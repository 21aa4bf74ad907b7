"""What the search page says of a hit, in which order, and what is close to it."""

import re

import pytest

from occupations.search import Kind, find, look_alikes
from tests.occupations.search_page.hits import hits_of

pytestmark = pytest.mark.django_db


def test_a_hit_tells_its_kind_edition_level_what_sets_it_apart_and_why(page):
    title, told = hits_of(page("q=Call+or+Contact+Centre+Team+Leader"))[0]
    found = page("q=Call+or+Contact+Centre+Team+Leader")
    kinds = [item.text for item in found.items if item.css == "kind"]

    assert title == "541111 Call or Contact Centre Team Leader"
    assert kinds[0] == "Occupation · ANZSCO 2022 · skill level 3"
    assert find("541111").hits[0].summary in told
    assert any(text.startswith("Its title is what you typed") for text in told)


def test_a_hit_leads_to_the_same_occupation_in_other_editions(page):
    found = page("q=customer+service+manager&kind=occupation")

    assert "/occupations/anzsco-2013/149212/" in found.links
    also = next(text for _, told in hits_of(found) for text in told if text.startswith("Also in"))
    assert "ANZSCO 2021, ANZSCO 2019" in also
    assert "OSCA 2024 as" in also


def test_a_term_of_the_glossary_is_found_by_its_name_and_others(page):
    found = page("q=alternate+title&kind=glossary")

    assert hits_of(found)[0][0] == "Alternative title"
    assert "/glossary/#alternative-title" in found.links
    assert {hit.page.kind for hit in find("skill level", kind=Kind.GLOSSARY).hits} == {
        Kind.GLOSSARY
    }


def test_a_term_is_found_by_its_name_alone_unless_terms_are_asked_for():
    kinds = {hit.page.kind for hit in find("specialisation manager").hits}

    assert Kind.GLOSSARY not in kinds
    assert find("specialisation").hits[0].page.kind is Kind.GLOSSARY
    assert find("published specialisations", kind=Kind.GLOSSARY).hits


def test_training_is_first_only_where_it_was_meant():
    assert find("customer contact").hits[0].page.kind is not Kind.QUALIFICATION
    assert find("certificate iv in customer contact").hits[0].page.kind is Kind.QUALIFICATION


def test_a_group_follows_the_occupation_of_its_name():
    kinds = [hit.page.kind for hit in find("chef").hits]

    assert kinds[:2] == [Kind.OCCUPATION, Kind.GROUP]


def test_hits_that_are_close_are_named_together_and_lead_to_a_comparison(page):
    found = page("q=accountant")
    notice = next(item for item in found.items if item.css == "notice")

    assert notice.text.startswith(
        "Close to each other: 221111 Accountant (General), 221112 Management Accountant"
    )
    assert "Read what sets them apart" in notice.text
    assert notice.links[0].startswith("/compare/?o=anzsco-2022:221111&o=anzsco-2022:221112")


def test_the_nearest_titles_are_not_called_close_to_each_other(page):
    found = page("q=customer+zebra+manager")

    assert not [item for item in found.items if item.text.startswith("Close to each other")]


def test_what_a_group_is_not_to_be_confused_with_is_close(index):
    hits = find("customer service manager", index=index).hits
    close = {hit.page.code for hit in look_alikes(hits)}

    assert "149211" in close  # of the same unit group
    named = [hit for hit in hits if {hit.page.code, hit.unit_group} & hits[0].confused_with]
    assert {hit.page.code for hit in named[:1]} <= close


def test_what_stands_alone_is_close_to_nothing(index):
    assert look_alikes(find("chef", index=index).hits) == ()
    assert look_alikes(()) == ()
    assert look_alikes(find("5411", index=index).hits) == ()


def test_no_result_reads_as_advice(client):
    for query in ("student", "xyzzyq", "customer zebra manager", "accountant", "chef"):
        words = client.get(f"/search/?q={query}").text.lower()
        assert not re.search(r"\b(you qualify|you should|eligible|best)\b", words)
