"""Our plain words stand where they are true: at their own edition, and at groups like theirs."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from occupations.facts import every_edition, find_occupation, occupation_facts
from occupations.facts.groups import alike, occupations_of, places_like
from occupations.facts.plain_words import GroupWords, NotToBeConfused, group_words_of
from occupations.facts.values import Place
from occupations.models import (
    ConfusedCode,
    Correspondence,
    Group,
    GroupSummary,
    Occupation,
    OccupationSummary,
)

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 24)


def group(edition, code):
    return Group.objects.select_related("edition").get(edition__slug=edition, code=code)


def line(edition, code):
    found = group(edition, code)
    return alike(found, places_like(found))


def slugs(edition, code):
    return [one.row["edition_slug"] for one in line(edition, code)]


def words_about(edition, code):
    return group_words_of(line(edition, code))


def facts(edition, code):
    found = find_occupation(edition=edition, code=code)
    assert found is not None
    return occupation_facts(found, on=ON)


def link(one, other):
    (older, code), (newer, new_code) = one, other
    return Correspondence.objects.get(
        from_occupation__edition__slug=older,
        from_occupation__code=code,
        to_occupation__edition__slug=newer,
        to_occupation__code=new_code,
    )


class TestGroupsThatCorrespond:
    def test_a_group_whose_occupations_are_the_same_corresponds_in_every_edition(self):
        assert slugs("anzsco-2013", "5411") == [
            "anzsco-2013",
            "anzsco-2022",
            "anzsco-2021",
            "anzsco-2019",
        ]

    def test_a_group_that_gained_an_occupation_does_not(self):
        assert slugs("anzsco-2013", "2613") == ["anzsco-2013", "anzsco-2019"]
        assert slugs("anzsco-2022", "2613") == ["anzsco-2022", "anzsco-2021"]

    def test_the_same_digits_in_osca_count_only_where_each_occupation_is_linked(self):
        assert "anzsco-2022" in slugs("osca-2024", "8114")
        assert slugs("osca-2024", "5411") == ["osca-2024"]
        assert slugs("osca-2024", "1492") == ["osca-2024"]

    def test_each_occupation_is_followed_to_its_counterpart(self):
        own, newer = line("osca-2024", "8114")[:2]
        codes = dict(Occupation.objects.values_list("pk", "code"))

        followed = {codes[key]: codes[there] for key, there in newer.standing_in.items()}

        assert set(own.standing_in) == set(newer.standing_in)
        assert all(len(code) == 6 for code in followed.values())
        assert len(set(followed.values())) == len(followed) > 1

    def test_one_partial_link_on_the_way_is_enough_to_part_them(self):
        partial = link(("anzsco-2019", "541112"), ("anzsco-2021", "541112"))
        partial.is_partial = True
        partial.save()

        assert slugs("anzsco-2013", "5411") == ["anzsco-2013", "anzsco-2019"]
        assert slugs("anzsco-2022", "5411") == ["anzsco-2022", "anzsco-2021"]

    def test_a_second_link_from_either_side_parts_them(self):
        away = Occupation.objects.get(edition__slug="anzsco-2022", code="639311")
        Correspondence.objects.create(
            from_occupation=Occupation.objects.get(edition__slug="anzsco-2021", code="541112"),
            to_occupation=away,
            is_partial=False,
            origin="derived",
        )

        assert slugs("anzsco-2021", "5411") == ["anzsco-2021", "anzsco-2019", "anzsco-2013"]
        assert slugs("anzsco-2022", "5411") == ["anzsco-2022"]

    def test_an_occupation_that_nothing_leads_to_parts_them(self):
        link(("anzsco-2021", "541112"), ("anzsco-2022", "541112")).delete()

        assert slugs("anzsco-2022", "5411") == ["anzsco-2022"]


class TestWords:
    def test_what_is_written_for_an_edition_is_told_there_as_its_own(self):
        words = words_about("anzsco-2022", "5411")

        assert words.summary.written_for is None
        assert words.tasks.written_for is None
        assert words.summary.status == "reviewed"
        assert words.summary.reviewed_on >= words.summary.written_on
        assert words.summary.official_url.endswith("/2022/browse-classification/5/54/541/5411")
        assert words.summary.official_title == "unit group 5411 in ANZSCO 2022"

    def test_another_edition_says_for_which_one_they_were_written(self):
        words = words_about("anzsco-2013", "5411")

        assert words.summary.written_for.key == "anzsco-2022:5411"
        assert words.tasks.written_for.key == "anzsco-2022:5411"
        assert words.not_to_be_confused.written_for.key == "anzsco-2022:5411"
        assert {one.edition for one in words.not_to_be_confused.places} == {"anzsco-2022"}

    def test_where_no_page_of_a_code_is_known_the_page_of_the_edition_is_named(self):
        words = words_about("anzsco-2021", "1492")

        assert words.summary.status == "drafted"
        assert words.summary.reviewed_on is None
        assert words.summary.official_title == "ANZSCO 2021"
        assert words.summary.official_url == group("anzsco-2021", "1492").edition.url

    def test_a_group_that_is_not_the_same_is_told_nothing(self):
        assert words_about("anzsco-2013", "2613") == GroupWords(None, None, None)

    def test_an_occupation_carries_the_words_of_its_group(self):
        newer, older, other = (
            facts("anzsco-2022", "541112"),
            facts("anzsco-2013", "541112"),
            facts("anzsco-2013", "261313"),
        )

        assert newer.group_summary.text == older.group_summary.text
        assert newer.summary.text == older.summary.text
        assert (newer.summary.written_for, older.summary.written_for.code) == (None, "541112")
        assert newer.not_to_be_confused.places == older.not_to_be_confused.places
        assert (other.summary, other.group_summary, other.tasks) == (None, None, None)

    def test_an_occupation_with_another_code_is_told_the_words_of_its_counterpart(self):
        osca = group("osca-2024", "8114")
        rows = occupations_of(osca, every_edition(), line=line("osca-2024", "8114"))
        written = dict(
            OccupationSummary.objects.filter(occupation__edition__slug="anzsco-2022").values_list(
                "text", "occupation__code"
            )
        )

        for row in rows:
            assert row["words"].written_for.edition == "anzsco-2022"
            assert written[row["words"].text] == row["words"].written_for.code

    def test_each_group_of_2022_names_another_code(self):
        for one in GroupSummary.objects.filter(group__edition__slug="anzsco-2022")[:40]:
            words = words_about("anzsco-2022", one.group.code)
            told = list(words.not_to_be_confused.parts)

            assert "".join(text for text, _ in told) == one.not_to_be_confused
            assert {place for _, place in told if place} == set(words.not_to_be_confused.places)


class TestParts:
    def confused(self, text, *titles):
        places = tuple(Place("x", "X", *title.split(" ", 1)) for title in titles)
        return [
            (part, place.code if place else "")
            for part, place in NotToBeConfused(text, places, None).parts
        ]

    def test_a_code_is_a_link_with_the_title_that_follows(self):
        assert self.confused("See 6393 Telemarketers, who call.", "6393 Telemarketers") == [
            ("See ", ""),
            ("6393 Telemarketers", "6393"),
            (", who call.", ""),
        ]

    def test_a_title_may_stand_without_what_it_has_in_brackets_or_not_at_all(self):
        assert self.confused("3626 Gardeners dig. A 149211 runs.", "3626 Gardeners (General)") == [
            ("3626 Gardeners", "3626"),
            (" dig. A 149211 runs.", ""),
        ]
        assert self.confused("3626 Gardening.", "3626 Gardeners (General)") == [
            ("3626", "3626"),
            (" Gardening.", ""),
        ]

    def test_the_digits_of_a_longer_code_are_no_link(self):
        assert self.confused("A 149212 plans.", "1492 Managers") == [("A 149212 plans.", "")]


class TestConstraints:
    @pytest.mark.parametrize(
        ("model", "values", "constraint"),
        [
            (GroupSummary, {"status": "reviewed", "reviewed_on": None}, "groupsummary_review"),
            (GroupSummary, {"status": "drafted"}, "groupsummary_review"),
            (OccupationSummary, {"reviewed_on": date(2026, 1, 1)}, "occupationsummary_review"),
            (ConfusedCode, {"other_group": None}, "confusedcode_names_one_code"),
        ],
    )
    def test_the_database_refuses(self, model, values, constraint):
        rows = {
            GroupSummary: {"group__code": "5411", "group__edition__slug": "anzsco-2022"},
            OccupationSummary: {"occupation__code": "541111", "status": "reviewed"},
            ConfusedCode: {"group__code": "5411", "other_group__code": "6393"},
        }
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            assert model.objects.filter(**rows[model]).update(**values)

    def test_no_group_is_confused_with_itself(self):
        own = group("anzsco-2022", "5411")
        with pytest.raises(IntegrityError, match="confusedcode_is_another"), transaction.atomic():
            ConfusedCode.objects.create(group=own, seq=9, other_group=own)
