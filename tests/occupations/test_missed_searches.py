"""Searches without an answer are counted by day; no words before many asked, never who asked."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, connection, transaction
from django.test import Client

from occupations.editorial import missed_searches
from occupations.editorial.missed_searches import (
    MOST_NEW_A_DAY,
    _count,
    _miss,
    _uncounted,
    forget_old_misses,
    note_missed,
    old_misses_wait,
    presentable,
    put_back,
    set_aside,
)
from occupations.models import MissedSearch
from occupations.tasks import forget_missed_searches

FIRST = date(2026, 11, 23)
NOON = datetime(2026, 11, 24, 1, tzinfo=UTC)
DAY = timedelta(days=1)
QUESTION = "zorb wrangler"  # of no occupation, slang or title
pytestmark = pytest.mark.django_db


def note(question=QUESTION, *, times=1, on=FIRST, is_near=False):
    for _ in range(times):
        note_missed(question, is_near=is_near, on=on)
    _uncounted.write_now()


def kept(question=QUESTION, **options):
    """Have a question missed often enough for its words."""
    note(question, times=4, on=FIRST, **options)
    note(question, on=FIRST + DAY, **options)
    return MissedSearch.objects.get(words=question)


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


@pytest.mark.django_db(transaction=True)
def test_many_at_once_lose_no_count_and_make_one_row():
    start = threading.Barrier(8)

    def count_in_another_process():
        start.wait()
        miss = _miss(QUESTION, is_near=False, on=FIRST)
        assert miss is not None
        _count([miss] * 5)
        connection.close()

    threads = [threading.Thread(target=count_in_another_process) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    miss = MissedSearch.objects.get()
    assert (miss.times, miss.days, miss.words) == (40, 1, "")


@pytest.mark.django_db(transaction=True)
def test_counting_does_not_wait_for_ever_for_somebody_who_holds_the_row(caplog, monkeypatch):
    monkeypatch.setattr(missed_searches, "PATIENCE", "50ms")
    note()
    waited = threading.Event()

    def ask():
        note()
        connection.close()
        waited.set()

    with transaction.atomic():
        MissedSearch.objects.select_for_update().get()
        asking = threading.Thread(target=ask)
        asking.start()
        assert waited.wait(5)
    asking.join()
    assert MissedSearch.objects.get().times == 1
    assert "Missed searches not counted: 1 (OperationalError)" in caplog.text
    assert QUESTION not in caplog.text


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("setting", ["lock_timeout", "synchronous_commit"])
def test_counting_leaves_the_connection_as_it_was(setting):
    def current():
        with connection.cursor() as cursor:
            cursor.execute(f"SHOW {setting}")
            return cursor.fetchone()

    before = current()
    note()
    assert current() == before


@pytest.mark.django_db(transaction=True)
def test_a_count_that_fails_leaves_the_connection_to_the_page(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(missed_searches, "_COUNT", "SELECT 1; SELECT no_such_column")
        note()
    note()
    assert MissedSearch.objects.get().times == 1


def test_what_the_database_refuses_fails_no_search_and_is_logged_without_words(caplog, monkeypatch):
    note(times=4)
    monkeypatch.setattr(missed_searches, "DAYS_BEFORE_WORDS", 1)  # which the database refuses
    note()
    assert MissedSearch.objects.get().times == 4
    assert "Missed searches not counted: 1 (IntegrityError)" in caplog.text
    assert QUESTION not in caplog.text


DIGEST = "0" * 64
OFTEN = {"times": 5, "days": 2, "last_on": FIRST + DAY}


@pytest.mark.parametrize(
    ("row", "constraint"),
    [
        ({"words": "zorb", "times": 4, "days": 2, "last_on": FIRST + DAY}, "words_of_many"),
        ({"words": "zorb", "times": 9, "days": 1}, "words_of_many"),
        (OFTEN | {"words": "jo@example"}, "words_are_few"),
        (OFTEN | {"words": "0400"}, "words_are_few"),
        (OFTEN | {"words": "one two three four five six seven"}, "words_are_few"),
        (OFTEN | {"words": "two  spaces"}, "words_are_few"),
        ({"digest": "zorb wrangler"}, "digest_is_one"),
        ({"found": "else"}, "found_is_known"),
        ({"times": 1, "days": 2}, "counts_agree"),
        ({"times": 0, "days": 0}, "counts_agree"),
        ({"last_on": FIRST - DAY}, "counts_agree"),
        ({"set_aside_at": NOON}, "set_aside_by_someone"),
    ],
)
def test_the_database_refuses_what_must_never_be(row, constraint):
    values = {"digest": DIGEST, "found": "nothing", "first_on": FIRST, "last_on": FIRST} | row
    with pytest.raises(IntegrityError, match=f"missedsearch_{constraint}"), transaction.atomic():
        MissedSearch.objects.create(**values)


def test_a_question_has_one_row():
    values = {"digest": DIGEST, "found": "nothing", "first_on": FIRST, "last_on": FIRST}
    MissedSearch.objects.create(**values)
    with pytest.raises(IntegrityError, match="missedsearch_once"), transaction.atomic():
        MissedSearch.objects.create(**values)


def test_what_nobody_searched_for_in_ninety_days_is_forgotten():
    note("zorb old")
    kept("zorb wrangler")  # last missed one day later
    assert not old_misses_wait(on=FIRST + 90 * DAY)
    assert forget_old_misses(on=FIRST + 90 * DAY) == 0
    assert old_misses_wait(on=FIRST + 91 * DAY)
    assert forget_old_misses(on=FIRST + 91 * DAY) == 1
    assert MissedSearch.objects.get().words == "zorb wrangler"


def test_the_worker_forgets_by_the_day_of_the_site(read_on):
    note()
    read_on(FIRST + 90 * DAY)
    forget_missed_searches()
    assert MissedSearch.objects.exists()
    read_on(FIRST + 91 * DAY)
    forget_missed_searches()
    assert not MissedSearch.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_question_that_is_missed_while_it_is_forgotten_is_not_lost():
    note()
    on = FIRST + 91 * DAY

    def forget():
        forget_old_misses(on=on)
        connection.close()

    forgetting = threading.Thread(target=forget)
    with transaction.atomic():
        note(on=on)
        forgetting.start()
        forgetting.join(0.5)
        assert forgetting.is_alive(), "it waits for the count"
    forgetting.join()
    assert MissedSearch.objects.get().times == 2


def test_noise_is_set_aside_once_and_put_back(django_user_model):
    miss = kept()
    first, second = (django_user_model.objects.create(username=name) for name in ("one", "two"))
    assert set_aside([miss], by=first, now=NOON) == 1
    assert set_aside([miss], by=second, now=NOON) == 0
    miss.refresh_from_db()
    assert (miss.set_aside_by, miss.set_aside_at) == (first, NOON)
    note(on=FIRST + 2 * DAY)
    assert MissedSearch.objects.set_aside().get().times == 6
    assert put_back([miss]) == 1
    assert put_back([miss]) == 0
    assert MissedSearch.objects.to_look_at().get().set_aside_by is None


def test_nobody_may_add_change_or_delete_a_count():
    codenames = Permission.objects.filter(content_type__model="missedsearch")
    assert set(codenames.values_list("codename", flat=True)) == {
        "view_missedsearch",
        "set_aside_missedsearch",
    }


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


def test_a_search_is_answered_though_it_cannot_be_counted(client, monkeypatch):
    monkeypatch.setattr(missed_searches, "_COUNT", "SELECT no_such_column")
    assert client.get("/search/?q=zorbwrangler").status_code == 200


def test_the_row_holds_nothing_of_the_request():
    asked = Client(
        REMOTE_ADDR="203.0.113.7", headers={"user-agent": "Zorb/1", "referer": "/secret/"}
    )
    asked.get("/search/?q=zorbwrangler")
    row = MissedSearch.objects.values_list().get()
    assert not any(trace in str(row) for trace in ("203.0.113", "Zorb", "secret", "zorbwrangler"))
