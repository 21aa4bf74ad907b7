"""The folder for what this machine keeps, and the secret key in it."""

import os
import secrets
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent


def var_dir() -> Path:
    """Give the folder that ``VAR_DIR`` names, else ``var/`` in the project."""
    return Path(os.environ.get("VAR_DIR") or BASE_DIR / "var").absolute()


def make_var() -> None:
    """
    Make the folder and, once, a secret key for this machine.

    Others may pass through the folder (the database's user does); what is private in it is closed.
    """
    folder = var_dir()
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(0o711)
    if not os.environ.get("SECRET_KEY") and not kept_secret_key():
        unfinished = folder / f"secret_key.{os.getpid()}"
        unfinished.touch(mode=0o600)
        unfinished.write_text(secrets.token_urlsafe(64))
        unfinished.rename(folder / "secret_key")


def kept_secret_key() -> str:
    """Give the key that was made for this machine, empty if there is none."""
    kept = var_dir() / "secret_key"
    return kept.read_text() if kept.exists() else ""
