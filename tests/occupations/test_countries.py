"""Occupations that exist in New Zealand alone carry a mark wherever they are shown."""

import pytest

from occupations.countries import NEW_ZEALAND_ONLY, only_in
from occupations.models import Occupation
from tests.occupations.page_reader import read

MARK = "New Zealand only"


@pytest.mark.parametrize(
    ("code", "classification", "country"),
    [
        ("411512", "ANZSCO", "New Zealand"),
        ("411511", "ANZSCO", ""),
        pytest.param("411512", "OSCA", "", id="the same digits elsewhere"),
    ],
)
def test_an_occupation_exists_in_one_country_or_in_both(code, classification, country):
    assert only_in(code, classification=classification) == country


@pytest.mark.no_cover  # a sweep over lines that other tests run too
@pytest.mark.django_db
def test_seven_occupations_of_each_edition_are_marked_on_their_page_and_in_their_group(client):
    occupations = Occupation.objects.filter(code__in=NEW_ZEALAND_ONLY)

    assert occupations.count() == 4 * 7
    for occupation in occupations.select_related("edition", "unit_group__edition"):
        assert f"{occupation.code} {MARK}" in [
            item.text for item in read(client, occupation.get_absolute_url()).items
        ]
        assert MARK in client.get(occupation.unit_group.get_absolute_url()).text


@pytest.mark.django_db
def test_no_other_occupation_named_for_maori_is_left_out():
    named = Occupation.objects.filter(
        edition__classification="ANZSCO", title_folded__contains="maori"
    )

    assert set(named.values_list("code", flat=True)) == NEW_ZEALAND_ONLY


@pytest.mark.django_db
def test_a_title_for_each_country_stays_as_published_and_is_explained(client):
    text = client.get("/occupations/anzsco-2022/411112/").text

    assert "Intensive Care Ambulance Paramedic (Aus) / Ambulance Paramedic (NZ)</h1>" in text
    assert "(Aus) and (NZ) mark the title of each country." in text
    assert MARK not in text
