"""The points table as a form: sums by visa, the cap, the age limit first, nothing kept."""

import re

import pytest

from occupations.models import PointsCriterion
from tests.occupations.page_reader import read

pytestmark = pytest.mark.django_db

POINTS = "/points/"


def sums(client, query):
    page = read(client, POINTS + query)
    return {
        visa: int(page.under(f"Visa {visa}", tag="dd")[0].partition(" points")[0])
        for visa in ("189", "190", "491")
    }


def test_the_whole_table_is_there_to_read(client):
    page = read(client, POINTS)
    shown = page.under("The whole table", tag="td")[1::2]

    published = PointsCriterion.objects.filter(kind="criterion").values_list("points", flat=True)
    assert shown == [str(points) for points in published]
    assert any("65 points" in item.text for item in page.items)
    assert "What the table adds up to" not in page.names("h2")


def test_the_age_bands_leave_no_birthday_out_and_count_none_twice():
    rows = PointsCriterion.objects.filter(part="6D.1", kind="criterion")
    bands = [list(map(int, re.findall(r"\d+", row.criterion))) for row in rows]
    ages = [age for first, last in bands for age in range(first, last + 1)]

    assert ages == list(range(18, 45))


def test_nothing_entered_adds_nothing_up(client):
    assert "points by the table" not in client.get(POINTS + "?6d-1=nonsense").text


def test_the_sum_is_that_of_the_table_for_each_visa(client):
    query = (
        "?6d-1=age-25-to-32&6d-2=english-superior&6d-7=education-bachelor-or-masters"
        "&6d-12=state-nomination&6d-13=regional-nomination"
    )

    assert sums(client, query) == {"189": 65, "190": 70, "491": 80}


def test_employment_is_capped_and_the_cap_is_said(client):
    query = "?6d-3=overseas-8-years&6d-4=australia-8-years"
    page = read(client, POINTS + query)

    assert sums(client, query) == {"189": 20, "190": 20, "491": 20}
    assert page.under("What the table adds up to", "Employment", tag="dd") == [
        "It adds up to 35. The table counts 20 of it at most."
    ]


@pytest.mark.parametrize(
    ("age", "points"),
    [("under-18", "None named"), ("age-40-to-44", "15"), ("45-or-over", "None named")],
)
def test_the_table_names_points_for_its_own_ages_alone(client, age, points):
    page = read(client, f"{POINTS}?6d-1={age}")

    assert page.under("Part by part", tag="td")[1] == points
    quoted = [item.text for item in page.items if item.text.startswith("The published rule says")]
    assert bool(quoted) is (age == "45-or-over")


def test_at_45_the_rule_is_quoted_before_any_sum(client):
    text = client.get(f"{POINTS}?6d-1=45-or-over&6d-2=english-superior").text
    rule = text.index("The published rule says: under 45 on the day of the invitation to apply.")

    assert rule < text.index("You entered: 45 or over.") < text.index("<strong>20 points</strong>")


def test_what_is_left_out_is_counted(client):
    page = read(client, POINTS + "?6d-2=english-competent")

    assert page.under("Not answered", tag="dd")[0].startswith("12 of 13 parts")


def test_the_form_keeps_what_was_entered(client):
    assert '<option value="english-superior" selected>' in (
        client.get(POINTS + "?6d-2=english-superior").text
    )


def test_answers_are_kept_by_no_cache_and_listed_by_no_search_engine(client):
    plain, answered = client.get(POINTS), client.get(POINTS + "?6d-2=english-superior")

    assert plain["Cache-Control"].startswith("public")
    assert "noindex" not in plain.text
    assert answered["Cache-Control"] == "private, no-store"
    assert answered["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in answered.text
    assert not answered.cookies


def test_the_page_names_its_source_and_leads_to_an_agent(client):
    page = read(client, POINTS)

    assert any("Schedule 6D" in one for one in page.under("The whole table", tag="p", css="source"))
    assert "https://portal.mara.gov.au/search-the-register-of-migration-agents/" in page.links


@pytest.mark.parametrize("kind", ["criterion", "cap", "pass_mark"])
def test_a_table_that_is_not_whole_is_not_added_up(client, kind):
    PointsCriterion.objects.filter(kind=kind).delete()
    page = read(client, POINTS)

    assert page.tags["select"] == 0
    assert any("We hold no copy of the points table." in item.text for item in page.items)


def test_the_page_asks_the_database_a_fixed_number_of_times(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        client.get(POINTS + "?6d-2=english-superior")
