"""What people say leads to the occupations they mean, and no title says otherwise."""

import csv
import re
from collections import Counter, defaultdict
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User

from occupations.catalogue.load import EMBEDDED
from occupations.catalogue.tables.lay_words import COUNTRIES, MOST_MEANINGS
from occupations.editorial.words import WordsRejected, check_lay_word
from occupations.folding import fold
from occupations.models import Country, Edition, LayWord, Occupation, PublishedLayWord
from occupations.search import Index, Kind, find, gather
from tests.occupations.search_gates import gather_some

FEWEST_WORDS, FEWEST_OF_A_COUNTRY = 600, 25
MOST_QUERIES = 1  # which asks whether the index is still that of the database
WRITTEN_AT = datetime(2026, 11, 21, tzinfo=UTC)
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
_NAMES_BETWEEN_SLASHES = re.compile(r"\s*[/\\]\s*")


def rows_of(table):
    with (EMBEDDED / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def entries():
    return rows_of("lay_words")


@pytest.fixture(scope="module")
def meanings(entries):
    """Give the codes of each folded word."""
    found = defaultdict(set)
    for row in entries:
        found[fold(row["word"])].add(row["code"])
    return found


@pytest.fixture(scope="module")
def titles():
    """Give each title of every edition with the place that states it."""
    return [
        (row["title"], row["edition"], row.get("code") or row["occupation"])
        for table in ("occupations", "other_titles")
        for row in rows_of(table)
    ]


@pytest.fixture(scope="module")
def linked():
    """Give the codes of ANZSCO 2022 that the published links give to each older or newer code."""
    found = defaultdict(set)
    for row in rows_of("correspondences"):
        if row["to_edition"] == "anzsco-2022":
            found[row["from_edition"], row["from_code"]].add(row["to_code"])
    return found


def codes_of(edition, code, linked):
    """Give what a title's occupation is in ANZSCO 2022: its own code, or those it is linked to."""
    if edition.startswith("anzsco"):
        return {code} | linked[edition, code]
    return linked[edition, code]


def first(query, **asked):
    results = find(query, **asked)
    assert results.hits, query
    return results.hits[0]


def test_there_are_enough_words_of_every_country(entries, meanings):
    said: Counter[str] = Counter()
    for word, said_in in {(fold(row["word"]), row["said_in"]) for row in entries}:
        assert word
        said.update(filter(None, said_in.split("|")))

    assert len(meanings) >= FEWEST_WORDS
    assert set(said) == set(COUNTRIES) == set(Country.values)
    assert min(said.values()) >= FEWEST_OF_A_COUNTRY, said


def test_a_word_has_one_spelling_one_kind_and_its_meanings_in_order(entries):
    words = defaultdict(list)
    for row in entries:
        words[fold(row["word"])].append(row)

    for rows in words.values():
        assert len({(row["word"], row["kind"], row["said_in"]) for row in rows}) == 1, rows
        assert len({row["code"] for row in rows}) == len(rows) <= MOST_MEANINGS, rows
        assert [row["seq"] for row in rows] == [str(n) for n in range(1, len(rows) + 1)], rows


def test_every_word_means_an_occupation_that_is_there(entries):
    there = {
        (row["edition"], row["code"]) for row in rows_of("occupations") if row["retired"] == "no"
    }

    assert {row["edition"] for row in entries} == {"anzsco-2022"}
    assert {(row["edition"], row["code"]) for row in entries} <= there


def test_no_word_is_a_title_of_any_edition(meanings, titles):
    assert not {fold(title) for title, _, _ in titles} & meanings.keys()


def shorter_names(title):
    """Give a title without its brackets, and each of the names that a slash sets apart."""
    names = {_IN_BRACKETS.sub("", title), *_NAMES_BETWEEN_SLASHES.split(title)}
    return {fold(name) for name in names | {_IN_BRACKETS.sub("", name) for name in names}} - {""}


@pytest.mark.parametrize(
    ("names_of", "name_of"),
    [
        pytest.param(shorter_names, str, id="its brackets or slash"),
        pytest.param(
            lambda title: {fold(title).removesuffix("s")},
            lambda word: word.removesuffix("s"),
            id="its plural",
        ),
        pytest.param(
            lambda title: {fold(title).replace(" ", "")},
            lambda word: word.replace(" ", ""),
            id="its spaces",
        ),
    ],
)
def test_a_word_that_is_a_title_but_for_a_trifle_keeps_its_code(
    meanings, titles, linked, names_of, name_of
):
    stated: defaultdict[str, set[str]] = defaultdict(set)
    for title, edition, code in titles:
        for name in names_of(title):
            stated[name] |= codes_of(edition, code, linked)

    near = {word: (stated[name_of(word)], codes) for word, codes in meanings.items()}
    wrong = {word: pair for word, pair in near.items() if pair[0] and not pair[0] & pair[1]}
    assert wrong == {}


@pytest.mark.django_db
def test_the_rule_for_editors_takes_every_word_and_refuses_another_s_title():
    for entry in PublishedLayWord.objects.select_related("occupation__edition").filter(seq=1)[::40]:
        home = entry.occupation
        check_lay_word(entry.word, edition=home.edition.slug, code=home.code)

    with pytest.raises(WordsRejected, match="is a title of 351311"):
        check_lay_word("Chef", edition="anzsco-2022", code="341111")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "code", "why"),
    [
        ("sparky", "341111", "People also say “sparky” (Australia, New Zealand)."),
        ("  SPARKY!", "341111", "People also say “sparky” (Australia, New Zealand)."),
        (
            "HR manager",
            "132311",
            "Its title has the words you typed: Human Resource Manager (ANZSCO 2022).",
        ),
        (
            "CFO",
            "132211",
            "Its alternative title has the words you typed: Chief Financial Officer (ANZSCO 2022).",
        ),
        ("bumbero", "441212", "People also say “bumbero” (Philippines)."),
        ("candidate attorney", "599214", "People also say “candidate attorney” (South Africa)."),
    ],
)
def test_what_people_say_is_found_and_told(said, code, why):
    hit = first(said)

    assert (hit.page.code, hit.page.edition_title, hit.evidence.why) == (code, "ANZSCO 2022", why)
    assert find(said).is_confident


