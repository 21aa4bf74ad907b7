"""The page of an occupation: its figures, what is near it, its contents and its weight."""

import gzip
import re

import pytest

from occupations.models import Group, OfficialText
from tests.occupations.page_reader import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_on")]


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


@pytest.mark.parametrize("code", ["261313", "149212", "351311"])
def test_the_heaviest_pages_stay_far_below_sixty_kilobytes(client, code):
    body = gzip.compress(client.get(f"/occupations/anzsco-2013/{code}/").content)

    assert len(body) < 30_000


def test_the_page_of_a_unit_group_shows_the_figures_that_are_of_the_whole_group(client):
    retail = read(client, "/occupations/anzsco-2013/1421/")
    workers = read(client, "/occupations/anzsco-2022/5411/")

    for heading in ("Share of time by kind of task", "Core competencies"):
        assert "unit group 1421 Retail Managers of ANZSCO 2019" in retail.under(heading, tag="p")[0]
        assert heading not in workers.names("h2")  # there the data is of each occupation
    assert len(workers.under("Shortage by state", tag="td")) == 8


def test_the_page_of_a_larger_group_shows_no_figures(client):
    page = read(client, "/occupations/anzsco-2022/54/")

    assert "Shortage by state" not in page.names("h2")


def test_official_wording_of_a_unit_group_stands_on_its_page(client):
    group = Group.objects.get(edition__slug="anzsco-2022", code="5411")
    OfficialText.objects.create(
        edition=group.edition, group=group, kind="task", seq=1, text="Calling people."
    )

    assert "Calling people." in read(client, "/occupations/anzsco-2022/5411/").under(
        "Official wording"
    )
