"""Cases of the guardian rule: where, when, and what is typed → who must complete the form."""
# ruff: noqa: RUF001 - digits and names of other scripts are what is tested

from dataclasses import dataclass
from datetime import UTC, datetime

MINOR, ADULT = "a guardian", "the person"


@dataclass(frozen=True, slots=True)
class Case:
    """``expected`` is MINOR, ADULT, or words of the sentence at the date of birth."""

    what: str
    expected: str
    born: tuple[str, str, str] = ("17", "5", "2012")
    place: tuple[str, str] = ("AU", "Australia/Sydney")
    at: str = "2026-11-23 02:00"  # UTC
    name: str = "Cleo"
    about: str = "child"

    @property
    def now(self) -> datetime:
        return datetime.fromisoformat(self.at).replace(tzinfo=UTC)


MARCH, LEAP = ("1", "3", "2008"), ("29", "2", "2008")
PLACES = {
    "Sydney": ("AU", "Australia/Sydney"),
    "Lord Howe": ("AU", "Australia/Lord_Howe"),
    "Kiritimati": ("KI", "Pacific/Kiritimati"),
    "Niue": ("NU", "Pacific/Niue"),
    "Auckland": ("NZ", "Pacific/Auckland"),
    "Chatham": ("NZ", "Pacific/Chatham"),
    "Kathmandu": ("NP", "Asia/Kathmandu"),
    "Tehran": ("IR", "Asia/Tehran"),
    "Lagos": ("NG", "Africa/Lagos"),
    "Sao Paulo": ("BR", "America/Sao_Paulo"),
    "St John's": ("CA", "America/St_Johns"),
    "Los Angeles": ("US", "America/Los_Angeles"),
    "Honolulu": ("US", "Pacific/Honolulu"),
}
MIDNIGHTS = {  # the last minute before the 18th birthday is on both calendars, and the first on it
    "Sydney": ("2026-02-28 12:59", "2026-02-28 13:00"),
    "Lord Howe": ("2026-02-28 12:59", "2026-02-28 13:00"),
    "Kiritimati": ("2026-02-28 12:59", "2026-02-28 13:00"),
    "Auckland": ("2026-02-28 12:59", "2026-02-28 13:00"),
    "Chatham": ("2026-02-28 12:59", "2026-02-28 13:00"),
    "Kathmandu": ("2026-02-28 18:14", "2026-02-28 18:15"),
    "Tehran": ("2026-02-28 20:29", "2026-02-28 20:30"),
    "Lagos": ("2026-02-28 22:59", "2026-02-28 23:00"),
    "Sao Paulo": ("2026-03-01 02:59", "2026-03-01 03:00"),
    "St John's": ("2026-03-01 03:29", "2026-03-01 03:30"),
    "Los Angeles": ("2026-03-01 07:59", "2026-03-01 08:00"),
    "Honolulu": ("2026-03-01 09:59", "2026-03-01 10:00"),
    "Niue": ("2026-03-01 10:59", "2026-03-01 11:00"),
}
OWN_MIDNIGHTS = {  # it is the birthday there already, but not yet here
    "Kiritimati": "2026-02-28 10:00",
    "Chatham": "2026-02-28 10:15",
    "Auckland": "2026-02-28 11:00",
}
OUR_MIDNIGHT = "2026-02-28 13:00"  # it is the birthday here already, but not yet there
LEAP_DAYS = ("Sydney", "Kiritimati", "Los Angeles", "Niue")
WEST = ("Kathmandu", "Lagos", "Los Angeles", "Niue")

