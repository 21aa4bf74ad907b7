"""Enquiries with what the desk says of each: the call booked, what is promised, what they ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypedDict

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from enquiries.models import (
    Callback,
    Enquiry,
    FollowUp,
    FollowUpReason,
    OccupationOfInterest,
    QualificationOfInterest,
)

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class _Annotations(TypedDict):
    read_booked: list[dict[str, str]]
    read_promised: list[dict[str, Any]]
    read_occupations: list[dict[str, str]]
    read_qualifications: list[dict[str, str]]


UNSHOWN = ("searched", "former_contacts", "person_digest", "content_digest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """The time of a call."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """An open follow-up."""

    pk: int
    what: FollowUpReason
    due_at: datetime
    owner_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEnquiry:
    """An enquiry, its call at a chosen time if any, its open follow-ups, and what it is about."""

    enquiry: Enquiry
    booked: Booked | None
    promised: tuple[Promised, ...]
    asked_about: tuple[tuple[str, str], ...]  # code and title


def read_enquiries(found: QuerySet[Enquiry]) -> list[ReadEnquiry]:
    """Read enquiries with all that the desk says of them, in one query."""
    booked = Callback.objects.current().at_a_chosen_time().filter(enquiry=OuterRef("pk")).order_by()
    promised = FollowUp.objects.open().filter(enquiry=OuterRef("pk")).order_by("due_at", "pk")
    occupations = OccupationOfInterest.objects.filter(enquiry=OuterRef("pk")).order_by("pk")
    qualifications = QualificationOfInterest.objects.filter(enquiry=OuterRef("pk")).order_by("pk")
    rows = found.defer(*UNSHOWN).annotate(
        read_booked=_as_list(booked, "starts_at", "ends_at"),
        read_promised=_as_list(promised, "pk", "reason", "due_at", "owner_id"),
        read_occupations=_as_list(occupations, "code", "title"),
        read_qualifications=_as_list(qualifications, "code", "title"),
    )
    return [_read(row) for row in rows]


def _as_list(rows: QuerySet[Any], *columns: str) -> ArraySubquery:
    return ArraySubquery(rows.values(read=JSONObject(**{name: F(name) for name in columns})))


def _read(row: "WithAnnotations[Enquiry, _Annotations]") -> ReadEnquiry:
    return ReadEnquiry(
        enquiry=row,
        booked=next(iter(_booked(row.read_booked)), None),
        promised=tuple(
            Promised(
                pk=each["pk"],
                what=FollowUpReason(each["reason"]),
                due_at=datetime.fromisoformat(each["due_at"]),
                owner_id=each["owner_id"],
            )
            for each in row.read_promised
        ),
        asked_about=tuple(
            (each["code"], each["title"])
            for each in [*row.read_occupations, *row.read_qualifications]
        ),
    )


def _booked(rows: Iterable[dict[str, str]]) -> Iterable[Booked]:
    for row in rows:
        yield Booked(
            starts_at=datetime.fromisoformat(row["starts_at"]),
            ends_at=datetime.fromisoformat(row["ends_at"]),
        )
