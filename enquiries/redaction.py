"""Blanking phone numbers and e-mail addresses in free text: those we know, or all but some."""

import re
import sys
import unicodedata
from collections.abc import Collection, Iterator
from functools import cache

import phonenumbers
from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher

REMOVED = "[contact removed]"
FEWEST_DIGITS = 7  # of what is taken for a phone number: codes of occupations have 6
EMAIL = re.compile(r"[^\s@<>()\[\],;:\"]{1,64}@[^\s@<>()\[\],;:\"]{1,190}\.\w{2,}")
LONG_NUMBER = re.compile(r"\+?\d{9,15}|(?:\+|[0\u0660\u06f0\u0966\uff10])(?:[ .\-()]{0,2}\d){8,14}")
BETWEEN = r"[\s().\-\u00ad\u00b7\u200b-\u200f\u2010-\u2015\u202a-\u202e\u2060/]*"  # two digits


def without_contacts(text: str, *, country: str, but: Collection[str] = ()) -> str:
    """
    Blank every phone number and e-mail address in ``text`` but those named.

    A number without ``+`` is read as one of ``country`` (ISO alpha-2). ``but`` names numbers in
    E.164 and e-mail addresses.
    """
    kept = {each.casefold() for each in but}
    found = [
        (start, end)
        for start, end, contact in _contacts(text, country=country)
        if contact.casefold() not in kept
    ]
    for start, end in sorted(found, reverse=True):
        text = text[:start] + REMOVED + text[end:]
    return text


def without_known(text: str, *, contacts: Collection[str]) -> str:
    """
    Blank the ``contacts`` in ``text``: numbers in E.164, and e-mail addresses.

    A number is found in any writing of its digits, with or without its country's number.
    """
    for contact in filter(None, contacts):
        text = _known(contact).sub(REMOVED, text)
    return text


def _contacts(text: str, *, country: str) -> Iterator[tuple[int, int, str]]:
    """Find where contacts stand, one beside the other, and what they are in plain writing."""
    taken: list[tuple[int, int]] = []
    for start, end, contact in [
        *((*match.span(), match[0]) for match in EMAIL.finditer(text)),
        *_numbers(text, country=country),
        *((*match.span(), match[0]) for match in LONG_NUMBER.finditer(text)),
    ]:
        if all(end <= other_start or other_end <= start for other_start, other_end in taken):
            taken.append((start, end))
            yield start, end, contact


def _numbers(text: str, *, country: str) -> Iterator[tuple[int, int, str]]:
    for match in PhoneNumberMatcher(text, country, leniency=Leniency.VALID):
        if sum(sign.isdecimal() for sign in match.raw_string) >= FEWEST_DIGITS:
            number = phonenumbers.format_number(match.number, PhoneNumberFormat.E164)
            yield match.start, match.end, number


@cache
def _known(contact: str) -> re.Pattern[str]:
    if "@" in contact:
        return re.compile(re.escape(contact), re.IGNORECASE)
    number = phonenumbers.parse(contact)
    country = BETWEEN.join(map(_digit, str(number.country_code)))
    local = BETWEEN.join(map(_digit, phonenumbers.national_significant_number(number)))
    zero = _digit("0")
    before = rf"(?:(?:\+|{zero}{BETWEEN}{zero})?{BETWEEN}{country}{BETWEEN})?"
    return re.compile(rf"{before}\(?{zero}?\)?{BETWEEN}{local}")


@cache
def _digit(digit: str) -> str:
    """Match one digit in every script."""
    return f"[{''.join(_scripts()[int(digit)])}]"


@cache
def _scripts() -> list[list[str]]:
    digits: list[list[str]] = [[] for _ in range(10)]
    for sign in map(chr, range(sys.maxunicode)):
        if unicodedata.category(sign) == "Nd":
            digits[unicodedata.decimal(sign)].append(sign)
    return digits
