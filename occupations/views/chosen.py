"""Occupations that an address names, as ``?o=anzsco-2022:541111``: read, tidied, written again."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict

from occupations.models import Edition, Occupation
from occupations.views.addresses import tidy_code, tidy_edition

NAME = "o"
MOST_READ = 40  # entries of an address; whoever writes more is not choosing
_LONGEST_SHOWN = 40
_SUBJECT = ("edition", "unit_group__parent__parent__parent", "unit_group__edition")
_EDITION = re.compile(r"[a-z0-9-]{1,20}", re.ASCII)
_CODE = re.compile(r"[0-9]{6}", re.ASCII)
_PAIR = re.compile(r"\s*(?P<edition>.*?)\s*:\s*(?P<code>.*?)\s*", re.DOTALL)


@dataclass(frozen=True)
class LeftOut:
    """An entry that names no occupation of ours, and why."""

    typed: str
    why: str


@dataclass(frozen=True)
class Chosen:
    """The occupations that an address names, in its order, and what had to be left out."""

    occupations: tuple[Occupation, ...]
    left_out: tuple[LeftOut, ...]
    beyond: tuple[Occupation, ...]
    is_tidy: bool

    @property
    def query(self) -> str:
        """Name the occupations again, as in ``o=anzsco-2022:541111``."""
        return query_for(self.occupations)

    @property
    def whole_query(self) -> str:
        """Name those too for which there was no room."""
        return query_for((*self.occupations, *self.beyond))


def read_chosen(typed: QueryDict, *, most: int, kept: str = "") -> Chosen:
    """
    Look up the entries of an address, each once, at most ``most`` of them; one query.

    A form may add one more by ``edition`` and ``code``. ``kept`` is what else belongs to the
    query of the address, after the entries.
    """
    entries = typed.getlist(NAME)[:MOST_READ]
    if "code" in typed:
        entries.append(f"{typed.get('edition', '')}:{typed['code']}")
    keys = {entry: _key(entry) for entry in entries if entry.strip()}
    rows = _rows({key for key in keys.values() if key is not None})
    found: dict[str, Occupation] = {}
    left_out = []
    for entry, key in keys.items():
        if key is None:
            left_out.append(_malformed(entry))
        elif key in rows:
            found[value(rows[key])] = rows[key]
        else:
            left_out.append(LeftOut(_shown(entry), "We hold no occupation with this code there."))
    occupations = tuple(found.values())
    return Chosen(
        occupations=occupations[:most],
        left_out=tuple(left_out),
        beyond=occupations[most:],
        is_tidy=bool(left_out)
        or typed.urlencode(safe=":") == "&".join(filter(None, (query_for(occupations), kept))),
    )


def value(occupation: Occupation) -> str:
    """Write an occupation as an address names it, such as ``anzsco-2022:541111``."""
    return f"{occupation.edition.slug}:{occupation.code}"


def query_for(occupations: Iterable[Occupation]) -> str:
    """Write the query of an address that names these occupations."""
    return query_of((one.edition.slug, one.code) for one in occupations)


def query_of(places: Iterable[tuple[str, str]]) -> str:
    """Write the query of an address that names the occupations of these editions and codes."""
    return urlencode([(NAME, f"{edition}:{code}") for edition, code in places], safe=":")


def without(occupations: Sequence[Occupation], one: Occupation) -> str:
    """Write the query that names all of these but one."""
    return query_for(other for other in occupations if other != one)


def _key(entry: str) -> tuple[str, str] | None:
    pair = _PAIR.fullmatch(entry)
    if pair is None:
        return None
    edition, code = tidy_edition(pair["edition"]), tidy_code(pair["code"])
    return (edition, code) if _EDITION.fullmatch(edition) and _CODE.fullmatch(code) else None


def _malformed(entry: str) -> LeftOut:
    if _CODE.fullmatch(tidy_code(entry)):
        return LeftOut(_shown(entry), "A code means nothing without its edition.")
    return LeftOut(_shown(entry), "An occupation is named by its edition and a code of six digits.")


def _shown(entry: str) -> str:
    plain = " ".join(entry.replace("\0", " ").split()).strip(": ")
    return f"{plain[:_LONGEST_SHOWN]}…" if len(plain) > _LONGEST_SHOWN else plain


def _rows(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Occupation]:
    wanted = [Q(edition__slug=edition, code=code) for edition, code in keys]
    if not wanted:
        return {}
    rows = Occupation.objects.filter(reduce(or_, wanted)).select_related(*_SUBJECT)
    return {(row.edition.slug, row.code): row for row in rows}


def edition_options() -> list[Edition]:
    """List the editions to add from, the newest first; one query."""
    return list(Edition.objects.order_by("-released_on"))
