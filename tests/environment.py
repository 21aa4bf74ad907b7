"""What the settings read during a test run: nothing of the developer's own environment."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_OURS = (
    "ALLOWED_HOSTS",
    "CLAMAV_",
    "DATABASE_",
    "DEBUG",
    "DEFAULT_FROM_EMAIL",
    "EMAIL_",
    "ENQUIRY_",
    "FIRM_",
    "HOST",
    "LOG_LEVEL",
    "PORT",
    "PRIVATE_",
    "REDIS_",
    "RESUME_",
    "SITE_",
    "STAFF_",
    "TRUSTED_",
)


def prepare() -> None:
    """Make this run's folder; its workers, and what its tests start, inherit what is set here."""
    if "ADVISORY_TEST_RUN" in os.environ:
        return
    for name in [name for name in os.environ if name.startswith(_OURS)]:
        del os.environ[name]
    folder = tempfile.mkdtemp(prefix="advisory-test-")
    Path(folder).chmod(0o755)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["ADVISORY_TEST_RUN"] = os.environ["VAR_DIR"] = folder
    os.environ["SECRET_KEY"] = "a-key-for-tests-only-that-is-as-long-as-a-real-one-would-be"  # noqa: S105


def run_folder() -> Path:
    """Name this run's folder."""
    return Path(os.environ["ADVISORY_TEST_RUN"])


def unmeasured() -> dict[str, str]:
    """
    Give this process's environment for one whose lines are not measured.

    Measuring takes up to two thirds of a process's time; what such a process runs is measured
    where a test runs it by itself.
    """
    return {name: value for name, value in os.environ.items() if name != "COVERAGE_PROCESS_CONFIG"}
