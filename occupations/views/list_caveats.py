"""The caveats on the occupations that a list or visa names, by the instrument of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from occupations.models import CaveatMembership, CaveatWording
from occupations.views.list_copies import ListCopy, NamedOccupation

_SUBCLASSES = {"TSS": "482", "ENS": "186"}  # what the instruments of before 2024 called them


@dataclass(frozen=True)
class CaveatLine:
    """A caveat, in the words that are shipped or that an agent approved, and the codes it is on."""

    title: str
    wording: str
    programs: tuple[str, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True)
class InstrumentLines:
    """An instrument with its caveats; once it has ended, it is history."""

    title: str
    in_force_from_on: date | None
    in_force_to_on: date | None
    has_ended: bool
    note: str
    url: str
    caveats: tuple[CaveatLine, ...]


def caveats_on(copy: ListCopy, *, visas: Iterable[str], on: date) -> tuple[InstrumentLines, ...]:
    """Find the caveats for these visa subclasses on what a copy names, those in force first."""
    wanted = frozenset(visas)
    by_instrument: dict[str, list[Mapping[str, Any]]] = {}
    for row in _rows(copy):
        if wanted & _subclasses(row["programs"]):
            by_instrument.setdefault(row["instrument"], []).append(row)
    instruments = [_instrument(group, on=on) for group in by_instrument.values()]
    return tuple(sorted(instruments, key=lambda one: one.has_ended))


def marked(
    occupations: Iterable[NamedOccupation], *, instruments: Iterable[InstrumentLines]
) -> list[NamedOccupation]:
    """Write the titles of the caveats in force beside each occupation."""
    titles: dict[str, list[str]] = {}
    for instrument in instruments:
        for caveat in () if instrument.has_ended else instrument.caveats:
            for code in caveat.codes:
                titles.setdefault(code, []).append(caveat.title)
    return [replace(one, caveats=tuple(titles.get(one.code, ()))) for one in occupations]


def _rows(copy: ListCopy) -> Iterable[Mapping[str, Any]]:
    approved = CaveatWording.objects.filter(
        instrument=OuterRef("caveat__instrument__slug"), caveat_key=OuterRef("caveat__key")
    )
    return (
        CaveatMembership.objects.filter(
            occupation__edition=copy.edition, occupation__code__in=copy.codes
        )
        .order_by("caveat__instrument", "caveat__number", "caveat__title", "occupation__code")
        .values(
            "programs",
            code=F("occupation__code"),
            key=F("caveat__key"),
            title=F("caveat__title"),
            wording=Coalesce(Subquery(approved.values("wording")[:1]), F("caveat__wording")),
            instrument=F("caveat__instrument__title"),
            in_force_from_on=F("caveat__instrument__in_force_from_on"),
            in_force_to_on=F("caveat__instrument__in_force_to_on"),
            note=F("caveat__instrument__note"),
            url=F("caveat__instrument__url"),
        )
    )


def _subclasses(programs: Iterable[str]) -> frozenset[str]:
    return frozenset(_SUBCLASSES.get(program, program[:3]) for program in programs)


def _instrument(rows: Sequence[Mapping[str, Any]], *, on: date) -> InstrumentLines:
    ends_on = rows[0]["in_force_to_on"]
    by_key: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_key.setdefault(row["key"], []).append(row)
    return InstrumentLines(
        title=rows[0]["instrument"],
        in_force_from_on=rows[0]["in_force_from_on"],
        in_force_to_on=ends_on,
        has_ended=ends_on is not None and ends_on <= on,
        note=rows[0]["note"],
        url=rows[0]["url"],
        caveats=tuple(_caveat(group) for group in by_key.values()),
    )


def _caveat(rows: Sequence[Mapping[str, Any]]) -> CaveatLine:
    return CaveatLine(
        title=rows[0]["title"],
        wording=rows[0]["wording"],
        programs=tuple(dict.fromkeys(one for row in rows for one in row["programs"])),
        codes=tuple(row["code"] for row in rows),
    )
