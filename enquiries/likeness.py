"""Enquiries that may be of one person: found by contact, by name and birth, by name and country."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet, Value

from enquiries.models import Enquiry, is_named
from enquiries.same_person import MOST_SHOWN, others_about

TOLD = ("reference", "state", "created_at", "is_minor", "guardian_name")
NEAR = timedelta(days=90)  # between two enquiries of one name and country
MOST_REACHED = 1000  # by one phone or e-mail; a bound also keeps PostgreSQL to its indexes


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Another enquiry that may be of the same person, as far as it is told, and what they share."""

    enquiry: Enquiry
    why: str


def likely_duplicates(enquiry: Enquiry) -> list[Likeness]:
    """
    List the enquiries that may be of the same person, the surest first, at most 20 of each kind.

    Before them come those that were merged with it. An adult's is never likened to a minor's.
    It is one query.
    """
    kinds = dict(enumerate(_kinds(enquiry)))
    first, *others = (
        alike.order_by("-created_at", "-pk").annotate(kind=Value(kind))[:MOST_SHOWN]
        for kind, (_, alike) in kinds.items()
    )
    found: dict[int, Likeness] = {}
    for other in sorted(
        first.union(*others, all=True), key=lambda one: (-one.kind, one.created_at, one.pk)
    )[::-1]:
        found.setdefault(other.pk, Likeness(enquiry=other, why=kinds[other.kind][0]))
    return list(found.values())


def _kinds(enquiry: Enquiry) -> Iterator[tuple[str, QuerySet[Enquiry]]]:
    others = Enquiry.objects.only(*TOLD).exclude(pk=enquiry.pk)
    alike = others.filter(is_minor=enquiry.is_minor)
    if enquiry.duplicate_of_id:
        yield "This one repeats it", others.filter(pk=enquiry.duplicate_of_id)
    yield "Repeats it", others.filter(duplicate_of=enquiry.pk)
    if enquiry.person_digest:
        same = others_about(enquiry).values("pk")
        yield "The same name and date of birth", alike.filter(pk__in=same)
    if not enquiry.is_minor and enquiry.own_phone and enquiry.own_email:
        reached = Enquiry.objects.reached_by(phone=enquiry.own_phone, email=enquiry.own_email)
        same = reached.order_by().values("pk")[:MOST_REACHED]
        yield "The same phone or e-mail", alike.filter(pk__in=same)
    if enquiry.family_name.strip():
        near = (enquiry.created_at - NEAR, enquiry.created_at + NEAR)
        named = alike.filter(
            is_named(enquiry.person_name, whole=True),
            given_name__iexact=enquiry.given_name,
            family_name__iexact=enquiry.family_name,
            country=enquiry.country,
            created_at__range=near,
        )
        yield "The same name and country", named
