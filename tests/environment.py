"""What the settings read during a test run: nothing of the developer's own environment."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_OURS = (
    "ALLOWED_HOSTS",
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
    "SITE_",
    "STAFF_",
    "TRUSTED_",
)


def run_folder() -> Path:
    """Name this run's folder; the first process makes it and the workers inherit it."""
    if "ADVISORY_TEST_RUN" not in os.environ:
        folder = Path(tempfile.mkdtemp(prefix="advisory-test-"))
        folder.chmod(0o755)
        os.environ["ADVISORY_TEST_RUN"] = str(folder)
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(os.environ["ADVISORY_TEST_RUN"])


def prepare() -> None:
    """Let the settings know this run's servers and nothing of the developer's environment."""
    for name in [name for name in os.environ if name.startswith(_OURS)]:
        del os.environ[name]
    os.environ["VAR_DIR"] = str(run_folder())
    os.environ["SECRET_KEY"] = "a-key-for-tests-only-that-is-as-long-as-a-real-one-would-be"  # noqa: S105
