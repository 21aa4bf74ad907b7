"""What the five source documents state: how many items under which heading, and which facts."""

from collections import Counter

from tests.occupations import published_facts as published

A13, A21, A22 = "anzsco-2013", "anzsco-2021", "anzsco-2022"

# For each table: the columns that name an item's heading, and how many items stand under each.
COUNTS: dict[str, tuple[tuple[str, ...], dict[tuple[str, ...], int]]] = {
    "group_summaries": (
        ("edition", "code"),
        {(A21, "1492"): 1, (A22, "1492"): 1, (A22, "5411"): 1},
    ),
    "occupation_summaries": (
        ("edition", "code"),
        {
            (A13, "149212"): 1,
            (A21, "149211"): 1,
            (A21, "149212"): 1,
            (A22, "149211"): 1,
            (A22, "149212"): 1,
            (A22, "541111"): 1,
            (A22, "541112"): 1,
        },
    ),
    "tasks": (
        ("edition", "group", "is_note"),
        {
            (A22, "5411", "no"): 11,
            (A21, "1492", "no"): 6,
            (A21, "1492", "yes"): 1,
            (A22, "1492", "no"): 6,
            (A22, "1492", "yes"): 1,
        },
    ),
    "training_packages": (("code",), {("BSB",): 1}),
    "qualifications": (
        ("code", "is_held", "usage_recommendation"),
        {
            ("BSB40307", "yes", "Superseded"): 1,
            ("BSB30207", "no", ""): 1,
            ("BSB40311", "no", ""): 1,
            ("BSB50307", "no", ""): 1,
        },
    ),
    "qualification_releases": (
        ("qualification", "release", "released_on", "stated_unit_count"),
        {("BSB40307", "1", "2009-03-10", "30"): 1},
    ),
    "qualification_mappings": (
        ("from_qualification", "to_qualification", "is_equivalent", "mapped_on"),
        {("BSB40307", "BSB40311", "yes", "2011-11-27"): 1},
    ),
    "release_statements": (
        ("qualification", "section", "heading"),
        {
            ("BSB40307", "description", ""): 3,
            ("BSB40307", "job_role", ""): 5,
            ("BSB40307", "modification_history", ""): 1,
            ("BSB40307", "pathway_entry", ""): 1,
            ("BSB40307", "pathway_in", ""): 3,
            ("BSB40307", "pathway_in_role", ""): 4,
            ("BSB40307", "pathway_out", ""): 1,
            ("BSB40307", "licensing", ""): 2,
            ("BSB40307", "entry_requirements", ""): 1,
            ("BSB40307", "employability_note", ""): 2,
            ("BSB40307", "notice", ""): 2,
            ("BSB40307", "quirk", ""): 6,
            **{
                ("BSB40307", "employability_skill", facet): points
                for facet, points in published.FACETS.items()
            },
        },
    ),
    "qualification_classifications": (
        ("qualification", "scheme"),
        {
            ("BSB40307", "anzsco"): 1,
            ("BSB40307", "asco"): 1,
            ("BSB40307", "asced_field"): 1,
            ("BSB40307", "level_of_education"): 1,
            ("BSB40307", "industry_sector"): 6,
            ("BSB40307", "occupation"): 10,
        },
    ),
    "units": (("code",), {(code,): 1 for code in published.TITLES}),
    "packaging_rules": (
        ("qualification", "kind", "number"),
        {
            ("BSB40307", "total", "13"): 1,
            ("BSB40307", "core", "7"): 1,
            ("BSB40307", "elective", "6"): 1,
            ("BSB40307", "elective_source", ""): 1,
            ("BSB40307", "other_level_most", "2"): 1,
            ("BSB40307", "elective_source", "4"): 1,
            ("BSB40307", "relevance", ""): 2,
        },
    ),
    "packaged_units": (
        ("qualification", "kind"),
        {("BSB40307", "core"): 7, ("BSB40307", "elective"): 21, ("BSB40307", "example"): 3},
    ),
    "example_selections": (("qualification",), {("BSB40307",): 3}),
    "example_units": (
        ("qualification", "selection_seq"),
        {("BSB40307", "1"): 4, ("BSB40307", "2"): 3, ("BSB40307", "3"): 1},
    ),
    "instruments": (("slug", "in_force_to_on"), {("caveats-2022-03", "2024-12-07"): 1}),
    "caveats": (
        ("instrument", "key", "number"),
        {("caveats-2022-03", number, number): 1 for number in ("2", "11", "19")},
    ),
    "caveat_memberships": (
        ("instrument", "caveat_key", "edition", "occupation", "programs"),
        {("caveats-2022-03", key, A13, "149212", "TSS|ENS"): 1 for key in ("2", "11", "19")},
    ),
    "assessment_criteria": (
        (
            "authority",
            "group",
            "is_highly_relevant_field",
            "additional_qualification",
            "years",
            "employment",
        ),
        {
            ("vetassess", "C", "yes", "", "1", "after"): 1,
            ("vetassess", "C", "no", "", "2", "after"): 1,
            (
                "vetassess",
                "C",
                "no",
                "AQF Certificate IV in a highly relevant field",
                "1",
                "after",
            ): 1,
            ("vetassess", "C", "", "", "4", "before"): 1,
        },
    ),
    "assessment_notes": (
        ("edition", "occupation", "section", "heading"),
        {
            (A13, "149212", "requirement", ""): 3,
            (A13, "149212", "major", ""): 2,
            (A13, "149212", "major", "Business Management"): 1,
            (A13, "149212", "subject", "Business Management"): 7,
            (A13, "149212", "task", ""): 5,
            (A13, "149212", "role", ""): 4,
            (A13, "149212", "demonstration", ""): 2,
            (A13, "149212", "exclusion", ""): 3,
        },
    ),
    "not_considered_titles": (("edition", "occupation"), {(A13, "149212"): 9}),
    "occupation_links": (("edition", "occupation"), {(A13, "149212"): 3}),
}


