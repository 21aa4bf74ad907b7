"""Enquiries that may be of one person: found by contact, by name and birth, by name and country."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet

from enquiries.models import Enquiry, is_named
from enquiries.same_person import MOST_SHOWN, others_about

NEAR = timedelta(days=90)  # between two enquiries of one name and country
MOST_REACHED = 1000  # by one phone or e-mail; a bound also keeps PostgreSQL to its indexes


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Another enquiry that may be of the same person, with what they share."""

    enquiry: Enquiry
    why: str


def likely_duplicates(enquiry: Enquiry) -> list[Likeness]:
    """
    List the enquiries that may be of the same person, the surest first, at most 20 of each kind.

    Before them come those that were merged with it. An adult's is never likened to a minor's.
    """
    alike = Enquiry.objects.filter(is_minor=enquiry.is_minor).exclude(pk=enquiry.pk)
    alike = alike.select_related("owner")
    found = {each.enquiry.pk: each for each in _merged(enquiry)}
    for why, others in _kinds(enquiry, alike=alike):
        for other in others[:MOST_SHOWN]:
            found.setdefault(other.pk, Likeness(enquiry=other, why=why))
    return list(found.values())


def _merged(enquiry: Enquiry) -> Iterator[Likeness]:
    merged = Q(duplicate_of=enquiry.pk) | Q(pk=enquiry.duplicate_of_id)
    for other in Enquiry.objects.filter(merged).order_by("-created_at", "-pk")[:MOST_SHOWN]:
        is_original = other.pk == enquiry.duplicate_of_id
        yield Likeness(enquiry=other, why="This one repeats it" if is_original else "Repeats it")


def _kinds(
    enquiry: Enquiry, *, alike: QuerySet[Enquiry]
) -> Iterator[tuple[str, QuerySet[Enquiry]]]:
    newest = alike.order_by("-created_at", "-pk")
    if enquiry.person_digest:
        same = others_about(enquiry).values("pk")
        yield "The same name and date of birth", newest.filter(pk__in=same)
    if not enquiry.is_minor and enquiry.own_phone and enquiry.own_email:
        reached = Enquiry.objects.reached_by(phone=enquiry.own_phone, email=enquiry.own_email)
        same = reached.order_by().values("pk")[:MOST_REACHED]
        yield "The same phone or e-mail", newest.filter(pk__in=same)
    if enquiry.family_name.strip():
        near = (enquiry.created_at - NEAR, enquiry.created_at + NEAR)
        named = newest.filter(
            is_named(enquiry.person_name, whole=True),
            given_name__iexact=enquiry.given_name,
            family_name__iexact=enquiry.family_name,
            country=enquiry.country,
            created_at__range=near,
        )
        yield "The same name and country", named
