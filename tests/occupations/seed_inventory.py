"""What the catalogue's tables state, held against what the five source documents state."""

from collections import Counter

from tests.occupations import published_facts as published
from tests.occupations.seed_counts import COUNTS


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
    for table in COUNTS:
        yield from miscounted(table, tables[table])
    yield from untrue(tables)


def miscounted(table, rows):
    """Name every heading of a table with a wrong count, and say if a row stands twice."""
    _, expected = COUNTS[table]
    counted = Counter(heading_of(table, row) for row in rows)
    for heading, count in expected.items():
        if counted[heading] != count:
            yield f"{table} {heading}: {counted[heading]} instead of {count}"
    if len(rows) != len({tuple(row.values()) for row in rows}):
        yield f"{table}: a row stands twice"


def untrue(tables):
    """Name every fact that the tables state and the documents do not."""
    for name, (found, stated) in facts(tables).items():
        if found != stated:
            yield f"{name}: {found} instead of {stated}"
