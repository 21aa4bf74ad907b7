"""Reading the change log: loads newest first, their facts, and those about one subject."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from occupations.change_log.words import FactInWords, Names, in_words, table_name
from occupations.models import (
    CatalogueLoad,
    Edition,
    FactChange,
    Group,
    Instrument,
    Occupation,
    Qualification,
    Source,
    Unit,
)

GROUP_CODE = range(1, 5)  # digits
OCCUPATION_CODE = range(6, 7)
UNIT_GROUP_DIGITS = 4


@dataclass(frozen=True, kw_only=True)
class TableCounts:
    """How many rows of a table a load changed; ``is_first``: it filled an empty table."""

    table: str
    name: str
    added: int
    altered: int
    withdrawn: int
    is_first: bool


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A load with its counts and some of its facts; ``total`` counts all that were asked for."""

    load: CatalogueLoad
    tables: Sequence[TableCounts]
    facts: Sequence[FactInWords]
    total: int

    @property
    def first(self) -> list[TableCounts]:
        """List the tables that the load filled for the first time."""
        return [one for one in self.tables if one.is_first]

    @property
    def changed(self) -> list[TableCounts]:
        """List the tables that held something before."""
        return [one for one in self.tables if not one.is_first]

    @property
    def summary(self) -> str:
        """Say in a few words how much the load changed."""
        first = len(self.first)
        told = []
        if self.total:
            told.append(f"{self.total} fact{'' if self.total == 1 else 's'} changed")
        if first:
            told.append(f"{first} table{'' if first == 1 else 's'} loaded for the first time")
        return ", ".join(told) or "no fact changed"


@dataclass(frozen=True)
class About:
    """One group, occupation, qualification or unit whose changes are asked for."""

    edition: str
    code: str
    title: str
    url: str

    @property
    def key(self) -> str:
        """Write the subject as an address does: ``anzsco-2022:149212`` or ``BSB40307``."""
        return f"{self.edition}:{self.code}" if self.edition else self.code


def about_subject(key: str) -> About | None:
    """Find what ``anzsco-2022:149212`` or ``BSB40307`` names, if we hold it."""
    edition, _, code = key.rpartition(":")
    title, url = _titles({(edition, code)}).get((edition, code), ("", ""))
    return About(edition, code, title, url) if title else None


def changes_of(
    *,
    about: About | None = None,
    revision: int | None = None,
    table: str = "",
    kind: str = "",
) -> QuerySet[FactChange]:
    """
    Select recorded changes, the newest load first.

    What changed of a unit group concerns its occupations too, and a link between editions
    concerns both its ends.
    """
    changes = FactChange.objects.order_by("-load", "table", "id")
    if about:
        codes = {about.code}
        if about.edition and len(about.code) in OCCUPATION_CODE:
            codes.add(about.code[:UNIT_GROUP_DIGITS])
        other_end = Q(
            table="correspondences", key__to_edition=about.edition, key__to_code=about.code
        )
        changes = changes.filter(Q(edition=about.edition, code__in=codes) | other_end)
    asked = {"load": revision, "table": table, "kind": kind}
    return changes.filter(**{name: value for name, value in asked.items() if value})


def newest_entries(loads: Sequence[CatalogueLoad], *, most_facts: int) -> list[Entry]:
    """Give loads with their first few facts."""
    in_order = Window(RowNumber(), partition_by=F("load"), order_by=["table", "id"])
    changes = FactChange.objects.filter(load__in=loads).order_by()
    totals = dict(changes.values_list("load").annotate(Count("pk")))
    first = changes.annotate(place=in_order).filter(place__lte=most_facts)
    facts = _by_load(first.order_by("-load", "table", "id"))
    return [
        Entry(
            load=load,
            tables=_counts(load),
            facts=facts.get(load.pk, ()),
            total=totals.get(load.pk, 0),
        )
        for load in loads
    ]


def entries(changes: Iterable[FactChange]) -> list[Entry]:
    """Give some changes by load, in the order of the changes, without the counts of tables."""
    facts = _by_load(changes)
    loads = CatalogueLoad.objects.in_bulk(facts)
    return [
        Entry(load=loads[pk], tables=(), facts=found, total=len(found))
        for pk, found in facts.items()
    ]


def worded(changes: Sequence[FactChange]) -> list[FactInWords]:
    """Put changes into words, stored ones or those of a proposal; at most 7 queries."""
    names = Names(
        subjects=_titles({(change.edition, change.code) for change in changes}),
        editions=dict(Edition.objects.values_list("slug", "short_title")),
        sources=dict(Source.objects.values_list("slug", "title")),
        instruments=dict(Instrument.objects.values_list("slug", "title")),
    )
    return [in_words(change, names) for change in changes]


def begins_at() -> datetime | None:
    """Give the instant of the first load that the log knows."""
    return CatalogueLoad.objects.order_by("pk").values_list("loaded_at", flat=True).first()


def _counts(load: CatalogueLoad) -> list[TableCounts]:
    return [
        TableCounts(
            table=table,
            name=table_name(table),
            added=counts["added"],
            altered=counts["altered"],
            withdrawn=counts["withdrawn"],
            is_first=counts.get("first", False),
        )
        for table, counts in sorted(load.changes.items(), key=lambda one: table_name(one[0]))
    ]


def _by_load(changes: Iterable[FactChange]) -> dict[int, list[FactInWords]]:
    found = list(changes)
    by_load: dict[int, list[FactInWords]] = {}
    for change, told in zip(found, worded(found), strict=True):
        by_load.setdefault(change.load_id, []).append(told)
    return by_load


def _titles(
    subjects: Collection[tuple[str, str]],
) -> Mapping[tuple[str, str], tuple[str, str]]:
    """Name subjects with their pages: four queries at most, whatever their number."""
    titles: dict[tuple[str, str], tuple[str, str]] = {}
    for model, digits in ((Occupation, OCCUPATION_CODE), (Group, GROUP_CODE)):
        asked = [one for one in subjects if one[0] and len(one[1]) in digits]
        if asked:
            rows = model._default_manager.filter(
                edition__slug__in={edition for edition, _ in asked},
                code__in={code for _, code in asked},
            ).select_related("edition")
            titles |= {
                (row.edition.slug, row.code): (f"{row} ({row.edition})", row.get_absolute_url())
                for row in rows
            }
    codes = {code for edition, code in subjects if code and not edition}
    for training in (Unit, Qualification):
        if codes:
            held = training._default_manager.filter(code__in=codes)
            titles |= {("", row.code): (str(row), row.get_absolute_url()) for row in held}
    return titles
