"""What must be in place before the site serves: tables, catalogue, roles, style sheets."""

from io import TextIOWrapper

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from kombu import Connection
from kombu.exceptions import KombuError

from advisory.supervisor import Speaker

OLDEST_POSTGRES = 16


class UnfitServer(Exception):
    """A server cannot carry the site; the message says why, and what to do."""


def check_database() -> None:
    """
    Look whether the database answers and is new enough.

    :raises UnfitServer: if it does not or is not
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
            version = cursor.fetchone()[0]
    except OperationalError as error:
        reason = str(error).strip().partition("\n")[0]
        msg = f"The database of DATABASE_URL does not answer: correct the address. ({reason})"
        raise UnfitServer(msg) from None
    if version < OLDEST_POSTGRES:
        msg = f"The database is too old: the site needs PostgreSQL {OLDEST_POSTGRES} or later."
        raise UnfitServer(msg)


def check_queue() -> None:
    """
    Look whether the queue's server answers.

    :raises UnfitServer: if it does not
    """
    try:
        with Connection(settings.REDIS_URL, connect_timeout=2) as broker:
            broker.ensure_connection(max_retries=1, interval_start=0, timeout=3)
    except (KombuError, KeyError, OSError, ValueError) as error:
        msg = f"The queue of REDIS_URL does not answer: correct the address. ({error})"
        raise UnfitServer(msg) from None


def prepare_database(speaker: Speaker) -> None:
    """Bring tables, catalogue and roles up to date, saying what is done."""
    speaker.say("Bringing the tables up to date.")
    call_command("migrate", interactive=False, verbosity=0)
    speaker.say("Loading the catalogue.")
    with TextIOWrapper(speaker.pipe("load"), line_buffering=True) as output:
        call_command("load_catalogue", "--write", "--without-meanings", stdout=output)
        call_command("set_up_roles", stdout=output)


def collect_static_files(speaker: Speaker) -> None:
    """Put style sheets, scripts and pictures where the web server looks for them."""
    speaker.say("Collecting style sheets and pictures.")
    call_command("collectstatic", interactive=False, verbosity=0)
