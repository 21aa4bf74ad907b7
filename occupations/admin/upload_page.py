"""What the pages of uploads show: the difference in words, what can be done, and the copies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.contrib.auth.models import User
from django.core.paginator import Page, Paginator
from django.db.models import Count, Max
from django.urls import reverse

from occupations.admin.upload_decisions import Form, deciding
from occupations.catalogue.outranking import Uploaded
from occupations.catalogue.rows import CatalogueRejected
from occupations.change_log import KINDS, FactInWords, table_name, worded
from occupations.editorial.uploads import UPLOADABLE, proposed_changes
from occupations.facts.exports import ALL, row_counts
from occupations.models import CatalogueLoad, TableSource, TableUpload

FACTS = 50  # a page of the difference
MOST_PROBLEMS = 200  # of a file, on one page
PATIENCE = timedelta(minutes=5)  # how long the worker may take before somebody should look
_LETTERS = 26
_State = TableUpload.State


@dataclass(frozen=True, kw_only=True)
class Error:
    """What is wrong with a file, and where: its line, and its column by number and letter."""

    line: int | None
    column: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Copy:
    """A table as it stands: how many rows, as at which day, and where to take a copy."""

    table: str
    name: str
    rows: int
    as_at_on: date | None
    url: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """How many uploads of a state there are, or changes of a kind; and where they are alone."""

    label: str
    count: int
    url: str
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A page of what an upload would change; ``unread`` are changes of which no words are kept."""

    parts: Sequence[Part]
    facts: Sequence[FactInWords]
    page: Page
    pages: Sequence[tuple[int, str, bool]]
    unread: int


def errors_of(rejected: CatalogueRejected, *, proposed: Uploaded) -> list[Error]:
    """List the errors of a proposed file; one that other tables cause has no place in it."""
    return [
        Error(line=each.line, column=_column(each.column), message=each.message)
        if each.file_name == proposed.file_name
        else Error(line=None, column="", message=each.message)
        for each in rejected.problems
    ]


def copies() -> list[Copy]:
    """List the tables with how they stand now; three queries."""
    counts = row_counts()
    days: dict[str, date | None] = dict(
        TableSource.objects.order_by().values_list("table").annotate(Max("source__as_at_on"))
    )
    loaded = TableUpload.objects.filter(state=_State.LOADED).order_by()
    for table, day in loaded.values_list("table").annotate(Max("as_at_on")):
        days[table] = max(filter(None, (day, days.get(table))))
    found = [
        Copy(
            table=table,
            name=table_name(table),
            rows=counts.get((table, ALL), 0),
            as_at_on=days.get(table),
            url=reverse("admin:occupations_tableupload_copy", args=[table]),
        )
        for table in UPLOADABLE
    ]
    return sorted(found, key=lambda copy: copy.name.casefold())


def difference(upload: TableUpload, *, query: Mapping[str, str]) -> Difference:
    """Put the page of a difference into words that ``query`` asks for in ``kind`` and ``page``."""
    changes = proposed_changes(upload)
    counts = upload.summary["counts"]
    kind = query.get("kind", "")
    kind = kind if kind in KINDS else ""
    shown = [change for change in changes if kind in {"", change.kind}]
    page = Paginator(shown, FACTS).get_page(query.get("page"))
    kinds = {"": ("All", upload.summary["total"])} | {
        each: (label, counts[each]) for each, label in KINDS.items()
    }
    ask = f"kind={kind}&" if kind else ""
    return Difference(
        parts=[
            Part(
                label=label,
                count=count,
                url=f"?kind={each}" if each else "?",
                is_current=each == kind,
            )
            for each, (label, count) in kinds.items()
            if count
        ],
        facts=worded(list(page)),
        page=page,
        pages=[
            (number, f"?{ask}page={number}", number == page.number)
            if isinstance(number, int)
            else (0, "", False)
            for number in page.paginator.get_elided_page_range(page.number)
        ],
        unread=upload.summary["total"] - len(changes),
    )


def upload_page(
    upload: TableUpload,
    *,
    user: User,
    query: Mapping[str, str],
    now: datetime,
    refused: Form | None = None,
) -> dict[str, Any]:
    """Give what the page of one upload shows."""
    is_open = upload.state in {_State.PROPOSED, _State.APPROVED}
    return {
        "upload": upload,
        "table_name": table_name(upload.table),
        "difference": difference(upload, query=query),
        "deciding": deciding(upload, user=user, refused=refused),
        "refused": refused,
        "shrinks": upload.summary["shrinks"],
        "problems": upload.problems.splitlines() if upload.state == _State.FAILED else [],
        "moved_on": is_open
        and CatalogueLoad.objects.filter(loaded_at__gt=upload.uploaded_at).exists(),
        "is_late": upload.state == _State.APPROVED
        and upload.decided_at is not None
        and now - upload.decided_at > PATIENCE,
        "log": LogEntry.objects.filter(
            content_type=get_content_type_for_model(upload), object_id=str(upload.pk)
        ).select_related("user"),
    }


def parts_by_state(query: str) -> list[Part]:
    """Count the uploads by state, in one query; ``query`` is that of the list as it stands."""
    counts = dict(TableUpload.objects.order_by().values_list("state").annotate(Count("pk")))
    states = {"": ("All", sum(counts.values()))} | {
        f"state__exact={state.value}": (state.label, counts.get(state.value, 0))
        for state in TableUpload.State
    }
    return [
        Part(label=label, count=count, url=f"?{each}", is_current=each == query)
        for each, (label, count) in states.items()
        if count or not each
    ]


def _column(number: int) -> str:
    """Name a column as a spreadsheet does, after its number: ``3 (C)``."""
    letters, rest = "", number
    while rest:
        rest, letter = divmod(rest - 1, _LETTERS)
        letters = chr(ord("A") + letter) + letters
    return f"{number} ({letters})"
