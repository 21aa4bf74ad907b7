"""Our sentences are ours: short, said once, giving no advice, and copied from nobody."""

import csv
import os
import re
from collections import Counter
from pathlib import Path

import pytest

import occupations

DATA = Path(occupations.__file__).parent / "catalogue" / "data"
PROSE = {
    "group_summaries": "text",
    "occupation_summaries": "text",
    "tasks": "text",
    "release_statements": "text",
    "qualification_mappings": "note",
    "packaging_rules": "text",
    "instruments": "note",
    "caveats": "wording",
    "assessment_criteria": "text",
    "assessment_notes": "text",
    "glossary_terms": "text",
}
LONGEST_RUN = 6
LONGEST_SENTENCE = 20
# Folders of texts by others, for whoever holds them; the texts themselves are not ours to keep.
OTHERS = [
    Path(os.environ[name])
    for name in ("SEEDS", "OFFICIAL_TEXT", "PUBLISHED_TABLES")
    if name in os.environ
]


def sayings(table):
    """List what a table says in our words, each with what it is about."""
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return [(tuple(row.values())[:2], row[PROSE[table]]) for row in csv.DictReader(lines)]


def sentences(text):
    return [part for part in re.split(r"(?<=[.!?])\s+", text) if part]


def runs(text):
    """Give every run of words that is one longer than two texts may share by chance."""
    words = re.findall(r"[\w$']+", text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    return {tuple(words[at : at + LONGEST_RUN + 1]) for at in range(len(words) - LONGEST_RUN)}


def test_a_copied_run_of_words_is_found_through_case_and_punctuation():
    theirs = "Somebody else wrote that\nthe cat, the dog and the horse went home."
    ours = "They say: The cat, the dog, and the Horse stayed."

    assert runs(ours) & runs(theirs) == {("the", "cat", "the", "dog", "and", "the", "horse")}
    assert not runs("The cat, the dog and a horse") & runs(theirs)


if OTHERS:

    @pytest.mark.parametrize("folder", OTHERS, ids=str)
    @pytest.mark.parametrize("table", PROSE)
    def test_no_long_run_of_our_words_stands_in_a_text_of_others(table, folder):
        texts = [path.read_text(encoding="utf-8") for path in folder.iterdir() if path.is_file()]
        theirs = set().union(*map(runs, texts))

        assert theirs
        assert [text for _, text in sayings(table) if runs(text) & theirs] == []


@pytest.mark.parametrize("table", PROSE)
def test_a_thing_is_said_once_of_each_subject(table):
    said = Counter(sayings(table))

    assert [text for text, times in said.items() if times > 1] == []


@pytest.mark.parametrize("table", PROSE)
def test_sentences_are_short(table):
    long = [
        sentence
        for _, text in sayings(table)
        for sentence in sentences(text)
        if len(sentence.split()) >= LONGEST_SENTENCE
    ]

    assert long == []


@pytest.mark.parametrize("table", PROSE)
def test_nothing_reads_as_advice(table):
    advice = re.compile(r"\b(you|your|best|eligible|recommend\w*)\b", re.IGNORECASE)

    assert [text for _, text in sayings(table) if advice.search(text)] == []
