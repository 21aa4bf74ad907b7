"""Turn published licences, tasks, competencies, tools and shortages into the tables of skills."""

from collections.abc import Iterator
from pathlib import Path

from occupations.catalogue.convert.published import FactUnknown, Record, read

SKILLS_READ = "anzsco-2019"
SHORTAGES_READ = "anzsco-2022"
SHORTAGES_IN = "occupation-shortage-2024"
PLACES = ("national", "nsw", "vic", "qld", "sa", "wa", "tas", "nt", "act")
RATINGS = {"No Shortage": "none", "Regional Shortage": "regional", "Shortage": "shortage"}
DRIVERS = {"Short Training gap": "Short training gap", "Uncertain/unknown": "Not known"}
SPELLING = {"efficency": "efficiency"}
LENGTH_OF_OCCUPATION = 6

type Rows = Iterator[tuple[str, ...]]


def skills_tables(folder: Path) -> dict[str, Rows]:
    """Give the rows of each table of skills, in the order of its columns."""
    return {
        "occupation_licences": (
            (row["edition"], row["code"], row["licensing"]) for row in read(folder, "licensing")
        ),
        "specialist_tasks": _specialist_tasks(folder),
        "core_competencies": (
            (*_subject(row), row["competency"], row["score"], row["proficiency"])
            for row in read(folder, "core_competencies")
        ),
        "technology_tools": (
            (*_subject(row), row["tool"]) for row in read(folder, "technology_tools")
        ),
        "shortage_ratings": _shortage_ratings(folder),
    }


def _subject(row: Record) -> tuple[str, str, str]:
    """Give the edition and either the unit group or the occupation that a row is about."""
    code = row["code"]
    return (SKILLS_READ, "", code) if len(code) == LENGTH_OF_OCCUPATION else (SKILLS_READ, code, "")


def _specialist_tasks(folder: Path) -> Rows:
    for row in read(folder, "specialist_tasks"):
        texts = [_spelt(row[name]) for name in ("task", "cluster", "family")]
        yield (*_subject(row), texts[0], row["share_of_time"], *texts[1:])


def _spelt(text: str) -> str:
    for wrong, right in SPELLING.items():
        text = text.replace(wrong, right)
    return text


def _shortage_ratings(folder: Path) -> Rows:
    """Give a rating for each place; what drives a shortage is published for the nation alone."""
    for row in read(folder, "shortage_2024"):
        for place in PLACES:
            driver = row["shortage_driver"] if place == "national" else ""
            yield (
                SHORTAGES_READ,
                row["anzsco_unit_code"],
                place,
                _rating(row[place]),
                DRIVERS.get(driver, driver),
                SHORTAGES_IN,
            )


def _rating(published: str) -> str:
    if published in RATINGS:
        return RATINGS[published]
    raise FactUnknown(f"The rating {published!r} is not one of {', '.join(RATINGS)}.")
