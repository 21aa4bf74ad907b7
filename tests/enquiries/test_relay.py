"""The relay as a process of its own, between a real PostgreSQL and a real Valkey."""

import contextlib
import json
from datetime import timedelta

import pytest
import redis
from django.db import connection, transaction
from django.db.models.functions import Now

from enquiries.models import OutboxMessage
from occupations.catalogue.load import EMBEDDED
from occupations.editorial.missed_searches import note_missed
from occupations.editorial.uploads import approve_table, propose_table
from occupations.models import MissedSearch, NzqcfLevel, TableUpload

DELIVER = "enquiries.deliver"


@pytest.fixture
def published(valkey):
    """List the messages that wait in Valkey; nobody takes them, since no worker runs."""

    def published():
        with contextlib.closing(redis.Redis(unix_socket_path=str(valkey.socket))) as broker:
            waiting = [json.loads(each) for each in broker.lrange("celery", 0, -1)]
        letters = [each["headers"] for each in waiting if each["headers"]["task"] == DELIVER]
        return sorted(int(each["argsrepr"].strip("(,)")) for each in letters)

    return published


def promised():
    return sorted(OutboxMessage.objects.values_list("pk", flat=True))


def let_no_lease_end():
    """Keep what was published so far with the workers, however long this machine takes."""
    OutboxMessage.objects.exclude(published_at=None).update(
        claimed_until=Now() + timedelta(hours=1)
    )


def test_two_relays_publish_each_message_once_and_stop_when_told(
    processes, published, submit_now, eventually, tmp_path
):
    for number in range(15):
        submit_now(number)
    relays = [processes("relay"), processes("relay")]
    eventually(lambda: len(published()) == 30, within=300)
    let_no_lease_end()
    said = tmp_path / "relay.log"
    eventually(lambda: said.exists() and said.read_text().count("has started") == 2, within=300)
    for number in range(15):
        submit_now(number)
    eventually(lambda: len(published()) >= 60, within=300)
    assert published() == promised()
    assert not OutboxMessage.objects.exclude(attempts=0).exists()
    for relay in relays:
        relay.let_go()
    eventually(lambda: [relay.exit_code() for relay in relays] == [0, 0], within=300)


def test_what_was_lost_is_published_again_when_its_lease_ends(
    processes, valkey, published, submit_now, eventually
):
    processes("relay")
    submit_now()
    eventually(lambda: len(published()) == 2, within=300)
    let_no_lease_end()
    valkey.stop()  # with all it held
    valkey.start()
    assert published() == []
    OutboxMessage.objects.update(claimed_until=None)
    eventually(lambda: published() == promised(), within=300)


def test_a_relay_outlives_the_connections_to_its_database(
    processes, published, submit_now, eventually
):
    relay = processes("relay")
    submit_now()
    eventually(lambda: len(published()) == 2, within=300)
    let_no_lease_end()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert cursor.fetchone()[0] >= 2  # to listen and to work
    submit_now()
    eventually(lambda: len(published()) == 4, within=300)
    assert relay.exit_code() is None


def test_a_hung_broker_delays_and_loses_nothing(
    processes, valkey, published, submit_now, eventually
):
    processes("relay")
    submit_now()
    eventually(lambda: len(published()) == 2, within=300)
    let_no_lease_end()
    valkey.pause()
    submit_now()
    eventually(  # given back after the socket's time-out
        lambda: OutboxMessage.objects.filter(claimed_until=None).count() == 2, within=300
    )
    valkey.resume()
    eventually(lambda: set(published()) == set(promised()), within=300)


def test_an_approved_table_waits_while_the_broker_is_down_and_is_loaded_after(
    processes, valkey, make_adviser, now, eventually
):
    levels = (EMBEDDED / "nzqcf_levels.csv").read_bytes()
    upload = propose_table(
        table="nzqcf_levels",
        content=levels.replace(b"10,Doctoral", b"10,Our doctoral"),
        as_at_on=now.date(),
        note="A new name.",
        by=make_adviser(),
        now=now,
    )
    valkey.stop()
    processes("relay")
    processes("worker")
    approve_table(upload, by=make_adviser(), now=now)
    with pytest.raises(AssertionError):
        eventually(lambda: TableUpload.objects.get().state == "loaded", within=8)
    assert TableUpload.objects.get().state == "approved"
    valkey.start()
    eventually(lambda: TableUpload.objects.get().state == "loaded", within=300)
    assert NzqcfLevel.objects.get(level=10).qualification_types == "Our doctoral Degree"


def test_missed_searches_that_are_old_are_forgotten_and_recent_ones_stay(
    processes, now, eventually
):
    today = now.date()
    with transaction.atomic():  # or they would be counted some seconds later
        note_missed("zorb wrangler", is_near=False, on=today - timedelta(days=100))
        note_missed("zorb rider", is_near=False, on=today)
    processes("relay")
    processes("worker")
    eventually(lambda: MissedSearch.objects.count() == 1, within=300)
    assert MissedSearch.objects.get().last_on == today
