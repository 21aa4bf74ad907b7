"""The page of an occupation: its visas, levels, titles, assessment and other editions."""

import gzip
import re
from datetime import date

import pytest

from occupations.facts.visas import OFFICIAL_LISTS
from occupations.models import (
    Caveat,
    CaveatWording,
    Correspondence,
    ExpressionCount,
    Notice,
    Occupation,
    OfficialText,
    StateNomination,
    Visa,
)
from tests.occupations.page_reader import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_on")]

VISAS = "Visas and the edition each one reads"


def test_an_occupation_s_edition_stands_one_tap_from_2013_and_2022(client):
    page = read(client, "/occupations/anzsco-2019/541111/")

    for year in (2013, 2021, 2022):
        assert f"/occupations/anzsco-{year}/541111/" in page.links
    assert "This is not the latest release." in client.get("/occupations/anzsco-2019/541111/").text


def test_each_visa_has_a_line_below_the_edition_that_it_reads(client):
    page = read(client, "/occupations/anzsco-2022/541111/")
    here, older = "ANZSCO 2022: 541111", "ANZSCO 2013: 541111"

    assert [text for text in page.names("h3") if text.startswith("ANZSCO")] == [here, older]
    assert page.under(VISAS, here) == [
        "Not named 186 Employer Nomination Scheme",
        "Not named 482 Skills in Demand",
    ]
    assert len(page.under(VISAS, older)) == 8
    assert [line for line in page.under(VISAS, older) if line.startswith("Named")] == [
        "Named 494 Skilled Employer Sponsored Regional (Provisional), on the ROL"
    ]


def test_the_visas_stand_first_and_carry_the_date_of_our_copy_and_where_to_check_it(client):
    page = read(client, "/occupations/anzsco-2022/541111/")

    assert page.names("h2")[0] == VISAS
    for year in (2013, 2022):
        assert page.under(VISAS, f"ANZSCO {year}: 541111", tag="p", css="note") == [
            "Our copy of its lists is as at 14 September 2026."
        ]
    assert page.under(VISAS, tag="p", css="source") == [
        "Unofficial copy, with the date shown above. Check the Department of Home Affairs."
    ]


def test_a_closed_visa_stands_last_and_is_said_to_be_closed(client):
    page = read(client, "/occupations/anzsco-2013/149212/")

    lines = page.under(VISAS, "ANZSCO 2013: 149212")
    assert [line.split()[:2] for line in lines[-2:]] == [["Closed", "187"], ["Closed", "489"]]
    assert lines[-2].endswith(", to new applications")
    assert lines[-1].endswith(", to new applications; it is on the STSOL")
    assert [line.split()[1] for line in lines if line.startswith("Named")] == [
        "190",
        "407",
        "491",
        "494",
    ]


def test_a_visa_whose_edition_has_nothing_for_the_occupation_says_so(client):
    page = read(client, "/occupations/anzsco-2013/121216/")

    assert page.under(VISAS, "ANZSCO 2022: no code", tag="p", css="note") == [
        "Nothing stands for this occupation there."
    ]


def test_a_split_occupation_names_every_code_that_a_visa_may_read(client):
    page = read(client, "/occupations/anzsco-2013/139914/")

    assert len(page.under(VISAS, "ANZSCO 2022: 139916 or 139917")) == 2
    assert "several occupations" in page.under("In other editions", "ANZSCO 2022", tag="dd")[0]


def test_authorities_that_two_editions_share_are_named_once(client):
    page = read(client, "/occupations/anzsco-2022/221111/")

    authorities = page.under("Skills assessment", tag="p")
    assert [text.split()[2].rstrip(",") for text in authorities] == ["CAANZ", "CPAA", "IPA"]
    for text in authorities:
        assert text.endswith("It assesses 221111 of ANZSCO 2022 and 221111 of ANZSCO 2013.")


