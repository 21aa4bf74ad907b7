"""From an occupation to the qualifications that name it, and back, with the dates."""

from datetime import date

import pytest

from occupations.models import Qualification
from occupations.pathways import naming, occupations_named_by

pytestmark = pytest.mark.django_db


def test_an_occupation_knows_the_qualification_that_names_its_code_and_since_when():
    [found] = naming("541111")

    assert found.qualification.code == "BSB40307"
    assert (found.starts_on, found.ends_on) == (date(2008, 9, 3), None)


def test_a_withdrawn_qualification_names_nothing():
    Qualification.objects.filter(code="BSB40307").update(withdrawn_on=date(2026, 11, 24))

    assert not naming("541111").exists()


def test_codes_of_other_schemes_name_no_occupation():
    assert not naming("0805").exists()
    assert not naming("").exists()


def test_a_qualification_names_an_occupation_in_each_edition_the_newest_first():
    [found] = occupations_named_by(Qualification.objects.get(code="BSB40307"))

    assert (found.code, found.starts_on) == ("541111", date(2008, 9, 3))
    assert [str(meaning.edition) for meaning in found.meanings] == [
        "ANZSCO 2022",
        "ANZSCO 2021",
        "ANZSCO 2019",
        "ANZSCO 2013",
    ]


def test_a_code_that_no_edition_has_names_nothing_but_is_still_told():
    qualification = Qualification.objects.get(code="BSB40307")
    qualification.classifications.filter(scheme="anzsco").update(code="999999")

    [found] = occupations_named_by(qualification)

    assert (found.code, found.meanings) == ("999999", ())


def test_a_qualification_without_classification_names_nothing():
    assert occupations_named_by(Qualification.objects.get(code="BSB30207")) == []
