"""Edit conflicts: what others changed about an enquiry since a page of it was shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import OuterRef, QuerySet

from enquiries.columns import Named, Value, field_of, model_of, named_in, readable
from enquiries.models import ChangeKind, ChangeRecord, Enquiry

MOST_SHOWN = 50  # changes, the newest
NOT_WORTH_TELLING = frozenset(
    {"claimed_at", "closed_at", "content_digest", "last_contact_at", "link_version"}
    | {"person_digest", "done_by_id", "slot_id", "sequence", "tzdata_version", "escalation"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """
    One column that someone else changed; without ``by`` it was the person, or the site itself.

    ``column`` names it if it is of the enquiry itself. ``values_told`` is False where the record
    names the column alone, as of every contact.
    """

    by: User | None
    at: datetime
    what: str
    values_told: bool
    column: str = ""
    before: Value = None
    after: Value = None


def newest_change(enquiry: Enquiry) -> int:
    """Give the number of the newest change of an enquiry or of what belongs to it; 0 if none."""
    return changes_of(enquiry.pk).values_list("pk", flat=True).first() or 0


def changes_of(number: int | OuterRef) -> QuerySet[ChangeRecord]:
    """List the changes of the enquiry of this number, the newest first."""
    return ChangeRecord.objects.filter(enquiry_number=number).order_by("-pk")


def changes_since(enquiry: Enquiry, *, seen: int, not_by: User) -> list[Difference]:
    """
    List what others than ``not_by`` changed after the change ``seen``, in the order of time.

    Rows that were added or deleted, as notes and calls, are named whole. At most the 50 newest
    changes are read, in three queries at most.
    """
    since = changes_of(enquiry.pk).filter(pk__gt=seen)
    records = list(since.exclude(by=not_by.pk)[:MOST_SHOWN])[::-1]
    named = named_in(records)
    return [told for record in records for told in _told(record, named=named)]


def _told(record: ChangeRecord, *, named: Named) -> Iterator[Difference]:
    by = named.users.get(record.by) if record.by else None
    model = model_of(record.table)
    if model is None:
        return
    row = "" if model is Enquiry else f"{model._meta.verbose_name}: ".capitalize()
    if record.kind != ChangeKind.UPDATE:
        what = f"{row or 'Enquiry: '}{record.get_kind_display().lower()}"
        yield Difference(by=by, at=record.at, what=what, values_told=False)
        return
    for column, values in record.changed.items():
        field = field_of(record.table, column)
        if field is None or column in NOT_WORTH_TELLING:
            continue
        label = f"{row}{field.verbose_name}"
        what = label[:1].upper() + label[1:]
        name = column if model is Enquiry else ""
        if values is None:
            yield Difference(by=by, at=record.at, what=what, values_told=False, column=name)
        else:
            before, after = (readable(each, field=field, named=named) for each in values)
            yield Difference(
                by=by,
                at=record.at,
                what=what,
                values_told=True,
                column=name,
                before=before,
                after=after,
            )
