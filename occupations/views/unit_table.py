"""The units that a release names, as a table to sort, filter and turn; its state is an address."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from occupations.folding import fold
from occupations.models import PackagedUnit
from occupations.views.pager import Pager, turn

ADDRESS_OF_TABLE = "#unit-table"
_KINDS = {"core": "Core", "elective": "Elective", "example": "Only in an example"}


@dataclass(frozen=True)
class UnitRow:
    """A unit in the table; ``register_row`` is its place in the register's own table."""

    code: str
    title: str
    table_title: str
    usage: str
    essential: str
    register_row: int | None
    url: str
    kind: str
    groups: tuple[str, ...]

    @property
    def kind_words(self) -> str:
        """Say whether the unit is core or elective."""
        return _KINDS[self.kind]


@dataclass(frozen=True)
class Column:
    """A heading that sorts the table by its column."""

    name: str
    label: str
    order: str
    address: str


@dataclass(frozen=True)
class Option:
    """A kind or group to filter by."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Filters:
    """What the table is filtered by, and what it may be."""

    text: str
    kinds: Sequence[Option]
    groups: Sequence[Option]
    kept: Mapping[str, str | int]
    clear: str
    is_set: bool


@dataclass(frozen=True)
class UnitTable:
    """One page of the units that a release names; ``total`` counts them before any filter."""

    rows: Sequence[UnitRow]
    total: int
    columns: Sequence[Column]
    filters: Filters
    pager: Pager
    has_essential: bool


def unit_rows(units: Iterable[PackagedUnit]) -> list[UnitRow]:
    """Gather packaged units by their code: a unit in several groups is one row."""
    gathered: dict[str, list[PackagedUnit]] = {}
    for one in units:
        gathered.setdefault(one.unit.code, []).append(one)
    return [_row(places) for _, places in sorted(gathered.items())]


def unit_table(units: Iterable[PackagedUnit], *, query: Mapping[str, str]) -> UnitTable:
    """Filter, sort and cut the units as ``query`` asks; what it asks in vain is as if not asked."""
    rows = unit_rows(units)
    labels = {"code": "Code", "title": "Title", "usage": "Usage recommendation"}
    is_essential_known = any(row.essential for row in rows)
    labels |= {"essential": "Essential"} if is_essential_known else {"kind": "Core or elective"}
    sort = query.get("sort", "code") if query.get("sort") in labels else "code"
    is_descending = query.get("dir") == "desc"
    text, kind, group = (query.get(name, "").strip()[:80] for name in ("q", "kind", "group"))
    groups = sorted({name for row in rows for name in row.groups})
    group = group if group in groups else ""
    kind = kind if kind in {row.kind for row in rows} else ""
    found = [row for row in rows if _fits(row, text=fold(text), kind=kind, group=group)]
    found.sort(key=lambda row: str(getattr(row, sort)).casefold(), reverse=is_descending)
    chosen = {
        name: value
        for name, value in zip(("q", "kind", "group"), (text, kind, group), strict=True)
        if value
    }
    state: dict[str, str | int] = {"sort": sort, "dir": "desc" if is_descending else "asc"}

    def address(changes: Mapping[str, str | int]) -> str:
        return f"?{urlencode({**state, **changes, **chosen})}{ADDRESS_OF_TABLE}"

    shown, pager = turn(found, query=query, address=address)
    state["per"] = pager.size
    return UnitTable(
        rows=shown,
        total=len(rows),
        columns=[
            Column(
                name=name,
                label=label,
                order=_order(is_descending=is_descending) if name == sort else "none",
                address=address(
                    {
                        "sort": name,
                        "dir": "desc" if name == sort and not is_descending else "asc",
                        "page": 1,
                    }
                ),
            )
            for name, label in labels.items()
        ],
        filters=Filters(
            text=text,
            kinds=[
                Option(name, label, name == kind)
                for name, label in _KINDS.items()
                if any(row.kind == name for row in rows)
            ],
            groups=[Option(name, name, name == group) for name in groups],
            kept=state,
            clear=f"?{urlencode(state)}{ADDRESS_OF_TABLE}",
            is_set=bool(chosen),
        ),
        pager=pager,
        has_essential=is_essential_known,
    )


def _row(places: Sequence[PackagedUnit]) -> UnitRow:
    first = places[0]
    return UnitRow(
        code=first.unit.code,
        title=first.unit.title,
        table_title=first.table_title,
        usage=first.unit.usage_recommendation,
        essential=first.essential,
        register_row=first.table_seq,
        url=first.unit.get_absolute_url(),
        kind=first.kind,
        groups=tuple(one.category for one in places if one.category),
    )


def _fits(row: UnitRow, *, text: str, kind: str, group: str) -> bool:
    if (kind and row.kind != kind) or (group and group not in row.groups):
        return False
    return not text or text in fold(f"{row.code} {row.title}")


def _order(*, is_descending: bool) -> str:
    return "descending" if is_descending else "ascending"
