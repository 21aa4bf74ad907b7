"""The self-check of a skills assessment: published rules beside what was entered, kept nowhere."""

import pytest

from occupations.models import Assessment, AssessmentCriterion
from tests.occupations.page_reader import read

pytestmark = pytest.mark.django_db

GROUP_C = "/assessment/anzsco-2013/149212/"
GROUP_B = "/assessment/anzsco-2013/121111/"


def conditions(client, query, *, pathway, address=GROUP_C):
    """List the conditions of a pathway, each with what was entered and how they compare."""
    page = read(client, address + query)
    rows = page.under(f"Pathway {pathway}", tag="th")[3:]
    cells = page.under(f"Pathway {pathway}", tag="td")
    return list(zip(rows, cells[::2], cells[1::2], strict=True))


def test_each_published_pathway_is_shown_with_its_conditions_and_source(client):
    page = read(client, GROUP_C)

    assert page.names("h3") == ["Pathway 1", "Pathway 2", "Pathway 3", "Pathway 4"]
    assert page.under("Pathway 3") == [
        "A qualification comparable to: AQF Diploma or higher",
        "In another field",
        "In addition: AQF Certificate IV in a highly relevant field",
        "At least 1 year of highly relevant employment after it, within the last five years",
    ]
    assert page.under("Pathway 4")[1:] == [
        "Highly relevant employment came before the qualification",
        "At least 1 year of highly relevant employment within the last five years",
        "At least 4 years of highly relevant employment in all",
    ]
    assert any(
        "undated copy" in one for one in page.under("Published pathways", tag="p", css="source")
    )


def test_each_condition_stands_beside_what_was_entered(client):
    query = "?level=5&field=yes&after=24&recent=11"

    assert conditions(client, query, pathway=1) == [
        (
            "A qualification comparable to: AQF Diploma or higher",
            "Diploma",
            "Met by what you entered",
        ),
        ("In a highly relevant field", "Highly relevant", "Met by what you entered"),
        (
            "At least 1 year of highly relevant employment after it, within the last five years",
            "24 months after the qualification, 11 months within the last five years",
            "Not met by what you entered",
        ),
    ]
    assert [outcome for _, _, outcome in conditions(client, query, pathway=4)] == [
        "Met by what you entered",
        "Not answered",
        "Not met by what you entered",
        "Not answered",
    ]


@pytest.mark.parametrize(
    ("query", "entered"),
    [
        ("?additional=4", "Certificate IV"),
        ("?additional=0", "None of these"),
        ("?level=5", "Nothing"),
        ("?additional=99", "Nothing"),
    ],
)
def test_an_additional_qualification_is_read_from_the_address(client, query, entered):
    row = next(row for row in conditions(client, query, pathway=3) if row[0].startswith("In add"))

    assert row[1] == entered


def test_one_month_is_said_as_one(client):
    rows = conditions(client, "?before=1&recent=0", pathway=4)

    assert rows[1][1:] == ("1 month before the qualification", "Met by what you entered")
    assert rows[2][1:] == ("0 months within the last five years", "Not met by what you entered")


@pytest.mark.parametrize(
    ("query", "name", "problem"),
    [
        ("?before=x", "before", "Write a whole number of months, from 0 to 720."),
        ("?after=721", "after", "Write a whole number of months, from 0 to 720."),
        ("?after=-1", "after", "Write a whole number of months, from 0 to 720."),
        ("?recent=61", "recent", "Five years have 60 months, so no more can fall within them."),
        (
            "?before=6&after=6&recent=13",
            "recent",
            "More months are recent than there are before and after the qualification.",
        ),
    ],
)
def test_what_cannot_be_read_is_named_and_led_to(client, query, name, problem):
    response = client.get(GROUP_C + query)
    page = read(client, GROUP_C + query)

    assert page.found("There is a problem")[0].text == problem
    assert page.found("There is a problem")[0].links == (f"#id_{name}",)
    assert f'id="id_{name}"' in response.text
    assert response.text.count('aria-invalid="true"') == 1


def test_the_form_keeps_what_was_entered(client):
    text = client.get(GROUP_C + "?level=7&field=no&additional=5&before=1&after=2&recent=3").text

    assert '<option value="7" selected>' in text
    assert '<option value="no" selected>' in text
    assert '<option value="5" selected>' in text
    for name, value in (("before", 1), ("after", 2), ("recent", 3)):
        assert f'id="id_{name}" name="{name}"' in text
        assert f'value="{value}"' in text


