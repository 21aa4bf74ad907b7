"""Which revision of the catalogue this is, and where each of its tables comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from occupations.facts.addresses import whole
from occupations.facts.values import Source, source_of
from occupations.models import CatalogueLoad, Edition, TableSource


@dataclass(frozen=True)
class Revision:
    """The newest load that changed something: its number, and its day by the site's clock."""

    number: int
    as_at_on: date | None


def revision() -> Revision:
    """Read the catalogue's revision; one query."""
    newest = CatalogueLoad.objects.order_by("-pk").first()
    if newest is None:
        return Revision(0, None)
    return Revision(newest.pk, timezone.make_naive(newest.loaded_at).date())


def own_source() -> Source:
    """Name this site's own catalogue, which puts the published tables together."""
    return Source(
        title="The catalogue of this site; each fact names its own source",
        publisher=settings.FIRM["legal_name"] or settings.FIRM["name"],
        licence="",
        as_at_on=None,
        is_official=False,
        url=whole(reverse("home")),
        note="",
        is_history=False,
    )


def edition_source(edition: Edition) -> Source:
    """Name the publication of an edition; it does not age."""
    return Source(
        title=edition.title,
        publisher=edition.publisher,
        licence=edition.licence,
        as_at_on=edition.released_on,
        is_official=True,
        url=edition.url,
        note="",
        is_history=False,
    )


def table_sources(*, on: date) -> Mapping[str, tuple[Source, ...]]:
    """Read the sources of each published table; one query."""
    found: dict[str, tuple[Source, ...]] = {}
    for one in TableSource.objects.select_related("source").order_by("table", "source__slug"):
        found[one.table] = (*found.get(one.table, ()), source_of(_row(one), on=on))
    return found


def _row(one: TableSource) -> Mapping[str, Any]:
    source = one.source
    return {
        "source_title": source.title,
        "publisher": source.publisher,
        "licence": source.licence,
        "as_at_on": source.as_at_on,
        "is_official": source.is_official,
        "source_url": source.url,
        "source_note": source.note,
    }
