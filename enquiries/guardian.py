"""The rule of age: who needs a guardian on which day; dates in, answer out."""

import calendar
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

RULE_VERSION = "2026-11"
ADULT_AGE = 18  # years
OLDEST_AGE = 120  # years; nobody is that old

type Part = Literal["day", "month", "year"]

GREGORIAN = "Year must be a Gregorian year, like 2008."
MONTH_NAMES = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
MONTHS = (
    {name: number for number, name in enumerate(MONTH_NAMES, start=1)}
    | {name[:3]: number for number, name in enumerate(MONTH_NAMES, start=1)}
    | {"sept": 9}
)
LONGEST_DAY_OR_MONTH = 2  # digits
LONGEST_YEAR = 4  # digits


class DateOfBirthRejected(Exception):
    """What was typed is not a date of birth; names the part and says what to do."""

    def __init__(self, part: Part, sentence: str) -> None:
        super().__init__(part, sentence)
        self.part: Part = part
        self.sentence = sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianDecision:
    """The answer, with everything it was drawn from; decided once and stored whole."""

    born: date
    decided_at: datetime
    decided_on: date
    enquirer_zone: str
    site_zone: str
    needs_guardian: bool
    rule_version: str = RULE_VERSION


def eighteenth_birthday(born: date) -> date:
    """
    Give the day from which a person born on ``born`` is an adult.

    Born on 29 February, that is 1 March (ACT Supreme Court, 2018).
    """
    if (born.month, born.day) == (2, 29):
        return date(born.year + ADULT_AGE, 3, 1)
    return born.replace(year=born.year + ADULT_AGE)


def needs_guardian(*, born: date, on: date) -> bool:
    """Say whether a parent or guardian must act for a person on the day ``on``."""
    return on < eighteenth_birthday(born)


def is_namesake(*, guardian: str, child: str) -> bool:
    """Say whether the names of two people are written alike, but for case, width and spaces."""
    return folded_name(guardian) == folded_name(child)


def folded_name(name: str) -> str:
    """Write a name so that case, width, spaces and composed letters make no difference."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def decision_date(*, now: datetime, enquirer_zone: ZoneInfo, site_zone: ZoneInfo) -> date:
    """
    Give the earlier of today's dates where the enquirer is and where the site is.

    :raises ValueError: if ``now`` carries no time zone
    """
    if now.tzinfo is None:
        msg = "The decision needs an aware instant."
        raise ValueError(msg)
    return min(now.astimezone(enquirer_zone).date(), now.astimezone(site_zone).date())


def decide(
    *, born: date, now: datetime, enquirer_zone: ZoneInfo, site_zone: ZoneInfo
) -> GuardianDecision:
    """Decide once, at ``now``, whether a person born on ``born`` needs a guardian."""
    on = decision_date(now=now, enquirer_zone=enquirer_zone, site_zone=site_zone)
    return GuardianDecision(
        born=born,
        decided_at=now,
        decided_on=on,
        enquirer_zone=enquirer_zone.key,
        site_zone=site_zone.key,
        needs_guardian=needs_guardian(born=born, on=on),
    )


def parse_date_of_birth(*, day: str, month: str, year: str, today: date) -> date:
    """
    Read a date of birth as people type it.

    Leading zeros, spaces, English month names and the digits of any script are understood.

    :raises DateOfBirthRejected: naming the part that is wrong
    """
    day_number = _day(day)
    month_number = _month(month)
    year_number = _year(year, today=today)
    days = calendar.monthrange(year_number, month_number)[1]
    if day_number > days:
        name = MONTH_NAMES[month_number - 1].capitalize()
        raise DateOfBirthRejected("day", f"Day is wrong: {name} {year_number} has {days} days.")
    born = date(year_number, month_number, day_number)
    if born > today:
        wrong: Part = "month" if born.month > today.month else "day"
        raise DateOfBirthRejected(
            wrong, f"{wrong.capitalize()} is wrong: a date of birth cannot be in the future."
        )
    if (born.year + OLDEST_AGE, born.month, born.day) <= (today.year, today.month, today.day):
        raise DateOfBirthRejected("year", GREGORIAN)
    return born


def _day(typed: str) -> int:
    number = _number(typed, part="day", longest=LONGEST_DAY_OR_MONTH)
    if number is None or not 1 <= number <= 31:  # noqa: PLR2004 - the longest month
        raise DateOfBirthRejected("day", "Day must be a number from 1 to 31.")
    return number


def _month(typed: str) -> int:
    named = MONTHS.get(_plain(typed).rstrip(".").casefold())
    number = named or _number(typed, part="month", longest=LONGEST_DAY_OR_MONTH)
    if number is None or not 1 <= number <= len(MONTH_NAMES):
        raise DateOfBirthRejected(
            "month", "Month must be a number from 1 to 12, or a name like March."
        )
    return number


def _year(typed: str, *, today: date) -> int:
    number = _number(typed, part="year", longest=LONGEST_YEAR)
    if number is not None and number < 100:  # noqa: PLR2004 - two digits
        raise DateOfBirthRejected(
            "year", "Year must have four digits: a Gregorian year, like 2008."
        )
    if number is None or not today.year - OLDEST_AGE <= number <= today.year:
        raise DateOfBirthRejected("year", GREGORIAN)
    return number


def _number(typed: str, *, part: Part, longest: int) -> int | None:
    plain = _plain(typed)
    if not plain:
        raise DateOfBirthRejected(part, f"Enter the {part} of birth.")
    if not plain.isdecimal():
        return None
    digits = "".join(str(unicodedata.decimal(digit)) for digit in plain).lstrip("0") or "0"
    return int(digits) if len(digits) <= longest else None


def _plain(typed: str) -> str:
    """Drop the spaces around, and the marks of writing direction that keyboards add."""
    return "".join(sign for sign in typed if unicodedata.category(sign) != "Cf").strip()
