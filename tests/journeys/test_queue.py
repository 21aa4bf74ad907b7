"""Someone pulls the plug on the queue: visitors notice nothing, and every letter still goes."""

import time
from collections import Counter
from contextlib import contextmanager

import pytest

from tests.journeys.visitor import Visitor
from tests.processes import eventually

PATIENCE_SECONDS = 300  # for hundreds of letters on a busy machine
pytestmark = pytest.mark.journeys

SENT = "SELECT id, reference FROM enquiries_enquiry WHERE own_email = ANY(%s)"
DELIVERED = (
    "SELECT count(*) FROM enquiries_letter"
    " WHERE kind = 'acknowledgement' AND delivered_at IS NOT NULL"
    " AND enquiry_id = ANY(%s)"
)
MOST_ATTEMPTS = "SELECT max(attempts) FROM enquiries_outboxmessage WHERE enquiry_id = ANY(%s)"


def acknowledged(site, references):
    """Count the acknowledgements of each of these enquiries; the subject names its reference."""
    ours = {f"We have your request: {reference}" for reference in references}
    return Counter(subject for _, subject in site.mail.letters if subject in ours)


@contextmanager
def stopped(queue):
    """Go without the queue for a while; the other journeys need it back, whatever happens."""
    queue.stop()
    try:
        yield
    finally:
        queue.start()


@contextmanager
def paused(queue):
    """Let the queue hang for a while."""
    queue.pause()
    try:
        yield
    finally:
        queue.resume()


@pytest.fixture
def visitor(site):
    visitor = Visitor(site)
    yield visitor
    visitor.line.close()


def test_a_dead_or_hung_queue_keeps_nobody_waiting_and_loses_no_letter(site, visitor):
    eventually(site.is_at_rest, within=PATIENCE_SECONDS, otherwise=site.logs.text)
    alive, usual = visitor.send_many(100)
    eventually(site.is_at_rest, within=PATIENCE_SECONDS, otherwise=site.logs.text)

    with stopped(site.queue):
        dead, without = visitor.send_many(100)
    with paused(site.queue):
        hung, stalled = visitor.send_many(100)

    back = time.monotonic()
    ids, references = zip(*site.rows(SENT, [list(visitor.addresses)]), strict=True)
    eventually(
        lambda: len(acknowledged(site, references)) == 300,
        within=PATIENCE_SECONDS,
        otherwise=site.logs.text,
    )
    print(  # noqa: T201
        f"100 submissions: dead {without / usual:.2f}, hung {stalled / usual:.2f} of {usual:.2f} s;"
        f" all letters {time.monotonic() - back:.0f} s after the queue was back"
    )
    assert alive == dead == hung == {303}
    assert set(acknowledged(site, references).values()) == {1}
    eventually(site.is_at_rest, within=PATIENCE_SECONDS, otherwise=site.logs.text)
    assert site.value(MOST_ATTEMPTS, [list(ids)]) == 1
    assert site.value(DELIVERED, [list(ids)]) == 300
