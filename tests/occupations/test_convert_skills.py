from functools import partial

import pytest
from django.core.management import CommandError

from tests.occupations.published_tables import PUBLISHED, converted


@pytest.fixture
def convert(tmp_path):
    return partial(converted, tmp_path)


def test_a_code_of_four_digits_is_a_unit_group_and_one_of_six_an_occupation(convert):
    assert convert("technology_tools") == [
        "anzsco-2019,,149212,Spreadsheets",
        "anzsco-2019,1492,,Telephone systems",
    ]
    assert convert("core_competencies") == ["anzsco-2019,,149212,Teamwork,7,Intermediate"]


def test_a_slip_of_spelling_is_mended_in_our_copy(convert):
    assert convert("specialist_tasks") == [
        "anzsco-2019,,149212,Handle complaints,0.5,Serve customers,Customer service",
        "anzsco-2019,1492,,Direct the efficiency of staff,0.1562,Manage staff,Business operations",
    ]


def test_licences_stand_as_published(convert):
    assert convert("occupation_licences") == ["anzsco-2022,133111,may_be_required"]


def test_a_shortage_has_a_row_a_place_and_its_driver_for_the_nation(convert):
    ratings = convert("shortage_ratings")

    assert len(ratings) == 9
    source = "occupation-shortage-2024"
    assert f"anzsco-2022,1492,national,shortage,Short training gap,{source}" in ratings
    assert f"anzsco-2022,1492,vic,regional,,{source}" in ratings
    assert f"anzsco-2022,1492,act,none,,{source}" in ratings


def test_an_unknown_rating_stops_the_conversion(convert):
    ratings = PUBLISHED["shortage_2024"].replace("Regional Shortage", "Some Shortage")

    with pytest.raises(CommandError, match="The rating 'Some Shortage' is not one of"):
        convert("shortage_ratings", shortage_2024=ratings)


def test_regions_are_spelt_out_and_unreadable_nominations_left_out(convert):
    source = "state-nomination-2024-10"

    assert convert("state_nominations") == [
        f"anzsco-2013,149212,190,SA,,{source}",
        f"anzsco-2013,149212,491,NSW,Far South Coast,{source}",
        f"anzsco-2013,149212,491,NSW,Riverina,{source}",
    ]


def test_expressions_name_the_visa_its_stream_and_whole_numbers(convert):
    source = "skillselect-2025-12"

    assert convert("expression_counts") == [
        f"anzsco-2013,149413,190,SAS,closed,100,ACT, ANY,10,{source}",
        f"anzsco-2013,149413,491,SNR,submitted,80,,31,{source}",
    ]
