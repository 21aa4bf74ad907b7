"""Someone pulls the plug on the queue: visitors notice nothing, and every letter still goes."""

import time
from collections import Counter

import pytest

from tests.journeys.visitor import Visitor
from tests.processes import eventually

pytestmark = pytest.mark.journeys

DELIVERED = (
    "SELECT count(*) FROM enquiries_letter"
    " WHERE kind = 'acknowledgement' AND delivered_at IS NOT NULL"
)


def acknowledged(site):
    """Count the acknowledgements of each enquiry; the subject names its reference."""
    subjects = (subject for _, subject in site.mail.letters)
    return Counter(each for each in subjects if each.startswith("We have your request"))


@pytest.fixture
def visitor(site):
    visitor = Visitor(site)
    yield visitor
    visitor.line.close()


def test_a_dead_or_hung_queue_keeps_nobody_waiting_and_loses_no_letter(site, visitor):
    before, stored = acknowledged(site), site.value(DELIVERED)
    alive, usual = visitor.send_many(100)
    eventually(site.is_at_rest, within=60)

    site.queue.stop()
    dead, without = visitor.send_many(100)
    site.queue.start()
    site.queue.pause()
    hung, stalled = visitor.send_many(100)
    site.queue.resume()

    back = time.monotonic()
    eventually(lambda: len(acknowledged(site) - before) == 300, within=180)
    print(  # noqa: T201
        f"100 submissions: dead {without / usual:.2f}, hung {stalled / usual:.2f} of {usual:.2f} s;"
        f" all letters {time.monotonic() - back:.0f} s after the queue was back"
    )
    assert alive == dead == hung == {303}
    assert set((acknowledged(site) - before).values()) == {1}
    eventually(site.is_at_rest, within=60)
    assert site.value("SELECT max(attempts) FROM enquiries_outboxmessage") == 1
    assert site.value(DELIVERED) == stored + 300
