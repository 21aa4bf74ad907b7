"""The packaging checker and the unit plan: rules as data, choices in the address, CSV."""

import csv
import gzip
import re

import pytest

from occupations.models import PackagingRule, Unit, UnitPrerequisite
from tests.occupations.page_reader import read

pytestmark = pytest.mark.django_db

HERE = "/qualifications/BSB40307/packaging/"
CORE = [
    "BSBCCO402A",
    "BSBCUS401A",
    "BSBLED401A",
    "BSBMGT403A",
    "BSBMGT405A",
    "BSBOHS407A",
    "FNSICORG515B",
]
VERDICTS = "The rules, held against this plan"
TWO = "At most 2 units from outside the list of Certificate III or Diploma level"


def address(*units, outside=()):
    query = [f"u={code}" for code in units] + [f"x={one.replace(' ', '+')}" for one in outside]
    return f"{HERE}?{'&'.join(query)}"


def states(page):
    """Give the state of each rule by its words."""
    rules = [text for text in page.under(VERDICTS, tag="th") if text not in {"Rule", "State"}]
    cells = page.under(VERDICTS, tag="td")
    return dict(zip(rules[1:], cells[::2], strict=True))


def test_the_rules_stand_as_data_first(client):
    page = read(client, HERE)

    assert page.names("h2")[:4] == ["Packaging rules", "This plan", "Start from", "Choose units"]
    cells = page.under("What the release states", tag="td")
    assert cells[:6:2] == ["13", "7", "6"]
    assert len(cells) == 16
    assert "No unit is chosen yet." in client.get(HERE).text


def test_seven_core_three_listed_and_three_of_certificate_iii_break_the_rule_of_two(client):
    outside = [f"BSBXYZ30{number}A:Certificate III" for number in (1, 2, 3)]
    page = read(client, address(*CORE, "BSBINN301A", "BSBSUS301A", "BSBPMG510A", outside=outside))

    found = states(page)
    assert [rule for rule, state in found.items() if state == "Broken"] == [TWO]
    assert {state for rule, state in found.items() if rule != TWO} == {"Met"}
    [counted] = [item for item in page.under(VERDICTS, tag="td") if "units at fault" in item]
    assert counted.startswith("3 ")
    for code in ("BSBXYZ301A", "BSBXYZ302A", "BSBXYZ303A"):
        assert f"{code} (Certificate III)" in counted
    assert "1 rule broken." in client.get(address(*CORE, outside=outside)).text


def test_listed_electives_with_codes_of_another_level_count_as_listed(client):
    listed = ["BSBINN301A", "BSBSUS301A", "BSBPMG510A", "BSBSLS501A", "BSBSLS502A"]
    page = read(client, address(*CORE, *listed, "BSBWOR401A"))

    assert set(states(page).values()) == {"Met"}
    assert len(page.under("Listed electives (6)")) == 6
    assert "Every rule that we can check is met." in page.under("This plan", tag="p")[0]


@pytest.mark.parametrize(
    ("name", "still"),
    [("Analyst", 2), ("Scheduler", 3), ("Quality Assurance Coordinator or Manager", 5)],
)
def test_a_preset_says_how_many_electives_are_still_to_choose(client, name, still):
    said = f"Example: {name}, {still} electives still to choose"
    [preset] = [item for item in read(client, HERE).found("Start from") if item.text == said]

    page = read(client, preset.links[0].partition("#")[0])

    assert f"{still} electives still to choose." in page.under("Still to choose")
    assert "No rule is broken." in page.under("This plan", tag="p")[0]
    assert len(page.under("Core units (7)")) == 7


def test_too_many_electives_are_named_with_the_units_at_fault(client):
    listed = [f"BSBCOM40{number}B" for number in (1, 2, 3, 4)]
    more = ["BSBCCO401A", "BSBHRM402A", "BSBINM401A"]
    page = read(client, address(*CORE, *listed, *more))

    broken = [rule for rule, state in states(page).items() if state == "Broken"]
    assert broken == ["13 units in all", "6 electives"]
    [counted] = [item for item in page.under(VERDICTS, tag="td") if "units at fault" in item]
    assert counted.count("BSB") == 7