def heading_of(table, row):
    return tuple(row[column] for column in COUNTS[table][0])


def column(rows, name, **where):
    """List one column of the rows that hold the given values, in order."""
    return [row[name] for row in rows if where.items() <= row.items()]


def by_category(rows, kind):
    chosen = [row for row in rows if row["kind"] == kind]
    return {
        category: column(chosen, "unit", category=category)
        for category in dict.fromkeys(row["category"] for row in chosen)
    }


def facts(tables):
    """Give what the tables state beside what the documents publish, by the name of the fact."""
    statements = [r for r in tables["release_statements"] if r["qualification"] == "BSB40307"]
    packaged = [row for row in tables["packaged_units"] if row["qualification"] == "BSB40307"]
    tabled = sorted((r for r in packaged if r["table_seq"]), key=lambda r: int(r["table_seq"]))
    classified = tables["qualification_classifications"]
    notes = tables["assessment_notes"]
    titles = {r["code"]: r["title"] for r in tables["units"] if r["code"] in published.TITLES}
    superseded = set(column(tables["units"], "code", usage_recommendation="Superseded"))
    return {
        "job roles": (column(statements, "text", section="job_role"), published.JOB_ROLES),
        "roles that count as experience": (
            column(statements, "text", section="pathway_in_role"),
            published.EXPERIENCE_ROLES,
        ),
        "employability facets in order": (
            list(dict.fromkeys(column(statements, "heading", section="employability_skill"))),
            list(published.FACETS),
        ),
        "the way in names": (
            column(statements, "names_qualification", section="pathway_in"),
            ["BSB30207", "", ""],
        ),
        "the way out names": (
            column(statements, "names_qualification", section="pathway_out"),
            ["BSB50307"],
        ),
        "core units": (by_category(packaged, "core"), published.CORE),
        "listed electives": (by_category(packaged, "elective"), published.ELECTIVES),
        "units only in examples": (by_category(packaged, "example"), {"": published.EXAMPLES_ONLY}),
        "unit titles": (titles, published.TITLES),
        "rows of the unit table": ([row["unit"] for row in tabled], published.UNIT_TABLE),
        "essential in the unit table": ({row["essential"] for row in tabled}, {"N/A"}),
        "titles that differ in the unit table": (
            {row["unit"]: row["table_title"] for row in packaged if row["table_title"]},
            {"BSBINM401A": "IMPLEMENT WORKPLACE INFORMATION SYSTEM"},
        ),
        "superseded units": (superseded & titles.keys(), set(published.UNIT_TABLE)),
        "example selections": (
            {
                selection["name"]: column(
                    tables["example_units"], "unit", selection_seq=selection["seq"]
                )
                for selection in tables["example_selections"]
            },
            published.EXAMPLES,
        ),
        "classification history": (
            [
                (r["scheme"], r["code"], r["value"], r["starts_on"], r["ends_on"])
                for r in classified
                if r["starts_on"]
            ],
            published.CLASSIFICATION_HISTORY,
        ),
        "industry sectors": (
            column(classified, "value", scheme="industry_sector"),
            published.INDUSTRY_SECTORS,
        ),
        "occupations": (column(classified, "value", scheme="occupation"), published.OCCUPATIONS),
        "subjects": (column(notes, "text", section="subject"), published.SUBJECTS),
        "majors": (
            column(notes, "text", section="major", heading=""),
            ["Business Management", "Customer Service Management"],
        ),
        "titles not considered": (
            [(row["title"], row["right_code"]) for row in tables["not_considered_titles"]],
            published.NOT_CONSIDERED,
        ),
    }


def missing(tables):
    """Name every heading with a wrong count, a broken order or a repeat, and every false fact."""
    for table, (_, expected) in COUNTS.items():
        rows = tables[table]
        counted = Counter(heading_of(table, row) for row in rows)
        for heading, count in expected.items():
            if counted[heading] != count:
                yield f"{table} {heading}: {counted[heading]} instead of {count}"
        if len(rows) != len({tuple(row.values()) for row in rows}):
            yield f"{table}: a row stands twice"
    for name, (found, stated) in facts(tables).items():
        if found != stated:
            yield f"{name}: {found} instead of {stated}"
