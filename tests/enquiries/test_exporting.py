"""An export is safe to open, is recorded, and tells next to nothing of minors."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest

from enquiries import exporting
from enquiries.exporting import TooMany, choose, export_enquiries, safe_cell
from enquiries.models import AccessRecord, OccupationOfInterest
from enquiries.triage import claim

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DAY = (NOW - timedelta(days=1), NOW + timedelta(days=1))


def table(lines):
    return list(csv.DictReader(io.StringIO("".join(lines).removeprefix("\ufeff"))))


@pytest.mark.parametrize(
    "start",
    [
        "=", "+", "-", "@", "\t", "\r", "\n", "\0", " =", "\u00a0=", "\u3000@", "\u200b=",
        "\ufeff+", "\u202e-", "\uff1d", "\uff0b", "\uff0d", "\uff20", " \uff1d", "\u2212", "\ufe66",
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(start):
    assert safe_cell(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize(
    ("between", "kept"), [(";", ";'"), ("; ", ";' "), ("\t", "\t'"), ("\r\n", "\r'\n'")]
)
def test_what_may_begin_another_cell_is_no_formula_either(between, kept):
    assert safe_cell(f"Ann{between}=1+1") == f"Ann{kept}=1+1"


def test_every_column_is_safe(make_enquiry, make_adviser):
    evil = "\uff1d1+1"
    enquiry = make_enquiry(given_name=evil, own_email="=1@example.org", time_zone=evil)
    OccupationOfInterest.objects.create(
        enquiry=enquiry, edition=evil, code="541111", title="x; =1+1"
    )
    by = make_adviser(username="-1+1")
    claim(enquiry, by=by, now=NOW)
    [row] = table(export_enquiries([enquiry.pk], by=by, why="Asked for", now=NOW))
    assert {column: cell for column, cell in row.items() if safe_cell(cell) != cell} == {}
    assert [row[name][:2] for name in ("owner", "e-mail", "occupations")] == [
        "'-",
        "'=",
        f"'{evil[0]}",
    ]
    assert row["occupations"].endswith("x;' =1+1")


@pytest.mark.parametrize("plain", ["", "Ann", "1 - 2", "a=b", "5", "a; b", "O'Neill-Smith"])
def test_other_cells_stay_as_they_are(plain):
    assert safe_cell(plain) == plain


def test_the_table_has_who_to_call_and_no_free_text(make_enquiry, make_adviser):
    formula = '=HYPERLINK("http://evil.example","x")'
    enquiry = make_enquiry(given_name=formula, family_name="", message="private words")
    [row] = table(export_enquiries([enquiry.pk], by=make_adviser(), why="Asked for", now=NOW))
    assert row["reference"] == enquiry.reference
    assert row["contact (of a minor: the guardian)"] == f"'{formula}"
    assert row["phone"] == "'+61400000001"
    assert row["e-mail"] == "ann@example.org"
    assert not {"private words", "1990-05-17"} & set(row.values())


def test_of_a_minor_only_the_guardian_stands_in_it(make_enquiry, make_adviser):
    enquiry = make_enquiry(minor=True, given_name="Benedict", family_name="Childs")
    lines = "".join(export_enquiries([enquiry.pk], by=make_adviser(), why="Asked for", now=NOW))
    [row] = table(lines)
    assert row["contact (of a minor: the guardian)"] == "Gina Guardian"
    assert row["under 18"] == "yes"
    assert "Benedict" not in lines
    assert "Childs" not in lines


def test_each_enquiry_that_leaves_is_recorded_before_it_does(make_enquiry, make_adviser):
    numbers, by = [make_enquiry().pk, make_enquiry().pk], make_adviser()
    lines = export_enquiries(numbers, by=by, why="For the yearly report", now=NOW)
    kept = AccessRecord.objects.filter(kind="exported", by=by, why="For the yearly report", at=NOW)
    assert set(kept.values_list("enquiry_number", flat=True)) == set(numbers)
    assert len(table(lines)) == 2


def test_a_period_and_states_choose_or_a_list_of_numbers(make_enquiry, monkeypatch):
    early = make_enquiry(created_at=NOW - timedelta(days=9))
    closed = make_enquiry(state="withdrawn", closed_at=NOW)
    new = make_enquiry()
    assert choose(came=DAY, states=["new"]) == [new.pk]
    assert choose(came=DAY, states=["new", "withdrawn"]) == [closed.pk, new.pk]
    assert choose(came=DAY, states=["new"], numbers=[early.pk]) == [early.pk]
    monkeypatch.setattr(exporting, "MOST", 1)
    with pytest.raises(TooMany):
        choose(came=DAY, states=["new", "withdrawn"])


def test_the_number_of_queries_grows_with_the_batches_alone(
    make_enquiry, make_adviser, django_assert_max_num_queries
):
    numbers, by = [make_enquiry().pk for _ in range(20)], make_adviser()
    with django_assert_max_num_queries(6):
        assert len(table(export_enquiries(numbers, by=by, why="x", now=NOW))) == 20
