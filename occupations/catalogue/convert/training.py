"""Turn published packaging and units of competency into the catalogue's tables of training."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

# Qualifications whose rows are written by hand, from documents; all that they name is kept.
BY_HAND = frozenset({"BSB30207", "BSB40307", "BSB40311", "BSB50307"})
REGISTER = "https://training.gov.au/training/details/"
PACKAGES = {
    "AHC": "Agriculture, Horticulture and Conservation and Land Management",
    "AUM": "Automotive Manufacturing",
    "AUR": "Automotive Retail, Service and Repair",
    "AVI": "Aviation",
    "BSB": "Business Services",
    "CHC": "Community Services",
    "CPC": "Construction, Plumbing and Services",
    "CPC08": "Construction, Plumbing and Services",
    "CPP": "Property Services",
    "DEF": "Defence",
    "FBP": "Food, Beverage and Pharmaceutical",
    "FWP": "Forest and Wood Products",
    "HLT": "Health",
    "ICT": "Information and Communications Technology",
    "LGA04": "Local Government",
    "MEM": "Manufacturing and Engineering",
    "MEM05": "Metal and Engineering",
    "MSA07": "Manufacturing",
    "MSF": "Furnishing",
    "MSL": "Laboratory Operations",
    "MSM": "Manufacturing",
    "MSS": "Sustainability",
    "PMA": "Chemical, Hydrocarbons and Refining",
    "PMB": "Plastics, Rubber and Cablemaking",
    "PUA": "Public Safety",
    "RII": "Resources and Infrastructure Industry",
    "SIR": "Retail Services",
    "SIT": "Tourism, Travel and Hospitality",
    "TAE": "Training and Education",
    "TLI": "Transport and Logistics",
    "UEE": "Electrotechnology",
    "UEG": "Gas Industry",
    "UEP": "Electricity Supply Industry - Generation Sector",
    "UET": "Transmission, Distribution and Rail Sector",
    "UET12": "Transmission, Distribution and Rail Sector",
}
# Headings that the source ran together or garbled, as its own page has them.
GROUPS = {
    "Group rawarenessElectiveUnits - Driver awareness elective units": (
        "Driver awareness elective units"
    ),
    "Group A - Chemical and Fuel TankerGroup B: LP Gas TankerGroup C: "
    "Heavy Vehicle RecoveryGroup D: Bitumen Tanker": "Group A - Chemical and Fuel Tanker",
}
HEADERS = {
    "training_packages": "code,title",
    "qualifications": (
        "code,title,training_package,aqf_type,aqf_level,is_title_cut,usage_recommendation,is_held"
    ),
    "qualification_releases": "qualification,release,released_on,stated_unit_count,url",
    "packaging_rules": "qualification,release,kind,seq,number,text",
    "packaged_units": (
        "qualification,release,unit,kind,category,seq,table_seq,table_title,essential"
    ),
    "units": (
        "code,title,usage_recommendation,usage_from_on,release,released_on,training_package,"
        "field_of_education,is_held"
    ),
    "unit_mappings": "from_unit,to_unit,is_equivalent",
    "unit_prerequisites": "qualification,release,unit,prerequisite",
}
# A list of units names a unit's prerequisites behind this sign, inside the unit's title.
_PREREQUISITE_IN_TITLE = re.compile(r"\N{RIGHT ANGLE}\s*([A-Z]{3}[A-Z0-9]*\d)")
_YES_NO = {"": "", "true": "yes", "false": "no"}

type Record = dict[str, str]


@dataclass
class _Training:
    """The records of each table by name; what stands first under a key stays."""

    tables: dict[str, list[Record]] = field(default_factory=dict)

    def add(self, name: str, *cells: str) -> None:
        record = dict(zip(HEADERS[name].split(","), cells, strict=True))
        self.tables.setdefault(name, []).append(record)


def training_tables(published: Path, *, kept: Path) -> dict[str, list[tuple[str, ...]]]:
    """
    Make the rows of each table of training, in the order of the file.

    ``kept`` is the folder of the catalogue's own tables: rows written by hand come from there.
    """
    releases = {row["code"]: row["release"] for row in _read(published, "qualifications")}
    training = _Training()
    _keep_by_hand(kept, training)
    _add_qualifications(_read(published, "qualifications"), training)
    _add_packaged_units(_read(published, "qualification_units"), releases, training)
    _add_prerequisites(published, releases, training)
    _add_units(_read(published, "units"), training)
    _add_training_packages(training)
    return {name: _ordered(training.tables.get(name, ())) for name in HEADERS}


def _read(folder: Path, name: str) -> Iterator[Mapping[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _ordered(records: Iterable[Record]) -> list[tuple[str, ...]]:
    def place(record: Record) -> tuple[object, ...]:
        start = [record[name] for name in ("qualification",) if name in record]
        return (*start, int(record.get("seq", 0)), *record.values())

    return [tuple(record.values()) for record in sorted(records, key=place)]


def _keep_by_hand(kept: Path, training: _Training) -> None:
    names = ("qualifications", "qualification_releases", "packaging_rules", "packaged_units")
    for name in names:
        if (kept / f"{name}.csv").exists():
            for row in _read(kept, name):
                if row.get("qualification", row.get("code")) in BY_HAND:
                    training.add(name, *row.values())
    units = {row["unit"] for row in training.tables.get("packaged_units", ())}
    if units:
        for row in _read(kept, "units"):
            if row["code"] in units:
                training.add("units", *row.values())


def _add_qualifications(rows: Iterable[Mapping[str, str]], training: _Training) -> None:
    for row in rows:
        code, release = row["code"], row["release"]
        training.add(
            "qualifications",
            code,
            row["title"],
            row["training_package"],
            row["aqf_type"],
            row["aqf_level"],
            "yes" if row["title_truncated"] else "no",
            "",
            "yes",
        )
        training.add("qualification_releases", code, release, "", "", REGISTER + code)
        for seq, (kind, number, text) in enumerate(_rules(row), start=1):
            training.add("packaging_rules", code, release, kind, str(seq), str(number), text)


def _rules(row: Mapping[str, str]) -> Iterator[tuple[str, int, str]]:
    """Word the counts of a release; the electives fill what the core units leave of the total."""
    total, core = row["total_units"], int(row["core_units"])
    electives = int(row["elective_units"] or int(total or core) - core)
    if total:
        yield "total", int(total), f"{total} units in all."
    if not electives:
        yield "core", core, f"All {core} are core units."
        return
    yield "core", core, f"{core} of them are core units." if total else f"{core} core units."
    if not total:
        yield "elective", electives, f"{electives} electives."
    elif row["elective_units"]:
        yield "elective", electives, f"{electives} of them are electives."
    else:
        yield "elective", electives, f"The other {electives} are electives."


def _add_packaged_units(
    rows: Iterable[Mapping[str, str]], releases: Mapping[str, str], training: _Training
) -> None:
    seqs: dict[str, int] = {}
    for row in rows:
        code = row["qualification"]
        seqs[code] = seqs.get(code, 0) + 1
        training.add(
            "packaged_units",
            code,
            releases[code],
            row["unit"],
            row["kind"],
            GROUPS.get(row["group"], row["group"]),
            str(seqs[code]),
            "",
            "",
            "",
        )


def _add_prerequisites(published: Path, releases: Mapping[str, str], training: _Training) -> None:
    pairs = {
        (row["qualification"], row["unit"], row["prerequisite"])
        for row in _read(published, "unit_prerequisites")
    }
    for row in _read(published, "qualification_units"):
        for prerequisite in _PREREQUISITE_IN_TITLE.findall(row["title"]):
            pairs.add((row["qualification"], row["unit"], prerequisite))
    for code, unit, prerequisite in pairs:
        training.add("unit_prerequisites", code, releases[code], unit, prerequisite)


def _add_units(rows: Iterable[Mapping[str, str]], training: _Training) -> None:
    """Add units with their mappings, and by their codes alone the units that they name."""
    mappings: dict[tuple[str, str], str] = {}
    held = set()
    for row in rows:
        held.add(row["code"])
        training.add(
            "units",
            row["code"],
            row["title"],
            row["usage_recommendation"],
            row["usage_from"],
            row["release"],
            row["released_on"],
            row["training_package"],
            row["asced"],
            "yes",
        )
        for code, is_equivalent in _listed(row, "superseded_by"):
            mappings[row["code"], code] = is_equivalent
        for code, is_equivalent in _listed(row, "supersedes"):
            mappings[code, row["code"]] = is_equivalent
    named = {code for pair in mappings for code in pair}
    named |= {row["prerequisite"] for row in training.tables.get("unit_prerequisites", ())}
    for code in named - held:
        training.add("units", code, *[""] * 7, "no")
    for (before, after), is_equivalent in mappings.items():
        training.add("unit_mappings", before, after, is_equivalent)


def _listed(row: Mapping[str, str], name: str) -> Iterator[tuple[str, str]]:
    """Match the codes of a list with the list that says, in their order, which are equivalent."""
    if row[name]:
        codes, equivalents = row[name].split(";"), row[f"{name}_equivalent"].split(";")
        for code, is_equivalent in zip(codes, equivalents, strict=True):
            yield code, _YES_NO[is_equivalent.lower()]


def _add_training_packages(training: _Training) -> None:
    named = {
        row["training_package"]
        for name in ("qualifications", "units")
        for row in training.tables.get(name, ())
        if row["training_package"]
    }
    for code in named:
        training.add("training_packages", code, PACKAGES.get(code, code))
