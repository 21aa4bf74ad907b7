"""Countries and the time zones in them, read from the tables that come with tzdata."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

# The table's short names, where a reader would stumble.
TIDY_NAMES = {
    "AS": "American Samoa",
    "BL": "St Barthélemy",
    "BQ": "Bonaire, Sint Eustatius and Saba",
    "CD": "Congo (Democratic Republic)",
    "CF": "Central African Republic",
    "CG": "Congo (Republic)",
    "CZ": "Czechia",
    "GB": "United Kingdom",
    "KP": "North Korea",
    "KR": "South Korea",
    "MF": "St Martin (French part)",
    "MM": "Myanmar",
    "SH": "St Helena, Ascension and Tristan da Cunha",
    "ST": "São Tomé and Príncipe",
    "SX": "Sint Maarten (Dutch part)",
    "SZ": "Eswatini",
    "TC": "Turks and Caicos Islands",
    "TF": "French Southern Territories",
    "TL": "Timor-Leste",
    "TR": "Türkiye",
    "UM": "US Minor Outlying Islands",
    "VC": "St Vincent and the Grenadines",
    "VG": "British Virgin Islands",
    "VI": "US Virgin Islands",
    "WS": "Samoa",
}
TIDY_CITIES = {
    "America/Sao_Paulo": "São Paulo",
    "America/St_Johns": "St John's",
    "Antarctica/DumontDUrville": "Dumont d'Urville",
    "Indian/Mahe": "Mahé",
    "Indian/Reunion": "Réunion",
    "Pacific/Noumea": "Nouméa",
}
# The thirty countries that send most migrants to Australia, by the figures of the Australian
# Bureau of Statistics on migrant arrivals and residents by country of birth up to June 2024
# (the United Kingdom as one). The order is rough: neighbours in it differ by little.
MOST_MIGRANTS = (
    "IN", "CN", "PH", "GB", "NP", "NZ", "VN", "PK", "LK", "CO",
    "BD", "ZA", "BR", "MY", "ID", "TH", "IE", "US", "HK", "KR",
    "TW", "JP", "IT", "FR", "DE", "SG", "IR", "IQ", "AF", "FJ",
)  # fmt: skip
REGIONS_TO_NAME = {"Indiana", "Kentucky", "North_Dakota"}  # a city's name alone would mislead


@cache
def countries() -> dict[str, str]:
    """Give the name of each country by its ISO alpha-2 code, in the order of the names."""
    named = {
        code: TIDY_NAMES.get(code, name.replace(" & ", " and "))
        for code, name in _rows("iso3166.tab")
    }
    return dict(sorted(named.items(), key=lambda item: _sort_key(item[1])))


@cache
def zones() -> dict[str, dict[str, str]]:
    """Give the cities of each country by their time zone, in the order of their names."""
    grouped: dict[str, dict[str, str]] = {code: {} for code in countries()}
    for code, _, zone, *_ in _rows("zone.tab"):
        grouped[code][zone] = city(zone)
    return {
        code: dict(sorted(cities.items(), key=lambda item: _sort_key(item[1])))
        for code, cities in grouped.items()
        if cities
    }


@cache
def other_names() -> dict[str, tuple[str, ...]]:
    """Give the names by which devices may still report a time zone of ``zones()``."""
    listed = {zone for cities in zones().values() for zone in cities}
    found: dict[str, list[str]] = {}
    for row in _lines("tzdata.zi"):
        if row.startswith("L "):
            _, zone, other = row.split()
            if zone in listed and other not in listed and "/" in other:
                found.setdefault(zone, []).append(other)
    return {zone: tuple(sorted(others)) for zone, others in found.items()}


@cache
def zone_names() -> dict[str, str]:
    """Give for every name that we understand the time zone of ``zones()`` that it means."""
    listed = {zone: zone for cities in zones().values() for zone in cities}
    return listed | {other: zone for zone, others in other_names().items() for other in others}


def only_zone(country: str) -> str:
    """Give the time zone of a country that has just one; empty if it has none or more."""
    names = zones().get(country, {})
    return next(iter(names)) if len(names) == 1 else ""


def zone_named(name: str) -> ZoneInfo | None:
    """Give the time zone of this name; None if this machine knows none, as of a row gone wrong."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown; no name at all; a folder of zones
        return None


def city(zone: str) -> str:
    """Give the city that stands for a time zone, as in ``Africa/Lagos``: Lagos."""
    if zone in TIDY_CITIES:
        return TIDY_CITIES[zone]
    *regions, name = zone.split("/")
    if regions and regions[-1] in REGIONS_TO_NAME:
        name = f"{name}, {regions[-1]}"
    return name.replace("_", " ")


def _rows(table: str) -> Iterator[list[str]]:
    return (line.split("\t") for line in _lines(table) if not line.startswith("#"))


def _lines(table: str) -> list[str]:
    return files("tzdata").joinpath("zoneinfo", table).read_text(encoding="utf-8").splitlines()


def _sort_key(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name)
    return "".join(sign for sign in letters if not unicodedata.combining(sign)).casefold()
