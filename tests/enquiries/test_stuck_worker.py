"""A worker that lives and takes nothing ends itself; one that is busy or cut off does not."""

import time

import pytest
from celery import Celery

from advisory.programs import worker
from advisory.supervisor import Supervisor
from tests.processes import Logs, site_environment

PATIENCE_SECONDS = 2
# The worker as it is, but for its patience.
IMPATIENT = f"""
from advisory import stuck_worker
stuck_worker.LOOK_SECONDS, stuck_worker.PATIENCE_SECONDS = 0.2, {PATIENCE_SECONDS}
from celery.__main__ import main
main()
"""


@pytest.fixture
def supervisor(tmp_path):
    everything = Supervisor(Logs(tmp_path))
    yield everything
    everything.hurried = True
    everything.stop()


@pytest.fixture
def impatient_worker(supervisor, database_url, valkey, mail_sink):
    """Start a worker that soon ends itself; the supervisor starts it again if asked."""
    program = worker(supervisor.speaker)
    place = program.command.index("-m")
    program.command = [*program.command[:place], "-c", IMPATIENT, *program.command[place + 2 :]]
    program.environment = site_environment(
        {"DATABASE_URL": database_url, "REDIS_URL": valkey.url, "EMAIL_URL": mail_sink.url}
    )
    supervisor.start(program)
    yield program
    program.output.close()


@pytest.fixture
def acknowledged(mail_sink):
    """Count the enquiries that were acknowledged; letters to staff come and go by the clock."""

    def acknowledged():
        return sum(subject.startswith("We have") for _, subject in mail_sink.letters)

    return acknowledged


@pytest.fixture
def one_letter_went(
    *, supervisor, impatient_worker, processes, submit_now, acknowledged, eventually
):
    """Wait until relay and worker are up; a slow start may have taken the worker's patience."""
    processes("relay")
    submit_now()
    eventually(lambda: supervisor.look_after() or acknowledged() == 1, within=120)


def leave_the_queue(valkey, *, within=60):
    """Have the worker take nothing from now on, and tell whether it said so."""
    with Celery(broker=valkey.url, set_as_current=False) as operator:
        answers = operator.control.cancel_consumer("celery", reply=True, limit=1, timeout=within)
    return bool(answers)


@pytest.mark.usefixtures("one_letter_went")
def test_a_worker_that_takes_nothing_ends_and_the_next_one_does_the_work(
    *, impatient_worker, supervisor, submit_now, acknowledged, valkey, eventually, capsys
):
    assert leave_the_queue(valkey)
    submit_now()
    eventually(lambda: impatient_worker.exit_code() == 75, within=120)
    assert acknowledged() == 1
    assert f"took nothing for {PATIENCE_SECONDS} seconds: it ends" in supervisor.speaker.text()
    eventually(lambda: supervisor.look_after() or acknowledged() == 2, within=120)
    assert "worker ended with exit code 75: starting it again." in capsys.readouterr().out


@pytest.mark.usefixtures("one_letter_went")
def test_a_worker_that_is_busy_or_cut_off_is_left_alone(
    *, impatient_worker, submit_now, mail_sink, acknowledged, valkey, eventually
):
    gone = len(mail_sink.letters)
    mail_sink.hold()
    try:
        for number in range(6):  # two are being sent, two come next, and the others wait
            submit_now(number)
        eventually(lambda: len(mail_sink.letters) == gone + 2, within=120)
        time.sleep(1.5 * PATIENCE_SECONDS)
        assert len(mail_sink.letters) == gone + 2
        assert impatient_worker.exit_code() is None
    finally:
        mail_sink.let_go()
    eventually(lambda: acknowledged() == 7, within=120)

    submit_now()
    valkey.pause()
    time.sleep(1.5 * PATIENCE_SECONDS)
    assert impatient_worker.exit_code() is None
    valkey.stop()
    time.sleep(1.5 * PATIENCE_SECONDS)
    assert impatient_worker.exit_code() is None

    def ended():
        return impatient_worker.exit_code() == 75

    valkey.start()  # and the watch goes on
    eventually(lambda: ended() or leave_the_queue(valkey, within=5), within=120)
    submit_now()
    eventually(ended, within=120)
