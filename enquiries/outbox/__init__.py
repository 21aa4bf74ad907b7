"""The durable queue: work is promised in the transaction that needs it, and kept until done."""

from enquiries.outbox.delivering import (
    BATCH,
    MOST_ATTEMPTS,
    Claimed,
    NotYet,
    PublishingFailed,
    begin_attempt,
    carry_out,
    claim_due,
    done,
    publish_due,
    release,
    take_up_again,
)
from enquiries.outbox.promising import Promise, listening, queue_message, queue_messages

__all__ = [
    "BATCH",
    "MOST_ATTEMPTS",
    "Claimed",
    "NotYet",
    "Promise",
    "PublishingFailed",
    "begin_attempt",
    "carry_out",
    "claim_due",
    "done",
    "listening",
    "publish_due",
    "queue_message",
    "queue_messages",
    "release",
    "take_up_again",
]
