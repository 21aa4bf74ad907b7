"""What falls due with time: one worker at a time, and no failure stops another verb."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from enquiries import daily
from enquiries.models import Enquiry

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_every_verb_runs_though_one_fails(make_enquiry, monkeypatch, caplog):
    make_enquiry(state="withdrawn", closed_at=NOW - timedelta(days=731))

    def broken(*, now):
        raise OSError(now)

    monkeypatch.setattr(daily, "VERBS", (broken, *daily.VERBS))
    assert daily.run_what_is_due(now=NOW)
    assert not Enquiry.objects.exists()
    assert "broken failed" in caplog.text


@pytest.mark.django_db
def test_a_failure_is_logged_without_the_row_that_it_is_about(monkeypatch, caplog):
    def broken(*, now):
        msg = f"Failing row contains ann@example.org, {now}"
        raise ValueError(msg)

    monkeypatch.setattr(daily, "VERBS", (broken,))
    daily.run_what_is_due(now=NOW)
    assert "ValueError" in caplog.text
    assert "ann@" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_not_do_it_at_once():
    held, free = threading.Event(), threading.Event()

    def hold():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [daily.LOCK])
            held.set()
            free.wait(10)
            cursor.execute("SELECT pg_advisory_unlock(%s)", [daily.LOCK])  # closing is not instant
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    assert held.wait(10)
    assert not daily.run_what_is_due(now=NOW)
    free.set()
    other.join()
    assert daily.run_what_is_due(now=NOW)