@pytest.mark.django_db
def test_a_word_of_several_occupations_gives_them_all_the_usual_one_first():
    hits = find("nurse").hits

    assert [hit.page.code for hit in hits[:5]] == ["254418", "254424", "254415", "254412", "411411"]
    assert {hit.evidence.why for hit in hits[:5]} == {"People also say “nurse”."}


@pytest.mark.no_cover  # a sweep over lines that other tests run too
@pytest.mark.django_db
def test_an_exact_title_stands_before_a_word_and_a_beginning_after_it():
    chef = Occupation.objects.get(edition__slug="anzsco-2022", code="351311")
    PublishedLayWord.objects.create(
        occupation=chef, word="Baker", word_folded="baker", seq=1, kind="everyday"
    )

    hits = find("baker", kind=Kind.OCCUPATION, index=Index(gather())).hits

    found = {hit.page.code: hit.evidence for hit in hits}

    assert next(iter(found)) == "351111"
    assert found["351111"].score > found["351311"].score > found["351112"].score
    assert found["351311"].why == "People also say “Baker”."


@pytest.mark.django_db
def test_a_word_leads_to_the_occupation_in_the_edition_that_was_chosen():
    older = first("sparky", edition=Edition.objects.get(slug="anzsco-2013"))
    newer = first("sparky", edition=Edition.objects.get(slug="osca-2024"))

    assert (older.page.code, older.page.edition_title) == ("341111", "ANZSCO 2013")
    assert newer.evidence.matched_kind == "lay_word"
    assert "Electric" in newer.page.title
    assert newer.page.edition_title == "OSCA 2024"


@pytest.mark.django_db
def test_a_word_of_editors_is_found_too():
    assert not find("call floor boss").is_confident
    editor = User.objects.create_user("editor")
    LayWord.objects.create(
        word="Call floor boss",
        word_folded="call floor boss",
        edition="anzsco-2022",
        code="149211",
        written_by=editor,
        written_at=WRITTEN_AT,
    )

    hit = first("call-floor boss", index=Index(gather_some({"1492"})))

    assert hit.page.code == "149211"
    assert hit.evidence.why == "People also say “Call floor boss”."


@pytest.mark.django_db
def test_words_of_a_withdrawn_occupation_or_of_another_kind_are_not_found():
    assert "899923" in {hit.page.code for hit in find("lollipop man").hits}
    Occupation.objects.filter(code="899923").update(withdrawn_on="2026-01-01")

    said = {hit.page.code for hit in find("lollipop man", index=Index(gather_some({"8999"}))).hits}
    assert "899923" not in said
    assert not [hit for hit in find("sparky", kind=Kind.GROUP).hits if hit.evidence.score > 90]


@pytest.mark.django_db
def test_the_number_of_queries_is_the_same_however_many_a_word_means(django_assert_max_num_queries):
    find("sparky")  # whoever asks first builds the index
    for said in ("sparky", "nurse", "engineer", "no such word"):
        with django_assert_max_num_queries(MOST_QUERIES):
            find(said)
