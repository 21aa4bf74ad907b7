"""Our sentences as the tests read them: cut into sentences and words, and how hard they read."""

import csv
import os
import re
from pathlib import Path

import occupations

DATA = Path(occupations.__file__).parent / "catalogue" / "data"
LONGEST_RUN = 6  # words that two texts may share by chance
# Folders of texts by others, for whoever holds them; the texts themselves are not ours to keep.
OTHERS = {
    name: Path(os.environ[name])
    for name in ("SEEDS", "OFFICIAL_TEXT", "PUBLISHED_TABLES")
    if name in os.environ
}


def rows_of(table):
    """Read a table that ships with the project."""
    return rows_in(DATA / f"{table}.csv")


def rows_in(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def sentences(text):
    return [part for part in re.split(r"(?<=[.!?])\s+", text) if part]


def words(text):
    return re.findall(r"[^\W_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W_]+)*", text)


def runs(text):
    """Give every run of words that is one longer than two texts may share by chance."""
    found = re.findall(r"[\w$']+", text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    return {tuple(found[at : at + LONGEST_RUN + 1]) for at in range(len(found) - LONGEST_RUN)}


def grade(text):
    """Give the Flesch-Kincaid grade: the years of school after which most people read it easily."""
    said, spoken = words(text), sentences(text)
    return 0.39 * len(said) / len(spoken) + 11.8 * sum(map(syllables, said)) / len(said) - 15.59


def syllables(word):
    """Count the groups of vowels, without the ends that are not spoken."""
    word = re.split(r"['\N{RIGHT SINGLE QUOTATION MARK}]", word.lower())[0]
    count = len(re.findall(r"[aeiouy]+", word))
    if word.endswith("e") and not word.endswith(("le", "ee", "ye")):
        count -= 1
    if word.endswith(("es", "ed")) and not re.search(r"([dt]ed|([sxzgc]|[cs]h)es)$", word):
        count -= 1
    return max(count, 1)
