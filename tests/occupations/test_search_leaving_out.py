"""Search can be measured as if it had never heard of some titles."""

import pytest

from occupations.search import Index, Kind, find
from occupations.search.leaving_out import without
from occupations.search.pages import Concept, Gathered, Line, Name, NameKind, Page
from tests.occupations.search_gates import gather_some

PAGE = Page(kind=Kind.OCCUPATION, code="351311", title="Chef", url="/", kind_name="Occupation")


def gathered(*, names=(), lines=()):
    return Gathered(
        concepts=[Concept(home=PAGE)],
        names=[Name(concept=0, kind=NameKind.ALTERNATIVE, text=text) for text in names],
        lines=[Line(concept=0, text=text, is_own=True, is_task=False) for text in lines],
        tools=[],
        codes={},
    )


def test_a_name_goes_in_whatever_form_it_is_written():
    left = without(gathered(names=["Pastry Chef", "pastry chefs", "Chef"]), ["Pastry Chef"])

    assert [name.text for name in left.names] == ["Chef"]


def test_its_words_go_from_lines_that_hold_it_and_the_rest_of_the_line_stays():
    left = without(
        gathered(lines=["Also called a pastry chef in hotels.", "Runs a kitchen."]), ["Pastry Chef"]
    )

    assert [line.text for line in left.lines] == ["Also called a in hotels.", "Runs a kitchen."]


def test_words_of_it_apart_from_each_other_stay():
    left = without(gathered(lines=["Makes pastry with a chef."]), ["Chef Pastry"])

    assert [line.text for line in left.lines] == ["Makes pastry with a chef."]


@pytest.mark.django_db
def test_a_title_left_out_is_no_longer_a_name_that_search_knows():
    title = "Contact Centre Supervisor"
    index = Index(gather_some({"5411"}), without=[title])

    assert find(title).hits[0].evidence.matched_text == title
    assert all(hit.evidence.matched_text != title for hit in find(title, index=index).hits)
