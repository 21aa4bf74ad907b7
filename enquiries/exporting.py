"""Taking enquiries out as a table: never more than is needed, and never without a record."""

import csv
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import batched

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from enquiries.models import AccessKind, AccessRecord, Enquiry

MOST = 5_000  # rows of an export
AT_ONCE = 500  # rows that are read in one go
COLUMNS = (
    "reference",
    "came",
    "state",
    "hold",
    "closed",
    "owner",
    "under 18",
    "contact (of a minor: the guardian)",
    "phone",
    "e-mail",
    "country",
    "time zone",
    "interests",
    "occupations",
    "qualifications",
)
BYTE_ORDER_MARK = "\ufeff"  # by which spreadsheets know UTF-8
# Signs that begin a formula, also in the widths of East Asian keyboards, and what spreadsheets pass
# by in front of them. A semicolon, a tab or a new line may begin a cell of its own.
_BLANK = r"[\s\x00-\x1f\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]*"
_SIGN = r"[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212]"
_FORMULA = re.compile(rf"(?:^(?=[\x00-\x1f]|{_BLANK}{_SIGN})|(?<=[;\t\r\n])(?={_BLANK}{_SIGN}))")


class TooMany(Exception):
    """More enquiries were chosen than one export may hold."""


class _Line:
    """Takes a row from the CSV writer, and gives it back."""

    def write(self, row: str) -> str:
        return row


def choose(
    *, came: tuple[datetime, datetime], states: Sequence[str], numbers: Sequence[int] = ()
) -> list[int]:
    """
    List the numbers of the enquiries that came in a period and are in one of ``states``.

    With ``numbers`` it is those and no others, whenever they came.

    :raises TooMany: if one export cannot hold them
    """
    chosen = Q(created_at__gte=came[0], created_at__lt=came[1], state__in=states)
    if numbers:
        chosen = Q(pk__in=numbers)
    found = Enquiry.objects.filter(chosen).order_by("created_at", "id")
    keys = list(found.values_list("pk", flat=True)[: MOST + 1])
    if len(keys) > MOST:
        raise TooMany
    return keys


@transaction.atomic
def export_enquiries(numbers: Sequence[int], *, by: User, why: str, now: datetime) -> Iterator[str]:
    """
    Record that ``by`` takes these enquiries out, each of them, and give the lines of the table.

    Nothing leaves before the records are kept; the lines are read as they are asked for.
    """
    AccessRecord.objects.bulk_create(
        AccessRecord(at=now, by=by, kind=AccessKind.EXPORTED, enquiry_number=number, why=why)
        for number in numbers
    )
    return _lines(numbers)


def safe_cell(value: object) -> str:
    """Write a value so that no spreadsheet takes it for a formula."""
    return _FORMULA.sub("'", "" if value is None else str(value))


def _lines(numbers: Sequence[int]) -> Iterator[str]:
    writer = csv.writer(_Line(), quoting=csv.QUOTE_ALL)
    yield BYTE_ORDER_MARK + writer.writerow(COLUMNS)
    for some in batched(numbers, AT_ONCE, strict=False):
        found = Enquiry.objects.filter(pk__in=some).order_by("created_at", "id")
        whole = found.select_related("owner").prefetch_related("occupations", "qualifications")
        for enquiry in whole:
            yield writer.writerow([safe_cell(each) for each in _row(enquiry)])


def _row(enquiry: Enquiry) -> tuple[object, ...]:
    """Tell what a colleague needs to reach somebody; of a minor, the guardian's contact alone."""
    return (
        enquiry.reference,
        enquiry.created_at.isoformat(timespec="minutes"),
        enquiry.get_state_display(),
        enquiry.get_hold_display() if enquiry.hold else "",
        enquiry.closed_at.isoformat(timespec="minutes") if enquiry.closed_at else "",
        enquiry.owner,
        "yes" if enquiry.is_minor else "no",
        enquiry.contact_name,
        enquiry.contact_phone,
        enquiry.contact_email,
        enquiry.country,
        enquiry.time_zone,
        ", ".join(enquiry.interests),
        "; ".join(f"{each.edition} {each.code} {each.title}" for each in enquiry.occupations.all()),
        "; ".join(f"{each.code} {each.title}" for each in enquiry.qualifications.all()),
    )
