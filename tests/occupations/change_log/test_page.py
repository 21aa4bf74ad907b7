"""The page of changes tells of loads, narrowed and turned over."""

import pytest

from occupations.models import CatalogueLoad
from tests.occupations.change_log.facts import fact


@pytest.mark.django_db
class TestPage:
    def test_it_tells_of_loads_newest_first_with_counts_and_facts(self, client, load):
        fact(load)

        text = client.get("/changes/").text

        assert "24 November 2026" in text
        assert "Occupations named by the lists</a>: 0 added, 1 altered, 0 withdrawn" in text
        assert "1 table loaded for the first time</summary>" in text
        assert "Visas: 9 rows" in text
        assert "<del>190, 407</del>" in text
        first = CatalogueLoad.objects.earliest()
        assert text.index(f"Revision {load.pk}<") < text.index(f"{first}<")

    def test_it_filters_by_table_kind_and_subject_with_the_state_in_the_address(self, client, load):
        fact(load)
        fact(load, kind="added", before=None, after={"visas": ["491"]}, code="149211")

        def shown(**query):
            response = client.get("/changes/", query)
            return sum(len(entry.facts) for entry in response.context["entries"])

        assert shown(table="list_memberships") == 2
        assert shown(table="visas") == 0
        assert shown(kind="added") == 1
        assert shown(revision=load.pk) == 2
        assert shown(about="anzsco-2013:149212") == 1
        assert shown(about="anzsco-2013:149212", kind="added") == 0

    def test_it_turns_over_with_the_filters_kept(self, client, load):
        for number in range(51):
            fact(load, key={"list": "stsol", "occupation": str(number)})

        first = client.get("/changes/", {"table": "list_memberships"})
        second = client.get("/changes/", {"table": "list_memberships", "page": "2"})

        assert 'href="?table=list_memberships&amp;page=2"' in first.text
        assert second.context["page"].start_index() == 51
        assert "of 51" in second.text

    @pytest.mark.parametrize(
        "query", ["table=%00", "kind=no", "revision=9e9", "page=x&revision=-1"]
    )
    def test_what_cannot_be_asked_is_as_if_not_asked(self, client, query):
        response = client.get(f"/changes/?{query}")

        assert response.status_code == 200
        assert response.context["state"] == {}

    def test_a_code_that_we_do_not_hold_is_a_page_that_helps(self, client):
        response = client.get("/changes/?about=anzsco-2022:999999")

        assert response.status_code == 404
        assert "We hold nothing with this code." in response.text

    def test_its_queries_do_not_grow_with_the_facts(self, client, load, django_assert_num_queries):
        for code in ("149211", "149212", "541111", "221111"):
            fact(load, code=code)
        client.get("/changes/")

        with django_assert_num_queries(9):
            client.get("/changes/?page=1")
