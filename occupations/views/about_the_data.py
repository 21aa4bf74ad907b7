"""Where every table of the catalogue comes from: publisher, licence, date, next check."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from occupations.catalogue.tables import TABLES
from occupations.models import CatalogueLoad, Edition, Source, TableSource

_WORDS = {
    "aqf_levels": "Levels of the AQF",
    "asced_fields": "Fields of education (ASCED)",
    "asced_levels": "Levels of education (ASCED)",
    "eoi_counts": "Expressions of interest by points",
    "isco_correspondences": "Links from occupations to ISCO-08",
    "isco_groups": "Unit groups of ISCO-08",
    "nzqcf_levels": "Levels of the NZQCF",
    "other_titles": "Alternative titles and specialisations",
    "correspondences": "Links between editions",
    "occupation_links": "Links to pages elsewhere",
    "table_sources": "Which table comes from which source",
    "tasks": "Tasks in plain words",
    "units": "Units of competency",
    "list_memberships": "Occupations named by the lists",
    "caveat_memberships": "Occupations that caveats apply to",
}


@dataclass(frozen=True)
class TableLine:
    """A table and the sources that it was made from."""

    name: str
    words: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class SourceLine:
    """A source, whether its next check is overdue, and the tables made from it."""

    source: Source
    is_overdue: bool
    tables: tuple[str, ...]


@require_safe
def about_the_data(request: HttpRequest) -> HttpResponse:
    """List the tables with their sources, and the sources with their dates; four queries."""
    today = timezone.localdate()
    sources = {source.pk: source for source in Source.objects.order_by("title")}
    pairs = list(TableSource.objects.order_by("table", "source__title"))
    of_table: dict[str, list[Source]] = {}
    tables_of: dict[int, list[str]] = {}
    for pair in pairs:
        of_table.setdefault(pair.table, []).append(sources[pair.source_id])
        tables_of.setdefault(pair.source_id, []).append(table_words(pair.table))
    context = {
        "tables": sorted(
            (
                TableLine(table.name, table_words(table.name), tuple(of_table.get(table.name, ())))
                for table in TABLES
            ),
            key=lambda line: line.words.casefold(),
        ),
        "sources": [
            SourceLine(
                source,
                is_overdue=is_overdue(source, today=today),
                tables=tuple(tables_of.get(pk, ())),
            )
            for pk, source in sources.items()
        ],
        "editions": Edition.objects.order_by("-released_on"),
        "load": CatalogueLoad.objects.order_by("-pk").first(),
    }
    return render(request, "occupations/about_the_data.html", context)


def table_words(name: str) -> str:
    """Name a table for a reader."""
    return _WORDS.get(name, name.replace("_", " ").capitalize())


def is_overdue(source: Source, *, today: date) -> bool:
    """Tell whether the day has passed on which we meant to look at a source again."""
    return source.next_check_on is not None and source.next_check_on < today
