"""A catalogue as if some titles were unknown: how search is measured on titles it never saw."""

from collections.abc import Collection
from dataclasses import replace

from occupations.search.pages import Gathered
from occupations.spelling import telling, words


def without(gathered: Gathered, titles: Collection[str]) -> Gathered:
    """Leave out the names that are one of these titles, and their words in lines that hold one."""
    out = {tuple(words(title)) for title in titles}
    return replace(
        gathered,
        names=[name for name in gathered.names if tuple(words(name.text)) not in out],
        lines=[replace(line, text=_cut(line.text, out)) for line in gathered.lines],
    )


def _cut(text: str, titles: Collection[tuple[str, ...]]) -> str:
    """Leave out of a sentence every run of words that is one of these titles."""
    spoken = [(at, stem) for at, word in enumerate(text.split()) for stem in telling(word)]
    stems = [stem for _, stem in spoken]
    gone: set[int] = set()
    for length in {len(title) for title in titles}:
        for start in range(len(stems) - length + 1):
            if tuple(stems[start : start + length]) in titles:
                gone.update(range(spoken[start][0], spoken[start + length - 1][0] + 1))
    return " ".join(word for at, word in enumerate(text.split()) if at not in gone)
