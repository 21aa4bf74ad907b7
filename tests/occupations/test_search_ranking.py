"""Scores keep their order, and hits that rest on evidence alone say so."""

from dataclasses import replace

import pytest

from occupations.search import Kind, current_index, find
from occupations.search.pages import NameKind
from occupations.search.ranking import (
    ALIKE,
    CODE_IS,
    CODE_STARTS,
    EXACT,
    LAY_WORD,
    Evidence,
    as_score,
    exact_score,
    is_too_narrow,
    spelt_score,
)
from occupations.search.signals import Question


def evidence(**facts):
    plain = Evidence(
        kind=Kind.OCCUPATION,
        matched_kind="title",
        matched_text="Chef",
        stated_in="ANZSCO 2022",
        manner="is what you typed",
        score=100.0,
        is_answer=True,
    )
    return replace(plain, **facts)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({}, "Its title is what you typed: Chef (ANZSCO 2022)."),
        ({"stated_in": ""}, "Its title is what you typed: Chef."),
        (
            {"matched_kind": "code", "manner": "starts with", "matched_text": "35"},
            "Its code starts with 35.",
        ),
        (
            {"matched_kind": "lay_word", "matched_text": "sparky", "stated_in": "Australia"},
            "People also say “sparky” (Australia).",
        ),
        (
            {"matched_kind": "lay_word", "matched_text": "sparky", "stated_in": "", "manner": "x"},
            "People also say “sparky”, near to what you typed.",
        ),
        (
            {"matched_kind": "task", "matched_text": "Cooks food."},
            "Our words on it speak of this: “Cooks food.”",
        ),
        (
            {"matched_kind": "wider", "matched_text": "Cooks", "stated_in": "ISCO-08"},
            "A wider title is what you typed: Cooks (ISCO-08).",
        ),
    ],
)
def test_why_is_said_in_a_sentence(facts, why):
    assert evidence(**facts).why == why


@pytest.mark.parametrize("kind", [kind for kind in NameKind if kind is not NameKind.WIDER])
def test_every_kind_of_name_has_a_sentence(kind):
    assert evidence(matched_kind=kind).why.endswith(".")


def test_no_weighed_evidence_reaches_a_name_that_was_typed():
    assert 0 < as_score(-40) < as_score(5) < as_score(12) < as_score(60) <= 85
    assert as_score(1000) < spelt_score(NameKind.SPECIALISATION, slips=2)


def test_names_keep_their_order():
    exact = [
        exact_score(kind, seq=1)
        for kind in (
            NameKind.TITLE,
            NameKind.ALTERNATIVE,
            NameKind.ASSESSOR,
            NameKind.SPECIALISATION,
            NameKind.NEC,
        )
    ]

    assert exact == sorted(exact, reverse=True)
    assert CODE_IS > exact[0] == EXACT
    assert exact[-1] > ALIKE > LAY_WORD > CODE_STARTS
    assert exact_score(NameKind.LAY_WORD, seq=1) > exact_score(NameKind.LAY_WORD, seq=2)
    assert spelt_score(NameKind.TITLE, slips=1) > spelt_score(NameKind.LAY_WORD, slips=1)
    assert spelt_score(NameKind.LAY_WORD, slips=1) > spelt_score(NameKind.LAY_WORD, slips=2)


def test_words_inside_a_narrower_name_leave_the_wider_work_unnamed():
    assert is_too_narrow(NameKind.SPECIALISATION, "has the words you typed")
    assert not is_too_narrow(NameKind.SPECIALISATION, "is what you typed")
    assert not is_too_narrow(NameKind.TITLE, "has the words you typed")


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["operations manager", "customer zebra manager", "qwrt zxcv"])
def test_a_near_miss_is_not_called_an_answer(query):
    assert not find(query).is_confident


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["customer service", "metal worker", "farm", "manager"])
def test_hits_come_best_first(query):
    scores = [hit.evidence.score for hit in find(query).hits]

    assert scores == sorted(scores, reverse=True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    ["x" * 10_000, "(" * 200, "'; DROP TABLE x; --", "\u202etsruN", "🧑‍🍳", "\0\0", "%_\\", "۱۲۳"],
)
def test_hostile_text_is_only_text(query):
    results = find(query)

    assert not results.is_confident
    assert all(hit.evidence.why for hit in results.hits)


@pytest.mark.django_db
def test_signs_that_unfold_into_many_letters_make_no_long_question():
    assert len(Question("\ufdfa" * 200, current_index()).folded) <= 400
