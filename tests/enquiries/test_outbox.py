import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now

from enquiries import outbox
from enquiries.models import OutboxMessage, Topic


@pytest.fixture
def queue(make_enquiry, now):
    """Queue a message about an enquiry of its own."""

    def queue(key="one", **altered):
        outbox.queue_message(
            **{
                "topic": Topic.ACKNOWLEDGEMENT,
                "dedupe_key": key,
                "enquiry": make_enquiry(),
                "now": now,
            }
            | altered
        )
        return OutboxMessage.objects.get(dedupe_key=key)

    return queue


def make_due(message, **altered):
    """Turn the clock of one message, in the database's own time."""
    OutboxMessage.objects.filter(pk=message.pk).update(
        available_at=Now() - timedelta(seconds=1), **altered
    )


def fail(_message):
    raise ConnectionRefusedError("ann@example.org refused")


@pytest.mark.django_db
def test_a_message_is_promised_once(queue):
    first = queue("one")
    assert queue("one") == first


@pytest.mark.django_db
def test_a_message_goes_with_the_transaction_that_promised_it(queue):
    class Failed(Exception):
        pass

    def promise_and_fail():
        with transaction.atomic():
            queue("one")
            raise Failed

    with pytest.raises(Failed):
        promise_and_fail()
    assert not OutboxMessage.objects.exists()


@pytest.mark.django_db
def test_a_claimed_message_is_nobody_elses_until_its_lease_ends(queue):
    message = queue()
    assert [each.message_id for each in outbox.claim_due()] == [message.pk]
    assert outbox.claim_due() == []
    make_due(message, claimed_until=Now() - timedelta(seconds=1))
    assert [each.message_id for each in outbox.claim_due()] == [message.pk]


@pytest.mark.django_db
def test_a_message_that_is_not_due_waits(queue):
    queue(delay=timedelta(minutes=1))
    assert outbox.claim_due() == []


@pytest.mark.django_db
def test_each_topic_has_the_lease_that_it_needs(queue):
    for topic in Topic:
        queue(f"one of {topic}", topic=topic)
    outbox.claim_due()
    for message in OutboxMessage.objects.all():
        assert message.published_at
        assert message.claimed_until == message.published_at + Topic(message.topic).lease


@pytest.mark.django_db
def test_a_topic_of_a_newer_release_waits_for_it_and_stops_nothing_else(queue):
    newer, ours = queue("newer"), queue("ours")
    make_due(newer, topic="scan")
    make_due(ours)
    assert [each.message_id for each in outbox.claim_due()] == [ours.pk]
    assert not outbox.carry_out(newer.pk, effect=lambda _: None)
    newer.refresh_from_db()
    assert (newer.attempts, newer.done_at) == (0, None)


@pytest.mark.django_db
def test_the_oldest_messages_are_claimed_first(queue):
    first, second, _third = queue("one"), queue("two"), queue("three")
    claimed = outbox.claim_due(limit=2)
    assert [each.message_id for each in claimed] == [first.pk, second.pk]


@pytest.mark.django_db
def test_publishing_counts_no_attempt(queue):
    message = queue()
    published: list[outbox.Claimed] = []
    assert outbox.publish_due(published.append) == 1
    assert [each.message_id for each in published] == [message.pk]
    message.refresh_from_db()
    assert message.published_at
    assert message.attempts == 0


@pytest.mark.django_db
def test_what_the_broker_refused_is_free_again_at_once(queue):
    first, second = queue("one"), queue("two")

    def publish(claimed):
        if claimed.message_id == second.pk:
            raise outbox.PublishingFailed

    with pytest.raises(outbox.PublishingFailed):
        outbox.publish_due(publish)
    first.refresh_from_db()
    assert first.published_at
    second.refresh_from_db()
    assert second.attempts == 0
    assert second.published_at is None
    assert [each.message_id for each in outbox.claim_due()] == [second.pk]


@pytest.mark.django_db
def test_a_message_is_carried_out_once(queue):
    message = queue()
    carried_out: list[OutboxMessage] = []
    assert outbox.carry_out(message.pk, effect=carried_out.append)
    assert not outbox.carry_out(message.pk, effect=carried_out.append)
    assert carried_out == [message]
    message.refresh_from_db()
    assert message.done_at
    assert message.attempts == 1
    assert outbox.claim_due() == []


