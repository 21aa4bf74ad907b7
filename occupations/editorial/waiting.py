"""What waits for editors: tables to decide on, feedback to read, sources to check."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from occupations.models import PageFeedback, Source, SourceCheck, TableUpload


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """
    How many things wait, from where one editor sits.

    ``to_decide`` are tables that others uploaded; ``own`` wait for somebody else's decision;
    ``failed`` could not be loaded, and nobody has uploaded the table again since.
    """

    to_decide: int
    own: int
    failed: int
    feedback: int
    sources: int


def waiting(*, by: AbstractBaseUser, on: date) -> Waiting:
    """Count what waits for an editor on a day; three queries."""
    proposed = Q(state=TableUpload.State.PROPOSED)
    newer = TableUpload.objects.filter(table=OuterRef("table"), pk__gt=OuterRef("pk"))
    failed = Q(~Exists(newer), state=TableUpload.State.FAILED)
    uploads = TableUpload.objects.order_by().aggregate(
        to_decide=Count("pk", filter=proposed & ~Q(uploaded_by=by.pk)),
        own=Count("pk", filter=proposed & Q(uploaded_by=by.pk)),
        failed=Count("pk", filter=failed),
    )
    return Waiting(
        **uploads,
        feedback=PageFeedback.objects.filter(handled_at=None).count(),
        sources=with_checks(Source.objects.all()).filter(due_on__lte=on).count(),
    )


def with_checks(sources: QuerySet[Source]) -> QuerySet[Any]:
    """
    Add to sources the last check of editors, and the day on which the next one is due.

    ``checked_on`` and ``finding`` are of the last check. What it says of the next one outranks
    the day that ships with the source.
    """
    last = SourceCheck.objects.filter(source=OuterRef("slug")).order_by("-checked_on", "-pk")
    return sources.annotate(
        checked_on=Subquery(last.values("checked_on")[:1]),
        finding=Subquery(last.values("finding")[:1]),
        due_on=Coalesce(Subquery(last.values("next_check_on")[:1]), "next_check_on"),
    )