CASES = [
    *(
        Case(f"born {born}, {city}, {moment}", expected, born, PLACES[city], at)
        for city, minutes in MIDNIGHTS.items()
        for born in ((MARCH, LEAP) if city in LEAP_DAYS else (MARCH,))
        for moment, expected, at in (
            ("the minute before", MINOR, minutes[0]),
            ("the minute of", ADULT, minutes[1]),
        )
    ),
    *(
        Case(f"{city}, midnight there only", MINOR, MARCH, PLACES[city], at)
        for city, at in OWN_MIDNIGHTS.items()
    ),
    *(
        Case(f"{city}, midnight here only", MINOR, MARCH, PLACES[city], OUR_MIDNIGHT)
        for city in WEST
    ),
    Case("leap day, 28 February is not yet the day", MINOR, LEAP, at="2026-02-27 14:00"),
    Case("28 February, its first minute", ADULT, ("28", "2", "2008"), at="2026-02-27 13:00"),
    Case("28 February, the minute before", MINOR, ("28", "2", "2008"), at="2026-02-27 12:59"),
    Case("leap day of 2012 in 2030", MINOR, ("29", "2", "2012"), at="2030-02-28 12:59"),
    Case("leap day of 2012 on 1 March 2030", ADULT, ("29", "2", "2012"), at="2030-02-28 13:00"),
    Case("31 December, the minute before", MINOR, ("31", "12", "2008"), at="2026-12-30 12:59"),
    Case("31 December, its first minute", ADULT, ("31", "12", "2008"), at="2026-12-30 13:00"),
    Case("1 January, the minute before", MINOR, ("1", "1", "2009"), at="2026-12-31 12:59"),
    Case("1 January, its first minute", ADULT, ("1", "1", "2009"), at="2026-12-31 13:00"),
    Case("the clocks go forward, before", MINOR, ("4", "10", "2008"), at="2026-10-03 13:59"),
    Case("the clocks go forward, on the day", ADULT, ("4", "10", "2008"), at="2026-10-03 14:00"),
    Case("the clocks go back, before", MINOR, ("5", "4", "2008"), at="2026-04-04 12:59"),
    Case("the clocks go back, on the day", ADULT, ("5", "4", "2008"), at="2026-04-04 13:00"),
    Case("born yesterday", MINOR, ("22", "11", "2026")),
    Case("119 years old", ADULT, ("24", "11", "1906")),
    Case("120 years old", "a Gregorian year", ("23", "11", "1906")),
    Case("born tomorrow", "in the future", ("24", "11", "2026")),
    Case("born next month", "in the future", ("1", "12", "2026")),
    # the date of birth decides, whatever the first answer says
    Case("a minor who says: me", MINOR, about="me"),
    Case("a grown child", ADULT, ("17", "5", "1990")),
    # years of other calendars
    Case("Thai year", "a Gregorian year", ("17", "5", "2555")),
    Case("Thai year in Thai digits", "a Gregorian year", ("๑๗", "๕", "๒๕๕๕")),
    Case("Islamic year", "a Gregorian year", ("17", "5", "1433")),
    Case("Islamic year in Arabic digits", "a Gregorian year", ("١٧", "٥", "١٤٣٣")),
    Case("Persian year", "a Gregorian year", ("17", "5", "1391")),
    Case("Persian year in Persian digits", "a Gregorian year", ("۱۷", "۵", "۱۳۹۱")),
    Case("Japanese era", "a Gregorian year", ("17", "5", "平成24")),
    Case("Japanese era by its letter", "a Gregorian year", ("17", "5", "H24")),
    Case("Japanese era by its name", "a Gregorian year", ("17", "5", "Heisei 24")),
    Case("year of the Republic of China", "a Gregorian year", ("17", "5", "101")),
    Case("Nepali year", "a Gregorian year", ("17", "5", "2069")),
    Case("Hebrew year", "a Gregorian year", ("17", "5", "5772")),
    Case("Coptic year", "a Gregorian year", ("17", "5", "1728")),
    Case("Saka year of a grandmother", "a Gregorian year", ("17", "5", "1867")),
    Case("Saka year, which may be a Gregorian one", ADULT, ("17", "5", "1912")),
    Case("Ethiopian year, which may be a Gregorian one", MINOR, ("17", "5", "2010")),
    Case("thirteenth month of the Ethiopian year", "from 1 to 12", ("3", "13", "2010")),
    Case("two digits", "a Gregorian year", ("17", "5", "12")),
    Case("two digits of an adult", "a Gregorian year", ("17", "5", "90")),
    Case("two digits behind an apostrophe", "a Gregorian year", ("17", "5", "'12")),
    Case("two digits in Arabic", "a Gregorian year", ("١٧", "٥", "١٢")),
    Case("Roman year", "a Gregorian year", ("17", "5", "MMXII")),
    # digits of other scripts
    Case("Arabic digits", MINOR, ("١٧", "٥", "٢٠١٢")),
    Case("Arabic digits of an adult", ADULT, ("١٧", "٥", "١٩٩٠")),
    Case("Persian digits", MINOR, ("۱۷", "۵", "۲۰۱۲")),
    Case("Devanagari digits", MINOR, ("१७", "५", "२०१२")),
    Case("Bengali digits", MINOR, ("১৭", "৫", "২০১২")),
    Case("Thai digits", MINOR, ("๑๗", "๕", "๒๐๑๒")),
    Case("Tamil digits", MINOR, ("௧௭", "௫", "௨௦௧௨")),
    Case("Khmer digits", MINOR, ("១៧", "៥", "២០១២")),
    Case("full-width digits", MINOR, ("１７", "５", "２０１２")),
    Case("digits of two scripts", MINOR, ("1७", "05", "20١٢")),
    Case("marks of writing direction", MINOR, ("\u200f١٧\u200f", "٥", "\u200e2012")),
    Case("superscript digits", "1 to 31", ("¹⁷", "5", "2012")),
    # as people type
    Case("leading zeros", MINOR, ("007", "05", "02012")),
    Case("spaces", MINOR, (" 17 ", "\u00a05", "2012\u2003")),
    Case("a month's name", MINOR, ("17", "May", "2012")),
    Case("a month's short name", MINOR, ("17", "sept.", "2012")),
    Case("a month's name in capitals", ADULT, ("17", "DECEMBER", "2007")),
    Case("a German month", "1 to 12", ("17", "Mai", "2012")),
    Case("a Chinese month", "1 to 12", ("17", "五月", "2012")),
    Case("month 13", "1 to 12", ("17", "13", "2012")),
    Case("day 0", "1 to 31", ("0", "5", "2012")),
    Case("31 February", "February 2012 has 29 days", ("31", "2", "2012")),
    Case("a leap day that never was", "February 2011 has 28 days", ("29", "2", "2011")),
    Case("31 April", "April 2012 has 30 days", ("31", "April", "2012")),
    Case("no day", "Enter the day", ("", "5", "2012")),
    Case("no date", "Enter the date of birth", ("", "", "")),
    # names in many scripts
    *(
        Case(f"the name {name}", MINOR, name=name)
        for name in ("李", "Ольга", "محمد", "क्लियो", "สมชาย", "Ngọc", "Zoe\u0308", "ክሌኦ", "O’Néill")
    ),
]
