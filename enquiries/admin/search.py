"""What staff type to find an enquiry: a reference, an e-mail address, a phone number or names."""

import re
import unicodedata
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Value

from enquiries.desk import is_reference
from enquiries.models import Enquiry, folded

FEWEST_DIGITS = 5  # of a phone number
FEWEST_LETTERS = 3  # of a word that is looked for inside names
MOST_WORDS, LONGEST = 8, 200  # signs; what is beyond is not looked for
_ADDRESS = re.compile(r"\S+@\S+\.\S+")
_NUMBER = re.compile(r"[\d\s()+./\u2013-]+")
_TRUNK = re.compile(r"\(0\)")  # as in +44 (0)20
# Three letters or digits in a row, or a sign beyond ASCII, which is stored as three digits a byte.
_INDEXED = re.compile(r"[a-z0-9]{3}|[^\x00-\x7f]", re.IGNORECASE)

TOO_FEW_DIGITS = f"Type at least {FEWEST_DIGITS} digits of the phone number."
NOTHING_TO_FIND = "Type a name, an e-mail address, a phone number or a reference."
WHOLE_NAMES = (
    "These are names of exactly so few letters. "
    f"Type {FEWEST_LETTERS} letters or more to find longer names too."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """
    What was typed, understood.

    ``exact`` is tried first, through an index of its own; ``within`` is the whole answer where it
    finds none. ``hint`` tells staff what to type instead.
    """

    exact: Q | None = None
    within: Q | None = None
    hint: str = ""


def understand(typed: str) -> Wanted:
    """Say what to look for; nothing typed asks for nothing."""
    typed = " ".join(typed[:LONGEST].split())
    if not typed:
        return Wanted()
    wanted = _within(typed)
    if is_reference(typed):
        return Wanted(exact=Q(reference=typed.upper()), within=wanted.within, hint=wanted.hint)
    if _ADDRESS.fullmatch(typed):
        theirs = Q(guardian_email__iexact=typed) & ~Q(guardian_email="")
        return Wanted(exact=Q(own_email__iexact=typed) | theirs, within=wanted.within)
    return wanted


def find(queryset: QuerySet[Enquiry], wanted: Wanted) -> tuple[QuerySet[Enquiry], str]:
    """Narrow a list to what is wanted, and give the hint that belongs to the answer."""
    if wanted.exact is not None:
        exact = queryset.filter(wanted.exact)
        if exact.order_by().exists():
            return exact, ""
    if wanted.within is not None:
        return queryset.filter(wanted.within), wanted.hint
    return (queryset.none() if wanted.hint else queryset), wanted.hint


def _within(typed: str) -> Wanted:
    if _NUMBER.fullmatch(typed) and any(sign.isdecimal() for sign in typed):
        return _phone(typed)
    words = list(dict.fromkeys(typed.split()))[:MOST_WORDS]
    if not any(sign.isalnum() for sign in typed):
        return Wanted(hint=NOTHING_TO_FIND)
    long = [word for word in words if len(word) >= FEWEST_LETTERS and _INDEXED.search(word)]
    if not long:
        within = Q(*(_holds(f" {word} ") for word in words))
        return Wanted(within=within, hint=WHOLE_NAMES)
    parts = (word if word in long else f" {word}" for word in words)
    return Wanted(within=Q(*map(_holds, parts)))


def _phone(typed: str) -> Wanted:
    """Look for digits in a phone number; the zero in front is for dialling at home."""
    signs = (sign for sign in _TRUNK.sub("", typed) if sign.isdecimal())
    digits = "".join(str(unicodedata.decimal(sign)) for sign in signs).lstrip("0")
    if len(digits) < FEWEST_DIGITS:
        return Wanted(hint=TOO_FEW_DIGITS)
    in_a_number = Q(own_phone__contains=digits) | Q(guardian_phone__contains=digits)
    return Wanted(within=_holds(digits) & in_a_number)


def _holds(part: str) -> Q:
    """Say that the searched text holds ``part``, folded alike; % and _ are signs like others."""
    return Q(searched__contains=folded(Value(part)))
