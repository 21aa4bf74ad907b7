"""Our sentences are ours: short, said once, giving no advice, and copied from nobody."""

import re
from collections import Counter

import pytest

from tests.occupations.prose import OTHERS, rows_of, runs, sentences, words

PROSE = {
    "group_summaries": ("text", "not_to_be_confused"),
    "occupation_summaries": ("text",),
    "tasks": ("text",),
    "release_statements": ("text",),
    "qualification_mappings": ("note",),
    "packaging_rules": ("text",),
    "instruments": ("note",),
    "caveats": ("wording",),
    "assessment_criteria": ("text",),
    "assessment_notes": ("text",),
    "glossary_terms": ("text",),
}
LONGEST_SENTENCE = 20
LONGEST_OF_ITS_TABLE = {"occupation_summaries": 31}  # one sentence tells all of an occupation


def sayings(table):
    """List what a table says in our words, each with what it is about."""
    return [
        (tuple(row.values())[:2], row[column])
        for row in rows_of(table)
        for column in PROSE[table]
        if row[column]
    ]


def without_titles(text):
    """Cut a text at the titles of groups, which nobody may put in other words."""
    titles = sorted({row["title"] for row in rows_of("groups")}, key=len, reverse=True)
    return re.split(rf"\b(?:{'|'.join(map(re.escape, titles))})\b", text)


def test_a_copied_run_of_words_is_found_through_case_and_punctuation():
    theirs = "Somebody else wrote that\nthe cat, the dog and the horse went home."
    ours = "They say: The cat, the dog, and the Horse stayed."

    assert runs(ours) & runs(theirs) == {("the", "cat", "the", "dog", "and", "the", "horse")}
    assert not runs("The cat, the dog and a horse") & runs(theirs)


if OTHERS:

    @pytest.mark.parametrize("folder", OTHERS.values(), ids=OTHERS)
    @pytest.mark.parametrize("table", PROSE)
    def test_no_long_run_of_our_words_stands_in_a_text_of_others(table, folder):
        texts = [path.read_text(encoding="utf-8") for path in folder.iterdir() if path.is_file()]
        theirs = set().union(*map(runs, texts))

        assert theirs
        copied = [text for _, text in sayings(table) if runs(text) & theirs]
        assert [
            text for text in copied if any(runs(part) & theirs for part in without_titles(text))
        ] == []


@pytest.mark.parametrize("table", PROSE)
def test_a_thing_is_said_once_of_each_subject(table):
    said = Counter(sayings(table))

    assert [text for text, times in said.items() if times > 1] == []


@pytest.mark.parametrize("table", PROSE)
def test_sentences_are_short(table):
    longest = LONGEST_OF_ITS_TABLE.get(table, LONGEST_SENTENCE)
    long = [
        sentence
        for _, text in sayings(table)
        for sentence in sentences(text)
        if len(words(sentence)) >= longest
    ]

    assert long == []


@pytest.mark.parametrize("table", PROSE)
def test_nothing_reads_as_advice(table):
    advice = re.compile(r"\b(you|your|best|eligible|recommend\w*)\b", re.IGNORECASE)

    assert [text for _, text in sayings(table) if advice.search(text)] == []
