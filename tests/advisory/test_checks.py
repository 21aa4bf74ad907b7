import psycopg
import pytest
from django.core.management.base import SystemCheckError
from django.db import connection

from advisory import checks
from advisory.embedded import runtime_folder
from tests.environment import run_folder

LONG_KEY = "k" * 50


@pytest.fixture
def public(settings):
    settings.SITE_URL = "https://advisory.example"
    settings.SECRET_KEY = LONG_KEY
    settings.FIRM = dict.fromkeys([*settings.FIRM, *checks.IDENTITY], "given")
    return settings


def ids(messages):
    return [message.id for message in messages]


def test_a_public_site_with_everything_passes(public):
    assert checks.public_site_says_who_is_behind_it(None) == []
    assert checks.public_site_has_its_own_secret_key(None) == []


@pytest.mark.parametrize(("part", "variable"), checks.IDENTITY.items())
def test_a_public_site_says_who_is_behind_it(public, part, variable):
    public.FIRM = public.FIRM | {part: ""}
    [message] = checks.public_site_says_who_is_behind_it(None)
    assert message.id == "advisory.E001"
    assert message.hint == f"Set {variable}."


def test_a_public_site_refuses_a_short_key(public):
    public.SECRET_KEY = LONG_KEY[1:]
    assert ids(checks.public_site_has_its_own_secret_key(None)) == ["advisory.E002"]


def test_a_public_site_refuses_the_key_that_was_made_for_a_laptop(public, monkeypatch, tmp_path):
    (tmp_path / "secret_key").write_text(LONG_KEY)
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    assert ids(checks.public_site_has_its_own_secret_key(None)) == ["advisory.E002"]


def test_a_laptop_needs_neither(public):
    public.SITE_URL = "http://localhost:8000"
    public.SECRET_KEY = LONG_KEY[1:]
    public.FIRM = dict.fromkeys(public.FIRM, "")
    assert checks.public_site_says_who_is_behind_it(None) == []
    assert checks.public_site_has_its_own_secret_key(None) == []


@pytest.mark.parametrize("url", ["", "tcp://scanner:3310", "unix:///run/clamav/clamd.ctl"])
def test_a_virus_scanner_is_dialled_by_port_or_path(settings, url):
    settings.CLAMAV_URL = url
    assert checks.virus_scanner_has_an_address(None) == []


def test_a_virus_scanner_that_nobody_can_dial_is_refused(settings):
    settings.CLAMAV_URL = "localhost:3310"
    assert ids(checks.virus_scanner_has_an_address(None)) == ["advisory.E003"]


def test_the_web_server_refuses_a_public_site_without_its_key(public, web_process):
    web_process()
    public.SECRET_KEY = LONG_KEY[1:]
    with pytest.raises(SystemCheckError, match=r"advisory\.E002"):
        web_process()


@pytest.mark.django_db
def test_the_embedded_database_keeps_its_own_text_rules():
    assert checks.database_keeps_its_own_text_rules(None, databases=["default"]) == []
    assert checks.database_keeps_its_own_text_rules(None, databases=None) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "warned"), [("advisory", []), ("advisory - 10.0.0.7:5432", []), ("pooler", ["W002"])]
)
def test_a_pooler_that_hides_the_name_of_the_site_is_warned_of(name, warned):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('application_name', %s, true)", [name])
    messages = checks.database_knows_the_site_by_its_name(None, databases=["default"])
    assert ids(messages) == [f"advisory.{each}" for each in warned]
    assert checks.database_knows_the_site_by_its_name(None, databases=None) == []


@pytest.mark.django_db(transaction=True)
def test_a_database_that_follows_the_machine_is_warned_of():
    name = f"{connection.settings_dict['NAME']}_libc"
    with psycopg.connect(
        host=str(runtime_folder(run_folder())), user="advisory", dbname="postgres", autocommit=True
    ) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'")
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        messages = checks.database_keeps_its_own_text_rules(None, databases=["default"])
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own
    assert ids(messages) == ["advisory.W001"]
