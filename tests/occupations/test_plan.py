"""A unit plan as an address: what was typed, what it means, and how it is written again."""

import pytest
from django.http import QueryDict

from occupations.views.plan import MOST_UNITS, make_plan, read_level, read_plan

LISTED = {"BSBCUS401A", "BSBCCO402A"}


def read(query):
    return read_plan(QueryDict(query), listed=LISTED)


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("Certificate III", "Certificate III"),
        ("cert iii", "Certificate III"),
        ("CERTIFICATE 4", "Certificate IV"),
        ("diploma", "Diploma"),
        ("adv dip", "Advanced Diploma"),
        ("Doctorate", ""),
        ("", ""),
    ],
)
def test_a_level_is_read_as_people_write_it(typed, level):
    assert read_level(typed) == level


@pytest.mark.parametrize(
    ("query", "written"),
    [
        pytest.param("u=BSBCUS401A&u=BSBCCO402A", "u=BSBCUS401A&u=BSBCCO402A", id="as it was"),
        pytest.param("u=bsb+cus401a", "u=BSBCUS401A", id="a code typed loosely"),
        pytest.param("u=BSBCUS401A&u=BSBCUS401A", "u=BSBCUS401A", id="named twice"),
        pytest.param("x=BSBCUS401A:Diploma", "u=BSBCUS401A", id="listed, however it is named"),
        pytest.param("u=ABC301A", "x=ABC301A", id="not listed, however it is named"),
        pytest.param(
            "x=ABC301A:Certificate III", "x=ABC301A:Certificate+III", id="from outside with a level"
        ),
        pytest.param(
            "x=abc 301a cert iii", "x=ABC301A:Certificate+III", id="a level without its colon"
        ),
        pytest.param("x=abc 301a", "x=ABC301A", id="a space inside a code"),
        pytest.param("x=ABC301A:Nonsense", "x=ABC301A", id="a level that is none"),
        pytest.param("xc=ABC301A&xl=Diploma", "x=ABC301A:Diploma", id="from the form"),
        pytest.param("xc=&xl=&xc=ABC301A", "x=ABC301A", id="empty lines of the form"),
        pytest.param(
            "x=ABC301A:Diploma&xc=ABC301A&xl=", "x=ABC301A:Diploma", id="a level once stated stays"
        ),
        pytest.param("u=%27;--&u=&u=%00&page=2", "", id="what is no code"),
    ],
)
def test_an_address_is_written_in_one_way(query, written):
    plan = read(query)

    assert plan.query == written
    assert read(plan.query) == plan


def test_a_plan_knows_what_is_listed_and_what_comes_from_outside():
    plan = read("u=BSBCUS401A&x=ABC301A:Diploma&x=ABC302A")

    assert plan.chosen == ("BSBCUS401A", "ABC301A", "ABC302A")
    assert plan.levels == {"ABC301A": "Diploma"}


def test_any_unit_can_be_taken_out():
    plan = make_plan(["BSBCUS401A", "BSBCCO402A"], outside={"ABC301A": "Diploma", "ABC302A": ""})

    assert plan.without("BSBCUS401A").query == "u=BSBCCO402A&x=ABC301A:Diploma&x=ABC302A"
    assert plan.without("ABC301A").chosen == ("BSBCUS401A", "BSBCCO402A", "ABC302A")


def test_a_plan_has_room_for_so_many_units():
    query = "&".join(f"x=ABC{number:03}" for number in range(MOST_UNITS + 1))

    assert len(read(query).chosen) == MOST_UNITS
