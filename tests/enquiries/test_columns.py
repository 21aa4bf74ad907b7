"""The columns of the tables of enquiries in words."""

import pytest

from enquiries.columns import Named, called, field_of, readable

TABLE = "enquiries_enquiry"
NOBODY = Named(users={}, references={})


@pytest.mark.parametrize(
    ("column", "name"),
    [
        pytest.param("given_name", "Given name", id="a field"),
        pytest.param("owner_id", "Owner", id="a relation"),
        pytest.param("shoe_size", "Shoe size", id="a column of another release"),
    ],
)
def test_a_column_is_called_by_its_field_or_else_by_its_own_words(column, name):
    assert called(TABLE, column) == name


def test_a_table_of_another_release_is_told_all_the_same():
    assert field_of("enquiries_gone", "given_name") is None
    assert called("enquiries_gone", "given_name") == "Given name"


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("state", "in_call", "In a call"),
        ("state", "", None),
        ("needs_agent", False, "No"),
        ("flags", ["honeypot", "looks_like_spam"], "Filled in a hidden field, Looks like spam"),
        ("flags", [], None),
        ("owner_id", 7, "7"),
        ("duplicate_of_id", 12, "12"),
        ("legal_hold_since", "2026-11-03", "3 Nov 2026"),
        ("shoe_size", 42, "42"),
    ],
)  # fmt: skip
def test_a_value_is_told_in_words(column, value, words):
    assert readable(value, field=field_of(TABLE, column), named=NOBODY) == words
