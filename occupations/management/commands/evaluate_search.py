"""Measure search on a set of questions whose answers are known."""

import csv
import statistics
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from occupations.search import Hit, Index, Results, find, gather

_DEEPEST = 10
_COLUMNS = {"query", "expected"}


@dataclass(frozen=True)
class Question:
    """What is asked, the codes that answer it, best first, and what kind of question it is."""

    query: str
    expected: tuple[str, ...]
    kind: str


@dataclass(frozen=True)
class Asked:
    """A question with the place of its first right hit, from 1, and the time it took."""

    question: Question
    place: int | None
    is_confident: bool
    milliseconds: float


class Command(BaseCommand):
    help = (
        "Ask search the queries of a CSV file (query, expected, kind), where expected holds"
        " EDITION:CODE joined by |, four digits for a whole unit group, or nothing if no"
        " occupation answers; print how often the right one comes first, and how fast."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument(
            "--leave-out",
            action="store_true",
            help="take every query out of the index first, wherever it is a title or lay word",
        )
        parser.add_argument(
            "--misses", action="store_true", help="list the questions not answered in the first 5"
        )

    def handle(
        self, *_args: Any, file: Path, leave_out: bool, misses: bool, **_options: Any
    ) -> None:
        questions = _read(file)
        without = [one.query for one in questions] if leave_out else []
        index = Index(gather(), without=without, most_new=None)
        find("welcome", index=index)  # the language model starts
        asked = [_ask(one, index=index) for one in questions]
        self.stdout.write(_HEADINGS)
        self.stdout.write(_row("all", asked))
        kinds = dict.fromkeys(one.question.kind for one in asked if one.question.kind)
        for kind in kinds if len(kinds) > 1 else ():
            self.stdout.write(_row(kind, [one for one in asked if one.question.kind == kind]))
        if misses:
            for one in asked:
                if one.question.expected and (one.place is None or one.place > 5):  # noqa: PLR2004
                    self.stdout.write(f"{one.question.query}: {one.place or 'not found'}")


_HEADINGS = (
    "| questions | n | top 1 | top 5 | top 10 | MRR | confident | where right | p50 | p95 |\n"
    "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
)


def _read(file: Path) -> list[Question]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{file} cannot be read: {error}"
        raise CommandError(msg) from None
    if not rows or not rows[0].keys() >= _COLUMNS:
        msg = f"{file} needs a heading with query and expected, and a row."
        raise CommandError(msg)
    return [
        Question(
            query=row["query"],
            expected=tuple(filter(None, (row["expected"] or "").split("|"))),
            kind=row.get("kind") or "",
        )
        for row in rows
    ]


def _ask(question: Question, *, index: Index) -> Asked:
    began = time.perf_counter()
    results: Results = find(question.query, index=index)
    taken = (time.perf_counter() - began) * 1000
    place = next(
        (at for at, hit in enumerate(results.hits, 1) if _is_right(hit, question.expected)), None
    )
    return Asked(question, place, results.is_confident, taken)


def _is_right(hit: Hit, expected: Sequence[str]) -> bool:
    """Tell whether a hit, in any edition that has it, is one of the codes or in their group."""
    pages = {f"{page.edition}:{page.code}" for page in (hit.page, *hit.others)}
    return any(page.startswith(code) for page in pages for code in expected)


def _row(label: str, asked: Sequence[Asked]) -> str:
    places = [one.place or 0 for one in asked]
    times = sorted(one.milliseconds for one in asked)
    cells = [
        label,
        str(len(asked)),
        *(_percent([0 < place <= top for place in places]) for top in (1, 5, _DEEPEST)),
        f"{statistics.fmean(1 / place if place else 0 for place in places):.3f}",
        _percent([one.is_confident for one in asked]),
        _percent([one.is_confident for one in asked if one.place == 1]),
        f"{times[len(times) // 2]:.1f} ms",
        f"{times[min(len(times) - 1, int(len(times) * 0.95))]:.1f} ms",
    ]
    return f"| {' | '.join(cells)} |"


def _percent(values: Sequence[bool]) -> str:
    return f"{100 * sum(values) / len(values):.1f} %" if values else "-"