def test_each_part_of_an_assessment_names_its_own_source(client):
    page = read(client, "/occupations/anzsco-2013/149212/")

    said = page.under("Skills assessment", tag="p", css="source")
    listed = page.under("Titles not considered under this code", tag="p", css="source")
    assert [text.split(":")[1].split(",")[0].strip() for text in said] == [
        "Assessing authorities",
        "Customer Service Manager",
    ]
    assert listed == said[1:]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/occupations/anzsco-2013/411512/", "spells the title another way"),
        ("/occupations/anzsco-2013/311313/", "same code with another title"),
        ("/occupations/anzsco-2013/362212/", "another code for it"),
        ("/occupations/anzsco-2013/121216/", "found no single counterpart"),
        ("/occupations/anzsco-2022/139917/", "one wider occupation"),
        ("/occupations/anzsco-2013/131111/", "This code is retired."),
    ],
)
def test_the_difference_between_editions_is_said_in_words(client, address, said):
    assert said in " ".join(client.get(address).text.split())


def test_a_partial_link_is_said_to_be_partial(client):
    link = Correspondence.objects.filter(
        is_partial=True, from_occupation__edition__slug="osca-2024"
    )[0]

    page = client.get(link.from_occupation.get_absolute_url()).text

    assert "it holds for a part of the work" in page


def test_migration_facts_of_2013_stand_on_the_page_of_2022_with_their_edition(client):
    page = read(client, "/occupations/anzsco-2022/149212/")

    assert len(page.under("Titles not considered under this code")) == 9
    assert any("149212 of ANZSCO 2013" in text for text in page.under("Caveats", tag="p"))


def test_titles_of_2022_are_marked_on_other_editions(client):
    page = read(client, "/occupations/anzsco-2019/541111/")

    assert page.under("At a glance", "Alternative titles") == [
        "Call Centre Supervisor",
        "Contact Centre Supervisor",
    ]
    assert "Stated in ANZSCO 2022." in page.under("At a glance", "Alternative titles", tag="p")


def test_levels_that_differ_between_the_countries_are_both_shown(client):
    differing = Occupation.objects.filter(
        edition__slug="anzsco-2022", skill_level=3, skill_level_nz=4
    ).first()
    assert differing is not None

    page = read(client, differing.get_absolute_url())
    levels = " ".join(page.under("At a glance", "Skill level", tag="p"))

    assert "Australia: skill level 3." in levels
    assert "New Zealand: skill level 4." in levels
    assert "may stand in for that in Australia." in levels


def test_an_occupation_without_any_visa_or_level_still_has_its_page(client):
    for named in (StateNomination, ExpressionCount, Visa):
        named.objects.all().delete()
    Occupation.objects.filter(code="541111").update(skill_level=None, skill_level_nz=None)

    page = read(client, "/occupations/anzsco-2022/541111/")

    assert not {VISAS, "Skill level"} & {text for _, text in page.headings}


def test_what_was_asked_of_149212_stands_on_one_page(client):
    page = read(client, "/occupations/anzsco-2013/149212/")

    (now,) = [text for text in page.under("Occupation lists") if not text.startswith("In ")]
    assert now.startswith(
        "STSOL, Short-term Skilled Occupation List: it names 149212 of ANZSCO 2013"
    )
    assert "for visas 190, 407, 489S, 491S, 494, as at 14 September 2026." in now
    for subclass in ("186 Employer Nomination Scheme", "482 Skills in Demand"):
        assert f"Not named {subclass}" in page.under(VISAS, "ANZSCO 2022: 149212")
    ended = page.under("Caveats", "Numbered caveats in force in March 2022", tag="p")
    assert ended[0].startswith("Ended on 7 December 2024.")
    assert ended[1] == "These conditions limited nominations for 149212 of ANZSCO 2013."
    authority = page.under("Skills assessment", tag="p")[0]
    assert "VETASSESS, Vocational Education and Training Assessment Services." in authority
    assert "Its assessment group is C." in authority


def test_an_earlier_list_is_told_in_the_past_tense_after_the_official_link(client):
    page = read(client, "/occupations/anzsco-2013/149212/")

    told = page.found("Occupation lists", "Earlier lists", tag="p")
    assert told[0].links == (OFFICIAL_LISTS,)
    earlier = page.under("Occupation lists", "Earlier lists")
    assert len(earlier) == 2
    assert all(text.startswith("In October 2024 it was on the ") for text in earlier)


