"""Every unit group of ANZSCO 2022 is told in plain words: whole, plain, well spelt and our own."""

import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from occupations.templatetags.glossary import JARGON
from tests.occupations.prose import OTHERS, grade, rows_in, rows_of, runs, sentences, words

EDITION = "anzsco-2022"
# Their tasks follow a source document line by line, whatever the length of its lines.
TOLD_LINE_BY_LINE = {"1492", "5411"}
# Groups that are most easily confused with a code of their own, and meant to say so.
CONFUSED_INSIDE: set[str] = set()
FORBIDDEN = re.compile(
    # advice, and what our own standing in for a reader's case would be
    r"\b(you|yours?|we|our|best|eligib\w+|recommend\w*|should|must|qualify|suitable|visas?"
    r"|migrat\w+|commensurate|may also"
    # words that say whether a man or a woman does the work
    r"|he|she|his|hers?|him|m[ae]n|wom[ae]n|guys?|lady|ladies|girls?|boys?|manned|manpower"
    r"|housewi\w+|(chair|fore|trades|crafts|sales|work)m[ae]n)\b",
    re.IGNORECASE,
)
# Abbreviations that people say more often than what they stand for.
EVERYDAY = {"CEO", "CT", "DJ", "MRI", "TV"}
TRADE_WORDS = Path(__file__).parent / "trade_words.txt"


def of_2022(table):
    return [row for row in rows_of(table) if row["edition"] == EDITION]


@cache
def told():
    """Map each unit group that has a summary to all we say of it."""
    groups = {row["code"]: row | {"tasks": [], "occupations": {}} for row in SUMMARIES}
    for row in of_2022("tasks"):
        if row["is_note"] == "no":
            groups[row["group"]]["tasks"].append(row["text"])
    for row in of_2022("occupation_summaries"):
        groups[row["code"][:4]]["occupations"][row["code"]] = row["text"]
    return groups


SUMMARIES = of_2022("group_summaries")


def wrong(find):
    """Map each unit group of which ``find`` finds anything wrong to what that is."""
    return {code: found for code, group in told().items() if (found := find(group))}


def prose(group):
    """Join what is said of a group and its occupations, each task as a sentence."""
    tasks = (f"{task}." for task in group["tasks"])
    return " ".join([group["text"], *tasks, *group["occupations"].values()])


def texts(group):
    confused = group["not_to_be_confused"]
    return [group["text"], confused, *group["tasks"], *group["occupations"].values()]


def titles():
    """Give the words of all titles; these are spelt as their publisher spells them."""
    rows = [*rows_of("groups"), *rows_of("occupations"), *rows_of("other_titles")]
    return {folded(word) for row in rows for word in words(row["title"])}


def folded(word):
    """Take the accents off, and what stands after an apostrophe."""
    plain = unicodedata.normalize("NFD", re.split(r"['\N{RIGHT SINGLE QUOTATION MARK}]", word)[0])
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).lower()


class TestComplete:
    def test_each_unit_group_has_a_reviewed_summary_and_what_it_is_not(self):
        units = {row["code"] for row in of_2022("groups") if row["level"] == "unit"}

        assert len(units) == 364
        assert set(told()) == units
        assert {row["status"] for row in SUMMARIES} == {"reviewed"}
        assert [code for code, group in told().items() if not group["not_to_be_confused"]] == []

    def test_each_occupation_has_a_reviewed_sentence(self):
        sentences_on = {row["code"]: row["status"] for row in of_2022("occupation_summaries")}
        stated = {row["code"] for row in of_2022("occupations") if row["retired"] == "no"}

        assert len(stated) == 1076
        assert set(sentences_on) == stated
        assert set(sentences_on.values()) == {"reviewed"}


