"""What falls due with time alone: a verb that fails stops no other."""

import logging
import traceback
from collections.abc import Callable
from datetime import datetime

from django.db import connection

from enquiries import (
    abuse,
    assigning,
    calls,
    data_requests,
    digest,
    escalation,
    figures,
    guardianship,
    majority,
    presses,
    retention,
    scanning,
    selfservice,
    stored_files,
    unreached,
)

logger = logging.getLogger(__name__)

# Each names a work in PostgreSQL, so that two workers never do it at once.
LOCK, MINUTE_LOCK = 7_210_001, 7_210_002
VERBS: tuple[Callable[..., int], ...] = (
    majority.turn_adults,
    majority.expire_unrenewed,
    guardianship.remind_guardians,
    guardianship.expire_unconfirmed,
    abuse.forget_counts,
    guardianship.forget_requested_addresses,
    selfservice.forget_former_addresses,
    retention.keep_periods,
    retention.forget_sessions,
    presses.forget_presses,
    data_requests.carry_out_due_deletions,
    scanning.scan_what_waits,
    stored_files.reconcile_by_night,
    figures.sum_up_days,
    unreached.close_unreached,
    digest.promise_digests,
)
EACH_MINUTE: tuple[Callable[..., int], ...] = (
    calls.end_forgotten_calls,
    assigning.take_over_from_absent,
    assigning.return_untouched,
    assigning.give_in_turn,
    escalation.escalate_late,
)


def run_what_is_due(*, now: datetime) -> bool:
    """Run every verb once; says False if another worker is at it already."""
    return _run_all(VERBS, lock=LOCK, now=now)


def run_each_minute(*, now: datetime) -> bool:
    """Run what staff would miss within minutes; says False if another worker is at it already."""
    return _run_all(EACH_MINUTE, lock=MINUTE_LOCK, now=now)


def _run_all(verbs: tuple[Callable[..., int], ...], *, lock: int, now: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [lock])
        if not cursor.fetchone()[0]:
            return False
    try:
        for verb in verbs:
            _run(verb, now=now)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [lock])
    return True


def _run(verb: Callable[..., int], *, now: datetime) -> None:
    try:
        count = verb(now=now)
    except Exception as error:  # noqa: BLE001 - whatever it was, the others go on
        # Where and what kind only: PostgreSQL's own words may repeat a whole row.
        where = "".join(traceback.format_tb(error.__traceback__))
        kind = type(error).__name__
        logger.error("%s failed, it is tried again: %s\n%s", verb.__name__, kind, where)  # noqa: TRY400
    else:
        if count:
            logger.info("%s acted on %s enquiries", verb.__name__, count)
