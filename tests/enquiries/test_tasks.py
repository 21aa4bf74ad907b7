import contextlib
import json
import os
import signal
import threading

import pytest
import redis
from celery import current_app
from django.core import mail
from django.core.management import call_command
from django.db import connection

from enquiries.models import OutboxMessage, Topic
from enquiries.outbox import Claimed, PublishingFailed
from enquiries.tasks import Broker, deliver


@pytest.fixture
def broker_of_our_own(valkey, monkeypatch):
    """Point Celery in this process at this test's Valkey."""
    monkeypatch.setattr(current_app.conf, "broker_url", valkey.url)
    return valkey


def waiting(valkey):
    """Count the messages of the outbox that wait for a worker; chores come and go by the clock."""
    with contextlib.closing(redis.Redis(unix_socket_path=str(valkey.socket))) as broker:
        tasks = [json.loads(each)["headers"]["task"] for each in broker.lrange("celery", 0, -1)]
    return tasks.count("enquiries.deliver")


def claimed(number):
    return Claimed(message_id=number, lease=Topic.ACKNOWLEDGEMENT.lease)


@pytest.mark.django_db
def test_a_delivery_sends_the_letter_once(submit_now):
    submit_now()
    message = OutboxMessage.objects.get(topic=Topic.ACKNOWLEDGEMENT)
    deliver(message.pk)
    deliver(message.pk)
    assert [email.to for email in mail.outbox] == [["ann@example.org"]]


def test_a_line_to_the_broker_is_opened_anew_after_a_failure(broker_of_our_own):
    with Broker() as broker:
        broker.publish(claimed(1))
        broker_of_our_own.stop()
        for _try in range(2):
            with pytest.raises(PublishingFailed):
                broker.publish(claimed(2))
        broker_of_our_own.start()
        broker.publish(claimed(3))
    assert waiting(broker_of_our_own) == 1  # the first one died with the broker


@pytest.mark.django_db(transaction=True)
def test_the_relay_publishes_until_it_is_told_to_stop(broker_of_our_own, submit_now, eventually):
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    broker_of_our_own.stop()
    submit_now()

    def come_back_then_stop():
        try:
            eventually(  # refused once, given back
                lambda: OutboxMessage.objects.filter(published_at=None).count() == 2, within=300
            )
            broker_of_our_own.start()
            eventually(lambda: waiting(broker_of_our_own) == 2, within=300)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)
            connection.close()

    thread = threading.Thread(target=come_back_then_stop)
    thread.start()
    try:
        call_command("relay")
    finally:
        thread.join()
        for number, handler in handlers.items():
            signal.signal(number, handler)
    assert waiting(broker_of_our_own) == 2