class TestLengths:
    def test_a_summary_has_40_to_70_words(self):
        assert wrong(lambda group: outside(40, 70, [group["text"]])) == {}

    def test_there_are_5_to_8_tasks_of_4_to_14_words(self):
        counts = {code: len(group["tasks"]) for code, group in told().items()}
        long = wrong(lambda group: outside(4, 14, group["tasks"]))

        assert {code for code, count in counts.items() if not 5 <= count <= 8} <= TOLD_LINE_BY_LINE
        assert {code: tasks for code, tasks in long.items() if code not in TOLD_LINE_BY_LINE} == {}

    def test_a_task_starts_with_a_capital_and_a_plain_verb_and_has_no_full_stop(self):
        def odd(group):
            tasks = group["tasks"]
            return [
                task
                for task in tasks
                if not task[0].isupper() or task.endswith(".") or re.match(r"\w+ing\b", task)
            ]

        assert wrong(odd) == {}

    def test_tasks_start_with_the_plain_form_of_a_verb(self, dictionary):
        starts = {words(task)[0].lower() for group in told().values() for task in group["tasks"]}

        assert not any(
            is_verb(word, dictionary) for word in ("the", "in", "walls", "checks", "worker")
        )
        assert {word for word in starts if not is_verb(word, dictionary)} == set()

    def test_an_occupation_has_one_sentence_of_10_to_30_words(self):
        def odd(group):
            told_of = group["occupations"].values()
            cut = [text for text in told_of if len(sentences(text)) != 1 or not text.endswith(".")]
            return cut + outside(10, 30, told_of)

        assert wrong(odd) == {}

    def test_what_it_is_not_takes_a_line(self):
        assert wrong(lambda group: outside(10, 45, [group["not_to_be_confused"]])) == {}
        assert wrong(lambda group: sentences(group["not_to_be_confused"])[3:]) == {}


def outside(least, most, texts):
    """List the texts of fewer words or more."""
    return [text for text in texts if not least <= len(words(text)) <= most]


def is_verb(word, dictionary):
    """Tell whether a word takes the end of the -ing form, which only plain forms of verbs do."""
    if word in {"the", "in"}:  # a thing and an inning are none of theirs
        return False
    stem = word.removesuffix("e") if not word.endswith("ee") else word
    stem = stem.removesuffix("i") + "y" if word.endswith("ie") else stem
    return any(dictionary(f"{start}ing") for start in (word, stem, word + word[-1]))


class TestPlain:
    def test_the_grade_of_a_text_grows_with_its_sentences_and_words(self):
        plain = "Cooks make hot meals. They keep the kitchen clean."
        hard = "Administrators coordinate organisational communication across departmental units."

        assert grade(plain) < 4
        assert grade(hard) > 20

    def test_sentences_are_short_and_read_after_nine_years_of_school(self):
        said = {code: prose(group) for code, group in told().items()}
        lengths = {code: len(words(text)) / len(sentences(text)) for code, text in said.items()}
        grades = {code: grade(text) for code, text in said.items()}

        assert {code: length for code, length in lengths.items() if length >= 18} == {}
        assert {code: years for code, years in grades.items() if years > 9} == {}

    def test_no_word_advises_or_says_who_does_the_work(self):
        def advice(group):
            return [(match[0], text) for text in texts(group) for match in _forbidden(text)]

        assert wrong(advice) == {}

    def test_an_abbreviation_is_everyday_or_explained_or_leads_to_the_glossary(self):
        def unknown(group):
            said = " ".join(texts(group))
            explained = re.findall(r"\b(?:known as|called a) ([A-Z]{2,})\b", said)
            return set(re.findall(r"\b[A-Z]{2,}\b", said)) - EVERYDAY - JARGON.keys() - {*explained}

        assert wrong(unknown) == {}

    def test_what_leads_to_the_glossary_is_said_and_explained_there(self):
        said = " ".join(text for group in told().values() for text in texts(group))

        assert {word for word in JARGON if not re.search(rf"\b{word}\b", said)} == set()
        assert set(JARGON.values()) <= {row["slug"] for row in rows_of("glossary_terms")}

    def test_forbidden_words_are_found_inside_a_sentence_only_as_whole_words(self):
        assert [match[0] for match in _forbidden("The foreman says you must migrate.")] == [
            "foreman",
            "you",
            "must",
            "migrate",
        ]
        assert _forbidden("Menus, sheds, hermits and buoyant humans") == []

    def test_no_signs_stand_where_a_full_stop_would_do(self):
        signs = re.compile(r"[\"();\[\]\u2013\u2014\u201c\u201d]|\s\s|\n")

        assert wrong(lambda group: [text for text in texts(group) if signs.search(text)]) == {}


