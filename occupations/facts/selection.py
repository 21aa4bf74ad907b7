"""What decides invitations: shortages by place, state nomination, and expressions of interest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from occupations.facts.collected import Rows, collected
from occupations.facts.values import SOURCE, Place, Source, place_in, source_of
from occupations.models import (
    FEWER_THAN_TWENTY,
    ExpressionCount,
    ShortageRating,
    StateNomination,
)
from occupations.models import Place as Territory


@dataclass(frozen=True)
class ShortageFact:
    """Whether a unit group was short of people in one state or territory, or in Australia."""

    territory: str
    name: str
    rating: str
    rating_name: str
    driver: str


@dataclass(frozen=True)
class ShortageFacts:
    """The ratings of a unit group; ``place`` is the group's code."""

    place: Place
    source: Source
    national: ShortageFact | None
    states: tuple[ShortageFact, ...]

    @property
    def driver(self) -> str:
        """Say what drove the shortage, if it is stated."""
        ratings = (self.national, *self.states) if self.national else self.states
        return next((one.driver for one in ratings if one.driver), "")


@dataclass(frozen=True)
class Nomination:
    """A state or territory that named the code for a visa; ``regions`` may be none."""

    visa: str
    visa_title: str
    state: str
    state_name: str
    regions: tuple[str, ...]


@dataclass(frozen=True)
class NominationFacts:
    """The states that named a code for nomination, as at the day of the source."""

    place: Place
    source: Source
    nominations: tuple[Nomination, ...]


@dataclass(frozen=True)
class Expressions:
    """
    How many expressions of interest stood at some points.

    ``states`` names the states that the count is for; empty means that none are named.
    """

    status: str
    points: int
    count: int
    states: str

    @property
    def is_fewer_than_twenty(self) -> bool:
        """Tell whether the count stands for any number from 1 to 19."""
        return self.count == FEWER_THAN_TWENTY


@dataclass(frozen=True)
class VisaExpressions:
    """The expressions of interest for one stream of a visa, the fewest points first."""

    visa: str
    visa_title: str
    stream: str
    counts: tuple[Expressions, ...]


@dataclass(frozen=True)
class ExpressionFacts:
    """Expressions of interest that named a code, by visa and points."""

    place: Place
    source: Source
    visas: tuple[VisaExpressions, ...]


def selection_rows() -> dict[str, ArraySubquery]:
    """Select state nomination and expressions of interest of an occupation."""
    this = {"occupation": OuterRef("pk")}
    return {
        "nominations_rows": collected(
            StateNomination.objects.filter(**this).order_by("visa__subclass", "state", "region"),
            "state",
            "region",
            visa="visa__subclass",
            visa_title="visa__title",
            **SOURCE,
        ),
        "expressions_rows": collected(
            ExpressionCount.objects.filter(**this).order_by(
                "visa__subclass", "stream", "points", "status"
            ),
            "stream",
            "status",
            "points",
            "states",
            "count",
            visa="visa__subclass",
            visa_title="visa__title",
            **SOURCE,
        ),
    }


def shortage_rows(group: str = "unit_group") -> dict[str, ArraySubquery]:
    """Select the shortage ratings of the unit group at this path."""
    return {
        "group_shortages_rows": collected(
            ShortageRating.objects.filter(group=OuterRef(group)),
            "place",
            "rating",
            "driver",
            **SOURCE,
        )
    }


def shortages_of(line: Iterable[Mapping[str, Any]], *, on: date) -> ShortageFacts | None:
    """Take the ratings of the first unit group that has any."""
    facts = next((facts for facts in line if facts["group_shortages"]), None)
    if facts is None:
        return None
    rows: Rows = facts["group_shortages"]
    newest = max(row["as_at_on"] or date.min for row in rows)
    ratings = {
        row["place"]: _shortage(row) for row in rows if (row["as_at_on"] or date.min) == newest
    }
    return ShortageFacts(
        place=Place(
            facts["edition_slug"], facts["edition_name"], facts["group_code"], facts["group_title"]
        ),
        source=source_of(next(row for row in rows if row["place"] in ratings), on=on),
        national=ratings.get(Territory.NATIONAL),
        states=tuple(
            ratings[territory]
            for territory in Territory
            if territory != Territory.NATIONAL and territory in ratings
        ),
    )


def nominations_of(line: Iterable[Mapping[str, Any]], *, on: date) -> NominationFacts | None:
    """Take the nominations of the first code that any state named."""
    facts = next((facts for facts in line if facts["nominations"]), None)
    if facts is None:
        return None
    regions: dict[tuple[str, str, str, str], list[str]] = {}
    for row in facts["nominations"]:
        name = StateNomination(state=row["state"]).get_state_display()
        key = (row["visa"], row["visa_title"], row["state"], name)
        regions.setdefault(key, []).extend([row["region"]] if row["region"] else [])
    return NominationFacts(
        place=place_in(facts),
        source=source_of(facts["nominations"][0], on=on),
        nominations=tuple(Nomination(*key, tuple(found)) for key, found in regions.items()),
    )


def expressions_of(line: Iterable[Mapping[str, Any]], *, on: date) -> ExpressionFacts | None:
    """Take the expressions of interest of the first code that has any."""
    facts = next((facts for facts in line if facts["expressions"]), None)
    if facts is None:
        return None
    by_stream: dict[tuple[str, str, str], list[Expressions]] = {}
    for row in facts["expressions"]:
        key = (row["visa"], row["visa_title"], row["stream"])
        counted = Expressions(row["status"], row["points"], row["count"], row["states"])
        by_stream.setdefault(key, []).append(counted)
    return ExpressionFacts(
        place=place_in(facts),
        source=source_of(facts["expressions"][0], on=on),
        visas=tuple(VisaExpressions(*key, tuple(found)) for key, found in by_stream.items()),
    )


def _shortage(row: Mapping[str, Any]) -> ShortageFact:
    rating = ShortageRating(place=row["place"], rating=row["rating"])
    return ShortageFact(
        territory=row["place"],
        name=rating.get_place_display(),
        rating=row["rating"],
        rating_name=rating.get_rating_display(),
        driver=row["driver"],
    )