def test_today_s_caveats_of_221111_name_their_visas_and_lead_to_the_instrument(client):
    page = read(client, "/occupations/anzsco-2022/221111/")
    instrument = "Titled caveats on the department's list as at 14 September 2026"

    caveats = page.under("Caveats", instrument, tag="dd")
    assert len(caveats) == 3
    assert all(text.endswith("Programs: 186, 482.") for text in caveats)
    assert "A$1,000,000" in caveats[1]
    assert page.found("Caveats", instrument, tag="p", css="source")[0].links


def test_after_half_a_year_the_page_tells_of_its_lists_as_of_the_past(client, read_on):
    read_on(date(2027, 6, 1))

    page = read(client, "/occupations/anzsco-2013/149212/")
    here = "ANZSCO 2013: 149212"

    marks = {line.split(" 1")[0].split(" 4")[0] for line in page.under(VISAS, here)}
    assert marks == {"Was named", "Was not named", "Closed"}
    first = page.found(VISAS, here, tag="p")[0]
    assert first.links == (OFFICIAL_LISTS,)
    assert first.text.endswith("What follows is what they said in September 2026.")
    assert page.under("Occupation lists", "State or territory nomination", tag="dd") == []
    assert any(
        text.startswith("In September 2026 it was on the STSOL")
        for text in page.under("Occupation lists", "Earlier lists")
    )


def test_after_half_a_year_today_s_caveats_are_told_as_of_the_past(client, read_on):
    read_on(date(2027, 6, 1))

    page = read(client, "/occupations/anzsco-2022/221111/")

    limits = [text for text in page.under("Caveats", tag="p") if text.startswith("These")]
    assert all("These conditions limited nominations" in text for text in limits)


@pytest.mark.parametrize(
    "address",
    [
        "/occupations/anzsco-2013/149212/",
        "/occupations/anzsco-2022/221111/",
        "/occupations/anzsco-2022/541111/",
        "/occupations/osca-2024/551132/",
        "/occupations/anzsco-2013/131111/",
    ],
)
def test_the_contents_name_every_part_of_the_page_in_its_order(client, address):
    text = client.get(address).text
    article = text[: text.index('class="beside"')]
    contents = article[article.index('class="contents"') : article.index("</nav>\n  </details>")]

    listed = re.findall(r'href="#([^"]+)"', contents)
    assert listed == re.findall(r'<h2 id="([^"]+)"', article)
    assert listed


def test_a_licence_names_the_edition_that_states_it(client):
    page = read(client, "/occupations/anzsco-2013/133112/")

    assert page.under("At a glance", "Licence or registration", tag="p")[0] == (
        "Required, as stated for 133112 of ANZSCO 2022."
    )


def test_figures_stand_in_words_and_name_the_code_that_they_are_of(client):
    page = read(client, "/occupations/anzsco-2022/142111/")

    for heading in ("Share of time by kind of task", "Core competencies", "Software and machines"):
        assert page.under(heading, tag="p")[0].startswith(
            "This is stated for the whole unit group 1421 Retail Managers of ANZSCO 2019."
        )
    bars = page.under("Share of time by kind of task")
    assert sum(int(bar.split()[-1].rstrip("%")) for bar in bars) == pytest.approx(100, abs=4)
    assert len(page.under("Core competencies")) == 10


def test_each_picture_has_a_title_and_a_table_beside_it(client):
    text = client.get("/occupations/anzsco-2013/221111/").text

    pictures = re.findall(r'<svg[^>]*role="img"[^>]*>.*?</svg>', text, re.DOTALL)
    assert len(pictures) >= 4
    assert all("<title id=" in picture and "<desc id=" in picture for picture in pictures)
    assert text.count("<table") >= len(pictures)
    assert "style=" not in text


def test_shortages_of_2024_are_told_in_the_past_tense_state_by_state(client):
    page = read(client, "/occupations/anzsco-2022/221111/")
    states = page.under("Shortage by state", tag="th")[2:]
    ratings = page.under("Shortage by state", tag="td")

    said = page.under("Shortage by state", tag="p")[0]
    assert said.startswith("In 2024 unit group 2211 of ANZSCO 2022 had these ratings.")
    assert dict(zip(states, ratings, strict=True)) == {
        "New South Wales": "No shortage",
        "Victoria": "No shortage",
        "Queensland": "No shortage",
        "South Australia": "No shortage",
        "Western Australia": "Shortage",
        "Tasmania": "No shortage",
        "Northern Territory": "Shortage",
        "Australian Capital Territory": "No shortage",
    }