def test_a_unit_of_a_level_too_far_away_breaks_the_rule_on_where_electives_come_from(client):
    page = read(client, address(*CORE, outside=["ABC101A:Certificate I"]))

    [broken] = [rule for rule, state in states(page).items() if state == "Broken"]
    assert broken.startswith("From outside the list, only units of Certificate IV, ")


def test_a_unit_from_outside_without_its_level_is_asked_for_it(client):
    page = read(client, address(outside=["BSBRES401A"]))

    assert any("No level is stated for BSBRES401A." in text for text in page.under(tag="p"))
    assert [text for text in page.under("From outside the list (1)") if "BSBRES401A" in text]


def test_core_units_still_to_choose_are_named(client):
    page = read(client, address(*CORE[:5]))

    [core] = [text for text in page.under("Still to choose") if "core" in text]
    assert core == "2 core units still to choose: BSBOHS407A, FNSICORG515B."


def test_a_plan_is_one_address_however_it_was_typed(client):
    response = client.get(f"{HERE}?u=bsb+cus401a&xc=abc301a&xl=Certificate+III&xc=&xl=")

    assert response.status_code == 302
    assert response["Location"] == f"{HERE}?u=BSBCUS401A&x=ABC301A:Certificate+III"
    assert client.get(response["Location"]).status_code == 200
    assert client.get(f"{HERE}?page=2")["Location"] == HERE


def test_what_is_chosen_is_ticked_and_can_be_taken_out(client):
    text = client.get(address("BSBCUS401A", outside=["ABC301A:Diploma"])).text

    assert re.search(r'value="BSBCUS401A"[^>]* checked', text)
    assert text.count(" checked>") == 1
    assert f'href="{HERE}?x=ABC301A:Diploma#choice"' in text
    assert f'href="{HERE}?u=BSBCUS401A#choice"' in text
    assert "<option selected>Diploma</option>" in text


def test_each_unit_stands_once_in_the_form_though_it_is_in_several_groups(client):
    text = client.get("/qualifications/RII30920/packaging/").text
    ticks = re.findall(r'name="u" value="(\w+)"', text)

    assert len(ticks) == len(set(ticks)) == 202
    assert "Also in Group" in text


def test_where_we_hold_counts_only_the_page_says_which_rules_it_cannot_check(client):
    page = read(client, "/qualifications/CPC30220/packaging/?u=CPCCCA2002&x=ABC101A:Certificate+I")

    assert any("Our copy holds counts only." in text for text in page.under(tag="p"))
    assert list(states(page)) == ["34 units in all", "27 core units", "7 electives"]


def test_a_release_without_a_total_is_checked_for_what_it_states(client):
    page = read(client, "/qualifications/RII32020/packaging/?u=RIIRIS301E")

    assert list(states(page)) == ["10 core units", "4 electives"]


def test_a_release_without_any_rule_says_so(client):
    PackagingRule.objects.filter(release__qualification__code="CPC30220").delete()

    assert (
        "Our copy holds no packaging rule" in client.get("/qualifications/CPC30220/packaging/").text
    )


def test_prerequisites_that_are_not_chosen_are_named_for_information(client):
    one = UnitPrerequisite.objects.filter(release__qualification__code="RII30719")[0]
    here = f"/qualifications/RII30719/packaging/?u={one.unit.code}"
    said = "Prerequisites that are not in this plan."

    assert said in client.get(here).text
    others = UnitPrerequisite.objects.filter(release=one.release, unit=one.unit)
    chosen = "".join(f"&u={other.prerequisite.code}" for other in others)
    text = client.get(here + chosen).text
    assert f"{one.unit.code}</a> comes after" not in text


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("/qualifications/bsb 40307/packaging/", HERE),
        ("/qualifications/bsb-40307/units.csv", "/qualifications/BSB40307/units.csv"),
        (
            "/qualifications/bsb40307/packaging/plan.csv?u=BSBCUS401A",
            f"{HERE}plan.csv?u=BSBCUS401A",
        ),
        ("/qualifications/bsb40307/packaging/?u=BSBCUS401A", f"{HERE}?u=BSBCUS401A"),
    ],
)
def test_codes_are_forgiven(client, typed, address):
    response = client.get(typed)

    assert (response.status_code, response["Location"]) == (301, address)


