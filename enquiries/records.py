"""Who opened whose data: access as it is noted, and as those who look into it read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from operator import itemgetter
from typing import Any, Self

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import CharField, F, Q, QuerySet, Value

from enquiries.models import AccessKind, AccessRecord, Enquiry, Erasure, ListRecord, ResumeAccess

MOST_SHOWN = 200  # accesses a page; the next page goes on where it ends
LONGEST_WHAT = 200  # characters, as the column
RESUME_OPENED = "resume"
LISTED = "listed"
_BIGINT = 2**63
TOLD = {
    AccessKind.OPENED.value: "Opened it",
    AccessKind.EXPORTED.value: "Exported it",
    RESUME_OPENED: "Opened the résumé",
    LISTED: "Seen in a list",
}
_LOOKS = (AccessKind.OPENED, AccessKind.EXPORTED)
_OPENED_ONCE_A_MINUTE = """
INSERT INTO enquiries_accessrecord (at, by_id, kind, enquiry_number, what, why)
SELECT %(at)s, %(by)s, %(kind)s, %(number)s, '', ''
WHERE NOT EXISTS (
    SELECT FROM enquiries_accessrecord
    WHERE enquiry_number = %(number)s AND by_id = %(by)s AND kind = %(kind)s
      AND at > %(at)s::timestamptz - interval '1 minute'
)
"""
_LISTED_ONCE_A_MINUTE = """
INSERT INTO enquiries_listrecord (at, by_id, what, enquiry_numbers)
SELECT %(at)s, %(by)s, %(what)s, %(numbers)s::bigint[]
WHERE NOT EXISTS (
    SELECT FROM enquiries_listrecord
    WHERE by_id = %(by)s AND at > %(at)s::timestamptz - interval '1 minute'
      AND what = %(what)s AND enquiry_numbers = %(numbers)s::bigint[]
)
"""


class Look(StrEnum):
    """How near somebody came to an enquiry: its page or file before them, or its line in a list."""

    ALL = "all"
    OPENED = "opened"
    LISTED = "listed"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """Where a row stands in the one order of all tables, so that the next page goes on there."""

    at: datetime
    table: int
    pk: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()},{self.table},{self.pk}"

    @classmethod
    def read(cls, written: str) -> Self | None:
        """Read a place as it stands in an address; nothing if it is none."""
        try:
            at, table, pk = written.split(",")
            place = cls(at=datetime.fromisoformat(at), table=int(table), pk=int(pk))
        except ValueError:
            return None
        return place if place.at.tzinfo and place.pk < _BIGINT else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """One time that staff had enquiries or a file before them; ``why``, or which list it was."""

    place: Place
    at: datetime
    by_id: int
    kind: str
    enquiry_numbers: list[int]
    references: list[str]
    why: str

    @property
    def what(self) -> str:
        """What was done, in words."""
        return TOLD[self.kind]

    @property
    def is_listed(self) -> bool:
        """Whether it was no more than a line in a list."""
        return self.kind == LISTED


def note_access(
    kind: AccessKind,
    *,
    by: User | None,
    now: datetime,
    enquiry_number: int | None = None,
    what: str = "",
    why: str = "",
) -> AccessRecord:
    """
    Record that ``by`` opened, took out or was refused something; nobody alters it later.

    ``what`` is a page or a permission, never a name, a contact or words of an enquirer.
    """
    return AccessRecord.objects.create(
        at=now,
        by=by,
        kind=kind,
        enquiry_number=enquiry_number,
        what=what[:LONGEST_WHAT],
        why=why,
    )


def note_opened(enquiry: Enquiry, *, by: User, now: datetime) -> None:
    """Record that ``by`` opened the page of an enquiry, once a minute at most."""
    with connection.cursor() as cursor:
        cursor.execute(
            _OPENED_ONCE_A_MINUTE,
            {"at": now, "by": by.pk, "kind": AccessKind.OPENED.value, "number": enquiry.pk},
        )


def note_listed(numbers: Iterable[int], *, by: User, what: str, now: datetime) -> None:
    """
    Record that ``by`` had a page of a list with the people of these enquiries before them.

    ``what`` names the list, never what was searched for. The same page again is noted once a
    minute at most, and a page that shows nobody is not.
    """
    shown = list(dict.fromkeys(numbers))
    if not shown:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            _LISTED_ONCE_A_MINUTE, {"at": now, "by": by.pk, "what": what, "numbers": shown}
        )


def opened_by(
    user: User,
    *,
    since: datetime,
    until: datetime,
    look: Look = Look.ALL,
    after: Place | None = None,
) -> list[Access]:
    """
    List whose data an account had before it in a period, latest first.

    One page at most; ``after`` is the place of the last row that was read.
    """
    theirs = Q(by_id=user.pk, at__gte=since, at__lt=until)
    return _latest(theirs, look=look, after=after)


def who_opened(number: int, *, look: Look = Look.ALL, after: Place | None = None) -> list[Access]:
    """List who had the enquiry of this number before them, latest first; one page at most."""
    return _latest(Q(), look=look, after=after, number=number)


def number_of(reference: str) -> int | None:
    """Find the number of an enquiry, or of one that is erased, by its reference."""
    wanted = reference.strip().upper()
    number: int | None = (
        Enquiry.objects.filter(reference=wanted).values_list("pk", flat=True).first()
        or Erasure.objects.filter(reference=wanted).values_list("enquiry_number", flat=True).first()
    )
    return number


def references(numbers: set[int]) -> dict[int, str]:
    """Give the reference of each of these enquiries, also of those that are erased."""
    kept = Enquiry.objects.filter(pk__in=numbers).values_list("pk", "reference")
    erased = Erasure.objects.filter(enquiry_number__in=numbers)
    gone = erased.values_list("enquiry_number", "reference")
    return dict(kept.order_by().union(gone.order_by(), all=True).order_by())


def _latest(
    narrowed: Q, *, look: Look, after: Place | None, number: int | None = None
) -> list[Access]:
    """Read all kinds of record in one order; each is bounded before they are put together."""
    looks = AccessRecord.objects.filter(narrowed, kind__in=_LOOKS)
    files = ResumeAccess.objects.filter(narrowed).annotate(
        kind=Value(RESUME_OPENED, output_field=CharField()), enquiry_number=F("resume__enquiry_id")
    )
    lists = ListRecord.objects.filter(narrowed).annotate(
        kind=Value(LISTED, output_field=CharField()), why=F("what")
    )
    if number is not None:
        looks, files = looks.filter(enquiry_number=number), files.filter(enquiry_number=number)
        lists = lists.filter(enquiry_numbers__contains=[number])
    wanted: list[tuple[int, QuerySet[Any], str]] = []
    if look is not Look.LISTED:
        wanted += [(0, looks, "enquiry_number"), (1, files, "enquiry_number")]
    if look is not Look.OPENED:
        wanted.append((2, lists, "enquiry_numbers"))
    found = [
        (Place(at=row["at"], table=table, pk=row.pop("pk")), row)
        for table, rows, column in wanted
        for row in _bounded(rows, column, table=table, after=after)
    ]
    found.sort(key=itemgetter(0), reverse=True)
    del found[MOST_SHOWN:]
    for _, row in found:
        listed = row.pop("enquiry_numbers", None) or [row.pop("enquiry_number", None)]
        row["enquiry_numbers"] = listed if number is None else [number]
    known = references({each for _, row in found for each in row["enquiry_numbers"]})
    return [
        Access(
            **row,
            place=place,
            references=[known.get(each, str(each)) for each in row["enquiry_numbers"]],
        )
        for place, row in found
    ]


def _bounded(
    rows: QuerySet[Any], column: str, *, table: int, after: Place | None
) -> QuerySet[Any, dict[str, Any]]:
    if after:
        later = Q(at__lt=after.at)
        if table == after.table:
            later |= Q(at=after.at, pk__lt=after.pk)
        elif table < after.table:
            later |= Q(at=after.at)
        rows = rows.filter(later)
    columns = rows.values("pk", "at", "by_id", "kind", "why", column)
    return columns.order_by("-at", "-pk")[:MOST_SHOWN]