def test_a_small_count_of_expressions_is_said_to_be_under_twenty(client):
    page = read(client, "/occupations/anzsco-2013/149212/")
    heading = "Expressions of interest by points"

    assert "In December 2025 so many named 149212" in page.under(heading, tag="p")[0]
    cells = page.under(heading, tag="td")
    assert "10" not in cells
    assert {"under 20", "under 20 (NT and TAS)", "under 20*", "202", "241"} <= set(cells)


def test_nomination_by_states_is_told_with_its_month_and_what_absence_means(client):
    page = read(client, "/occupations/anzsco-2013/221111/")
    heading = "State and territory nomination"

    said = page.found(heading, tag="p")[0]
    assert "In October 2024 these named 221111 of ANZSCO 2013." in said.text
    assert said.text.endswith("Where one is missing, our copy does not name it.")
    assert page.under(heading, "Visa 190, Skilled Nominated") == [
        "Australian Capital Territory",
        "Northern Territory",
        "Tasmania",
        "Victoria",
    ]


def test_siblings_and_look_alikes_stand_with_the_tasks_that_tell_them_apart(client):
    accountant = read(client, "/occupations/anzsco-2022/221111/")
    manager = read(client, "/occupations/anzsco-2022/149212/")

    same, other = accountant.under("In the same unit group")
    assert same.endswith("The skills data gives both the same tasks.")
    assert "Only 221111: Analyse business or financial data;" in other
    assert "Only 221113: Interview clients to gather financial information;" in other
    alike = manager.under("Look-alikes in other unit groups")
    assert alike[0].startswith("541112 Call or Contact Centre Operator")


def test_the_tasks_of_titles_not_considered_stand_beside_those_of_the_right_code(client):
    page = read(client, "/occupations/anzsco-2013/149212/")
    heading = "The tasks, side by side"

    assert page.names("h3").count("149212 and 541111") == 1
    assert len(page.under(heading, "149212 Customer Service Manager")) > 6
    assert len(page.under(heading, "541111 Call or Contact Centre Team Leader")) == 11


def test_an_approved_wording_names_its_approver_and_the_day(client, admin_user):
    CaveatWording.objects.create(
        instrument=Caveat.objects.get(number=11).instrument.slug,
        caveat_key="11",
        wording="No shop floor.",
        approved_by_name="An Agent",
        approver_marn="1234567",
        approved_on=date(2026, 10, 1),
        written_by=admin_user,
        written_at="2026-10-01T00:00Z",
    )

    page = read(client, "/occupations/anzsco-2013/149212/")

    assert page.under("Caveats", "Caveat 11", tag="dd") == [
        "No shop floor. Programs: TSS, ENS. Wording approved by An Agent, registered migration"
        " agent, MARN 1234567, on 1 October 2026."
    ]


def test_a_current_notice_stands_at_the_top_with_its_day(client, admin_user):
    Notice.objects.create(
        subject="list",
        key="stsol",
        text="The list may change soon.",
        url="https://example.gov.au/",
        dated_on=date(2026, 11, 20),
        written_by=admin_user,
        written_at="2026-11-20T00:00Z",
    )

    text = client.get("/occupations/anzsco-2022/149212/").text

    notice = "<strong>Notice of 20 November 2026.</strong> The list may change soon."
    assert 0 < text.index(notice) < text.index('id="visas"')


def test_official_wording_stands_under_its_own_heading_with_its_licence(client):
    occupation = Occupation.objects.get(edition__slug="anzsco-2022", code="541111")
    OfficialText.objects.create(
        edition=occupation.edition, occupation=occupation, kind="definition", seq=1, text="Leads."
    )

    page = read(client, "/occupations/anzsco-2022/541111/")

    assert "Leads." in page.under("Official wording", tag="p")
    assert page.under("Official wording", tag="p", css="source") == [
        "Source: Australian Bureau of Statistics and Stats NZ, ANZSCO 2022, CC BY 4.0."
    ]


@pytest.mark.parametrize("code", ["261313", "149212", "351311"])
def test_the_heaviest_pages_stay_far_below_sixty_kilobytes(client, code):
    body = gzip.compress(client.get(f"/occupations/anzsco-2013/{code}/").content)

    assert len(body) < 30_000