@pytest.mark.parametrize("ending", ["packaging/", "packaging/plan.csv", "units.csv"])
def test_an_unknown_code_is_a_404_that_helps(client, ending):
    response = client.get(f"/qualifications/BSB40399/{ending}")

    assert response.status_code == 404
    assert '"/qualifications/BSB40307/"' in response.text


def test_a_qualification_that_is_only_named_says_so_here_too(client):
    assert "Our copy ends here." in client.get("/qualifications/BSB30207/packaging/").text
    assert client.get("/qualifications/BSB30207/units.csv").status_code == 404


def rows(client, address):
    response = client.get(address)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(response.text.splitlines()))


def test_the_units_of_a_qualification_download_with_their_source(client):
    found = rows(client, "/qualifications/BSB40307/units.csv")

    assert len(found) == 31
    assert {row["place"] for row in found} == {"Core", "Listed elective", "Only in an example"}
    assert found[0]["code"] == "BSBADM409A"
    assert found[0]["address"].endswith("/units/BSBADM409A/")
    assert found[0]["as_at"] == "2009-03-10"
    assert "training.gov.au" in found[0]["source"]
    assert found[0]["licence"] == "Not stated; see training.gov.au"
    assert int(found[0]["catalogue_revision"]) > 0


def test_a_file_of_units_leads_to_this_site_by_whichever_name_it_was_asked_for(client, settings):
    settings.ALLOWED_HOSTS = ["behind.the.proxy"]
    response = client.get(
        "/qualifications/BSB40307/units.csv", headers={"host": "behind.the.proxy"}
    )

    assert response.status_code == 200
    assert f"{settings.SITE_URL}/units/BSBADM409A/" in response.text
    assert "behind.the.proxy" not in response.text


def test_a_sample_says_that_it_is_undated(client):
    found = rows(client, "/qualifications/RII30920/units.csv")

    assert len(found) == 202
    assert {row["as_at"] for row in found} == {"Undated copy"}
    assert any("; " in row["groups"] for row in found)


def test_a_plan_downloads_with_the_place_of_each_unit(client):
    plan = "u=BSBCUS401A&u=BSBCOM401B&x=ABC301A:Certificate III&x=BSBRES401A"
    found = rows(client, f"{HERE}plan.csv?{plan}")

    assert [(row["code"], row["place"], row["level"]) for row in found] == [
        ("BSBCUS401A", "Core", "Certificate IV"),
        ("BSBCOM401B", "Listed elective", "Certificate IV"),
        ("ABC301A", "From outside the list", "Certificate III"),
        ("BSBRES401A", "From outside the list", "Not stated"),
    ]
    assert found[2]["title"] == found[2]["address"] == ""
    assert found[3]["title"] == "Analyse and present research information"


def test_a_title_that_looks_like_a_formula_is_written_as_text(client):
    Unit.objects.filter(code="BSBCUS401A").update(title="=1+1")

    [row] = rows(client, f"{HERE}plan.csv?u=BSBCUS401A")
    assert row["title"] == "'=1+1"


def test_nothing_here_reads_as_advice(client):
    words = client.get(address(*CORE, outside=["ABC101A:Certificate I"])).text.lower()

    for phrase in ("you should", "you qualify", "eligible", "best"):
        assert not re.search(rf"\b{phrase}\b", words)


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/qualifications/BSB40307/packaging/", 8),
        ("/qualifications/RII30920/packaging/", 7),
        ("/qualifications/RII30920/packaging/?u=RIIWHS201E&x=ABC301A", 9),
        ("/qualifications/RII30920/", 12),
        ("/qualifications/RII30920/units.csv", 7),
        ("/qualifications/", 2),
        ("/units/RIIWHS204E/", 8),
    ],
)
def test_a_page_asks_the_database_a_fixed_number_of_times_and_stays_light(
    client, django_assert_max_num_queries, address, queries
):
    with django_assert_max_num_queries(queries):
        response = client.get(address)

    assert response.status_code == 200
    assert len(gzip.compress(response.content)) < 60_000
    assert not response.cookies
