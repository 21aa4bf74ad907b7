"""The change log: what each load of the catalogue added, altered and withdrew."""

from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from ninja.errors import ValidationError
from pydantic import Field, WithJsonSchema

from occupations.api.problems import Problem
from occupations.api.stamps import Stamped, stamp
from occupations.models import CatalogueLoad, FactChange

MOST = 200  # facts of an answer
_LOADS = 50
router = Router(tags=["Changes"])

type Since = Annotated[
    str,
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "format": "date"},
                {"type": "string", "format": "date-time"},
            ]
        }
    ),
]


class Counts(Schema):
    """How many rows of a table a load changed."""

    added: int = Field(description="Rows that are new.", examples=[12])
    altered: int = Field(description="Rows that say something else now.", examples=[3])
    withdrawn: int = Field(description="Rows that are gone or withdrawn.", examples=[0])
    first: bool = Field(
        default=False,
        description="True: the load filled an empty table; its rows are not in `changes`.",
    )


class LoadFacts(Schema):
    """One load of the catalogue that changed something."""

    revision: int = Field(description="The revision that it made.", examples=[7])
    loaded_at: datetime = Field(description="When.", examples=["2026-11-24T01:00:00Z"])
    tables: dict[str, Counts] = Field(description="By table, how many rows changed.")


class FactChangeFacts(Schema):
    """One fact that changed."""

    revision: int = Field(description="The load that changed it.", examples=[7])
    loaded_at: datetime = Field(description="When.", examples=["2026-11-24T01:00:00Z"])
    table: str = Field(description="The table.", examples=["list_memberships"])
    kind: Literal["added", "altered", "withdrawn"] = Field(description="What happened.")
    key: dict[str, Any] = Field(
        description="The row's key in its table.",
        examples=[{"list": "csol", "edition": "anzsco-2022", "occupation": "541111"}],
    )
    edition: str = Field(description="The edition it belongs to; may be empty.")
    code: str = Field(description="The code it is about; may be empty.", examples=["541111"])
    before: Any = Field(description="What the catalogue said; null if nothing.")
    after: Any = Field(description="What it says now; null if nothing.")


class ChangesAnswer(Stamped):
    """Loads since an instant, and the facts that the newest of them changed."""

    since: datetime | None = Field(description="From when; null for all that is kept.")
    loads: list[LoadFacts] = Field(description=f"The newest loads, at most {_LOADS}.")
    changes: list[FactChangeFacts] = Field(
        description=f"The newest changed facts, at most `limit`; {MOST} at most."
    )
    total: int = Field(description="How many facts changed since then.", examples=[15])


@router.get(
    "/changes",
    response={200: ChangesAnswer, 422: Problem},
    summary="What the loads of the catalogue changed",
)
def changes(
    request: HttpRequest,  # noqa: ARG001
    since: Annotated[
        Since | None,
        Query(
            description=(
                "A day such as `2026-11-24`, which begins at midnight on the site's clock, "
                "or an instant with its offset such as `2026-11-24T01:00:00Z`."
            ),
            example="2026-11-24",
        ),
    ] = None,
    limit: Annotated[
        int, Query(ge=1, le=MOST, description="The most changed facts to give.", example=50)
    ] = 50,
) -> dict[str, Any]:
    """List the loads since a day or an instant, newest first, and what each of them changed."""
    start = None if since is None else _instant(since)
    loads = CatalogueLoad.objects.order_by("-pk")
    facts = FactChange.objects.select_related("load").order_by("-load", "table", "pk")
    if start is not None:
        loads = loads.filter(loaded_at__gte=start)
        facts = facts.filter(load__loaded_at__gte=start)
    return {
        **stamp(),
        "since": start,
        "loads": [
            {"revision": one.pk, "loaded_at": one.loaded_at, "tables": one.changes}
            for one in loads[:_LOADS]
        ],
        "changes": [_change(one) for one in facts[:limit]],
        "total": facts.count(),
    }


def _change(one: FactChange) -> dict[str, Any]:
    return {
        "revision": one.load_id,
        "loaded_at": one.load.loaded_at,
        "table": one.table,
        "kind": one.kind,
        "key": one.key,
        "edition": one.edition,
        "code": one.code,
        "before": one.before,
        "after": one.after,
    }


def _instant(since: str) -> datetime:
    """
    Read a day, which begins at midnight on the site's clock, or an instant with its offset.

    :raises ValidationError: if it is neither, or has no offset
    """
    message = "Give a day such as 2026-11-24, or an instant such as 2026-11-24T01:00:00Z."
    try:
        if len(since) == len("2026-11-24"):
            midnight = datetime.combine(date.fromisoformat(since), time())
            return midnight.replace(tzinfo=timezone.get_default_timezone()).astimezone(UTC)
        instant = datetime.fromisoformat(since.upper())
        if instant.tzinfo is not None:
            return instant.astimezone(UTC)
        message = "An instant needs its offset from UTC, such as Z or +10:00."
    except (ValueError, OverflowError):
        pass
    raise ValidationError([{"loc": ("query", "since"), "msg": message}])
