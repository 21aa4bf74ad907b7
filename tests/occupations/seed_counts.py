"""How many items the five source documents state, table by table and heading by heading."""

from tests.occupations import published_facts as published

A13, A19, A21, A22 = ANZSCO = ("anzsco-2013", "anzsco-2019", "anzsco-2021", "anzsco-2022")
TODAY, EARLIER = "home-affairs-list-2026-09-14", "skilled-lists-2024-10"

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

# The same for the tables that hold every occupation; here only what the documents are about.
COUNTS |= {
    "groups": (
        ("edition", "code", "level", "title", "skill_level", "skill_level_nz"),
        {
            (edition, code, "unit", title, level, level): 1
            for code, title, stated in (
                ("1492", "Call or Contact Centre and Customer Service Managers", "2"),
                ("5411", "Call or Contact Centre Workers", "3/4"),
            )
            for edition, level in ((A13, stated), (A19, ""), (A21, ""), (A22, stated))
        },
    ),
    "occupations": (
        ("edition", "code", "title", "unit_group", "skill_level", "skill_level_nz"),
        {
            (edition, code, title, code[:4], level, level): 1
            for edition in ANZSCO
            for code, title, level in (
                ("149211", "Call or Contact Centre Manager", "2"),
                ("149212", "Customer Service Manager", "2"),
                ("541111", "Call or Contact Centre Team Leader", "3"),
                ("541112", "Call or Contact Centre Operator", "4"),
            )
        },
    ),
    "other_titles": (
        ("edition", "occupation", "kind", "title"),
        {
            (A22, "541111", "alternative", "Call Centre Supervisor"): 1,
            (A22, "541111", "alternative", "Contact Centre Supervisor"): 1,
            (A22, "541111", "specialisation", "Call or Contact Centre Coach"): 1,
            (A22, "541111", "specialisation", "Call or Contact Centre Workforce Planner"): 1,
            (A13, "149212", "assessor", "Customer Experience Manager"): 1,
            **{
                (edition, "149212", "alternative", title): 1
                for edition in (A13, A21, A22)
                for title in ("Client Service Manager", "Service Manager")
            },
        },
    ),
    "skill_levels": (
        ("edition", "level", "new_zealand", "substitute_years"),
        {
            (A13, "2", "NZ Register Diploma", "3"): 1,
            (A21, "2", "NZQF Diploma", "3"): 1,
            (A22, "2", "NZQF Diploma", "3"): 1,
            (A22, "3", "NZQF Level 4 qualification", "3"): 1,
            (A22, "4", "NZQF Level 2 or 3 qualification", "1"): 1,
        },
    ),
    "assessments": (
        ("edition", "occupation", "authority", "group"),
        {
            (A13, "149211", "vetassess", "C"): 1,
            (A13, "149212", "vetassess", "C"): 1,
            (A13, "541111", "vetassess", "D"): 1,
        },
    ),
    "list_memberships": (
        ("list", "edition", "occupation", "source", "visas"),
        {
            ("rol", A13, "149211", TODAY, "494"): 1,
            ("rol", A13, "541111", TODAY, "494"): 1,
            ("stsol", A13, "149212", TODAY, "190|407|489S|491S|494"): 1,
            ("rol", A13, "149211", EARLIER, "187|494"): 1,
            ("rol", A13, "541111", EARLIER, "187|494"): 1,
            ("rol", A13, "149212", EARLIER, "187|190|407|482|491S|494"): 1,
            ("stsol", A13, "149212", EARLIER, "187|190|407|482|491S|494"): 1,
        },
    ),
}
