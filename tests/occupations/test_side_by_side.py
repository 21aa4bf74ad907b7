"""What a row of a comparison says of its cells, in words."""

import pytest

from occupations.views.side_by_side import Cell, Item, Verdict, row, text


def cell(*words):
    return Cell(tuple(map(Item, words)))


@pytest.mark.parametrize(
    ("cells", "verdict"),
    [
        pytest.param([cell("a"), cell("a")], Verdict.SAME, id="equal words"),
        pytest.param([cell("Kaiāwhina"), cell("kaiawhina")], Verdict.SAME, id="spelling alone"),
        pytest.param([cell("a", "b"), cell("b", "a")], Verdict.SAME, id="order alone"),
        pytest.param([cell("a", "b"), cell("b", "c")], Verdict.PARTLY, id="something in common"),
        pytest.param([cell("a"), cell("a"), cell("b")], Verdict.PARTLY, id="two of three agree"),
        pytest.param([cell("a"), cell("b")], Verdict.DIFFERENT, id="nothing in common"),
        pytest.param([cell("a"), cell()], Verdict.DIFFERENT, id="one states nothing"),
        pytest.param([cell(), cell()], Verdict.UNSTATED, id="none states anything"),
        pytest.param([cell("a")], None, id="nothing to compare with"),
    ],
)
def test_a_row_says_whether_its_cells_differ(cells, verdict):
    assert row("Tasks", cells).verdict == verdict


def test_a_key_is_compared_instead_of_the_words():
    cells = [text("Level 3", key="3"), text("Niveau 3", key="3")]

    assert row("Skill level", cells).verdict is Verdict.SAME


@pytest.mark.parametrize(
    ("cells", "shared"),
    [
        pytest.param([cell("a", "b"), cell("b", "c")], [["only here", "in both"]], id="two"),
        pytest.param(
            [cell("a", "b", "d"), cell("b", "d"), cell("b")],
            [["only here", "in all", "in 2 of 3"]],
            id="three",
        ),
        pytest.param([cell("a"), cell("b")], [[""]], id="nothing in common is said once"),
    ],
)
def test_what_only_some_share_is_marked_in_words(cells, shared):
    marked = row("Tasks", cells)

    assert [[item.shared for item in marked.cells[0].items]] == shared


def test_every_verdict_has_words():
    assert len({verdict.words for verdict in Verdict}) == len(Verdict)
