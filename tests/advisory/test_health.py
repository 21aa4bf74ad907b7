"""What the operator's probes are told: the process answers, and which part is down."""

import pytest
from django.db import OperationalError, connection
from kombu import Connection


def test_a_process_that_answers_says_so_without_the_database(client):
    answer = client.get("/health/live")

    assert answer.json() == {"status": "ok"}
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_every_part_that_answers_is_named(client):
    answer = client.get("/health/ready")

    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "queue": "ok"})


@pytest.mark.django_db
def test_the_site_is_ready_without_its_queue_since_the_outbox_keeps_the_work(
    client, monkeypatch, tmp_path
):
    monkeypatch.setattr(
        "advisory.views.queue.connection_for_write", lambda: line_to_nowhere(tmp_path)
    )

    answer = client.get("/health/ready")

    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "queue": "down"})


def test_the_site_is_not_ready_without_its_database(client, monkeypatch):
    def refuse():
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", refuse)

    answer = client.get("/health/ready")

    assert (answer.status_code, answer.json()["database"]) == (503, "down")


def line_to_nowhere(folder):
    return Connection(f"redis+socket://{folder}/nobody.sock")
