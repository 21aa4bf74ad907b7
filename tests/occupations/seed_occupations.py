"""What the pages of occupations about a source document must show, heading by heading."""

import re

from tests.occupations import published_facts as published

GROUP_5411 = "/occupations/anzsco-2022/5411/"
GROUP_1492 = "/occupations/anzsco-2021/1492/"
MANAGER = "/occupations/anzsco-2013/149212/"
LEADER, OPERATOR = (
    "541111 Call or Contact Centre Team Leader",
    "541112 Call or Contact Centre Operator",
)
RIDER = "Training at work or experience may be asked for as well as the qualification."
OWN_SENTENCES = "The sentences are our own plain words, not the official definitions."


def own_lead(page):
    """Ask for a lead in our own words, written for the edition of the page, with its date."""
    yield "lead", len(page.under(tag="p", css="lead")), 1
    written = page.found(tag="p", css="source")[0]
    label = "Plain-English summary, not the official definition. "
    yield "label", written.text.startswith(label), True
    dated = re.match(
        r"(Written|Reviewed against the official text) on 2[12] November 2026\.",
        written.text.removeprefix(label),
    )
    yield "date", bool(dated), True
    yield (
        "official page",
        [link.startswith("https://www.abs.gov.au/") for link in written.links],
        [True],
    )


def definition(page, *headings):
    """List what a page says of an occupation in a card, without level, edition and source."""
    told = page.under(*headings, tag="p")
    return [text for text in told if not text.startswith(("Skill level", "Source", "Written for"))]


def levels(page, *headings):
    found = page.under(*headings, tag="p")
    return [text for text in found if not text.startswith(("Source", "The wording differs"))]


def group_5411(page):
    yield "title", page.names("h1"), ["Call or Contact Centre Workers"]
    yield from own_lead(page)
    yield (
        "level of the leader",
        levels(page, "Skill level", LEADER),
        [
            "Australia: skill level 3. It stands for: AQF Certificate III including at least 2"
            " years on-the-job training, or AQF Certificate IV.",
            "New Zealand: skill level 3. It stands for: NZQF Level 4 qualification.",
            "At least 3 years of relevant experience may stand in for that.",
            RIDER,
        ],
    )
    yield (
        "level of the operator",
        levels(page, "Skill level", OPERATOR),
        [
            "Australia: skill level 4. It stands for: AQF Certificate II or III.",
            "New Zealand: skill level 4. It stands for: NZQF Level 2 or 3 qualification.",
            "At least 1 year of relevant experience may stand in for that.",
            RIDER,
        ],
    )
    yield "tasks", len(page.under("Tasks")), 11
    inside = "Occupations in this group"
    yield "occupations", page.names("h3")[2:], [LEADER, OPERATOR]
    for occupation, level in ((LEADER, 3), (OPERATOR, 4)):
        texts = page.under(inside, occupation, tag="p")
        yield f"definition of {occupation}", len(definition(page, inside, occupation)), 1
        wanted = f"Skill level {level} in Australia; Skill level {level} in New Zealand"
        yield f"level of {occupation}", wanted in texts, True
    yield (
        "alternative titles",
        page.under(inside, LEADER, "Alternative titles"),
        ["Call Centre Supervisor", "Contact Centre Supervisor"],
    )
    yield (
        "specialisations",
        page.under(inside, LEADER, "Specialisations"),
        ["Call or Contact Centre Coach", "Call or Contact Centre Workforce Planner"],
    )
    yield "no empty headings", page.names("h4"), ["Alternative titles", "Specialisations"]
    beside = "Unit groups in 541 Call or Contact Centre Information Clerks"
    yield "unit groups", "5411 Call or Contact Centre Workers" in page.under(beside), True
    yield "quick contact", "/contact/" in page.links, True


def group_1492(page):
    yield "title", page.names("h1"), ["Call or Contact Centre and Customer Service Managers"]
    kicker = "Unit group · Australian and New Zealand Standard Classification of Occupations"
    yield "classification", kicker in page.under(tag="p", css="kicker"), True
    banner = [item for item in page.items if item.text.startswith("This is not the latest release")]
    yield "banner", [item.links for item in banner], [("/occupations/anzsco-2022/1492/",)]
    releases = {f"/occupations/anzsco-{year}/1492/" for year in (2013, 2019, 2022)}
    yield "release selector", releases <= set(page.links), True
    yield from own_lead(page)
    yield (
        "level",
        levels(page, "Skill level")[1:],
        [
            "Australia: skill level 2. It stands for: AQF Associate Degree, Advanced Diploma or"
            " Diploma.",
            "New Zealand: skill level 2. It stands for: NZQF Diploma.",
            "At least 3 years of relevant experience may stand in for that.",
            RIDER,
        ],
    )
    yield "tasks", len(page.under("Tasks")), 6
    yield (
        "note",
        page.under("Tasks", tag="p", css="note"),
        ["The work may be done in a call centre."],
    )
    inside = "Occupations in this group"
    for occupation in ("149211 Call or Contact Centre Manager", "149212 Customer Service Manager"):
        texts = page.under(inside, occupation, tag="p")
        sources = page.under(tag="p", css="source")
        yield (
            f"{occupation} has definition and level",
            [
                len(definition(page, inside, occupation)) >= 1,
                "Skill level 2 in Australia; Skill level 2 in New Zealand" in texts,
                any(text.startswith(OWN_SENTENCES) and "Written for" in text for text in sources),
            ],
            [True, True, False],
        )
    yield (
        "alternative titles",
        page.under(inside, "149212 Customer Service Manager", "Alternative titles"),
        ["Client Service Manager", "Service Manager"],
    )
    yield "no empty headings", page.names("h4"), ["Alternative titles"]
    yield "back to top", page.links.count("#main"), 2  # with the skip link


