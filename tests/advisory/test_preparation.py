import pytest

from advisory import preparation
from advisory.preparation import UnfitServer, check_database, check_queue


@pytest.mark.django_db
def test_a_database_of_today_is_fit():
    check_database()


@pytest.mark.django_db
def test_an_old_database_is_refused_in_a_sentence(monkeypatch):
    monkeypatch.setattr(preparation, "OLDEST_POSTGRES", 99)
    with pytest.raises(UnfitServer, match="too old: the site needs PostgreSQL 99 or later"):
        check_database()


def test_a_queue_that_answers_is_fit(settings, valkey):
    settings.REDIS_URL = valkey.url
    check_queue()


def test_a_queue_that_is_stopped_is_refused_in_a_sentence(settings, valkey):
    settings.REDIS_URL = valkey.url
    valkey.stop()
    with pytest.raises(UnfitServer, match="The queue of REDIS_URL does not answer"):
        check_queue()
