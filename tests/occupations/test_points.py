"""The points table adds up part by part, with a cap, and differs by visa."""

import pytest

from occupations.points import LineKind, PointsLine, TableIncomplete, add_up, read_table

ALL = frozenset({"189", "190", "491"})


def make_line(part, key, points, *, kind=LineKind.CRITERION, visas=ALL):
    return PointsLine(
        part=part,
        part_title=f"Title of {part}",
        kind=kind,
        key=key,
        criterion=key,
        points=points,
        visas=visas,
    )


CAP = make_line("6D.5", "employment-cap", 20, kind=LineKind.CAP)
PASS_MARK = make_line("pass", "pass-mark", 65, kind=LineKind.PASS_MARK)
LINES = [
    make_line("6D.1", "age-25", 30),
    make_line("6D.1", "age-40", 15),
    make_line("6D.3", "overseas-3", 5),
    make_line("6D.3", "overseas-8", 15),
    make_line("6D.4", "australia-1", 5),
    make_line("6D.4", "australia-8", 20),
    CAP,
    make_line("6D.7", "bachelor", 15),
    make_line("6D.12", "state-nomination", 5, visas=frozenset({"190"})),
    make_line("6D.13", "regional-nomination", 15, visas=frozenset({"491"})),
    PASS_MARK,
]
TABLE = read_table(LINES)


def total(visa="189", **chosen):
    parts = {name.replace("part_", "6D."): key for name, key in chosen.items()}
    return add_up(TABLE, chosen=parts, visa=visa).total


def test_the_table_has_its_parts_in_order_and_its_numbers():
    assert [part.name for part in TABLE.parts] == ["6D.1", "6D.3", "6D.4", "6D.7", "6D.12", "6D.13"]
    assert (TABLE.employment_cap, TABLE.pass_mark) == (20, 65)
    assert TABLE.visas == ("189", "190", "491")


def test_nothing_entered_adds_up_to_nothing():
    assert total() == 0


def test_one_line_of_each_part_counts():
    assert total(part_1="age-25", part_7="bachelor") == 45


def test_a_key_of_another_part_earns_nothing():
    assert total(part_1="bachelor", part_7="no-such-line") == 0


@pytest.mark.parametrize(
    ("overseas", "australia", "counted"),
    [
        pytest.param("overseas-3", "australia-1", 10, id="under the cap"),
        pytest.param("overseas-8", "australia-1", 20, id="at the cap"),
        pytest.param("overseas-3", "australia-8", 20, id="over the cap"),
        pytest.param("overseas-8", "australia-8", 20, id="far over the cap"),
    ],
)
def test_employment_overseas_and_in_australia_is_capped_together(overseas, australia, counted):
    chosen = {"6D.1": "age-40", "6D.3": overseas, "6D.4": australia}
    result = add_up(TABLE, chosen=chosen, visa="189")

    assert result.employment_counted == counted
    assert result.is_capped is (result.employment > 20)
    assert result.total == 15 + counted


@pytest.mark.parametrize(("visa", "points"), [("189", 0), ("190", 5), ("491", 15)])
def test_a_nomination_counts_for_its_own_visa_alone(visa, points):
    assert total(visa, part_12="state-nomination", part_13="regional-nomination") == points
    assert {part.name: part.visas for part in TABLE.parts}["6D.12"] == {"190"}


def test_a_line_for_another_visa_is_shown_with_no_points():
    result = add_up(TABLE, chosen={"6D.12": "state-nomination"}, visa="189")
    shown = next(one for one in result.parts if one.part.name == "6D.12")

    assert shown.line is not None
    assert (shown.line.key, shown.points) == ("state-nomination", 0)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([], id="nothing"),
        pytest.param([CAP, PASS_MARK], id="no criterion"),
        pytest.param([*LINES[:2], PASS_MARK], id="no cap"),
        pytest.param([*LINES[:2], CAP], id="no pass mark"),
        pytest.param([*LINES, CAP], id="two caps"),
    ],
)
def test_an_incomplete_table_is_not_added_up(lines):
    with pytest.raises(TableIncomplete):
        read_table(lines)
