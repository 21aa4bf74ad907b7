"""What the pages of qualifications about a source document must show, heading by heading."""

from tests.occupations import published_facts as published

QUALIFICATION = "/qualifications/BSB40307/?per=100"
NAMED = ["BSB30207", "BSB40311", "BSB50307"]


def with_titles(codes):
    return [f"{code} {published.TITLES[code]}" for code in codes]


def qualification(page):
    yield "title", page.names("h1"), ["Certificate IV in Customer Contact"]
    yield (
        "usage recommendation",
        page.under("Summary", "Usage recommendation", tag="dd"),
        ["Superseded"],
    )
    mapping = page.found("Summary", "Mapping", tag="p")
    yield (
        "mapping",
        [item.text for item in mapping[:1]],
        [
            "Superseded by and equivalent to BSB40311 Certificate IV in Customer Contact,"
            " 27 November 2011."
        ],
    )
    yield "mapping has a note", len(mapping), 2
    yield "releases", page.under("Releases", tag="td"), ["1 (this release)", "10 March 2009"]
    yield from units_of(page)
    yield from classifications_of(page)
    yield from statements_of(page)
    yield from packaging_of(page)


def units_of(page):
    table = "Units that this release names"
    yield "unit codes", page.under(table, tag="th")[4:], sorted(published.TITLES)
    yield (
        "columns that sort",
        [
            item.text
            for item in page.found(table, tag="th")
            if any("sort=" in link for link in item.links)
        ],
        ["Code", "Title", "Usage recommendation", "Essential"],
    )
    cells = page.under(table, tag="td")
    rows = [cells[place : place + 3] for place in range(0, len(cells), 3)]
    numbered = [row for row in rows if " Row " in row[0]]
    yield "rows of the register's table", len(numbered), 10
    yield "essential", [row[2] for row in rows].count("N/A"), 10
    yield "superseded units", [row[1] for row in rows].count("Superseded"), 10
    capitals = [row[0] for row in rows if row[0].startswith("IMPLEMENT")]
    yield "capitals in the table only", len(capitals), 1
    sizes = [link for link in page.links if "per=" in link and "page=1#" in link]
    yield (
        "sizes",
        {part for link in sizes for part in link.split("&") if part.startswith("per=")}
        >= {
            "per=10",
            "per=20",
            "per=50",
        },
        True,
    )


def classifications_of(page):
    for scheme, values in {
        "ANZSCO identifier": ["541111 Call Or Contact Centre Team Leader"],
        "ASCO occupation type identifier": ["6191-11 Inquiry Clerk"],
        "ASCED field of education": ["0805 Sales And Marketing"],
        "Level of education": ["511 Certificate IV"],
    }.items():
        yield scheme, page.under("Classifications", scheme, tag="dd"), values
    yield "sectors", page.under("Classifications", "Industry sector"), published.INDUSTRY_SECTORS
    yield "occupations", page.under("Classifications", "Occupation"), published.OCCUPATIONS
    named = [link for link in page.links if link.endswith("/541111/")]
    yield "links to the occupation", len(named), 4
    cells = page.under("Classification history", tag="td")
    yield (
        "history",
        [cells[place] for place in range(2, len(cells), 4)],
        ["3 September 2008 (before this release)"] * 3 + ["10 March 2009"],
    )
    yield "no end dates", [cells[place] for place in range(3, len(cells), 4)], ["No end date"] * 4


def statements_of(page):
    yield "description", len(page.under("Description", tag="p")), 3
    yield "job roles", page.under("Job roles"), published.JOB_ROLES
    yield "modification history", len(page.under("Modification history", tag="p")), 1
    pathways = "Pathways"
    yield (
        "entry in the pathways",
        len(page.under(pathways, "Entry requirements in the pathways", tag="p")),
        1,
    )
    ways_in = page.found(pathways, "Pathways into the qualification")
    yield (
        "ways in",
        [len(ways_in), ways_in and ways_in[0].links],
        [3, ("/qualifications/BSB30207/",)],
    )
    yield (
        "roles",
        page.under(pathways, "Roles that count as experience"),
        published.EXPERIENCE_ROLES,
    )
    ways_out = page.found(pathways, "Pathways from the qualification")
    yield "ways out", [item.links for item in ways_out], [("/qualifications/BSB50307/",)]
    yield "entry requirements", len(page.under("Entry requirements", tag="p")), 1
    yield "licensing", len(page.under("Licensing and regulation", tag="p")), 2
    skills = "Employability skills"
    found = {facet: len(page.under(skills, facet)) for facet in published.FACETS}
    yield "facets", found, published.FACETS
    yield "notes on skills", len(page.under(skills, tag="p", css="note")), 2
    notice = page.found("Notice about content by others", tag="p")
    original = ("https://training.gov.au/training/details/BSB40307",)
    yield "notice", len([item for item in notice if not item.links]), 2
    yield "the original", original in [item.links for item in notice], True
    yield "quirks", len(page.under("What does not add up in the source")), 6


def packaging_of(page):
    rules = page.under("Packaging rules")
    yield "rules", len(rules), 8
    yield (
        "numbers",
        [rules[0].split()[0], rules[1].split()[0], rules[2].split()[0]],
        [
            "Thirteen",
            "Seven",
            "Six",
        ],
    )
    for heading, categories in (
        ("Core units (7)", published.CORE),
        ("Listed elective units (21)", published.ELECTIVES),
    ):
        found = {
            category: [item.split(" Add ")[0] for item in page.under(heading, category)]
            for category in categories
        }
        yield heading, found, {name: with_titles(codes) for name, codes in categories.items()}
    examples = "Example selections of electives"
    for name, codes in published.EXAMPLES.items():
        chosen = [item.split(" Stands only")[0] for item in page.under(examples, name)]
        yield f"example {name}", chosen, with_titles(codes)
        left = 6 - len(codes)
        yield (
            f"left by {name}",
            f"{left} electives still to choose." in page.under(examples, name, tag="p"),
            True,
        )


def named_only(page):
    notice = [text for text in page.under(tag="p") if text.startswith("Our copy ends here.")]
    yield "notice", len(notice), 1
    yield "who names it", len(page.under("Who names it")) >= 1, True
    yield "named by BSB40307", "/qualifications/BSB40307/" in page.links, True
