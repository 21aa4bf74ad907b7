"""Turn published lists, caveats and assessing authorities into the tables of migration."""

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from occupations.catalogue.convert.published import FactUnknown, Record, read

LISTED_IN = "home-affairs-list-2026-09-14"
CSOL_IN = "csol-2024-12-07"
LISTED_EARLIER_IN = "skilled-lists-2024-10"
GROUPED_IN = "vetassess-groups"
NUMBERED_CAVEATS = "caveats-2022-03"
TITLED_CAVEATS = "caveats-2026-09-14"
READS_2022 = ("482", "186")
LISTS = {"MLTSSL": "mltssl", "STSOL": "stsol", "ROL": "rol", "RSMS ROL": "rsms-rol"}
EARLIER_LISTS = {**LISTS, "PMSOL": "pmsol"}
SETS_PRIORITY_ONLY = "PMSOL"
OF_THE_ROL = {"407", "489S", "491S", "494"}  # all that a row of 2026 with the ROL alone names
VISAS = {"482_tss": "482", "491_state": "491S", "491_family": "491F"}
# What the department's list calls the authorities whose slug is not their acronym in small letters.
AUTHORITIES = {
    "ACS (Data Scientist only)": "acs-data-scientists",
    "Community Work Australia": "acwa",
    "Engineers Australia": "engineers-australia",
    "Legal admissions authority of a state or territory": "legal-admissions",
    "TRA (trades)": "tra-trades",
    "VETASSESS (non-trades)": "vetassess-non-trades",
}
# A word or two by which each text of a titled caveat is known, and the key of our own wording.
CAVEAT_MARKS = (
    ("Salary", "180,001", "salary-180001"),
    ("Salary", "120,000", "salary-120000"),
    ("Business size", "intra-corporate", "business-size-unless-transferred"),
    ("Business size", "1,000,000", "business-size-turnover-1000000"),
    ("Business size", "fewer than 5", "business-size-staff-5"),
    ("Brothel Keeper", "Brothel", "brothel-keeper"),
    ("International Trade Obligation", "Obligation", "international-trade-obligation"),
    ("Low skilled tasks", "clerical", "low-skilled-tasks-clerical"),
    ("Low skilled tasks", "livestock", "low-skilled-tasks-farm"),
    ("Low skilled tasks", "franchise", "low-skilled-tasks-standard-baking"),
    ("Low skilled tasks", "mass production", "low-skilled-tasks-factory"),
    ("Low skilled tasks", "restaurant", "low-skilled-tasks-limited-service"),
    ("Low skilled tasks", "retail setting or", "low-skilled-tasks-sales"),
    ("Low skilled tasks", "massage", "low-skilled-tasks-massage"),
    ("Low skilled tasks", "mobile phone", "low-skilled-tasks-phone-repair"),
)
FARMERS = "121"
ON_FARMS = "low-skilled-tasks-farm"
AS_PRINTED = "low-skilled-tasks-farm-as-printed"

type Rows = Iterator[tuple[str, ...]]


def migration_tables(folder: Path) -> dict[str, Rows]:
    """Give the rows of each table of migration, in the order of its columns."""
    return {
        "list_memberships": chain(
            _list_memberships(folder), _core_skills(folder), _earlier_lists(folder)
        ),
        "caveat_memberships": chain(_numbered_caveats(folder), _titled_caveats(folder)),
        "assessments": _assessments(folder),
    }


def _list_memberships(folder: Path) -> Rows:
    """
    Put each list on the edition that its visas read.

    Where the department's word "CSOL" and its visas disagree, the visas decide. Two rows carry
    their 2013 code in the column of 2022: without a visa that reads 2022 it is the 2013 code.
    One row (233912) gives the MLTSSL and the ROL the same visas: to the ROL go those it has alone.
    """
    for row in read(folder, "occupation_lists_2026"):
        visas = [visa for visa in row["visas"].split("|") if visa]
        modern = [visa for visa in visas if visa in READS_2022]
        earlier = sorted(visa for visa in visas if visa not in READS_2022)
        if modern:
            code = row["anzsco_2022"]
            yield "csol", "anzsco-2022", code, LISTED_IN, "|".join(sorted(modern)), ""
        code = row["anzsco_2013"] or row["anzsco_2022"]
        for acronym in row["lists"].split("|"):
            if acronym in LISTS:
                its_own = [visa for visa in earlier if acronym != "ROL" or visa in OF_THE_ROL]
                yield LISTS[acronym], "anzsco-2013", code, LISTED_IN, "|".join(its_own), ""


def _core_skills(folder: Path) -> Rows:
    """Give the CSOL as it began; its file holds codes alone."""
    visas = "|".join(sorted(READS_2022))
    for row in read(folder, "core_skills_list_2024_12"):
        yield "csol", "anzsco-2022", row["code"], CSOL_IN, visas, ""


def _earlier_lists(folder: Path) -> Rows:
    """Give the lists before the CSOL; the PMSOL set who came first, and gave no visa."""
    for row in read(folder, "skilled_lists_2024_10"):
        named = row["visa_subclasses"].split("|")
        visas = "|".join(sorted(VISAS.get(visa, visa) for visa in named))
        for acronym in row["lists"].split("|"):
            if acronym not in EARLIER_LISTS:
                raise FactUnknown(f"The list {acronym!r} of {row['code']} is not one we know.")
            yield (
                EARLIER_LISTS[acronym],
                "anzsco-2013",
                row["code"],
                LISTED_EARLIER_IN,
                "" if acronym == SETS_PRIORITY_ONLY else visas,
                row["assessing_authority"],
            )


def _numbered_caveats(folder: Path) -> Rows:
    for row in read(folder, "caveat_members_2022_03"):
        programs = row["programs"].replace(", ", "|")
        yield NUMBERED_CAVEATS, row["number"], "anzsco-2013", row["code"], programs


def _titled_caveats(folder: Path) -> Rows:
    for row in read(folder, "caveats_2026"):
        programs = "|".join(sorted(row["visas"].split("|")))
        yield TITLED_CAVEATS, _caveat_key(row), "anzsco-2022", row["anzsco_2022"], programs


def _caveat_key(row: Record) -> str:
    """Find our own wording of a caveat; two texts about farms stand beside work on no farm."""
    for title, mark, key in CAVEAT_MARKS:
        if title == row["title"] and mark in row["text"]:
            on_a_farm = row["anzsco_2022"].startswith(FARMERS)
            return AS_PRINTED if key == ON_FARMS and not on_a_farm else key
    raise FactUnknown(f"The caveat {row['title']!r} of {row['anzsco_2022']} has no wording yet.")


def _assessments(folder: Path) -> Rows:
    groups = {row["code"]: row["group"] for row in read(folder, "vetassess_groups")}
    for row in read(folder, "occupation_lists_2026"):
        for edition, code in _coded(row):
            for name in filter(None, row["assessing_authorities"].split("|")):
                authority = AUTHORITIES.get(name, name.lower())
                group = groups.get(code, "") if authority.startswith("vetassess") else ""
                yield edition, code, authority, group, GROUPED_IN if group else LISTED_IN


def _coded(row: Record) -> Iterable[tuple[str, str]]:
    mislabelled = not row["anzsco_2013"] and not set(READS_2022) & set(row["visas"].split("|"))
    if mislabelled:
        return [("anzsco-2013", row["anzsco_2022"])]
    codes = [("anzsco-2013", row["anzsco_2013"]), ("anzsco-2022", row["anzsco_2022"])]
    return [(edition, code) for edition, code in codes if code]
