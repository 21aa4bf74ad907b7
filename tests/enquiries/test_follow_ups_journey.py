"""From a submission to the letters, through a real relay, worker, Valkey and mail server."""

import time
from collections import Counter
from datetime import date

from django.db.models import Max

from enquiries.models import Letter, OutboxMessage, Topic


def all_done():
    return not OutboxMessage.objects.filter(done_at=None).exists()


def seconds_for(count, submit):
    start = time.monotonic()
    for number in range(count):
        submit(number)
    return time.monotonic() - start


def test_submitting_needs_no_broker_and_every_letter_goes_once(
    processes, valkey, mail_sink, submit_now, eventually
):
    processes("relay")
    processes("worker")
    submit_now()
    eventually(all_done, within=60)

    running = seconds_for(20, submit_now) * 5
    valkey.stop()
    stopped = seconds_for(100, submit_now)
    valkey.start()
    valkey.pause()
    hung = seconds_for(100, submit_now)
    valkey.resume()
    ratios = (
        f"stopped {stopped / running:.2f}, hung {hung / running:.2f} of {running:.2f} s for 100"
    )
    back = time.monotonic()
    eventually(all_done, within=180)
    print(ratios, f"all sent {time.monotonic() - back:.0f} s after it was back")  # noqa: T201
    sent = Counter(message_id for message_id, _ in mail_sink.letters)
    assert set(sent.values()) == {1}
    subjects = Counter(subject for _, subject in mail_sink.letters)
    assert len([subject for subject in subjects if subject.startswith("We will call")]) == 221
    assert (
        Letter.objects.filter(kind=Topic.ACKNOWLEDGEMENT, delivered_at__isnull=False).count() == 221
    )
    assert OutboxMessage.objects.aggregate(most=Max("attempts"))["most"] == 1


def test_a_killed_worker_costs_no_letter_and_a_second_copy_has_the_same_id(
    processes, mail_sink, submit_now, eventually, guardian
):
    mail_sink.hold()
    processes("relay")
    worker = processes("worker")
    submit_now(born=date(2012, 5, 17), guardian=guardian)
    eventually(lambda: mail_sink.letters, within=60)  # taken, but not answered for
    worker.kill()
    mail_sink.let_go()
    OutboxMessage.objects.update(claimed_until=None)  # the lease ends
    processes("worker")
    eventually(all_done, within=60)
    assert len(mail_sink.letters) > 3
    assert len({message_id for message_id, _ in mail_sink.letters}) == 3
    assert sorted(Letter.objects.values_list("kind", flat=True)) == [
        Topic.ACKNOWLEDGEMENT, Topic.GUARDIAN_CONFIRMATION, Topic.STAFF_NOTICE,
    ]  # fmt: skip
    assert OutboxMessage.objects.aggregate(most=Max("attempts"))["most"] == 2
