"""Replacements of units and qualifications, followed both ways and round a circle."""

import pytest

from occupations.models import Qualification, QualificationMapping, Unit, UnitMapping
from occupations.supersession import lineage_of_qualification, lineage_of_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def replace():
    """Let units replace each other: pairs of codes, the earlier first."""

    def replace(*pairs):
        for before, after in pairs:
            ends = [Unit.objects.get_or_create(code=code)[0] for code in (before, after)]
            UnitMapping.objects.create(from_unit=ends[0], to_unit=ends[1], is_equivalent=True)

    return replace


def told(steps):
    return [
        (step.mapping.from_unit.code, step.mapping.to_unit.code, step.distance) for step in steps
    ]


def test_every_step_is_followed_both_ways(replace, django_assert_num_queries):
    replace(("ZZ1", "ZZ2"), ("ZZ2", "ZZ3"), ("ZZ3", "ZZ4"), ("ZZ4", "ZZ5"))
    unit = Unit.objects.get(code="ZZ3")

    with django_assert_num_queries(1):
        lineage = lineage_of_unit(unit)

    assert told(lineage.earlier) == [("ZZ1", "ZZ2", 2), ("ZZ2", "ZZ3", 1)]
    assert told(lineage.later) == [("ZZ3", "ZZ4", 1), ("ZZ4", "ZZ5", 2)]


def test_what_else_a_predecessor_led_to_is_left_out(replace):
    replace(("ZZ1", "ZZ2"), ("ZZ1", "ZZ3"))

    lineage = lineage_of_unit(Unit.objects.get(code="ZZ2"))

    assert told(lineage.earlier) == [("ZZ1", "ZZ2", 1)]
    assert lineage.later == ()


def test_a_split_and_a_merger_keep_all_their_steps(replace):
    replace(("ZZ1", "ZZ2"), ("ZZ1", "ZZ3"), ("ZZ2", "ZZ4"), ("ZZ3", "ZZ4"))

    lineage = lineage_of_unit(Unit.objects.get(code="ZZ1"))

    assert sorted(told(lineage.later)) == [
        ("ZZ1", "ZZ2", 1),
        ("ZZ1", "ZZ3", 1),
        ("ZZ2", "ZZ4", 2),
        ("ZZ3", "ZZ4", 2),
    ]


def test_a_circle_comes_to_an_end(replace):
    replace(("ZZ1", "ZZ2"), ("ZZ2", "ZZ3"), ("ZZ3", "ZZ1"))

    lineage = lineage_of_unit(Unit.objects.get(code="ZZ1"))

    assert told(lineage.later) == [("ZZ1", "ZZ2", 1), ("ZZ2", "ZZ3", 2), ("ZZ3", "ZZ1", 3)]
    assert told(lineage.earlier) == [("ZZ1", "ZZ2", 3), ("ZZ2", "ZZ3", 2), ("ZZ3", "ZZ1", 1)]


def test_a_unit_that_nothing_replaced_has_no_lineage():
    assert not lineage_of_unit(Unit.objects.get(code="THHGLE05B"))


def test_a_qualification_is_followed_like_a_unit():
    old, new = (Qualification.objects.get(code=code) for code in ("BSB40307", "BSB40311"))
    newest = Qualification.objects.get(code="BSB50307")
    QualificationMapping.objects.create(
        from_qualification=new, to_qualification=newest, is_equivalent=False
    )

    lineage = lineage_of_qualification(old)

    assert [step.mapping.to_qualification.code for step in lineage.later] == [
        "BSB40311",
        "BSB50307",
    ]
    assert lineage.later[1].mapping.is_equivalent is False
    assert [step.distance for step in lineage_of_qualification(newest).earlier] == [2, 1]
