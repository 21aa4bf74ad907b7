"""The page of an occupation: its lists, caveats and licences, each told in its tense."""

from datetime import date

import pytest

from occupations.facts.visas import OFFICIAL_LISTS
from occupations.models import Caveat, CaveatWording, Notice, Occupation, OfficialText
from tests.occupations.page_reader import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_on")]

VISAS = "Visas and the edition each one reads"


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


def test_a_list_that_serves_one_visa_names_it_in_the_singular(client):
    (now,) = [
        text
        for text in read(client, "/occupations/anzsco-2022/541111/").under("Occupation lists")
        if text.startswith("ROL")
    ]

    assert "it names 541111 of ANZSCO 2013 for visa 494, as at 14 September 2026." in now


def test_an_earlier_list_that_served_one_visa_names_it_in_the_singular(client):
    page = read(client, "/occupations/anzsco-2013/241112/")

    (earlier,) = page.under("Occupation lists", "Earlier lists")
    assert earlier.endswith("as 241112 of ANZSCO 2013, for visa 187.")


def test_an_earlier_list_is_told_in_the_past_tense_after_the_official_link(client):
    page = read(client, "/occupations/anzsco-2013/149212/")

    told = page.found("Occupation lists", "Earlier lists", tag="p")
    assert told[0].links == (OFFICIAL_LISTS,)
    earlier = page.under("Occupation lists", "Earlier lists")
    assert len(earlier) == 2
    assert all(text.startswith("In October 2024 it was on the ") for text in earlier)


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2027, 6, 1)])
def test_each_source_of_the_lists_is_named_once(client, read_on, day):
    read_on(day)

    page = read(client, "/occupations/anzsco-2022/221111/")

    sources = page.under("Occupation lists", tag="p", css="source")
    assert len(sources) == len(set(sources)) > 1


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
    closed = [line for line in page.under(VISAS, here) if line.startswith("Closed")]
    assert closed[-1].endswith(", to new applications; it was on the STSOL")
    assert not any("it is on" in line for line in page.under(VISAS))
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

    instrument = "Titled caveats on the department's list as at 14 September 2026"
    introduced, limited = page.found("Caveats", instrument, tag="p")
    assert introduced.links == (OFFICIAL_LISTS,)
    assert introduced.text.endswith(
        " caveats at the Department of Home Affairs."
        " What follows is what our copy said in September 2026."
    )
    assert limited.text == "These conditions limited nominations for 221111 of ANZSCO 2022."
    wordings = page.under("Caveats", instrument, tag="dd")
    assert len(wordings) == 3
    for text in wordings:
        assert text.startswith("In September 2026 the caveat read, in our words: “It shuts out ")
        assert text.endswith("” Programs: 186, 482.")


def test_an_ended_caveat_stays_told_by_its_end_after_half_a_year(client, read_on):
    read_on(date(2027, 6, 1))

    page = read(client, "/occupations/anzsco-2013/149212/")

    instrument = "Numbered caveats in force in March 2022"
    assert page.under("Caveats", instrument, tag="p")[0].startswith("Ended on 7 December 2024.")
    assert all("in our words" not in text for text in page.under("Caveats", instrument, tag="dd"))


def test_a_licence_names_the_edition_that_states_it(client):
    page = read(client, "/occupations/anzsco-2013/133112/")

    assert page.under("At a glance", "Licence or registration", tag="p")[0] == (
        "Required, as stated for 133112 of ANZSCO 2022."
    )


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
