"""Searches without an answer are counted by day; no words before many asked, never who asked."""

import pytest
from django.test import Client

from occupations.editorial import missed_searches
from occupations.editorial.missed_searches import MOST_NEW_A_DAY, presentable
from occupations.models import MissedSearch
from tests.occupations.misses import DAY, FIRST, QUESTION, kept, note

pytestmark = pytest.mark.django_db


def test_a_question_is_counted_without_its_words():
    note()
    row = dict(MissedSearch.objects.values().get())
    assert row.pop("id")
    assert QUESTION not in str(row.pop("digest"))
    assert row == {
        "words": "",
        "found": "nothing",
        "times": 1,
        "days": 1,
        "first_on": FIRST,
        "last_on": FIRST,
        "set_aside_by_id": None,
        "set_aside_at": None,
    }


def test_the_digest_cannot_be_made_without_the_key_of_the_site(settings):
    note()
    settings.SECRET_KEY = settings.SECRET_KEY[::-1]
    note()
    assert MissedSearch.objects.values("digest").distinct().count() == 2


def test_the_same_question_written_otherwise_is_one():
    for written in ("Zorb Wrangler", " zorb  wrangler ", "ZORB-wrangler", "zórb wrangler"):
        note(written)
    assert MissedSearch.objects.get().times == 4


@pytest.mark.parametrize(
    ("missed_on", "words"),
    [
        pytest.param([0, 0, 0, 0, 0, 0, 0, 0], "", id="often, but on one day"),
        pytest.param([0, 1, 2, 3], "", id="on many days, but four times"),
        pytest.param([0, 0, 0, 0, 1], QUESTION, id="five times on two days"),
        pytest.param([0, 1, 2, 3, 4, 5], QUESTION, id="and they stay"),
    ],
)
def test_words_are_kept_once_many_asked(missed_on, words):
    for days in missed_on:
        note(on=FIRST + days * DAY)
    assert MissedSearch.objects.get().words == words


def test_days_are_counted_once_each_and_times_always():
    note(times=3)
    note(times=2, on=FIRST + 4 * DAY)
    miss = MissedSearch.objects.get()
    assert (miss.times, miss.days, miss.first_on, miss.last_on) == (5, 2, FIRST, FIRST + 4 * DAY)


def test_a_process_whose_day_has_not_begun_yet_takes_no_day_back():
    note(on=FIRST + DAY)
    note(on=FIRST)
    miss = MissedSearch.objects.get()
    assert (miss.days, miss.last_on) == (1, FIRST + DAY)


def test_what_was_found_last_is_what_is_told():
    note(is_near=False)
    note(is_near=True)
    assert MissedSearch.objects.get().found == MissedSearch.Found.NEAR


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("  Zorb   WRANGLER ", "zorb wrangler"),
        ("kaia\u0304whina", "kaiāwhina"),
        ("call-centre boss", "call-centre boss"),
        ("butcher\u2019s mate", "butcher's mate"),
        ("बिजली मिस्त्री", "बिजली मिस्त्री"),
        ("电工", "电工"),
        ("one two three four five six", "one two three four five six"),
    ],
)
def test_words_that_may_be_kept_are_letters_hyphens_and_apostrophes(typed, words):
    assert presentable(typed) == words
    assert kept(words).words == words


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("jo@example.org", id="an address"),
        pytest.param("call me on 0400 000 000 please", id="a phone number"),
        pytest.param("born 3.4.1990", id="a day of birth"),
        pytest.param("my passport \u0661\u0662\u0663\u0664", id="digits of another script"),
        pytest.param("my passport \uff11\uff12\uff13\uff14", id="wide digits"),
        pytest.param("one two three four five six seven", id="a sentence"),
        pytest.param("a" * 61, id="longer than sixty letters"),
        pytest.param("x'; DROP TABLE words", id="signs"),
        pytest.param("zorb\u202ewrangler", id="a sign that turns the line"),
        pytest.param("zorb\u200bwrangler", id="a sign that nobody sees"),
        pytest.param("zorb 🙂", id="a picture"),
    ],
)
def test_words_that_may_tell_of_a_person_are_never_kept(typed):
    assert presentable(typed) == ""
    note(typed, times=5)
    note(typed, times=5, on=FIRST + DAY)
    miss = MissedSearch.objects.get()
    assert (miss.words, miss.times) == ("", 10)


def test_questions_that_are_never_kept_in_words_are_one_row():
    note("jo@example.org")
    note("call me on 0400 000 000 please")
    assert MissedSearch.objects.get().times == 2


@pytest.mark.parametrize(
    "typed", ["", "  ", "???", "999999", "anzsco 999999", "BSB 99999", "bsbxyz99a"]
)
def test_codes_and_nothing_at_all_are_not_counted(typed):
    note(typed)
    assert not MissedSearch.objects.exists()


def test_a_flood_of_new_questions_ends_at_the_cap_and_known_ones_count_on(monkeypatch):
    monkeypatch.setattr(missed_searches, "MOST_NEW_A_DAY", 3)
    for question in ("zorb a", "zorb b", "zorb c", "zorb d", "zorb e"):
        note(question)
    assert MissedSearch.objects.count() == 3
    note("zorb a")
    assert MissedSearch.objects.filter(times=2).count() == 1
    note("zorb d", on=FIRST + DAY)
    assert MissedSearch.objects.count() == 4


def test_the_cap_leaves_room_for_a_day_of_people():
    assert 100 <= MOST_NEW_A_DAY <= 10_000


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("/search/?q=zorbwrangler", 1),
        ("/search/?q=zorbwrangler&page=2", 0),
        ("/search/?q=zorbwrangler&kind=unit", 0),
        ("/search/?q=zorbwrangler&edition=osca-2024", 0),
        ("/search/?q=registered+nurses", 0),
        ("/search/?q=999999", 0),
        ("/search/?q=", 0),
        ("/search/", 0),
        ("/api/v1/search?q=zorbwrangler", 0),
    ],
)
def test_the_search_page_counts_what_it_does_not_answer(client, address, counted):
    assert client.get(address).status_code == 200
    assert MissedSearch.objects.count() == counted


def test_the_row_holds_nothing_of_the_request():
    asked = Client(
        REMOTE_ADDR="203.0.113.7", headers={"user-agent": "Zorb/1", "referer": "/secret/"}
    )
    asked.get("/search/?q=zorbwrangler")
    row = MissedSearch.objects.values_list().get()
    assert not any(trace in str(row) for trace in ("203.0.113", "Zorb", "secret", "zorbwrangler"))
