"""The caveats on an occupation, by the instrument that carries them; editors' wording first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, Subquery

from occupations.facts.collected import collected
from occupations.facts.values import Place, place_in
from occupations.models import CaveatMembership, CaveatWording


@dataclass(frozen=True)
class Approval:
    """The registered migration agent who approved an editor's wording, and when."""

    name: str
    marn: str
    on: date


@dataclass(frozen=True)
class CaveatFact:
    """A condition on nominations, in our words or in those that an agent approved."""

    key: str
    number: int | None
    title: str
    wording: str
    approval: Approval | None
    programs: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True)
class InstrumentCaveats:
    """An instrument with its caveats on this occupation; once it has ended, it is history."""

    slug: str
    title: str
    in_force_from_on: date | None
    in_force_to_on: date | None
    has_ended: bool
    note: str
    url: str
    caveats: tuple[CaveatFact, ...]

    @property
    def places(self) -> tuple[Place, ...]:
        """List each code that the caveats are on, once."""
        return tuple(dict.fromkeys(place for one in self.caveats for place in one.places))


def caveats_rows() -> dict[str, ArraySubquery]:
    """Select the caveats on an occupation, with what editors wrote of them."""
    approved = CaveatWording.objects.filter(
        instrument=OuterRef("caveat__instrument__slug"), caveat_key=OuterRef("caveat__key")
    )
    rows: QuerySet = (
        CaveatMembership.objects.filter(occupation=OuterRef("pk"))
        .annotate(
            approved_wording=Subquery(approved.values("wording")[:1]),
            approver=Subquery(approved.values("approved_by_name")[:1]),
            marn=Subquery(approved.values("approver_marn")[:1]),
            approved_on=Subquery(approved.values("approved_on")[:1]),
        )
        .order_by(
            F("caveat__instrument__in_force_to_on").desc(nulls_first=True),
            "caveat__instrument__slug",
            "caveat__number",
            "caveat__key",
        )
    )
    return {
        "caveats_rows": collected(
            rows,
            "programs",
            "approved_wording",
            "approver",
            "marn",
            "approved_on",
            key="caveat__key",
            number="caveat__number",
            title="caveat__title",
            wording="caveat__wording",
            instrument="caveat__instrument__title",
            instrument_slug="caveat__instrument__slug",
            in_force_from_on="caveat__instrument__in_force_from_on",
            in_force_to_on="caveat__instrument__in_force_to_on",
            instrument_note="caveat__instrument__note",
            instrument_url="caveat__instrument__url",
        )
    }


def caveats_of(line: Iterable[Mapping[str, Any]], *, on: date) -> tuple[InstrumentCaveats, ...]:
    """
    Group the caveats on an occupation and its counterparts by instrument, those in force first.

    A caveat that stands on the codes of two editions is told once, with both codes.
    """
    by_instrument: dict[str, dict[str, list[tuple[Mapping[str, Any], Place]]]] = {}
    for facts in line:
        for row in facts["caveats"]:
            caveats = by_instrument.setdefault(row["instrument_slug"], {})
            caveats.setdefault(row["key"], []).append((row, place_in(facts)))
    found = [_instrument(caveats, on=on) for caveats in by_instrument.values()]
    return tuple(sorted(found, key=lambda one: one.has_ended))


def _instrument(
    caveats: Mapping[str, Sequence[tuple[Mapping[str, Any], Place]]], *, on: date
) -> InstrumentCaveats:
    row, _ = next(iter(caveats.values()))[0]
    ends_on = row["in_force_to_on"]
    return InstrumentCaveats(
        slug=row["instrument_slug"],
        title=row["instrument"],
        in_force_from_on=row["in_force_from_on"],
        in_force_to_on=ends_on,
        has_ended=ends_on is not None and ends_on <= on,
        note=row["instrument_note"],
        url=row["instrument_url"],
        caveats=tuple(_caveat(rows) for rows in caveats.values()),
    )


def _caveat(rows: Sequence[tuple[Mapping[str, Any], Place]]) -> CaveatFact:
    row, _ = rows[0]
    approval = (
        Approval(row["approver"], row["marn"], row["approved_on"])
        if row["approved_wording"]
        else None
    )
    return CaveatFact(
        key=row["key"],
        number=row["number"],
        title=row["title"],
        wording=row["approved_wording"] or row["wording"],
        approval=approval,
        programs=tuple(dict.fromkeys(one for row, _ in rows for one in row["programs"])),
        places=tuple(place for _, place in rows),
    )
