# ruff: noqa: RUF001 - digits of other scripts are what is tested
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from enquiries.guardian import (
    DateOfBirthRejected,
    decide,
    decision_date,
    eighteenth_birthday,
    is_namesake,
    needs_guardian,
    parse_date_of_birth,
)

TODAY = date(2026, 11, 23)
SYDNEY = ZoneInfo("Australia/Sydney")


@pytest.mark.parametrize(
    ("on", "needed"),
    [
        pytest.param(date(2008, 3, 1), True, id="the day of birth"),
        pytest.param(date(2026, 2, 28), True, id="the day before turning eighteen"),
        pytest.param(date(2026, 3, 1), False, id="the eighteenth birthday itself"),
        pytest.param(date(2026, 3, 2), False, id="the day after"),
    ],
)
def test_guardian_is_needed_until_the_eighteenth_birthday(on, needed):
    assert needs_guardian(born=date(2008, 3, 1), on=on) is needed


@pytest.mark.parametrize(
    ("born", "birthday"),
    [
        (date(2008, 2, 28), date(2026, 2, 28)),
        (date(2008, 2, 29), date(2026, 3, 1)),
        (date(2008, 3, 1), date(2026, 3, 1)),
        (date(2008, 12, 31), date(2026, 12, 31)),
        (date(2082, 2, 28), date(2100, 2, 28)),
    ],
)
def test_who_is_born_on_a_leap_day_turns_eighteen_on_the_first_of_march(born, birthday):
    assert eighteenth_birthday(born) == birthday


@pytest.mark.parametrize(
    ("zone", "instant", "expected"),
    [
        pytest.param(
            "America/Los_Angeles", datetime(2026, 3, 1, 2, tzinfo=UTC), date(2026, 2, 28),
            id="yesterday where the enquirer is",
        ),
        pytest.param(
            "Pacific/Kiritimati", datetime(2026, 2, 28, 11, tzinfo=UTC), date(2026, 2, 28),
            id="tomorrow where the enquirer is",
        ),
        pytest.param(
            "Australia/Sydney", datetime(2026, 2, 28, 13, tzinfo=UTC), date(2026, 3, 1),
            id="just after midnight in both",
        ),
    ],
)  # fmt: skip
def test_the_earlier_of_the_two_dates_decides(zone, instant, expected):
    decided = decision_date(now=instant, enquirer_zone=ZoneInfo(zone), site_zone=SYDNEY)
    assert decided == expected


def test_a_decision_needs_an_instant_with_a_zone():
    with pytest.raises(ValueError, match="aware"):
        decision_date(now=datetime(2026, 3, 1), enquirer_zone=SYDNEY, site_zone=SYDNEY)  # noqa: DTZ001


def test_a_decision_carries_everything_it_was_drawn_from():
    instant = datetime(2026, 3, 1, 2, tzinfo=UTC)
    decision = decide(
        born=date(2008, 3, 1),
        now=instant,
        enquirer_zone=ZoneInfo("America/Los_Angeles"),
        site_zone=SYDNEY,
    )
    assert decision.needs_guardian
    assert decision.decided_on == date(2026, 2, 28)
    assert decision.decided_at == instant
    assert (decision.enquirer_zone, decision.site_zone) == (
        "America/Los_Angeles", "Australia/Sydney",
    )  # fmt: skip
    assert decision.rule_version


