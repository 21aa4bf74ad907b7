"""Who opened whose data: access as it is noted, and as those who look into it read it."""

from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any, Self

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import CharField, F, Q, QuerySet, Value

from enquiries.models import AccessKind, AccessRecord, Enquiry, Erasure, ResumeAccess

MOST_SHOWN = 200  # accesses a page; the next page goes on where it ends
LONGEST_WHAT = 200  # characters, as the column
RESUME_OPENED = "resume"
_BIGINT = 2**63
TOLD = {
    AccessKind.OPENED.value: "Opened it",
    AccessKind.SEARCHED.value: "Found it by a search",
    AccessKind.EXPORTED.value: "Exported it",
    RESUME_OPENED: "Opened the résumé",
}
_LOOKS = (AccessKind.OPENED, AccessKind.SEARCHED, AccessKind.EXPORTED)
_OPENED_ONCE_A_MINUTE = """
INSERT INTO enquiries_accessrecord (at, by_id, kind, enquiry_number, what, why)
SELECT %(at)s, %(by)s, %(kind)s, %(number)s, '', ''
WHERE NOT EXISTS (
    SELECT FROM enquiries_accessrecord
    WHERE enquiry_number = %(number)s AND by_id = %(by)s AND kind = %(kind)s
      AND at > %(at)s::timestamptz - interval '1 minute'
)
"""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """Where a row stands in the one order of both tables, so that the next page goes on there."""

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
    """One time that a member of staff had an enquiry, or its file, before them."""

    place: Place
    at: datetime
    by_id: int
    kind: str
    enquiry_number: int
    reference: str
    why: str

    @property
    def what(self) -> str:
        """What was done, in words."""
        return TOLD[self.kind]


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


def opened_by(
    user: User, *, since: datetime, until: datetime, after: Place | None = None
) -> list[Access]:
    """
    List whose data an account had before it in a period, latest first.

    One page at most; ``after`` is the place of the last row that was read.
    """
    return _latest(after=after, by_id=user.pk, at__gte=since, at__lt=until)


def who_opened(number: int, *, after: Place | None = None) -> list[Access]:
    """List who had the enquiry of this number before them, latest first; one page at most."""
    return _latest(after=after, enquiry_number=number)


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
    gone = Erasure.objects.filter(enquiry_number__in=numbers)
    return dict(gone.values_list("enquiry_number", "reference")) | dict(kept)


def _latest(*, after: Place | None, **narrowed: Any) -> list[Access]:
    """Read both kinds of record in one order; each is bounded before they are put together."""
    looks = AccessRecord.objects.filter(kind__in=_LOOKS, **narrowed)
    number = narrowed.pop("enquiry_number", None)
    files = ResumeAccess.objects.filter(**narrowed).annotate(
        kind=Value(RESUME_OPENED, output_field=CharField()),
        enquiry_number=F("resume__enquiry_id"),
    )
    if number is not None:
        files = files.filter(enquiry_number=number)
    found = [
        (Place(at=row["at"], table=table, pk=row.pop("pk")), row)
        for table, rows in enumerate((looks, files))
        for row in _bounded(rows, table=table, after=after)
    ]
    found.sort(key=itemgetter(0), reverse=True)
    del found[MOST_SHOWN:]
    known = references({row["enquiry_number"] for _, row in found})
    return [
        Access(**row, place=place, reference=known.get(row["enquiry_number"], ""))
        for place, row in found
    ]


def _bounded(
    rows: QuerySet[Any], *, table: int, after: Place | None
) -> QuerySet[Any, dict[str, Any]]:
    if after:
        later = Q(at__lt=after.at)
        if table == after.table:
            later |= Q(at=after.at, pk__lt=after.pk)
        elif table < after.table:
            later |= Q(at=after.at)
        rows = rows.filter(later)
    columns = rows.values("pk", "at", "by_id", "kind", "enquiry_number", "why")
    return columns.order_by("-at", "-pk")[:MOST_SHOWN]
