"""The site's own programs, as one machine runs them: web, relay and worker."""

import os
import sys
from collections.abc import Mapping

from django.conf import settings

from advisory.service import Program
from advisory.supervisor import Speaker
from advisory.var import BASE_DIR

# One thread a question for arithmetic, since questions come at once; and few heaps for many
# threads, since what one of them frees would else stay with it.
_THRIFT = {"OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
# The web server reads ten megabytes of numbers for a question of search: from pages of memory of
# two megabytes each, where the system has them, a tenth sooner than from those of four kilobytes.
_LARGE_PAGES = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
# Slow uploads wait in threads: thirty of them must leave room for everybody else.
THREADS_A_WORKER = 32
# To open a connection takes as long as three questions of search. Few threads need one at once, but
# none is to wait for another's.
_POOL = {"DATABASE_POOL": str(THREADS_A_WORKER)}


def web(speaker: Speaker) -> Program:
    """Give the web server: as many workers as processors, from two to four."""
    options = {
        "host": settings.HOST,
        "port": settings.PORT,
        "interface": "wsgi",
        "workers": min(max(2, os.cpu_count() or 1), 4),
        "blocking-threads": THREADS_A_WORKER,
        "workers-kill-timeout": 5,
        "log-level": "error",
    }
    arguments = [f"--{name}={value}" for name, value in options.items()]
    return _program(
        speaker,
        "web",
        ["-m", "granian", *arguments, "--respawn-failed-workers", "advisory.wsgi:application"],
        settled=_THRIFT | _LARGE_PAGES | _POOL,
    )


def relay(speaker: Speaker) -> Program:
    """Give the relay, which hands due outbox messages to the worker."""
    return _program(speaker, "relay", [str(BASE_DIR / "manage.py"), "relay"])


def worker(speaker: Speaker) -> Program:
    """Give the Celery worker, quiet since it is the only one."""
    options = ["--concurrency=2", "--loglevel=WARNING"]
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return _program(
        speaker,
        "worker",
        [
            "-W",
            "ignore:You're running the worker with superuser privileges",
            *["-m", "celery", "--quiet", "--app=advisory", "worker", *options, *quiet],
        ],
    )


def vectors(speaker: Speaker) -> Program:
    """Give the one that makes what search by meaning lacks, and ends."""
    return _program(speaker, "search", [str(BASE_DIR / "manage.py"), "make_vectors"])


def _program(
    speaker: Speaker, name: str, arguments: list[str], *, settled: Mapping[str, str] = _THRIFT
) -> Program:
    path = os.pathsep.join(filter(None, [str(BASE_DIR), os.environ.get("PYTHONPATH")]))
    environment = {**settled} | os.environ | {"PYTHONPATH": path, "PYTHONUNBUFFERED": "1"}
    return Program(
        name,
        [sys.executable, *arguments],
        environment=environment,
        output=speaker.pipe(name),
    )
