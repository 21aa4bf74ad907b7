"""People who do not exist: put together by number, so that one number is always one person."""

from dataclasses import dataclass
from datetime import date, timedelta

from enquiries.management.seeding.countries import OFTEN, RARELY, SOMETIMES, Country

_GOLDEN = 0x9E3779B97F4A7C15  # spreads neighbouring numbers far apart
_MASK = (1 << 64) - 1
YOUNGEST_ADULT, OLDEST_ADULT = 6_600, 16_000  # days, and days more
YOUNGEST_CHILD, OLDEST_CHILD = 1_200, 6_400  # days
A_CHILD_IN = 12
_WEIGHTED = OFTEN * 4 + SOMETIMES * 2 + RARELY


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody made up; ``relative`` and what begins so is of the adult who asks for a child."""

    country: Country
    zone: str
    given: str
    family: str
    relative: str
    email: str
    relative_email: str
    phone: str
    relative_phone: str
    born_on: date
    is_child: bool

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"


def person(number: int, *, today: date, country: Country | None = None) -> Person:
    """
    Make up the person of a number, of this country or any.

    Ages are by ``today``; adults were so two years ago.
    """
    chance = (number * _GOLDEN) & _MASK
    chance ^= chance >> 29
    country = country or _WEIGHTED[chance % len(_WEIGHTED)]
    given = country.given[(chance >> 6) % len(country.given)]
    family = country.family[(chance >> 14) % len(country.family)]
    relative = country.given[(chance >> 22) % len(country.given)]
    is_child = (chance >> 30) % A_CHILD_IN == 0
    days = (
        YOUNGEST_CHILD + (chance >> 34) % (OLDEST_CHILD - YOUNGEST_CHILD)
        if is_child
        else 731 + YOUNGEST_ADULT + (chance >> 34) % OLDEST_ADULT
    )
    beginnings = country.phones
    return Person(
        country=country,
        zone=country.zones[(chance >> 48) % len(country.zones)],
        given=given,
        family=family,
        relative=f"{relative} {family}",
        email=_email(given, family, number),
        relative_email=_email(relative, family, number),
        phone=_phone(beginnings[(chance >> 52) % len(beginnings)], chance >> 3),
        relative_phone=_phone(beginnings[(chance >> 55) % len(beginnings)], chance >> 17),
        born_on=today - timedelta(days=days),
        is_child=is_child,
    )


def _email(given: str, family: str, number: int) -> str:
    plain = f"{given}.{family}".lower()
    name = "".join(sign for sign in plain if sign.isascii() and (sign.isalnum() or sign == "."))
    return f"{name.strip('.') or 'someone'}.{number}@example.{'org' if number % 3 else 'com'}"


def _phone(beginning: str, chance: int) -> str:
    digits = beginning.count("#")
    return beginning[: len(beginning) - digits] + f"{chance % 10**digits:0{digits}}"
