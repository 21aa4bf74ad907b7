"""Turn tables as their publishers wrote them into the tables of the embedded catalogue."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from occupations.catalogue.convert import training
from occupations.catalogue.convert.derived import derived_links, read_by_hand

LISTED_IN = "home-affairs-list-2026-09-14"
GROUPED_IN = "vetassess-groups"
READS_2022 = ("482", "186")
LISTS = {"MLTSSL": "mltssl", "STSOL": "stsol", "ROL": "rol", "RSMS ROL": "rsms-rol"}
# What the department's list calls the authorities whose slug is not their acronym in small letters.
AUTHORITIES = {
    "ACS (Data Scientist only)": "acs-data-scientists",
    "Community Work Australia": "acwa",
    "Engineers Australia": "engineers-australia",
    "Legal admissions authority of a state or territory": "legal-admissions",
    "TRA (trades)": "tra-trades",
    "VETASSESS (non-trades)": "vetassess-non-trades",
}
# Titles that pages about one occupation state; the index of titles is published for 2022 only.
TITLES_STATED_ELSEWHERE = (
    ("anzsco-2013", "149212", "alternative", "Client Service Manager"),
    ("anzsco-2013", "149212", "alternative", "Service Manager"),
    ("anzsco-2013", "149212", "assessor", "Customer Experience Manager"),
    ("anzsco-2021", "149212", "alternative", "Client Service Manager"),
    ("anzsco-2021", "149212", "alternative", "Service Manager"),
)
HEADERS = {
    "groups": "edition,code,level,title,parent,skill_level,skill_level_nz",
    "occupations": "edition,code,title,unit_group,skill_level,skill_level_nz,retired",
    "other_titles": "edition,occupation,kind,title",
    "correspondences": "from_edition,from_code,to_edition,to_code,is_partial,origin",
    "isco_correspondences": "edition,code,isco_code,is_partial",
    "list_memberships": "list,edition,occupation,source,visas",
    "assessments": "edition,occupation,authority,group,source",
    **training.HEADERS,
}


def convert(published: Path, *, into: Path) -> dict[str, int]:
    """Write the tables that a folder of published tables holds the facts of; count their rows."""
    makers = {
        "groups": _groups(published),
        "occupations": _occupations(published),
        "other_titles": _other_titles(published),
        "correspondences": chain(_correspondences(published), _derived(published)),
        "isco_correspondences": _isco_correspondences(published),
        "list_memberships": _list_memberships(published),
        "assessments": _assessments(published),
    }
    tables = {name: sorted(rows) for name, rows in makers.items()}
    tables |= training.training_tables(published, kept=into)
    counts = {}
    for name, ordered in tables.items():
        with (into / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            file.write(f"{HEADERS[name]}\n")
            csv.writer(file, lineterminator="\n").writerows(ordered)
        counts[name] = len(ordered)
    return counts


def _read(folder: Path, name: str) -> Iterator[Mapping[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _new_zealand(row: Mapping[str, str]) -> str:
    """Give the level for New Zealand; OSCA classifies for Australia alone."""
    return "" if row["edition"].startswith("osca") else row["skill_level_nz"]


def _groups(folder: Path) -> Iterator[tuple[str, ...]]:
    for row in _read(folder, "structure"):
        if row["level"] not in {"occupation", "retired"}:
            yield (
                row["edition"],
                row["code"],
                row["level"],
                row["title"],
                row["parent_code"],
                row["skill_level"],
                _new_zealand(row),
            )


def _occupations(folder: Path) -> Iterator[tuple[str, ...]]:
    for row in _read(folder, "structure"):
        if row["level"] in {"occupation", "retired"}:
            yield (
                row["edition"],
                row["code"],
                row["title"],
                row["parent_code"],
                row["skill_level"],
                _new_zealand(row),
                "yes" if row["level"] == "retired" else "no",
            )


def _other_titles(folder: Path) -> Iterator[tuple[str, ...]]:
    for row in _read(folder, "titles"):
        yield row["edition"], row["code"], row["kind"], row["title"]
    yield from TITLES_STATED_ELSEWHERE


def _correspondences(folder: Path) -> Iterator[tuple[str, ...]]:
    for row in _read(folder, "correspondences"):
        if row["to_edition"] != "isco-08":
            yield (
                row["from_edition"],
                row["from_code"],
                row["to_edition"],
                row["to_code"],
                "yes" if row["partial"] else "no",
                row["origin"],
            )


def _derived(folder: Path) -> Iterator[tuple[str, ...]]:
    structure, index = list(_read(folder, "structure")), list(_read(folder, "titles"))
    for link in derived_links(structure, index=index, by_hand=read_by_hand()):
        yield link.row()


def _isco_correspondences(folder: Path) -> Iterator[tuple[str, ...]]:
    for row in _read(folder, "correspondences"):
        if row["to_edition"] == "isco-08":
            is_partial = "yes" if row["partial"] else "no"
            yield row["from_edition"], row["from_code"], row["to_code"], is_partial


def _list_memberships(folder: Path) -> Iterator[tuple[str, ...]]:
    """
    Put each list on the edition that its visas read.

    Where the department's word "CSOL" and its visas disagree, the visas decide. Two rows carry
    their 2013 code in the column of 2022: without a visa that reads 2022 it is the 2013 code.
    """
    for row in _read(folder, "occupation_lists_2026"):
        visas = [visa for visa in row["visas"].split("|") if visa]
        modern = [visa for visa in visas if visa in READS_2022]
        earlier = "|".join(sorted(visa for visa in visas if visa not in READS_2022))
        if modern:
            code = row["anzsco_2022"]
            yield "csol", "anzsco-2022", code, LISTED_IN, "|".join(sorted(modern))
        code = row["anzsco_2013"] or row["anzsco_2022"]
        for acronym in row["lists"].split("|"):
            if acronym in LISTS:
                yield LISTS[acronym], "anzsco-2013", code, LISTED_IN, earlier


def _assessments(folder: Path) -> Iterator[tuple[str, ...]]:
    groups = {row["code"]: row["group"] for row in _read(folder, "vetassess_groups")}
    for row in _read(folder, "occupation_lists_2026"):
        for edition, code in _coded(row):
            for name in filter(None, row["assessing_authorities"].split("|")):
                authority = AUTHORITIES.get(name, name.lower())
                group = groups.get(code, "") if authority.startswith("vetassess") else ""
                yield edition, code, authority, group, GROUPED_IN if group else LISTED_IN


def _coded(row: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    mislabelled = not row["anzsco_2013"] and not set(READS_2022) & set(row["visas"].split("|"))
    if mislabelled:
        return [("anzsco-2013", row["anzsco_2022"])]
    codes = [("anzsco-2013", row["anzsco_2013"]), ("anzsco-2022", row["anzsco_2022"])]
    return [(edition, code) for edition, code in codes if code]
