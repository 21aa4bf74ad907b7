"""Each condition of a published pathway is met, not met or not answered; nobody is judged."""

from typing import Any

import pytest

from occupations.assessment import (
    Answers,
    Condition,
    Outcome,
    PathwayUnreadable,
    check_pathway,
    contradiction,
    read_pathway,
)

MET, NOT_MET, UNANSWERED = Outcome.MET, Outcome.NOT_MET, Outcome.UNANSWERED


def make_pathway(**changes):
    row: dict[str, Any] = {
        "seq": 1,
        "qualification": "AQF Diploma or higher",
        "is_highly_relevant_field": True,
        "additional_qualification": "",
        "years": 1,
        "employment": "after",
    }
    return read_pathway(**row | changes)


def outcomes(pathway, **answers):
    check = check_pathway(pathway, Answers(**answers))
    return {one.condition: one.outcome for one in check.conditions}


def test_nothing_entered_leaves_every_condition_unanswered():
    other_field = make_pathway(
        is_highly_relevant_field=False, additional_qualification="AQF Certificate IV"
    )
    for pathway in (make_pathway(), other_field, make_pathway(employment="before", years=4)):
        assert set(outcomes(pathway).values()) == {UNANSWERED}


@pytest.mark.parametrize(
    ("words", "least"),
    [
        ("AQF Certificate III", 3),
        ("AQF Certificate IV in a highly relevant field", 4),
        ("AQF Diploma or higher", 5),
        ("AQF Advanced Diploma or higher", 6),
        ("Bachelor degree or higher (AQF 7+)", 7),
        ("AQF Graduate Diploma", 8),
    ],
)
def test_a_pathway_names_its_lowest_qualification(words, least):
    pathway = make_pathway(qualification=words)

    assert pathway.least_level == least
    assert outcomes(pathway, level=least - 1)[Condition.QUALIFICATION] is NOT_MET
    assert outcomes(pathway, level=least)[Condition.QUALIFICATION] is MET
    assert outcomes(pathway, level=10)[Condition.QUALIFICATION] is MET


def test_a_pathway_that_names_no_level_is_not_read():
    with pytest.raises(PathwayUnreadable):
        make_pathway(qualification="A suitable qualification")


@pytest.mark.parametrize("asked", [True, False])
def test_the_field_of_study_is_the_one_that_the_pathway_is_for(asked):
    pathway = make_pathway(is_highly_relevant_field=asked)

    assert outcomes(pathway, is_highly_relevant_field=asked)[Condition.FIELD] is MET
    assert outcomes(pathway, is_highly_relevant_field=not asked)[Condition.FIELD] is NOT_MET


def test_a_pathway_that_names_no_field_asks_for_none():
    assert Condition.FIELD not in outcomes(make_pathway(is_highly_relevant_field=None))


def test_an_additional_qualification_counts_from_its_level():
    pathway = make_pathway(additional_qualification="AQF Certificate IV in a relevant field")

    assert outcomes(pathway, additional_level=0)[Condition.ADDITIONAL] is NOT_MET
    assert outcomes(pathway, additional_level=4)[Condition.ADDITIONAL] is MET


@pytest.mark.parametrize(
    ("after", "recent", "outcome"),
    [
        pytest.param(11, 11, NOT_MET, id="a month short of a year"),
        pytest.param(12, 12, MET, id="a year to the month"),
        pytest.param(120, 11, NOT_MET, id="long ago, and too little of it lately"),
        pytest.param(11, 60, NOT_MET, id="most of what is recent came before the qualification"),
        pytest.param(0, 0, NOT_MET, id="none at all is an answer"),
        pytest.param(None, 12, UNANSWERED, id="not said when"),
        pytest.param(12, None, UNANSWERED, id="not said how long ago"),
    ],
)
def test_employment_after_the_qualification_counts_within_the_last_five_years(
    after, recent, outcome
):
    found = outcomes(make_pathway(), months_after=after, months_recent=recent)

    assert found[Condition.AFTER_AND_RECENT] is outcome


@pytest.mark.parametrize(
    ("before", "after", "recent", "expected"),
    [
        pytest.param(48, 0, 12, (MET, MET, MET), id="three years, then a recent one"),
        pytest.param(36, 12, 12, (MET, MET, MET), id="the recent year came after"),
        pytest.param(47, 0, 12, (MET, MET, NOT_MET), id="a month short of four years"),
        pytest.param(48, 0, 11, (MET, NOT_MET, MET), id="a month short of the recent year"),
        pytest.param(0, 48, 48, (NOT_MET, MET, MET), id="none of it came before"),
        pytest.param(48, None, 12, (MET, MET, UNANSWERED), id="half an answer"),
    ],
)
def test_employment_before_the_qualification_needs_a_recent_year_too(
    before, after, recent, expected
):
    found = outcomes(
        make_pathway(is_highly_relevant_field=None, employment="before", years=4),
        months_before=before,
        months_after=after,
        months_recent=recent,
    )

    assert (found[Condition.BEFORE], found[Condition.RECENT], found[Condition.ALL]) == expected


def test_a_pathway_counts_the_conditions_that_are_met_and_says_what_each_needs():
    check = check_pathway(
        make_pathway(years=2), Answers(level=5, months_after=24, months_recent=24)
    )

    assert check.met == 2
    assert [(one.condition, one.needed, one.needed_years) for one in check.conditions] == [
        (Condition.QUALIFICATION, 5, 0),
        (Condition.FIELD, None, 0),
        (Condition.AFTER_AND_RECENT, 24, 2),
    ]


@pytest.mark.parametrize(
    ("answers", "contradicts"),
    [
        (Answers(months_before=6, months_after=6, months_recent=12), False),
        (Answers(months_before=6, months_after=6, months_recent=13), True),
        (Answers(months_before=6, months_recent=13), False),
        (Answers(months_before=6, months_after=6), False),
    ],
)
def test_no_more_can_be_recent_than_there_is(answers, contradicts):
    assert contradiction(answers) is contradicts
