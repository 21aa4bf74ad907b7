"""Where every table of the catalogue comes from: publisher, licence, date, next check."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from occupations.catalogue.tables import TABLES
from occupations.change_log import table_name
from occupations.models import CatalogueLoad, Edition, Source, SourceCheck, TableSource

OWN_WORDS = "own-words"  # the source that stands for what we wrote ourselves


@dataclass(frozen=True)
class SourceLine:
    """A source, when an editor last looked at it and when the next look is due."""

    source: Source
    checked_on: date | None
    next_check_on: date | None
    is_overdue: bool
    tables: tuple[str, ...]


@dataclass(frozen=True)
class TableLine:
    """A table and one of the sources that it was made from, if any is stated."""

    name: str
    words: str
    origin: SourceLine | None


@require_safe
def about_the_data(request: HttpRequest) -> HttpResponse:
    """List the tables with their sources, and the sources with their dates; five queries."""
    sources = _sources(today=timezone.localdate())
    context = {
        "tables": _tables(sources),
        "sources": sorted(sources.values(), key=lambda line: line.source.title.casefold()),
        "editions": Edition.objects.order_by("-released_on"),
        "load": CatalogueLoad.objects.order_by("-pk").first(),
        "own_words": OWN_WORDS,
    }
    return render(request, "occupations/about_the_data.html", context)


def _sources(*, today: date) -> dict[str, SourceLine]:
    """Read the sources by slug; what an editor found out last outranks the shipped date."""
    checks: dict[str, SourceCheck] = {}
    for check in SourceCheck.objects.order_by("checked_on", "pk"):
        checks[check.source] = check
    tables = defaultdict(list)
    for pair in TableSource.objects.select_related("source"):
        tables[pair.source.slug].append(table_name(pair.table))
    return {
        source.slug: _source_line(
            source,
            check=checks.get(source.slug),
            tables=tuple(sorted(tables[source.slug], key=str.casefold)),
            today=today,
        )
        for source in Source.objects.all()
    }


def _source_line(
    source: Source, *, check: SourceCheck | None, tables: tuple[str, ...], today: date
) -> SourceLine:
    due = check.next_check_on if check else source.next_check_on
    return SourceLine(
        source=source,
        checked_on=check.checked_on if check else None,
        next_check_on=due,
        is_overdue=due is not None and due < today,
        tables=tables,
    )


def _tables(sources: Mapping[str, SourceLine]) -> list[TableLine]:
    """List each table with each of its sources; a table that states none stands there too."""
    lines = []
    for table in sorted(TABLES, key=lambda table: table_name(table.name).casefold()):
        words = table_name(table.name)
        origins = [line for line in sources.values() if words in line.tables]
        lines += [TableLine(table.name, words, origin) for origin in origins or (None,)]
    return lines