def test_only_a_group_that_asks_for_an_additional_qualification_has_its_question(client):
    Assessment.objects.filter(occupation__code="121111").update(group="A")

    assert 'name="additional"' not in client.get(GROUP_B).text
    assert 'name="additional"' in client.get(GROUP_C).text


def test_group_c_says_the_hours_that_the_present_page_asks_for(client):
    assert "at least 20 hours a week" in client.get(GROUP_C).text
    assert "hours a week" not in client.get(GROUP_B).text


def test_answers_are_kept_by_no_cache_and_listed_by_no_search_engine(client):
    plain, answered = client.get(GROUP_C), client.get(GROUP_C + "?level=5")

    assert plain["Cache-Control"].startswith("public")
    assert "noindex" not in plain.text
    assert answered["Cache-Control"] == "private, no-store"
    assert answered["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in answered.text
    assert not answered.cookies
    assert "ETag" not in answered


def test_the_page_quotes_and_leads_to_an_agent_and_to_a_call(client, settings):
    settings.FIRM = settings.FIRM | {"agents": "Kim Example, MARN 0000000"}
    for address in (GROUP_C, GROUP_C + "?level=5"):
        page = read(client, address)
        assert "https://portal.mara.gov.au/search-the-register-of-migration-agents/" in page.links
        assert "/contact/?o=anzsco-2013:149212" in page.links
        assert any("Ours: Kim Example, MARN 0000000." in item.text for item in page.items)


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("/assessment/anzsco-2013/221111/", id="three authorities of accountants"),
        pytest.param("/assessment/anzsco-2013/121311/", id="group D, not known whole"),
    ],
)
def test_without_every_pathway_there_is_only_the_authority(client, address):
    page = read(client, address)

    told = page.found("Who assesses", tag="p")
    assert page.tags["select"] == 0
    assert any(item.text.startswith("We do not hold all its published pathways") for item in told)
    assert told[0].links[0].startswith("https://")


def test_without_an_authority_the_page_leads_to_other_editions(client):
    page = read(client, "/assessment/anzsco-2022/541112/")

    assert "/occupations/anzsco-2022/541112/#editions" in page.links


def test_a_pathway_that_cannot_be_read_hides_the_whole_check(client):
    AssessmentCriterion.objects.filter(group="C", seq=2).update(qualification="Something suitable")

    assert read(client, GROUP_C).tags["select"] == 0


def test_every_shipped_pathway_can_be_read_and_only_whole_groups_are_shipped(client):
    groups = AssessmentCriterion.objects.values_list("authority__slug", "group").distinct()

    assert set(groups) == {("vetassess", group) for group in "ABC"}
    for group in "ABC":
        one = Assessment.objects.filter(authority__slug="vetassess", group=group)[0]
        address = f"/assessment/{one.occupation.edition.slug}/{one.occupation.code}/"
        count = AssessmentCriterion.objects.filter(group=group).count()
        assert len(read(client, address).names("h3")) == count


def test_a_code_is_read_as_it_is_typed_and_keeps_the_answers(client):
    response = client.get("/assessment/ANZSCO%202013/1492-12/?level=5")

    assert (response.status_code, response["Location"]) == (301, f"{GROUP_C}?level=5")


@pytest.mark.parametrize(
    ("address", "link"),
    [
        pytest.param("/assessment/anzsco-2013/999999/", "/search/", id="no such code"),
        pytest.param(
            "/assessment/osca-2024/149212/", "/occupations/anzsco-2013/149212/", id="not there"
        ),
        pytest.param("/assessment/anzsco-1901/149212/", "/occupations/anzsco-2013/", id="edition"),
    ],
)
def test_an_unknown_occupation_or_edition_is_a_404_that_helps(client, address, link):
    response = client.get(address)

    assert response.status_code == 404
    assert f'"{link}"' in response.text


def test_a_code_that_nobody_assesses_leads_to_the_one_that_is_assessed(client):
    page = read(client, "/assessment/anzsco-2022/149212/")

    assert GROUP_C in page.links
    assert any(
        item.text == "See who assesses 149212 Customer Service Manager of ANZSCO 2013"
        for item in page.items
    )


def test_the_page_asks_the_database_a_fixed_number_of_times(client, django_assert_max_num_queries):
    for address in (GROUP_C + "?level=5", GROUP_B, "/assessment/anzsco-2013/221111/"):
        with django_assert_max_num_queries(4):
            client.get(address)
