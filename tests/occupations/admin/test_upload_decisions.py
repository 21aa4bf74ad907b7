"""A second person decides on an upload, and the worker loads it."""

import time
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command

from occupations.catalogue.load import EMBEDDED
from occupations.editorial.uploads import approve_table
from occupations.models import FactChange, TableUpload
from occupations.tasks import load_approved_tables
from tests.occupations.admin.editors import (
    OCCUPATION,
    decide,
    newest_log_entry,
    page,
    shipped,
    text_of,
    uploaded,
)

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


class TestDeciding:
    def test_a_second_person_approves_and_the_site_shows_the_new_fact(self, editor, second, client):
        before = client.get(OCCUPATION).content
        row = uploaded(editor)
        shown = text_of(second.get(page(row)))
        assert "Approve…" in shown
        assert "Refuse…" in shown

        answer = decide(second, row, "approve")

        assert "The worker loads the table within a minute." in text_of(answer)
        assert client.get(OCCUPATION).content == before
        load_approved_tables()
        time.sleep(1.1)  # how old the page cache's knowledge of the catalogue may be
        assert client.get(OCCUPATION).content != before
        changes = text_of(client.get("/changes/?table=shortage_ratings"))
        assert "<del>No shortage</del>" in changes
        assert "<ins>Shortage</ins>" in changes
        loaded = text_of(second.get(page(row)))
        assert "Take it back…" in loaded
        assert "in the change log" in loaded

    @pytest.mark.no_cover  # a whole load, of lines that other tests run too
    def test_what_was_uploaded_stands_through_the_next_load_of_the_shipped_tables(
        self, editor, second
    ):
        row = uploaded(editor)
        decide(second, row, "approve")
        load_approved_tables()
        said = StringIO()

        call_command("load_catalogue", write=True, stdout=said)

        assert "No change" in said.getvalue()
        assert FactChange.objects.get().after == {"rating": "shortage"}

    def test_nobody_decides_on_their_own_upload_and_the_try_is_in_the_log(self, editor):
        row = uploaded(editor)

        for name in ("approve", "refuse"):
            answer = decide(editor, row, name)
            assert "so a second person decides on it. Nothing was changed." in text_of(answer)

        row.refresh_from_db()
        assert row.state == TableUpload.State.PROPOSED
        tries = [each.get_change_message() for each in LogEntry.objects.all()]
        assert tries == [
            "Tried to refuse it, which a second person does.",
            "Tried to approve it, which a second person does.",
            "Uploaded. A second person decides on it.",
        ]

    def test_a_refusal_gives_its_reason_to_whoever_uploaded(self, editor, second):
        row = uploaded(editor)

        answer = decide(second, row, "refuse")

        assert "Refused. Nothing was loaded." in text_of(answer)
        shown = text_of(editor.get(page(row)))
        assert "Why it was refused" in shown
        assert "It is not what they publish." in shown
        assert newest_log_entry().startswith("Refused: It is not")
        load_approved_tables()
        assert not FactChange.objects.exists()

    def test_a_decision_is_confirmed_first(self, editor, second):
        row = uploaded(editor)

        for name, missing, sentence in (
            ("approve", "approve-has_compared", "Compare the difference with the source first."),
            ("refuse", "refuse-reason", "Say why, so that the table can be put right."),
        ):
            answer = decide(second, row, name, **{missing: ""})
            assert answer.status_code == 422
            assert sentence in text_of(answer)

        row.refresh_from_db()
        assert row.state == TableUpload.State.PROPOSED

    def test_the_second_of_two_deciders_is_told(self, editor, second, sign_in):
        row = uploaded(editor)
        decide(second, row, "refuse")

        answer = decide(sign_in("third"), row, "approve")

        assert "Somebody decided on this table meanwhile." in text_of(answer)

    def test_rows_that_leave_need_a_word_more(self, editor, second):
        lines = (EMBEDDED / "technology_tools.csv").read_bytes().splitlines(keepends=True)
        row = uploaded(editor, b"".join(lines[:10]), table="technology_tools")
        shown = text_of(second.get(page(row)))
        assert "Much would leave the catalogue." in shown
        assert "would be withdrawn" in shown

        answer = decide(second, row, "approve")
        assert "Say that the rows are meant to leave" in text_of(answer)
        decide(second, row, "approve", **{"approve-accept_shrink": "on"})

        row.refresh_from_db()
        assert row.state == TableUpload.State.APPROVED

    def test_a_loaded_table_is_taken_back_with_a_reason(self, editor, second):
        row = uploaded(editor)
        decide(second, row, "approve")
        load_approved_tables()

        answer = decide(second, row, "refuse")

        assert "The worker takes the table back within a minute." in text_of(answer)
        assert newest_log_entry().startswith("Taken back: It is not")
        load_approved_tables()
        assert "The site does not show it." in text_of(second.get(page(row)))

    def test_a_load_that_fails_says_why(self, editor, second):
        row = uploaded(editor)
        decide(second, row, "approve")
        TableUpload.objects.filter(pk=row.pk).update(content=b"edition\nx\n")
        load_approved_tables()

        shown = text_of(editor.get(page(row)))

        assert "The load found errors" in shown
        assert "the column group is missing" in shown

    def test_a_late_worker_and_a_catalogue_that_moved_on_are_told(self, editor, second):
        row = uploaded(editor)
        other = uploaded(
            editor,
            shipped("nzqcf_levels", old="10,Doctoral", new="10,Our doctoral"),
            table="nzqcf_levels",
        )
        approve_table(row, by=second.user, now=NOW)
        load_approved_tables()
        approve_table(other, by=second.user, now=NOW)

        shown = text_of(second.get(page(other)))

        assert "The worker is late" in shown
        assert "The catalogue has changed since" in shown

    def test_a_long_difference_is_parted_into_pages_and_kinds(self, editor, second):
        header, *lines = shipped().decode().splitlines()
        changed = [
            line.replace(",none,", ",shortage,") if ",act," in line else line for line in lines
        ]
        row = uploaded(editor, "\n".join([header, *changed]).encode())
        total = row.summary["counts"]["altered"]
        assert total > 100

        shown = text_of(second.get(page(row), {"kind": "altered", "page": "2"}))

        assert f"51\N{EN DASH}100 of {total}" in shown
        assert 'href="?kind=altered&amp;page=1"' in shown

    def test_the_page_asks_a_constant_number_of_queries(
        self, editor, second, django_assert_max_num_queries
    ):
        row = uploaded(editor)

        with django_assert_max_num_queries(16):
            second.get(page(row))