def manager_149212(page):
    yield "title", page.names("h1"), ["Customer Service Manager"]
    yield from own_lead(page)
    glance = "At a glance"
    yield (
        "skill level, worded as in 2013",
        page.under(glance, "Skill level", tag="p"),
        [
            "Australia: skill level 2. It stands for: AQF Associate Degree, Advanced Diploma or"
            " Diploma.",
            "New Zealand: skill level 2. It stands for: NZ Register Diploma.",
            "The wording differs in ANZSCO 2019, ANZSCO 2021 and ANZSCO 2022: NZQF Diploma.",
            "At least 3 years of relevant experience may stand in for that.",
            RIDER,
        ],
    )
    yield (
        "alternative titles",
        page.under(glance, "Alternative titles"),
        ["Client Service Manager", "Service Manager"],
    )
    yield (
        "the assessor's own title",
        page.under(glance, "Title of the assessor", tag="p"),
        [
            "Customer Experience Manager",
            "VETASSESS uses it for 149212 in ANZSCO 2013. It is no title of ANZSCO.",
        ],
    )
    yield (
        "group",
        page.under(glance, "Unit group", tag="dd"),
        ["1492 Call or Contact Centre and Customer Service Managers"],
    )
    yield (
        "lists",
        [text.partition(",")[0] for text in page.under("Occupation lists")],
        [
            "STSOL",
            "In October 2024 it was on the ROL",
            "In October 2024 it was on the STSOL",
        ],
    )
    for program, visas in (
        ("State or territory nomination", "190, 489S and 491S"),
        ("Employer nomination or sponsorship", "407 and 494"),
        ("Regional", "489S, 491S and 494"),
    ):
        yield program, page.under("Occupation lists", program, tag="dd"), [f"Named for {visas}"]
    yield (
        "visas",
        len(page.under("Visas and the edition each one reads")),
        10,
    )
    caveats = ["Caveat 2", "Caveat 11", "Caveat 19"]
    yield "caveats", [t for t in page.names("dt") if t.startswith("Caveat")], caveats
    wordings = [page.under("Caveats", caveat, tag="dd")[0] for caveat in caveats]
    amounts = ["A$65,000" in wordings[0], "retail" in wordings[1], "A$1,000,000" in wordings[2]]
    yield "what the caveats were", amounts, [True, True, True]
    instrument = "Numbered caveats in force in March 2022"
    ended = page.under("Caveats", instrument, tag="p")[0]
    yield "the instrument's end", ended.startswith("Ended on 7 December 2024."), True
    assessment = "Skills assessment"
    who = page.found(assessment, tag="p")[0]
    yield "authority", ["VETASSESS" in who.text, "group is C" in who.text], [True, True]
    yield "published pathways", len(page.under(assessment, "Published pathways")), 4
    for section, count in {
        "Requirements": 3,
        "Highly relevant fields of study": 3,
        "Subjects of a field of study": 7,
        "Highly relevant tasks": 5,
        "The role": 4,
        "What has to be shown": 2,
        "What is not accepted": 3,
    }.items():
        yield section, len(page.under(assessment, section)), count
    yield "subjects", page.under("Subjects of a field of study"), published.SUBJECTS
    titles = page.found("Titles not considered under this code")
    yield (
        "titles not considered",
        [
            next(
                f"{title} {code}"
                for title, code in published.NOT_CONSIDERED
                if item.text.startswith(title)
            )
            for item in titles
        ],
        [f"{title} {code}" for title, code in published.NOT_CONSIDERED],
    )
    for item, (_, code) in zip(titles, published.NOT_CONSIDERED, strict=False):
        target = f"/occupations/anzsco-2013/{code}/" if code else "/search/?q="
        yield f"link of {item.text[:30]}", item.links[0].startswith(target), True
    yield (
        "links",
        page.under("Elsewhere"),
        ["VETASSESS: common questions", "Your Career", "My Future"],
    )