def _forbidden(text):
    return list(FORBIDDEN.finditer(text))


class TestSpelling:
    def test_the_dictionary_knows_australian_spellings_and_no_american_ones(self, dictionary):
        right = {"organise", "colour", "centres", "licensed", "unloading", "enquiries"}
        wrong = {"organize", "color", "center", "recieve", "accomodation"}

        assert {word for word in right | wrong if dictionary(word)} == right

    def test_every_word_stands_in_the_dictionary_or_in_a_title(self, dictionary):
        others = titles() | trade_words()

        assert {word for word in spoken() - others if not dictionary(word)} == set()

    @pytest.mark.no_cover  # a sweep over lines that other tests run too
    def test_the_list_of_trade_words_holds_no_more_than_is_needed(self, dictionary):
        assert trade_words() - spoken() == set()
        assert {word for word in trade_words() if dictionary(word) or word in titles()} == set()


def spoken():
    """List every word of ours on unit groups and occupations, in small letters."""
    return {
        folded(word)
        for group in told().values()
        for text in texts(group)
        for word in words(text)
        if not re.search(r"\d", word)
    }


def trade_words():
    """Read the words of trades that are rightly spelt and stand in no dictionary."""
    return set(TRADE_WORDS.read_text(encoding="utf-8").split())


class TestNotToBeConfused:
    def test_the_text_names_one_or_two_codes_that_are_there(self):
        named: dict[str, list[str]] = {code: [] for code in told()}
        for row in of_2022("confused_codes"):
            named[row["group"]].append(row["other_group"] or row["other_occupation"])
        in_text = {
            code: set(re.findall(r"\b\d{4,6}\b", group["not_to_be_confused"]))
            for code, group in told().items()
        }

        assert {code: others for code, others in named.items() if len(others) not in {1, 2}} == {}
        assert in_text == {code: set(others) for code, others in named.items()}
        assert set().union(*in_text.values()) - codes_of_units_and_occupations() == set()
        inside = {code for code, others in named.items() if any(o.startswith(code) for o in others)}
        assert inside == CONFUSED_INSIDE


def codes_of_units_and_occupations():
    units = {row["code"] for row in of_2022("groups") if row["level"] == "unit"}
    return units | {row["code"] for row in of_2022("occupations") if row["retired"] == "no"}


class TestSaidOnce:
    def test_no_two_groups_or_occupations_are_told_with_the_same_words(self):
        said = Counter(
            text.lower()
            for group in told().values()
            for text in (group["text"], *group["occupations"].values())
        )

        assert [text for text, times in said.items() if times > 1] == []

    def test_a_group_says_nothing_twice(self):
        def twice(group):
            said = Counter(text.lower() for text in texts(group))
            return [text for text, times in said.items() if times > 1]

        assert wrong(twice) == {}


if "OFFICIAL_TEXT" in OTHERS:

    @cache
    def official():
        """Map each unit group to the runs of words in its official text."""
        found: dict[str, set] = {}
        for path in OTHERS["OFFICIAL_TEXT"].glob("anzsco_2022_*.csv"):
            for row in rows_in(path):
                code = (row.get("unit_group") or row["code"])[:4]
                for column in ("description", "task"):
                    found.setdefault(code, set()).update(runs(row.get(column) or ""))
        return found

    def test_the_official_text_of_each_group_is_there():
        assert set(told()) <= set(official())

    def test_no_seven_words_in_a_row_are_those_of_the_official_text():
        assert {
            code: copied
            for code, group in told().items()
            if (copied := [text for text in texts(group) if runs(text) & official()[code]])
        } == {}
