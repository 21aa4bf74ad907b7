"""The hits of a question: one an occupation across the editions, best first."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import QuerySet

from occupations.folding import fold
from occupations.models import Correspondence, Edition, Group, Occupation, Qualification, Unit
from occupations.search.candidates import Question, by_code, by_own_words, by_title
from occupations.search.lay_words import by_lay_word
from occupations.search.ranking import Evidence, Kind

LONGEST = 200  # characters of a question
_WORTH_SHOWING = 0.45  # of the best score; what is weaker only hides the good hits
_MOST = 200
_KEPT_CLASSIFICATION = "ANZSCO"  # whose editions mostly keep a code for the same occupation
_AROUND = " \t\r\n.,;:\"'“”()[]"  # what a pasted code or title brings along
_OCCUPATION_CODE = re.compile(r"(?:(anzsco|osca)\s*(?:\d{4}\s+)?)?((?:\d\s?){1,6})", re.IGNORECASE)
_TRAINING_CODE = re.compile(r"[A-Za-z]{3,8}\s?[0-9][A-Za-z0-9]{1,5}")

type Page = Occupation | Group | Qualification | Unit


@dataclass(frozen=True)
class Hit:
    """A page that answers a question, why, and the other editions that have it."""

    page: Page
    evidence: Evidence
    also: tuple[str, ...] = ()

    @cached_property
    def kind_name(self) -> str:
        if isinstance(self.page, Group):
            return self.page.get_level_display()
        return {
            Kind.OCCUPATION: "Occupation",
            Kind.QUALIFICATION: "Qualification",
            Kind.UNIT: "Unit of competency",
        }[self.evidence.kind]

    @property
    def edition(self) -> str:
        return str(self.page.edition) if isinstance(self.page, Occupation | Group) else ""

    @property
    def skill_level(self) -> int | None:
        return self.page.skill_level if isinstance(self.page, Occupation) else None


@dataclass(frozen=True)
class Results:
    """Every hit of a question, best first, and whether the first really answers it."""

    hits: tuple[Hit, ...]
    is_confident: bool


def find(query: str, *, kind: Kind | None = None, edition: Edition | None = None) -> Results:
    """Find what a person may mean by ``query``; a code, a title, or words about the work."""
    question = _question(query, kind=kind, edition=edition)
    evidence = list(by_code(question)) if question.code else []
    in_words = replace(question, text=fold(question.text))
    if not evidence and in_words.text:
        evidence = [
            *by_title(in_words),
            *by_lay_word(in_words),
            *by_own_words(in_words),
        ]
    if edition is None:  # else the best of them may stand in another edition
        evidence = _worth_showing(evidence, score=lambda one: one.score)
    hits = _worth_showing(_hits(evidence, edition=edition), score=lambda hit: hit.evidence.score)
    return Results(tuple(hits[:_MOST]), is_confident=bool(hits) and hits[0].evidence.is_answer)


def _worth_showing[T](found: Sequence[T], *, score: Callable[[T], float]) -> list[T]:
    least = max(map(score, found), default=0) * _WORTH_SHOWING
    return [one for one in found if score(one) >= least]


def _question(query: str, *, kind: Kind | None, edition: Edition | None) -> Question:
    text = query.replace("\0", " ").strip(_AROUND)[:LONGEST]
    kinds = frozenset(Kind) if kind is None else frozenset({kind})
    named = edition.classification if edition is not None else ""
    found = _OCCUPATION_CODE.fullmatch(text)
    if found is not None and text.isascii():
        return Question(
            text=text,
            code=re.sub(r"\s", "", found.group(2)),
            classification=named or (found.group(1) or "").upper(),
            edition=edition.slug if edition is not None else "",
            kinds=kinds - {Kind.QUALIFICATION, Kind.UNIT},
        )
    if text.isascii() and _TRAINING_CODE.fullmatch(text):
        code = text.replace(" ", "").upper()
        return Question(text=text, code=code, kinds=kinds & {Kind.QUALIFICATION, Kind.UNIT})
    return Question(text=text, classification=named, kinds=kinds)


def _hits(evidence: Sequence[Evidence], *, edition: Edition | None) -> list[Hit]:
    best: dict[tuple[Kind, int], Evidence] = {}
    for one in sorted(evidence, key=lambda one: one.order):
        best.setdefault((one.kind, one.pk), one)
    pages = _pages(best.keys())
    places = _across_editions(
        [page for page in pages.values() if isinstance(page, Occupation | Group)],
        edition=edition,
        # A code is shown as it was asked for; only a title stands for the same work elsewhere.
        may_be_linked=edition is None and not any(one.matched_kind == "code" for one in evidence),
    )
    hits: dict[tuple[Kind, int], Hit] = {}
    for key, one in best.items():
        place = places.get(key)
        if place is None and one.kind in {Kind.OCCUPATION, Kind.GROUP}:
            continue  # the edition that was asked for has no such code
        page, also = place or (pages[key], ())
        hits.setdefault((one.kind, page.pk), Hit(page, replace(one, code=page.code), also))
    return list(hits.values())


def _pages(keys: Iterable[tuple[Kind, int]]) -> dict[tuple[Kind, int], Page]:
    wanted: dict[Kind, list[int]] = {kind: [] for kind in Kind}
    for kind, pk in keys:
        wanted[kind].append(pk)
    rows: dict[Kind, Iterable[Page]] = {
        Kind.OCCUPATION: Occupation.objects.select_related("edition").filter(
            pk__in=wanted[Kind.OCCUPATION]
        ),
        Kind.GROUP: Group.objects.select_related("edition").filter(pk__in=wanted[Kind.GROUP]),
        Kind.QUALIFICATION: Qualification.objects.filter(pk__in=wanted[Kind.QUALIFICATION]),
        Kind.UNIT: Unit.objects.filter(pk__in=wanted[Kind.UNIT]),
    }
    return {(kind, page.pk): page for kind in Kind if wanted[kind] for page in rows[kind]}


def _across_editions(
    pages: Iterable[Occupation | Group], *, edition: Edition | None, may_be_linked: bool
) -> Mapping[tuple[Kind, int], tuple[Occupation | Group, tuple[str, ...]]]:
    """Find for each page the one to show, and the other editions that have the code."""
    found = {}
    tables: dict[Kind, QuerySet] = {
        Kind.OCCUPATION: Occupation.objects.current(),
        Kind.GROUP: Group.objects.current(),
    }
    for kind, table in tables.items():
        of_kind = [page for page in pages if isinstance(page, table.model)]
        aliases = _linked_by_publisher(of_kind) if may_be_linked else {}
        codes = {page.code for page in of_kind} | {page.code for page in aliases.values()}
        family: dict[tuple[str, str], list[Occupation | Group]] = {}
        for row in (
            table.filter(code__in=codes).select_related("edition").order_by("-edition__released_on")
        ):
            family.setdefault((row.edition.classification, row.code), []).append(row)
        for page in of_kind:
            home = aliases.get(page.pk, page)
            same = family.get((home.edition.classification, home.code), [home])
            shown = _shown(same, edition=edition)
            if shown is not None:
                also = tuple(str(row.edition) for row in same if row.pk != shown.pk)
                if home is not page:
                    also = (f"{page.edition} as {page.code}", *also)
                found[kind, page.pk] = (shown, also)
    return found


def _shown(
    same: Iterable[Occupation | Group], *, edition: Edition | None
) -> Occupation | Group | None:
    """Choose the newest of these, or the one in the edition that was asked for."""
    for row in same:
        if edition is None or row.edition_id == edition.pk:
            return row
    return None


def _linked_by_publisher(pages: Iterable[Occupation | Group]) -> dict[int, Occupation]:
    """Find the one ANZSCO occupation that a published link gives to one of another kind."""
    foreign = [
        page.pk
        for page in pages
        if isinstance(page, Occupation) and page.edition.classification != _KEPT_CLASSIFICATION
    ]
    if not foreign:
        return {}
    links = Correspondence.objects.filter(
        from_occupation__in=foreign, to_occupation__edition__classification=_KEPT_CLASSIFICATION
    ).select_related("to_occupation__edition")
    targets: dict[int, list[Occupation]] = {}
    for link in links:
        targets.setdefault(link.from_occupation_id, []).append(link.to_occupation)
    return {pk: found[0] for pk, found in targets.items() if len(found) == 1}
