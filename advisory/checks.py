"""System checks for those who run the site: what a public site must not start without."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004
from django.db import connections

from advisory.var import kept_secret_key
from enquiries.scanning.clamd import read_address

SHORTEST_SECRET_KEY = 50
IDENTITY = {
    "legal_name": "FIRM_LEGAL_NAME",
    "abn": "FIRM_ABN",
    "agents": "FIRM_AGENTS",
    "phone": "FIRM_PHONE",
}


@register(Tags.security)
def public_site_says_who_is_behind_it(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001
    **kwargs: object,  # noqa: ARG001
) -> list[CheckMessage]:
    """Refuse a public site without the firm's identity."""
    missing = [variable for key, variable in IDENTITY.items() if not settings.FIRM[key]]
    if not _is_public() or not missing:
        return []
    return [
        Error(
            "A public site must say who is behind it.",
            hint=f"Set {', '.join(missing)}.",
            id="advisory.E001",
        )
    ]


@register(Tags.security)
def public_site_has_its_own_secret_key(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001
    **kwargs: object,  # noqa: ARG001
) -> list[CheckMessage]:
    """Refuse a public site whose secret key was made for one machine, or is short."""
    from_machine = kept_secret_key() == settings.SECRET_KEY
    if not _is_public() or not (from_machine or len(settings.SECRET_KEY) < SHORTEST_SECRET_KEY):
        return []
    return [
        Error(
            "A public site needs a secret key of its own.",
            hint=f"Set SECRET_KEY to at least {SHORTEST_SECRET_KEY} random characters.",
            id="advisory.E002",
        )
    ]


@register(Tags.security)
def virus_scanner_has_an_address(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001
    **kwargs: object,  # noqa: ARG001
) -> list[CheckMessage]:
    """Refuse an address of the virus scanner that nobody can dial."""
    if not settings.CLAMAV_URL:
        return []
    try:
        read_address(settings.CLAMAV_URL)
    except ValueError:
        return [
            Error(
                "CLAMAV_URL is no address of a virus scanner.",
                hint="Write unix:///run/clamav/clamd.ctl or tcp://host:3310.",
                id="advisory.E003",
            )
        ]
    return []


@register(Tags.database)
def database_keeps_its_own_text_rules(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001
    databases: Sequence[str] | None = None,
    **kwargs: object,  # noqa: ARG001
) -> list[CheckMessage]:
    """Warn of a database whose order and upper case depend on the machine it was made on."""
    return [
        Warning(
            f"The database {alias!r} does not use PostgreSQL's builtin locale C.UTF-8.",
            hint=(
                "Make it with LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' (PostgreSQL 17 or "
                "later): then the machine's locale cannot change an answer."
            ),
            id="advisory.W001",
        )
        for alias in databases or ()
        if _text_rules(alias) != ("b", "C.UTF-8")
    ]


@register(Tags.database)
def database_knows_the_site_by_its_name(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001
    databases: Sequence[str] | None = None,
    **kwargs: object,  # noqa: ARG001
) -> list[CheckMessage]:
    """Warn of a pooler that hides the site's name: all it writes is on record as by hand then."""
    return [
        Warning(
            f"The database {alias!r} does not see the site's application_name.",
            hint=(
                "Let whatever stands between hand application_name on. Until then the records of "
                "changes cannot tell what the site wrote from what was written by hand."
            ),
            id="advisory.W002",
        )
        for alias in databases or ()
        if _name_seen(alias) != connections[alias].settings_dict["OPTIONS"]["application_name"]
    ]


def _is_public() -> bool:
    return str(settings.SITE_URL).startswith("https://")


def _name_seen(alias: str) -> str:
    """Give the site's name as the database sees it, without what a pooler writes behind it."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT split_part(current_setting('application_name'), ' ', 1)")
        name: str = cursor.fetchone()[0]
    return name


def _text_rules(alias: str) -> tuple[str, str | None]:
    """Give the locale's provider and name; before PostgreSQL 17 there was no builtin one."""
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT to_jsonb(d) ->> 'datlocprovider', to_jsonb(d) ->> 'datlocale' "
            "FROM pg_database AS d WHERE datname = current_database()"
        )
        provider, locale = cursor.fetchone()
    return provider, locale