@pytest.mark.django_db
def test_a_message_that_is_gone_is_no_error():
    assert not outbox.carry_out(4711, effect=fail)


@pytest.mark.django_db
def test_a_failed_message_waits_longer_each_time_and_is_then_set_aside(queue, caplog):
    message = queue()
    waits = []
    for _attempt in range(outbox.MOST_ATTEMPTS):
        assert not outbox.carry_out(message.pk, effect=fail)
        message.refresh_from_db()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT available_at - statement_timestamp() FROM enquiries_outboxmessage"
                " WHERE id = %s",
                [message.pk],
            )
            waits.append(round(cursor.fetchone()[0].total_seconds() / 60))
        assert not outbox.carry_out(message.pk, effect=fail)  # not before its time
        make_due(message)
    assert waits == [1, 5, 15, 60] + [360] * 8
    message.refresh_from_db()
    assert message.attempts == outbox.MOST_ATTEMPTS
    assert message.set_aside_at
    assert message.last_error == "ConnectionRefusedError"
    assert not outbox.carry_out(message.pk, effect=fail)
    assert outbox.claim_due() == []
    assert "set aside" in caplog.text
    assert "example.org" not in caplog.text


@pytest.mark.django_db
def test_work_that_kills_its_worker_is_set_aside_too(queue):
    message = queue()
    for _attempt in range(outbox.MOST_ATTEMPTS):
        assert outbox.begin_attempt(message.pk)
    assert not outbox.begin_attempt(message.pk)
    message.refresh_from_db()
    assert message.set_aside_at


@pytest.mark.django_db
def test_what_a_failed_effect_stored_is_taken_back(queue, make_enquiry):
    message = queue()

    def store_and_fail(message):
        message.enquiry.message = "half done"
        message.enquiry.save()
        fail(message)

    assert not outbox.carry_out(message.pk, effect=store_and_fail)
    message.enquiry.refresh_from_db()
    assert message.enquiry.message == ""


@pytest.mark.django_db
def test_a_message_that_was_set_aside_can_be_taken_up_again(queue):
    message = queue()
    make_due(message, attempts=outbox.MOST_ATTEMPTS, set_aside_at=Now())
    outbox.take_up_again(message)
    assert outbox.carry_out(message.pk, effect=lambda _: None)


@pytest.mark.django_db
def test_releasing_what_is_done_changes_nothing(queue):
    message = queue()
    outbox.done(message)
    outbox.release(message.pk, error="TooLate")
    message.refresh_from_db()
    assert message.last_error == ""


def in_a_thread(work):
    """Run ``work`` on a database connection of its own."""

    def run():
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True)
def test_a_message_that_is_being_carried_out_is_left_alone(queue):
    message = queue()
    running, go_on = threading.Event(), threading.Event()
    carried_out = []

    def effect(_message):
        carried_out.append(1)
        running.set()
        assert go_on.wait(10)

    thread = in_a_thread(lambda: outbox.carry_out(message.pk, effect=effect))
    assert running.wait(10)
    assert not outbox.carry_out(message.pk, effect=effect)
    go_on.set()
    thread.join()
    assert carried_out == [1]
    message.refresh_from_db()
    assert message.done_at
    assert message.attempts == 1


@pytest.mark.django_db(transaction=True)
def test_several_relays_share_the_work(queue):
    expected = {queue(f"message {number}").pk for number in range(30)}
    claimed: list[int] = []
    together = threading.Barrier(3)

    def claim():
        together.wait(10)
        for _turn in range(10):
            claimed.extend(each.message_id for each in outbox.claim_due(limit=3))

    for thread in [in_a_thread(claim) for _ in range(3)]:
        thread.join()
    assert len(claimed) == len(expected)
    assert set(claimed) == expected


@pytest.mark.django_db(transaction=True)
def test_a_relay_is_woken_when_the_promise_is_certain(queue):
    woken = threading.Event()
    listening = threading.Event()

    def listen():
        with outbox.listening() as wait:
            listening.set()
            wait(20)
            woken.set()

    thread = in_a_thread(listen)
    assert listening.wait(10)
    with transaction.atomic():
        queue()
        assert not woken.wait(0.3)
    assert woken.wait(10)
    thread.join()
