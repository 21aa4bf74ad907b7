"""Codes as people type or paste them, and the pages that have them."""

import re
from collections.abc import Iterator

from occupations.models import Edition
from occupations.search.answers import Hit, hit_of
from occupations.search.index import Index
from occupations.search.narrowing import Narrowing
from occupations.search.pages import Kind
from occupations.search.ranking import CODE_IS, CODE_STARTS, Evidence

_CLASSIFIED_CODE = re.compile(
    r"(?:(?:code|no|number|occupation|unit|group|anzsco|osca)[\s:.#-]*)*"
    r"(?:(anzsco|osca)?[\s:]*(?:20\d\d\s+)?)?((?:\d[\s.-]?){1,6})",
    re.IGNORECASE,
)
_CODE_WITHIN = re.compile(r"(?<!\d)(\d{6})(?!\d)")
_EDITION = re.compile(r"\b(?:anzsco|osca)[\s:]*(20\d\d)\b", re.IGNORECASE)
_TRAINING_CODE = re.compile(r"[A-Za-z]{3,8}\s?[0-9][A-Za-z0-9]{1,5}")


def by_code(
    index: Index, text: str, *, kind: Kind | None, edition: Edition | None, narrowing: Narrowing
) -> Iterator[Hit]:
    """Find what has this code, or a code that starts with it; newest edition first."""
    code, classification = _asked_code(index, text)
    if not code:
        return
    year = _asked_year(index, text, code=code) if edition is None else ""
    classification = edition.classification if edition is not None else classification
    seen: set[tuple[str, str]] = set()
    for known in index.codes_from(code):
        for at, page in index.codes[known]:
            key = (page.classification, known)
            if (
                key in seen
                or kind not in {None, page.kind}
                or (edition is not None and page.edition not in {"", edition.slug})
                or (classification and page.classification not in {"", classification})
                or (year and page.edition and not page.edition.endswith(year))
            ):
                continue
            concept = index.concepts[at]
            if not narrowing.holds(concept, page):
                continue
            seen.add(key)
            is_whole = known == code
            evidence = Evidence(
                kind=page.kind,
                matched_kind="code",
                matched_text=code,
                stated_in="",
                manner="is" if is_whole else "starts with",
                score=CODE_IS if is_whole else CODE_STARTS - (len(known) - len(code)),
                is_answer=is_whole,
            )
            yield hit_of(concept, page, evidence)


def _asked_code(index: Index, text: str) -> tuple[str, str]:
    """Read a code, however it is written, and the classification named with it."""
    if not text.isascii():
        return "", ""
    whole = _CLASSIFIED_CODE.fullmatch(text)
    if whole is not None:
        return re.sub(r"\D", "", whole.group(2)), (whole.group(1) or _named(text)).upper()
    if _TRAINING_CODE.fullmatch(text):
        return text.replace(" ", "").upper(), ""
    within = [code for code in _CODE_WITHIN.findall(text) if code in index.codes]
    return (within[0], _named(text).upper()) if len(within) == 1 else ("", "")


def _asked_year(index: Index, text: str, *, code: str) -> str:
    """Read the year of the edition named with a code; nothing if no edition of it has the code."""
    found = _EDITION.search(text)
    year = f"-{found.group(1)}" if found else ""
    pages = [page for known in index.codes_from(code) for _, page in index.codes[known]]
    return year if any(page.edition.endswith(year) for page in pages) else ""


def _named(text: str) -> str:
    found = re.search(r"\b(anzsco|osca)\b", text, re.IGNORECASE)
    return found.group(1) if found else ""
