"""Which unit groups correspond fully: the same code, and every occupation linked one to one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef

from occupations.facts.collected import collected
from occupations.models import Correspondence, Occupation

type GroupLike = Mapping[str, Any]


@dataclass(frozen=True)
class WholeGroup:
    """
    A row about a unit group that corresponds fully to another one.

    ``standing_in`` maps the occupations of that other group, by key, to those of this one.
    """

    row: GroupLike
    standing_in: Mapping[int, int]


def whole_group_rows(*, group: str = "") -> dict[str, ArraySubquery | F]:
    """Select what tells whether a unit group corresponds; ``group`` is the path to it."""
    path = f"{group}__" if group else ""
    return {
        "group_id": F(f"{path}pk"),
        "group_code": F(f"{path}code"),
        "edition_key": F(f"{path}edition__pk"),
        "edition_released_on": F(f"{path}edition__released_on"),
        "members": collected(_members(group or "pk"), "pk", "to_newer", "to_older"),
    }


def whole_groups(rows: Sequence[GroupLike]) -> list[WholeGroup]:
    """
    Keep the first of these rows, and those whose unit group corresponds fully to its own.

    There is one row an edition, with ``whole_group_rows``. The links are followed from edition to
    edition, and no step may be partial. The newest edition follows the first row.
    """
    own = rows[0]
    line = sorted(rows, key=itemgetter("edition_released_on"))
    here = line.index(own)
    found = [*_along(own, line[here + 1 :]), *_along(own, line[:here][::-1])]
    found.sort(key=lambda one: one.row["edition_released_on"], reverse=True)
    return [WholeGroup(own, _itself(own)), *found]


def _along(own: GroupLike, way: Sequence[GroupLike]) -> Iterator[WholeGroup]:
    before, standing_in = own, _itself(own)
    for row in way:
        step = _one_to_one(before, row)
        if not step:
            return
        standing_in = {key: step[there] for key, there in standing_in.items()}
        before = row
        yield WholeGroup(row, standing_in)


def _itself(row: GroupLike) -> dict[int, int]:
    return {member["pk"]: member["pk"] for member in row["members"]}


def _one_to_one(one: GroupLike, other: GroupLike) -> dict[int, int]:
    """Map the occupations of a group to those of another; nothing, if it does not correspond."""
    there = _linked(one, other)
    back = _linked(other, one)
    is_whole = one["group_code"] == other["group_code"] and there == {
        key: member for member, key in back.items()
    }
    return there if is_whole else {}


def _linked(one: GroupLike, other: GroupLike) -> dict[int, int]:
    """Map each occupation of a group to the one it alone leads to in another; else nothing."""
    found = {}
    for member in one["members"]:
        links = [
            link
            for link in (*member["to_newer"], *member["to_older"])
            if link["edition"] == other["edition_key"]
        ]
        if len(links) != 1 or links[0]["is_partial"] or links[0]["group"] != other["group_id"]:
            return {}
        found[member["pk"]] = links[0]["occupation"]
    return found


def _members(group: str) -> Any:  # noqa: ANN401 (annotated rows have no type of their own)
    """Select the occupations of a unit group, each with its links to other editions."""
    links = Correspondence.objects.order_by("pk")
    return (
        Occupation.objects.current()
        .filter(retired=False, unit_group=OuterRef(group))
        .order_by("code")
        .annotate(
            to_newer=_ends(links.filter(from_occupation=OuterRef("pk")), "to_occupation"),
            to_older=_ends(links.filter(to_occupation=OuterRef("pk")), "from_occupation"),
        )
    )


def _ends(links: Any, end: str) -> ArraySubquery:  # noqa: ANN401
    return collected(
        links,
        "is_partial",
        occupation=end,
        edition=f"{end}__edition",
        group=f"{end}__unit_group",
    )
