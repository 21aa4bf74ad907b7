"""What a visitor enters in the self-check of a skills assessment, read from the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from occupations.assessment import (
    AQF_LEVELS,
    RECENT_MONTHS,
    Answers,
    Condition,
    ConditionCheck,
    contradiction,
)

MOST_MONTHS = 720
LEVELS: Mapping[str, str] = {
    "0": "None of these",
    "3": "Certificate III",
    "4": "Certificate IV",
    "5": "Diploma",
    "6": "Advanced Diploma or Associate Degree",
    "7": "Bachelor Degree",
    "8": "Higher than a Bachelor Degree",
}
ADDITIONAL: Mapping[str, str] = {
    "0": "None of these",
    str(AQF_LEVELS["certificate iv"]): "Certificate IV",
    str(AQF_LEVELS["diploma"]): "Diploma or higher",
}
FIELDS: Mapping[str, str] = {"yes": "Highly relevant", "no": "Another field"}
MONTHS: Mapping[str, str] = {
    "before": "before the qualification",
    "after": "after the qualification",
    "recent": "within the last five years",
}
_MONTHS_LABELS: Mapping[str, str] = {
    "after": "After the qualification",
    "before": "Before the qualification",
    "recent": "Of all these, within the last five years",
}
NAMES = ("level", "field", "additional", *MONTHS)
NOT_MONTHS = f"Write a whole number of months, from 0 to {MOST_MONTHS}."
TOO_RECENT = f"Five years have {RECENT_MONTHS} months, so no more can fall within them."
MORE_THAN_ALL = "More months are recent than there are before and after the qualification."


@dataclass(frozen=True)
class MonthsField:
    """A field for months, what was typed there, and what is wrong with it."""

    name: str
    label: str
    typed: str
    problem: str


@dataclass(frozen=True)
class Entered:
    """What was entered: as answers, as typed, and what is wrong with it, by the field's name."""

    answers: Answers
    typed: Mapping[str, str]
    problems: Mapping[str, str]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was entered, right or wrong."""
        return not any(self.typed.values())

    @property
    def months(self) -> list[MonthsField]:
        """List the fields for months with what stands in them."""
        return [
            MonthsField(name, label, self.typed[name], self.problems.get(name, ""))
            for name, label in _MONTHS_LABELS.items()
        ]


def read_answers(query: Mapping[str, str]) -> Entered:
    """Read the answers; what is wrong counts as not answered, and is named."""
    typed = {name: query.get(name, "").strip()[:20] for name in NAMES}
    problems: dict[str, str] = {}
    months = {}
    for name in MONTHS:
        text = typed[name]
        is_number = text.isascii() and text.isdigit() and len(text) <= len(str(MOST_MONTHS))
        number = int(text) if is_number else None
        if text and (number is None or number > MOST_MONTHS):
            problems[name] = NOT_MONTHS
            number = None
        months[name] = number
    if (months["recent"] or 0) > RECENT_MONTHS:
        problems["recent"] = TOO_RECENT
        months["recent"] = None
    answers = Answers(
        level=_level(typed["level"], among=LEVELS),
        is_highly_relevant_field={"yes": True, "no": False}.get(typed["field"]),
        additional_level=_level(typed["additional"], among=ADDITIONAL),
        months_before=months["before"],
        months_after=months["after"],
        months_recent=months["recent"],
    )
    if contradiction(answers):
        problems["recent"] = MORE_THAN_ALL
    return Entered(answers, typed, problems)


def entered_for(check: ConditionCheck, entered: Entered) -> str:
    """Say in words what was entered for a condition; nothing if it was not answered."""
    answers, typed = entered.answers, entered.typed
    before = {"before": answers.months_before}
    after = {"after": answers.months_after}
    recent = {"recent": answers.months_recent}
    words = {
        Condition.QUALIFICATION: LEVELS.get(typed["level"], ""),
        Condition.FIELD: FIELDS.get(typed["field"], ""),
        Condition.ADDITIONAL: ADDITIONAL.get(typed["additional"], ""),
        Condition.AFTER_AND_RECENT: _months(**after, **recent),
        Condition.BEFORE: _months(**before),
        Condition.RECENT: _months(**recent),
        Condition.ALL: _months(**before, **after),
    }
    return words[check.condition]


def chosen(options: Mapping[str, str], *, typed: str) -> Sequence[tuple[str, str, bool]]:
    """List options with their labels, and which one was chosen."""
    return [(value, label, value == typed) for value, label in options.items()]


def _level(typed: str, *, among: Mapping[str, str]) -> int | None:
    return int(typed) if typed in among else None


def _months(**entered: int | None) -> str:
    return ", ".join(
        f"{number} month{'' if number == 1 else 's'} {MONTHS[name]}"
        for name, number in entered.items()
        if number is not None
    )
