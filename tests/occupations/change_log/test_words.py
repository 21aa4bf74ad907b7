"""What a load changed is told in words, and to whom it concerns."""

import pytest

from occupations.change_log import about_subject, changes_of, entries
from occupations.models import FactChange
from tests.occupations.change_log.facts import fact


def told(**fields):
    (entry,) = entries(FactChange.objects.filter(pk=fields["change"].pk))
    return str(entry.facts[0])


@pytest.mark.django_db
class TestWords:
    def test_an_altered_fact_names_its_occupation_and_both_values(self, load):
        assert told(change=fact(load)) == (
            "149212 Customer Service Manager (ANZSCO 2013): STSOL visas 190, 407 → 190"
        )

    def test_an_added_and_a_withdrawn_row_say_so(self, load):
        row = {"visas": ["190", "407"], "authority_named": ""}

        added = fact(load, kind="added", before=None, after=row)
        withdrawn = fact(load, kind="withdrawn", before=row, after=None)

        lead = "149212 Customer Service Manager (ANZSCO 2013): STSOL:"
        assert told(change=added) == f"{lead} added; visas 190, 407"
        assert told(change=withdrawn) == f"{lead} withdrawn; visas 190, 407"

    def test_a_count_that_stands_for_fewer_than_twenty_says_so(self, load):
        change = fact(
            load,
            table="expression_counts",
            key={"visa": "190", "stream": "SAS", "status": "hold", "points": 80},
            before={"count": 10},
            after={"count": 21},
        )

        assert told(change=change).endswith("80 points count fewer than 20 → 21")

    def test_a_shortage_names_its_place_and_its_rating_as_the_page_does(self, load):
        change = fact(
            load,
            table="shortage_ratings",
            edition="anzsco-2022",
            code="1492",
            key={"edition": "anzsco-2022", "group": "1492", "place": "nsw"},
            before={"rating": "none"},
            after={"rating": "shortage"},
        )

        assert told(change=change).endswith(
            "(ANZSCO 2022): shortage, New South Wales rating No shortage → Shortage"
        )

    def test_what_was_not_stated_is_said_to_be_so(self, load):
        change = fact(
            load,
            table="instruments",
            edition="",
            code="",
            key={"slug": "caveats-2022-03"},
            before={"in_force_to_on": None},
            after={"in_force_to_on": "2024-12-07"},
        )

        assert told(change=change).endswith("in force to not stated → 7 December 2024")

    def test_an_altered_occupation_is_its_own_fact(self, load):
        change = fact(
            load,
            table="occupations",
            key={"edition": "anzsco-2013", "code": "149212"},
            before={"skill_level_nz": 2, "retired": False},
            after={"skill_level_nz": 3, "retired": True},
        )

        assert told(change=change) == (
            "149212 Customer Service Manager (ANZSCO 2013): "
            "skill level in New Zealand 2 → 3; retired no → yes"
        )

    def test_official_wording_stays_on_the_pages_that_name_its_licence(self, load):
        change = fact(
            load,
            table="official_texts",
            key={
                "edition": "anzsco-2013",
                "group": "",
                "occupation": "149212",
                "kind": "task",
                "seq": 2,
            },
            before={"text": "Secret words"},
            after={"text": "Other words"},
        )

        assert told(change=change) == (
            "149212 Customer Service Manager (ANZSCO 2013): official wording, task 2: altered"
        )

    def test_a_subject_that_we_no_longer_hold_is_named_by_its_code(self, load):
        change = fact(load, edition="anzsco-2013", code="999999")

        assert told(change=change).startswith("999999 ANZSCO 2013: STSOL")

    def test_a_qualification_is_named_by_its_title(self, load):
        change = fact(
            load,
            table="packaged_units",
            kind="withdrawn",
            edition="",
            code="BSB40307",
            key={"qualification": "BSB40307", "release": 1, "unit": "BSBCCO402A", "category": ""},
            before={"kind": "core", "seq": 1},
            after=None,
        )

        assert told(change=change) == (
            "BSB40307 Certificate IV in Customer Contact: "
            "release 1, unit BSBCCO402A: withdrawn; kind core"
        )


@pytest.mark.django_db
class TestAbout:
    def test_an_occupation_hears_of_its_unit_group_and_of_links_that_lead_to_it(self, load):
        own = fact(load, edition="anzsco-2022", code="149212")
        of_group = fact(load, edition="anzsco-2022", code="1492", table="tasks")
        link = fact(
            load,
            table="correspondences",
            edition="anzsco-2021",
            code="149212",
            key={
                "from_edition": "anzsco-2021",
                "from_code": "149212",
                "to_edition": "anzsco-2022",
                "to_code": "149212",
            },
        )
        fact(load, edition="anzsco-2022", code="149211")
        fact(load, edition="anzsco-2013", code="149212")

        about = about_subject("anzsco-2022:149212")

        assert set(changes_of(about=about)) == {own, of_group, link}

    @pytest.mark.parametrize("key", ["anzsco-1066:149212", "anzsco-2022:999999", "NOPE1", ":"])
    def test_what_we_do_not_hold_is_no_subject(self, key):
        assert about_subject(key) is None
