"""A unit plan: the units that an address chooses from a release, and from outside its list."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from occupations.folding import fold
from occupations.packaging import VOCATIONAL_TYPES
from occupations.views.addresses import TRAINING_CODE, tidy_code

MOST_UNITS = 100
_NUMERALS = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_WORDS = {"cert": "certificate", "adv": "advanced", "dip": "diploma"}
_BETWEEN = re.compile(r"[\s:,;]+")


@dataclass(frozen=True)
class Plan:
    """
    Chosen units: those that the release lists, and those from outside with their level.

    The level of a unit from outside is a qualification type such as "Diploma", or empty if it
    is not stated.
    """

    listed: tuple[str, ...] = ()
    outside: Mapping[str, str] | None = None

    @property
    def levels(self) -> dict[str, str]:
        """The stated levels of units from outside the list."""
        return {code: level for code, level in (self.outside or {}).items() if level}

    @property
    def chosen(self) -> tuple[str, ...]:
        """All codes, the listed ones first."""
        return (*self.listed, *(self.outside or {}))

    @property
    def query(self) -> str:
        """Write the plan as the query of an address."""
        outside = (self.outside or {}).items()
        return urlencode(
            [("u", code) for code in self.listed]
            + [("x", f"{code}:{level}" if level else code) for code, level in outside],
            safe=":",
        )

    def without(self, code: str) -> "Plan":
        """Give the plan less one unit."""
        return make_plan(
            (one for one in self.listed if one != code),
            outside={one: level for one, level in (self.outside or {}).items() if one != code},
        )


def make_plan(listed: Iterable[str], *, outside: Mapping[str, str]) -> Plan:
    """Make a plan of codes, written as published."""
    return Plan(tuple(listed), dict(outside))


def read_plan(query: QueryDict, *, listed: Collection[str]) -> Plan:
    """
    Read the plan of an address: ``u`` names units, ``x`` a unit and its level.

    A form sends a unit from outside as ``xc`` and its level as ``xl``. A unit of the release's
    list counts as listed, however it was named; any other is one from outside. What is no code
    is left out, and so is what goes beyond 100 units.
    """
    levels: dict[str, str] = {}
    asked = [(code, "") for code in query.getlist("u")]
    asked += [_split(one) for one in query.getlist("x")]
    codes, stated = query.getlist("xc"), query.getlist("xl")
    asked += zip(codes, stated + [""] * len(codes), strict=False)
    for typed, level in asked:
        code = tidy_code(typed)
        if TRAINING_CODE.fullmatch(code) and (code in levels or len(levels) < MOST_UNITS):
            levels[code] = read_level(level) or levels.get(code, "")
    return make_plan(
        (code for code in levels if code in listed),
        outside={code: level for code, level in levels.items() if code not in listed},
    )


def read_level(typed: str) -> str:
    """Read a qualification type, such as "cert iii" for "Certificate III"; empty if it is none."""
    return _LEVELS.get(_level_key(typed), "")


def _level_key(typed: str) -> str:
    words = fold(typed[:40]).split()
    return " ".join(_NUMERALS.get(word, _WORDS.get(word, word)) for word in words)


_LEVELS = {_level_key(name): name for name in VOCATIONAL_TYPES}


def _split(typed: str) -> tuple[str, str]:
    """Part a code from its level; a code may itself stand with a space in it."""
    code, colon, level = typed.partition(":")
    if colon:
        return code, level
    words = _BETWEEN.split(typed.strip())
    for place in range(1, len(words)):
        if read_level(" ".join(words[place:])):
            return "".join(words[:place]), " ".join(words[place:])
    return typed, ""