@pytest.mark.parametrize(
    ("day", "month", "year", "born"),
    [
        ("17", "5", "2008", date(2008, 5, 17)),
        ("07", "05", "2008", date(2008, 5, 7)),
        ("007", "05", "02008", date(2008, 5, 7)),
        (" 17 ", "\t5", "2008 ", date(2008, 5, 17)),
        ("17\u00a0", "5", "\u20072008", date(2008, 5, 17)),
        ("17", "May", "2008", date(2008, 5, 17)),
        ("17", "MAY", "2008", date(2008, 5, 17)),
        ("1", "january", "2008", date(2008, 1, 1)),
        ("1", "Jan", "2008", date(2008, 1, 1)),
        ("1", "Feb.", "2008", date(2008, 2, 1)),
        ("30", "sEpT", "2008", date(2008, 9, 30)),
        ("30", "Sep", "2008", date(2008, 9, 30)),
        ("31", " December ", "1999", date(1999, 12, 31)),
        ("١٧", "٥", "٢٠٠٨", date(2008, 5, 17)),
        ("۱۷", "۵", "۲۰۰۸", date(2008, 5, 17)),
        ("१७", "५", "२००८", date(2008, 5, 17)),
        ("১৭", "৫", "২০০৮", date(2008, 5, 17)),
        ("\uff11\uff17", "\uff15", "\uff12\uff10\uff10\uff18", date(2008, 5, 17)),
        ("\u200f١٧\u200f", "٥", "\u200f٢٠٠٨", date(2008, 5, 17)),
        ("29", "2", "2008", date(2008, 2, 29)),
        ("29", "February", "2000", date(2000, 2, 29)),
        ("23", "11", "2026", TODAY),
        ("24", "11", "1906", date(1906, 11, 24)),
    ],
)
def test_a_date_of_birth_is_read_as_people_type_it(day, month, year, born):
    assert parse_date_of_birth(day=day, month=month, year=year, today=TODAY) == born


GREGORIAN = "a Gregorian year, like 2008"


@pytest.mark.parametrize(
    ("day", "month", "year", "part", "says"),
    [
        ("", "5", "2008", "day", "Enter the day"),
        ("17", "", "2008", "month", "Enter the month"),
        ("17", "5", "", "year", "Enter the year"),
        ("  ", "5", "2008", "day", "Enter the day"),
        ("0", "5", "2008", "day", "1 to 31"),
        ("32", "5", "2008", "day", "1 to 31"),
        ("-1", "5", "2008", "day", "1 to 31"),
        ("1.5", "5", "2008", "day", "1 to 31"),
        ("117", "5", "2008", "day", "1 to 31"),
        ("²", "5", "2008", "day", "1 to 31"),
        ("1_0", "5", "2008", "day", "1 to 31"),
        ("first", "5", "2008", "day", "1 to 31"),
        ("9" * 5000, "5", "2008", "day", "1 to 31"),
        ("31", "2", "2008", "day", "February 2008 has 29 days"),
        ("29", "2", "2007", "day", "February 2007 has 28 days"),
        ("31", "April", "2008", "day", "April 2008 has 30 days"),
        ("17", "0", "2008", "month", "1 to 12"),
        ("17", "13", "2008", "month", "1 to 12"),
        ("17", "Mai", "2008", "month", "1 to 12"),
        ("17", "Thermidor", "2008", "month", "1 to 12"),
        ("17", "5", "08", "year", GREGORIAN),
        ("17", "5", "8", "year", GREGORIAN),
        ("17", "5", "2551", "year", GREGORIAN),
        ("17", "5", "1387", "year", GREGORIAN),
        ("17", "5", "1906", "year", GREGORIAN),
        ("23", "11", "1906", "year", GREGORIAN),
        ("17", "5", "2027", "year", GREGORIAN),
        ("17", "5", "20081", "year", GREGORIAN),
        ("17", "5", "MMVIII", "year", GREGORIAN),
        ("17", "5", "平成20", "year", GREGORIAN),
        ("24", "11", "2026", "day", "in the future"),
        ("1", "12", "2026", "month", "in the future"),
    ],
)
def test_a_wrong_date_of_birth_names_the_part(day, month, year, part, says):
    with pytest.raises(DateOfBirthRejected) as rejected:
        parse_date_of_birth(day=day, month=month, year=year, today=TODAY)
    assert rejected.value.part == part
    assert says in rejected.value.sentence
    assert rejected.value.part in rejected.value.sentence.lower()


@pytest.mark.parametrize(
    ("guardian", "child", "one"),
    [
        ("Ann Example", " ann  EXAMPLE ", True),
        ("Ａｎｎ Example", "Ann Example", True),
        ("Weiß", "WEISS", True),
        ("Ann Example", "Anna Example", False),
    ],
)
def test_a_name_is_one_however_it_is_written(guardian, child, one):
    assert is_namesake(guardian=guardian, child=child) is one
