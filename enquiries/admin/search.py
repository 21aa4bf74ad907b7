"""What staff type to find an enquiry: a reference, an e-mail address, a phone number or names."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any, override

from django.db.models import Case, DateTimeField, ExpressionWrapper, F, Q, QuerySet, Subquery, When

from enquiries.admin.paginator import Leaf, Place, Run, leaf
from enquiries.desk import is_reference
from enquiries.models import (
    PHONES,
    REFERENCE_LENGTH,
    Enquiry,
    ends_in,
    is_named,
)

FEWEST_DIGITS = 5  # of a phone number
FEWEST_LETTERS = 3  # of a word that is looked for inside names
MOST_WORDS, LONGEST = 8, 200  # signs; what is beyond is not looked for
NEAR = 3_000  # rows in which a very common name stands often enough for a page
FAR = 16  # times as long a stretch, in which a family name does
EMAILS = ("own_email", "guardian_email")
_REFERENCE = re.compile(rf"[0-9A-Z]{{4,{REFERENCE_LENGTH}}}")  # or how one begins
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]*")
_NUMBER = re.compile(r"[\d\s()+./\u2010-\u2015\u2212-]+")
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")  # when copied
_TRUNK = re.compile(r"\(0\)")  # as in +44 (0)20
_ABROAD = "0011"  # what is dialled in Australia before the code of a country
_GAPS = re.compile(r"[\s\u2010-\u2015-]+")  # in a reference that was read out in parts

TOO_FEW_DIGITS = f"Type the last {FEWEST_DIGITS} digits of the phone number, or more."
ENDS_OTHERWISE = "No phone number ends so. Type the last digits of it, without an extension."
NOTHING_TO_FIND = "Type a name, an e-mail address, a phone number or a reference."
WHOLE_NAMES = (
    "These are names of exactly so few letters. "
    f"Type {FEWEST_LETTERS} letters or more to find longer names too."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """
    What was typed, understood.

    Each of ``tries`` has indexes of its own; the first that finds anything is the answer. ``named``
    is the one that looks for names. ``hint`` tells staff what to type instead, and ``if_none`` if
    nothing is found.
    """

    tries: tuple[Q, ...] = ()
    named: Q | None = None
    hint: str = ""
    if_none: str = ""

    def narrow(self, rows: QuerySet[Enquiry]) -> QuerySet[Enquiry]:
        """Narrow a list to all that the search may find."""
        if self.tries:
            return rows.filter(reduce(or_, self.tries))
        return rows.none() if self.hint else rows


def understand(typed: str) -> Wanted:
    """Say what to look for; nothing typed asks for nothing."""
    typed = " ".join(typed[:LONGEST].split())
    if not typed:
        return Wanted()
    if _ADDRESS.fullmatch(typed):
        return Wanted(tries=(_either("iexact", typed), _either("istartswith", typed)))
    if not any(sign.isalnum() for sign in typed):
        return Wanted(hint=NOTHING_TO_FIND)
    number = _UNSEEN.sub("", typed)
    return _phone(number) if _NUMBER.fullmatch(number) else _names(typed)


def _names(typed: str) -> Wanted:
    """Look for names; one word may be a reference too, or how one or an address begins."""
    words = list(dict.fromkeys(typed.split()))[:MOST_WORDS]
    is_short = all(len(word) < FEWEST_LETTERS and word.isascii() for word in words)
    named = is_named(" ".join(words), whole=is_short)
    if len(words) > 1 or is_short:
        hint = WHOLE_NAMES if is_short else ""
        return Wanted(tries=(*_reference(typed), named), named=named, hint=hint)
    reference = typed.upper()
    begins = _either("istartswith", typed)
    if _REFERENCE.fullmatch(reference):
        begins |= Q(reference__startswith=reference)
    return Wanted(tries=(*_reference(typed), named, begins), named=named)


def _reference(typed: str) -> tuple[Q, ...]:
    """Look for a reference, if this can be one, also in parts or of digits alone."""
    reference = _GAPS.sub("", typed).upper()
    return (Q(reference=reference),) if is_reference(reference) else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRun(Run):
    """
    The rows of a run that a search finds.

    PostgreSQL cannot tell a common name from a rare one that it holds no figures of. So a name is
    looked for row by row in the time of the next few enquiries. If it is there, but not on a page
    of them, the index of names is asked for a longer stretch; and for all if that is not enough, or
    if the name is not there.
    """

    condition: Q
    is_name: bool

    @override
    def read(self, place: Place | None, *, backward: bool, most: int) -> list[Any]:
        down = self.descending != backward
        sign = "-" if down else ""
        # Not the column but a sum, so that no index of the order tempts to read the whole table.
        instant = ExpressionWrapper(F(self.by) + timedelta(), output_field=DateTimeField())
        wherever = (
            self.beyond(place, backward=backward)
            .filter(self.condition)
            .alias(sorted_by=instant)
            .order_by(f"{sign}sorted_by", f"{sign}pk")
        )
        if self.is_name:
            until = f"{self.by}__{'gte' if down else 'lte'}"
            found = list(self._near(place, backward=backward, until=until)[:most])
            if 0 < len(found) < most:
                first, last = found[0].first, found[0].last
                found = list(wherever.filter(**{until: first + (last - first) * FAR})[:most])
            if len(found) == most:
                return found
        return list(wherever[:most])

    def _near(self, place: Place | None, *, backward: bool, until: str) -> QuerySet:
        """Find the name among the next few enquiries; each says when those begin and end."""
        anybody = replace(self, rows=Enquiry.objects.all()).beyond(place, backward=backward)
        instants = anybody.values(self.by)
        ends = {"first": Subquery(instants[:1]), "last": Subquery(instants[NEAR : NEAR + 1])}
        one_by_one = Case(When(self.condition, then=True), default=False)  # without its index
        rows: QuerySet = self.beyond(place, backward=backward).annotate(**ends)
        return rows.filter(one_by_one, **{until: F("last")})


def search(runs: Sequence[Run], wanted: Wanted, *, place: Place | None, size: int) -> Leaf:
    """Give a page of what is wanted: of the first of its tries that finds anything."""
    many = len(runs) > 1  # in which each try asks once
    tries = (reduce(or_, wanted.tries),) if many else wanted.tries
    found = Leaf(rows=[], previous=None, next=None)
    for condition in tries:
        searched = [
            SearchRun(
                rows=run.rows,
                by=run.by,
                descending=run.descending,
                condition=condition,
                is_name=condition is wanted.named and not many,
            )
            for run in runs
        ]
        found = leaf(searched, place=place, size=size)
        if found.rows:
            break
    return found


def _phone(typed: str) -> Wanted:
    """Look for how a phone number ends; the zero in front is for dialling at home."""
    signs = (sign for sign in _TRUNK.sub("", typed) if sign.isdecimal())
    dialled = "".join(str(unicodedata.decimal(sign)) for sign in signs)
    digits = dialled.removeprefix(_ABROAD).lstrip("0")
    if len(digits) < FEWEST_DIGITS:
        return Wanted(hint=TOO_FEW_DIGITS)
    ends = reduce(or_, (ends_in(column, digits) for column in PHONES))
    return Wanted(tries=(*_reference(typed), ends), if_none=ENDS_OTHERWISE)


def _either(lookup: str, typed: str) -> Q:
    """Say that one of the two e-mail addresses is this, or begins so."""
    return reduce(
        or_, (~Q(**{column: ""}) & Q(**{f"{column}__{lookup}": typed}) for column in EMAILS)
    )
