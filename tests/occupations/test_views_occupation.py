"""The page of an occupation: its visas, levels, titles, assessment and other editions."""

import pytest

from occupations.models import (
    Correspondence,
    Edition,
    ExpressionCount,
    Occupation,
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
        ("/occupations/anzsco-2013/131111/", "retired</a> in ANZSCO 2013."),
    ],
)
def test_the_difference_between_editions_is_said_in_words(client, address, said):
    assert said in " ".join(client.get(address).text.split())


def test_all_that_changed_is_said_once_with_a_link_for_each_pair_of_editions(client):
    page = read(client, "/occupations/anzsco-2022/541111/")

    (said,) = [
        item for item in page.found("In other editions", tag="p") if "All that changed" in item.text
    ]
    assert said.text.count("All that changed") == 1
    assert said.text.startswith("All that changed, by pair of editions: ANZSCO 2022 and ")
    assert len(set(said.links)) == Edition.objects.count() - 1


@pytest.mark.parametrize(("edition", "year"), [("anzsco-2013", 2013), ("anzsco-2019", 2019)])
def test_a_retired_code_is_said_to_be_no_occupation_and_can_not_be_kept(client, edition, year):
    page = read(client, f"/occupations/{edition}/131111/")

    assert page.names("h1") == ["Retired code 131111"]
    assert VISAS not in page.names("h2")
    (said,) = [item for item in page.items if item.text.startswith("This code is retired")]
    assert said.text == (
        f"This code is retired in ANZSCO {year}. The edition keeps the number and has no such"
        " occupation. In place of a title it prints “code retired (ANZSCO Revision 1)”."
    )
    keeping = ("/shortlist/", "/compare/")
    assert not [link for link in page.links if link.startswith(keeping) and "131111" in link]


ONLY_NEW_ZEALAND = "This occupation exists in New Zealand only."


def test_an_occupation_of_new_zealand_alone_says_so_beside_its_visas_and_levels(client):
    page = read(client, "/occupations/anzsco-2022/422114/")

    (said,) = [text for text in page.under(VISAS, tag="p") if text.startswith(ONLY_NEW_ZEALAND)]
    assert said.endswith(" lists do not name it.")
    levels = page.under("At a glance", "Skill level", tag="p")
    assert levels[0] == (f"{ONLY_NEW_ZEALAND} The levels below are as ANZSCO 2022 publishes them.")
    assert levels[1].startswith("Australia: skill level 4.")


def test_where_a_list_names_an_occupation_of_new_zealand_the_page_does_not_deny_it(client):
    page = read(client, "/occupations/anzsco-2013/241112/")

    assert page.under("Occupation lists")
    assert not any("do not name it" in text for text in page.under(VISAS, tag="p"))
    assert page.under("At a glance", "Skill level", tag="p")[0].startswith(ONLY_NEW_ZEALAND)


@pytest.mark.parametrize("other", ["541111", "422115"])
def test_an_occupation_of_both_countries_is_not_said_to_be_of_one(client, other):
    assert ONLY_NEW_ZEALAND not in client.get(f"/occupations/anzsco-2022/{other}/").text


def test_words_of_selection_lead_to_the_glossary_where_they_first_stand(client):
    page = read(client, "/occupations/anzsco-2013/221111/")

    for term in ("shortage", "eoi", "skillselect", "nominated", "state-nomination"):
        assert page.links.count(f"/glossary/#{term}") == 1


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
