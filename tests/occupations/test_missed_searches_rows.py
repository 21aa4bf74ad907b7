"""What may stand in a count, when it is forgotten, and how it is set aside."""

import threading
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, connection, transaction

from occupations.editorial.missed_searches import (
    forget_old_misses,
    old_misses_wait,
    put_back,
    set_aside,
)
from occupations.models import MissedSearch
from occupations.tasks import forget_missed_searches
from tests.occupations.misses import DAY, FIRST, kept, note

NOON = datetime(2026, 11, 24, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db
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
