"""What the tables no longer hold is withdrawn or gone, unless too much would be."""

from datetime import date

import pytest

from occupations.catalogue.load import ImplausibleShrink
from occupations.catalogue.rows import CatalogueRejected
from occupations.models import Occupation, OtherTitle, Qualification, Source, TrainingPackage, Unit
from tests.occupations.load.loads import LATER, NOW, added, counts, everything
from tests.occupations.small_catalogue import SMALL


@pytest.mark.usefixtures("empty_catalogue")
class TestLeaving:
    def test_an_occupation_left_out_keeps_its_row_as_withdrawn(self, load):
        load(**SMALL)
        without = SMALL["occupations"].replace("first,149211,Call Centre Manager,1492,2,2,no\n", "")
        links = SMALL["correspondences"].splitlines()[0]

        loaded = load(now=LATER, allow_shrink=True, occupations=without, correspondences=links)

        assert loaded.changes["occupations"].withdrawn == (("first", "149211"),)
        withdrawn = Occupation.objects.get(edition__slug="first", code="149211")
        assert withdrawn.withdrawn_on == date(2026, 11, 22), "the day in Sydney"
        assert withdrawn not in Occupation.objects.current()

    def test_a_withdrawn_occupation_comes_back_when_it_is_published_again(self, load):
        load(**SMALL)
        before = Occupation.objects.get(edition__slug="first")
        without = SMALL["occupations"].replace("first,149211,Call Centre Manager,1492,2,2,no\n", "")
        links = SMALL["correspondences"].splitlines()[0]
        load(allow_shrink=True, occupations=without, correspondences=links)

        loaded = load(**SMALL)

        assert counts(loaded) == {"occupations": added(1), "correspondences": added(1)}
        after = Occupation.objects.get(edition__slug="first")
        assert (after.pk, after.withdrawn_on) == (before.pk, None)

    def test_a_withdrawn_occupation_is_not_withdrawn_twice(self, load):
        load(**SMALL)
        without = SMALL["occupations"].replace("first,149211,Call Centre Manager,1492,2,2,no\n", "")
        links = SMALL["correspondences"].splitlines()[0]
        tables = {**SMALL, "occupations": without, "correspondences": links}
        load(allow_shrink=True, **tables)

        loaded = load(now=LATER, **{**tables, "units": SMALL["units"].replace("Gather", "Get")})

        assert counts(loaded) == {"units": {"added": 0, "altered": 1, "withdrawn": 0}}
        assert Occupation.objects.get(edition__slug="first").withdrawn_on == NOW.date()

    def test_a_unit_left_out_is_withdrawn_and_a_title_left_out_is_gone(self, load):
        load(**SMALL)

        loaded = load(
            other_titles=SMALL["other_titles"].splitlines()[0],
            packaged_units=SMALL["packaged_units"].rpartition("BSB40307")[0],
            units=SMALL["units"].replace("BSBCUS401A,Coordinate customer service,,,,,,,yes\n", ""),
        )

        assert not OtherTitle.objects.exists()
        assert Unit.objects.get(code="BSBCUS401A").withdrawn_on == NOW.date()
        assert loaded.changes["units"].withdrawn == (("BSBCUS401A",),)

    def test_too_many_withdrawals_are_refused(self, load):
        load(**SMALL)
        before = everything()
        without = SMALL["occupations"].replace("first,149211,Call Centre Manager,1492,2,2,no\n", "")
        links = SMALL["correspondences"].splitlines()[0]

        with pytest.raises(ImplausibleShrink) as refused:
            load(occupations=without, correspondences=links)

        assert refused.value.shrinks == ("1 of 1 occupations of first would be withdrawn",)
        assert everything() == before

    def test_what_a_table_without_a_file_names_cannot_be_left_out(self, load):
        load(**SMALL)

        with pytest.raises(CatalogueRejected) as rejected:
            load(sources=SMALL["sources"].splitlines()[0])

        assert [str(problem) for problem in rejected.value.problems] == [
            "sources.csv:1:1: anzsco is left out, but stored rows of list_memberships still name it"
        ]
        assert Source.objects.count() == 1

    def test_what_a_withdrawn_row_names_cannot_be_left_out(self, load):
        load(**SMALL)
        headers = {name: text.splitlines()[0] for name, text in SMALL.items()}
        for kept in ("groups", "occupations", "qualifications", "units"):
            headers[kept] = SMALL[kept].splitlines()[0]

        with pytest.raises(CatalogueRejected) as rejected:
            load(allow_shrink=True, **headers)

        assert sorted({problem.message for problem in rejected.value.problems}) == [
            "BSB is left out, but stored rows of qualifications still name it",
            "first is left out, but stored rows of groups still name it",
            "first is left out, but stored rows of occupations still name it",
            "second is left out, but stored rows of groups still name it",
            "second is left out, but stored rows of occupations still name it",
        ]

    def test_a_row_may_leave_once_the_rows_that_named_it_name_another(self, load):
        load(**SMALL)

        load(
            training_packages="code,title\nICT,Information Technology\n",
            qualifications=SMALL["qualifications"].replace(",BSB,", ",ICT,"),
        )

        assert Qualification.objects.get().training_package.code == "ICT"
        assert [package.code for package in TrainingPackage.objects.all()] == ["ICT"]
