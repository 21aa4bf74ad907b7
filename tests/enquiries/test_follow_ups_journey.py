"""From a submission to the letters, through a real relay, worker, Valkey and mail server."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db.models import Max

from enquiries.guardian import decide
from enquiries.models import Letter, OutboxMessage, Topic
from enquiries.submission import submit_enquiry

ROOT = Path(__file__).parents[2]
SYDNEY = ZoneInfo("Australia/Sydney")


@pytest.fixture
def processes(database_url, valkey, mail_sink, tmp_path):
    """Start the processes behind the site; whatever still runs at the end is ended."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "advisory.settings",
        "DATABASE_URL": database_url,
        "REDIS_URL": valkey.url,
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_sink.port}",
    }
    commands = {
        "relay": [sys.executable, "manage.py", "relay"],
        "worker": [
            sys.executable, "-m", "celery", "-A", "advisory", "worker",
            "--concurrency", "2", "--loglevel", "WARNING", "--without-mingle", "--without-gossip",
        ],
    }  # fmt: skip
    running = []

    def start(name):
        with (tmp_path / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                commands[name],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        running.append(process)
        return process

    yield start
    for process in running:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    for log in tmp_path.glob("*.log"):
        print(f"--- {log.name}\n{log.read_text()[-3000:]}")  # noqa: T201 - shown when it fails


@pytest.fixture
def submit(make_details):
    def submit(number=0):
        now = datetime.now(UTC)  # noqa: TID251 - a test is an edge
        return submit_enquiry(
            make_details(message=f"Enquiry {number}"),
            decision=decide(
                born=date(1990, 5, 17), now=now, enquirer_zone=SYDNEY, site_zone=SYDNEY
            ),
            submission_key=uuid4(),
            now=now,
        )

    return submit


def eventually(true, *, within):
    end = time.monotonic() + within
    while not true():
        assert time.monotonic() < end, f"not within {within} s"
        time.sleep(0.1)


def all_done():
    return not OutboxMessage.objects.filter(done_at=None).exists()


def seconds_for(count, submit):
    start = time.monotonic()
    for number in range(count):
        submit(number)
    return time.monotonic() - start


def test_submitting_needs_no_broker_and_every_letter_goes_once(
    processes, valkey, mail_sink, submit, record_property
):
    processes("relay")
    processes("worker")
    submit()
    eventually(all_done, within=30)

    running = seconds_for(20, submit) * 5
    valkey.stop()
    stopped = seconds_for(100, submit)
    valkey.start()
    valkey.pause()
    hung = seconds_for(100, submit)
    valkey.resume()
    ratios = (
        f"stopped {stopped / running:.2f}, hung {hung / running:.2f} of {running:.2f} s for 100"
    )
    record_property("100 submissions", ratios)
    print(ratios)  # noqa: T201 - a figure for the reader, no bar

    eventually(all_done, within=60)
    sent = Counter(message_id for message_id, _ in mail_sink.letters)
    assert set(sent.values()) == {1}
    subjects = Counter(subject for _, subject in mail_sink.letters)
    assert len([subject for subject in subjects if subject.startswith("We will call")]) == 221
    assert (
        Letter.objects.filter(kind=Topic.ACKNOWLEDGEMENT, delivered_at__isnull=False).count() == 221
    )
    assert OutboxMessage.objects.aggregate(most=Max("attempts"))["most"] == 1


def test_the_relay_stops_when_told_and_takes_up_where_it_was(processes, mail_sink, submit):
    relay = processes("relay")
    processes("worker")
    submit()
    eventually(all_done, within=30)
    relay.send_signal(signal.SIGTERM)
    assert relay.wait(10) == 0
    submit()
    processes("relay")
    eventually(all_done, within=20)
    assert len(mail_sink.letters) == 4
