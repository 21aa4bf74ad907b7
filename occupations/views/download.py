"""The tables as files: a page that lists them, each as CSV, and a description of its columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from occupations import structured_data
from occupations.catalogue.tables import TABLES, Table
from occupations.change_log import table_name
from occupations.facts.addresses import licence_address, whole
from occupations.facts.exports import (
    ALL,
    Export,
    csv_lines,
    edition_columns,
    find_export,
    row_counts,
)
from occupations.facts.provenance import revision, table_sources
from occupations.facts.values import Source
from occupations.models import CatalogueLoad, Edition
from occupations.views.addresses import not_held, tidy_edition

_READING = (
    "A cell that a spreadsheet would calculate has an apostrophe before it. An empty as_at stands "
    "for a copy without a date."
)
_FRESH = "public, max-age=60, stale-while-revalidate=600"


@dataclass(frozen=True)
class Part:
    """One file of a table."""

    name: str
    url: str
    rows: int


@dataclass(frozen=True)
class TableFiles:
    """The files of a table, and where its rows come from."""

    name: str
    words: str
    sources: Sequence[Source]
    whole: Part
    parts: Sequence[Part]


@require_safe
def downloads(request: HttpRequest) -> HttpResponse:
    """List the files of every table; four queries."""
    counts = row_counts()
    sources = table_sources(on=timezone.localdate())
    editions = list(Edition.objects.order_by("-released_on"))
    tables = [_files(table, counts=counts, sources=sources, editions=editions) for table in TABLES]
    newest = revision()
    described = [
        structured_data.dataset_node(
            name=one.words,
            path=one.whole.url,
            sources=one.sources,
            revision=newest,
            rows=one.whole.rows,
        )
        for one in tables
        if one.whole.rows
    ]
    way = structured_data.breadcrumbs([("Downloads", request.path)])
    context = {
        "structured_data": structured_data.script(*described, way),
        "tables": sorted(tables, key=lambda one: one.words.casefold()),
        "revision": newest,
    }
    return render(request, "occupations/downloads.html", context)


@require_safe
def download(request: HttpRequest, edition: str, table: str) -> HttpResponseBase:
    """Send a table, or the part of it that belongs to an edition, as CSV."""
    export = _find(edition, table)
    if export is None:
        return _unknown(request, edition=edition, table=table)
    load = CatalogueLoad.objects.order_by("-pk").first()
    number = load.pk if load else 0
    headers = {
        "Cache-Control": _FRESH,
        "Content-Disposition": f'attachment; filename="{export.part}-{export.table.name}.csv"',
        "ETag": _etag(export, number),
        "Link": f'<{_address(export, "description")}>; rel="describedby"; '
        'type="application/csvm+json"',
    }
    if load is not None:
        headers["Last-Modified"] = http_date(load.loaded_at.timestamp())
    media_type = "text/csv; charset=utf-8; header=present"
    bare = HttpResponse(content_type=media_type, headers=headers)
    known = get_conditional_response(
        request, etag=headers["ETag"], last_modified=_seconds(load), response=bare
    )
    if request.method == "HEAD" or (known is not None and known is not bare):
        return known or bare
    lines = csv_lines(export, revision=number, sources=table_sources(on=timezone.localdate()))
    return StreamingHttpResponse(lines, content_type=media_type, headers=headers)


@require_safe
def download_description(request: HttpRequest, edition: str, table: str) -> HttpResponse:
    """Describe the file of a table as CSV on the Web does: columns, key, licence and day."""
    export = _find(edition, table)
    if export is None:
        return _unknown(request, edition=edition, table=table)
    newest = revision()
    sources = table_sources(on=timezone.localdate()).get(export.table.name, ())
    licences = [licence_address(one.licence) or one.licence for one in sources if one.licence]
    body = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": whole(_address(export, "file")),
        "dc:title": table_name(export.table.name),
        "dc:modified": newest.as_at_on,
        "dc:publisher": list(dict.fromkeys(one.publisher for one in sources)),
        "dc:source": [one.title for one in sources],
        "dc:license": list(dict.fromkeys(licences)),
        "schema:version": str(newest.number),
        "rdfs:comment": _READING,
        "dialect": {"encoding": "utf-8", "delimiter": ",", "header": True},
        "tableSchema": {
            "columns": [_column(export.table, name) for name in export.columns],
            "primaryKey": list(export.table.key),
        },
    }
    response = JsonResponse(body, content_type="application/csvm+json")
    response.headers["Cache-Control"] = _FRESH
    return response


def _find(edition: str, table: str) -> Export | None:
    return find_export(table, part=ALL if edition == ALL else tidy_edition(edition))


def _unknown(request: HttpRequest, *, edition: str, table: str) -> HttpResponse:
    explanation = f"We have no table named “{table[:40]}” for “{edition[:40]}”."
    return not_held(request, explanation=explanation)


def _seconds(load: CatalogueLoad | None) -> int | None:
    return int(load.loaded_at.timestamp()) if load else None


def _etag(export: Export, number: int) -> str:
    """Name this state of a file: the catalogue's revision, and how its rows are written."""
    columns = sha256(",".join(export.columns).encode()).hexdigest()[:8]
    return f'W/"{number}-{export.part}-{export.table.name}-{columns}"'


def _address(export: Export, kind: str) -> str:
    name = "download" if kind == "file" else "download_description"
    return reverse(f"occupations:{name}", args=[export.part, export.table.name])


def _column(table: Table, name: str) -> dict[str, object]:
    column = table.by_name.get(name)
    is_day = name.endswith("_on") or name == "as_at"
    return {
        "name": name,
        "titles": name,
        "datatype": "date" if is_day and name != "as_at" else "string",
        "required": column is not None and not column.optional,
    }


def _files(
    table: Table,
    *,
    counts: Mapping[tuple[str, str], int],
    sources: Mapping[str, Sequence[Source]],
    editions: Sequence[Edition],
) -> TableFiles:
    def part(export: Export, name: str) -> Part:
        rows = counts.get((table.name, export.part), 0)
        return Part(name, _address(export, "file"), rows)

    parts = [part(Export(table, one), str(one)) for one in editions if edition_columns(table)]
    return TableFiles(
        name=table.name,
        words=table_name(table.name),
        sources=sources.get(table.name, ()),
        whole=part(Export(table, None), "All"),
        parts=[one for one in parts if one.rows],
    )
