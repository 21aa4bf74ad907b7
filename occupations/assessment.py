"""The published pathways of a skills assessment, held condition by condition against answers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

MONTHS_A_YEAR = 12
RECENT_MONTHS = 60  # "within the last five years"

# Levels of the Australian Qualifications Framework, by the words that pathways use for them.
AQF_LEVELS: Mapping[str, int] = {
    "certificate iii": 3,
    "certificate iv": 4,
    "advanced diploma": 6,
    "associate degree": 6,
    "graduate certificate": 8,
    "graduate diploma": 8,
    "diploma": 5,
    "bachelor": 7,
    "masters": 9,
    "doctoral": 10,
}
_NAMED_LEVEL = re.compile(rf"\b(?:{'|'.join(AQF_LEVELS)})\b")


class PathwayUnreadable(ValueError):
    """A pathway asks for something that no answer can be held against."""


class Employment(StrEnum):
    """Where the employment of a pathway stands beside the qualification."""

    AFTER = "after"
    BEFORE = "before"


class Condition(StrEnum):
    """What a pathway asks for; one pathway has each of them once at most."""

    QUALIFICATION = "qualification"
    FIELD = "field"
    ADDITIONAL = "additional"
    AFTER_AND_RECENT = "after_and_recent"
    BEFORE = "before"
    RECENT = "recent"
    ALL = "all"


class Outcome(StrEnum):
    """How a condition compares with what was entered; it says nothing about a person."""

    MET = "met"
    NOT_MET = "not_met"
    UNANSWERED = "unanswered"


_OUTCOMES = {True: Outcome.MET, False: Outcome.NOT_MET, None: Outcome.UNANSWERED}


@dataclass(frozen=True, kw_only=True)
class Pathway:
    """One published pathway as values; levels are those of the AQF."""

    seq: int
    least_level: int
    is_highly_relevant_field: bool | None
    additional_level: int | None
    years: int
    employment: Employment


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What a visitor entered, in AQF levels and months; ``None`` is no answer, 0 is none."""

    level: int | None = None
    is_highly_relevant_field: bool | None = None
    additional_level: int | None = None
    months_before: int | None = None
    months_after: int | None = None
    months_recent: int | None = None


@dataclass(frozen=True, kw_only=True)
class ConditionCheck:
    """One condition, the level or months it asks for (if it does), and how the answers compare."""

    condition: Condition
    needed: int | None
    outcome: Outcome

    @property
    def needed_years(self) -> int:
        return (self.needed or 0) // MONTHS_A_YEAR


@dataclass(frozen=True, kw_only=True)
class PathwayCheck:
    """A pathway with all its conditions."""

    pathway: Pathway
    conditions: tuple[ConditionCheck, ...]

    @property
    def met(self) -> int:
        """How many conditions the answers meet."""
        return sum(one.outcome is Outcome.MET for one in self.conditions)


def read_pathway(
    *,
    seq: int,
    qualification: str,
    is_highly_relevant_field: bool | None,
    additional_qualification: str,
    years: int,
    employment: str,
) -> Pathway:
    """
    Read a pathway from a row of the catalogue; an additional one is in a highly relevant field.

    :raises PathwayUnreadable: if a qualification names no level of the AQF
    """
    return Pathway(
        seq=seq,
        least_level=_level(qualification),
        is_highly_relevant_field=is_highly_relevant_field,
        additional_level=_level(additional_qualification) if additional_qualification else None,
        years=years,
        employment=Employment(employment),
    )


def check_pathway(pathway: Pathway, answers: Answers) -> PathwayCheck:
    """
    Hold answers against each condition of a pathway.

    Employment after the qualification is later than employment before it. So the months that
    lie after the qualification and within the last five years are the smaller of the two.
    Where employment came before the qualification, the rule asks for a year within the last
    five and for the rest at any time (source: the assessing authority's published criteria).
    """
    needed = pathway.years * MONTHS_A_YEAR
    checks = [_at_least(Condition.QUALIFICATION, pathway.least_level, answers.level)]
    if pathway.is_highly_relevant_field is not None:
        field = answers.is_highly_relevant_field
        is_met = None if field is None else field is pathway.is_highly_relevant_field
        checks.append(_judged(Condition.FIELD, None, is_met=is_met))
    if pathway.additional_level is not None:
        checks.append(
            _at_least(Condition.ADDITIONAL, pathway.additional_level, answers.additional_level)
        )
    if pathway.employment is Employment.AFTER:
        after = _both(answers.months_after, answers.months_recent)
        checks.append(_at_least(Condition.AFTER_AND_RECENT, needed, min(after) if after else None))
    else:
        every = _both(answers.months_before, answers.months_after)
        checks += [
            _at_least(Condition.BEFORE, 1, answers.months_before),
            _at_least(Condition.RECENT, MONTHS_A_YEAR, answers.months_recent),
            _at_least(Condition.ALL, needed, sum(every) if every else None),
        ]
    return PathwayCheck(pathway=pathway, conditions=tuple(checks))


def contradiction(answers: Answers) -> bool:
    """Tell whether more months fall within the last five years than there are in all."""
    every = _both(answers.months_before, answers.months_after)
    return every is not None and (answers.months_recent or 0) > sum(every)


def _level(words: str) -> int:
    named = _NAMED_LEVEL.search(words.lower())
    if named is None:
        raise PathwayUnreadable(words)
    return AQF_LEVELS[named.group()]


def _both(one: int | None, other: int | None) -> tuple[int, int] | None:
    return None if one is None or other is None else (one, other)


def _at_least(condition: Condition, needed: int, entered: int | None) -> ConditionCheck:
    return _judged(condition, needed, is_met=None if entered is None else entered >= needed)


def _judged(condition: Condition, needed: int | None, *, is_met: bool | None) -> ConditionCheck:
    outcome = _OUTCOMES[is_met]
    return ConditionCheck(condition=condition, needed=needed, outcome=outcome)
