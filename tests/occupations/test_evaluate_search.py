"""Search is measured on a file of questions, and a file that cannot be read is refused."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from occupations.management.commands import evaluate_search
from occupations.search import Index, current_index
from tests.occupations.search_gates import gather_some

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _built_once(monkeypatch):
    """Measure the index at hand; build one of a few unit groups where something is left out."""

    def index(_gathered, *, without, **options):
        if not without:
            return current_index()
        return Index(gather_some({"3513", "5411"}), without=without, **options)

    monkeypatch.setattr(evaluate_search, "Index", index)


def evaluate(folder, text, **options):
    file = folder / "questions.csv"
    file.write_text(text, encoding="utf-8")
    out = StringIO()
    call_command("evaluate_search", file, stdout=out, **options)
    return out.getvalue().splitlines()


def figures(line):
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_it_prints_how_often_the_right_one_comes_first(tmp_path):
    lines = evaluate(
        tmp_path,
        "query,expected\nchef,anzsco-2022:351311\nbricklayr,anzsco-2022:331111\n"
        "xyzzy,anzsco-2022:331111\ncook,anzsco-2022:351311|anzsco-2022:351411\n",
    )

    assert figures(lines[0])[:6] == ["questions", "n", "top 1", "top 5", "top 10", "MRR"]
    assert figures(lines[2])[:6] == ["all", "4", "75.0 %", "75.0 %", "75.0 %", "0.750"]
    assert figures(lines[2])[-1].endswith(" ms")
    assert len(lines) == 3


def test_a_unit_group_or_another_edition_s_code_is_right_too(tmp_path):
    lines = evaluate(
        tmp_path,
        "query,expected\nchef,anzsco-2022:3513\n"
        "customer service manager,osca-2024:172132\nchef,anzsco-2013:351311\n",
    )

    assert figures(lines[2])[2] == "100.0 %"


def test_each_kind_of_question_has_its_own_line(tmp_path):
    lines = evaluate(
        tmp_path,
        "query,expected,kind\nchef,anzsco-2022:351311,title\nsparky,anzsco-2022:341111,slang\n"
        "student,,status\n",
    )

    assert [figures(line)[0] for line in lines[2:]] == ["all", "title", "slang", "status"]
    status = figures(lines[-1])
    assert status[2] == "0.0 %"
    assert (status[6], status[7]) == ("0.0 %", "-")


def test_titles_can_be_left_out_and_misses_listed(tmp_path):
    asked = (
        "query,expected\n"
        "Contact Centre Supervisor,anzsco-2022:541111\n"
        "qwrt zxcv,anzsco-2022:999999\n"
    )

    known = evaluate(tmp_path, asked, misses=True)
    unknown = evaluate(tmp_path, asked, leave_out=True, misses=True)

    assert known[-1] == "qwrt zxcv: not found"
    assert figures(known[2])[6] == "50.0 %"
    assert float(figures(unknown[2])[5]) <= float(figures(known[2])[5])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "needs a heading"),
        ("query,expected\n", "needs a heading"),
        ("word,code\nchef,351311\n", "needs a heading"),
    ],
)
def test_a_file_without_questions_is_refused(tmp_path, text, said):
    with pytest.raises(CommandError, match=said):
        evaluate(tmp_path, text)


def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("evaluate_search", tmp_path / "none.csv")
    (tmp_path / "latin.csv").write_bytes(b"query,expected\ncaf\xe9,x:1\n")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("evaluate_search", tmp_path / "latin.csv")
