"""One recorded change in words: what it is about, which fact, and how it reads before and after."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.text import Truncator

from occupations.catalogue import tables as catalogue
from occupations.change_log.names import COLUMNS, NOT_TOLD, TABLES, VALUES
from occupations.models import FEWER_THAN_TWENTY, FactChange, Place, ShortageRating

KINDS = {"added": "Added", "altered": "Altered", "withdrawn": "Withdrawn"}
MOST_CHARACTERS = 120  # of one value
_OFFICIAL = "official_texts"  # whose words stay on the pages that name their licence
_ORDERS = {table.name: table.names for table in catalogue.TABLES}
_IN_CAPITALS = {"authority", "list"}
_LABELS = {"place": dict(Place.choices), "rating": dict(ShortageRating.Rating.choices)}


@dataclass(frozen=True)
class Names:
    """What codes stand for: subjects by edition and code; editions, sources and so on by slug."""

    subjects: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    editions: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    instruments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A column whose value changed; an added row has nothing before, a withdrawn one after."""

    label: str
    before: str
    after: str

    def __str__(self) -> str:
        value = " → ".join(filter(None, (self.before, self.after)))
        return f"{self.label} {value}"


@dataclass(frozen=True, kw_only=True)
class FactInWords:
    """A change as a reader sees it; without an address its subject has no page."""

    kind: str
    table: str
    subject: str
    url: str
    thing: str
    source: str
    differences: tuple[Difference, ...]

    @property
    def what(self) -> str:
        """Name the fact and say whether it came or went."""
        name = self.thing or "the whole entry"
        if self.kind == "altered" and self.differences:
            return self.thing
        return f"{name}: {self.kind}"

    def __str__(self) -> str:
        lead = f"{self.subject}: " if self.subject else ""
        told = "; ".join(map(str, self.differences))
        between = " " if self.kind == "altered" else "; "
        return f"{lead}{between.join(filter(None, (self.what, told)))}"


def table_name(table: str) -> str:
    """Name a table for a reader."""
    return TABLES[table][0] if table in TABLES else table.replace("_", " ").capitalize()


def in_words(change: FactChange, names: Names) -> FactInWords:
    """Put a recorded change into words."""
    cells = {**change.key, **(change.before or {}), **(change.after or {})}
    subject, url = names.subjects.get((change.edition, change.code), ("", ""))
    if not subject:
        parts = (change.code, names.editions.get(change.edition, change.edition))
        subject = " ".join(filter(None, parts))
    thing = TABLES[change.table][1] if change.table in TABLES else ""
    worded = {name: _worded(name, value, names) for name, value in cells.items()}
    return FactInWords(
        kind=change.kind,
        table=table_name(change.table),
        subject=subject,
        url=url,
        thing=thing.format_map(worded),
        source=names.sources.get(str(cells.get("source")), ""),
        differences=tuple(_differences(change, names)),
    )


def _differences(change: FactChange, names: Names) -> list[Difference]:
    before, after = change.before or {}, change.after or {}
    is_altered = change.kind == "altered"
    told = []
    for name in sorted(before | after, key=_place(change.table)):
        if (name in NOT_TOLD and not is_altered) or (change.table, name) == (_OFFICIAL, "text"):
            continue
        difference = Difference(
            label=COLUMNS.get(name, name.removesuffix("_on").replace("_", " ")),
            before=_worded(name, before[name], names) if name in before else "",
            after=_worded(name, after[name], names) if name in after else "",
        )
        if is_altered or not _is_empty((before | after)[name]):
            told.append(difference)
    return told


def _place(table: str) -> Callable[[str], int]:
    """Give the place of a column in its table; the database keeps no order of its own."""
    order = _ORDERS.get(table, ())
    return lambda name: order.index(name) if name in order else len(order)


def _is_empty(value: object) -> bool:
    return value in (None, "", [])


def _worded(name: str, value: object, names: Names) -> str:
    if _is_empty(value):
        return "not stated"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return _named(name, str(value), names)


def _named(name: str, text: str, names: Names) -> str:
    """Write a value as readers know it, where the catalogue knows it by a slug or a code."""
    if name.endswith("_on"):
        return format_date(date.fromisoformat(text), "j F Y")
    if name.endswith("edition"):
        return names.editions.get(text, text)
    if name in _IN_CAPITALS:
        return text.upper()
    if name in _LABELS:
        return str(_LABELS[name].get(text, text))
    known = {
        "count": "fewer than 20" if text == str(FEWER_THAN_TWENTY) else text,
        "instrument": names.instruments.get(text, text),
        "table": table_name(text),
        "source": names.sources.get(text, text),
        "slug": names.sources.get(text)
        or names.editions.get(text)
        or names.instruments.get(text, text),
    }
    return Truncator(known.get(name) or VALUES.get(text, text)).chars(MOST_CHARACTERS)
