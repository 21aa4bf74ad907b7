"""Editors upload a table, see its difference, and get it back as it was sent."""

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.contrib.admin.models import LogEntry

from occupations.editorial.copies import editable_copy
from occupations.editorial.uploads import UPLOADABLE, TableRejected, propose_table
from occupations.models import FactChange, TableUpload
from tests.occupations.admin.editors import (
    ADD,
    SHORTAGES,
    UPLOADS,
    decide,
    page,
    shipped,
    text_of,
    upload,
    uploaded,
)

FAR_ON = datetime(2099, 11, 20, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


class TestUploading:
    def test_the_form_offers_every_table_with_a_copy_to_edit(self, editor):
        answer = editor.get(ADD, {"table": "visas"})

        assert answer.status_code == 200
        assert '<option value="visas" selected>' in text_of(answer)
        for table in UPLOADABLE:
            assert f'href="{UPLOADS}copy/{table}/"' in answer.content.decode()

    def test_an_upload_shows_its_difference_and_loads_nothing(self, editor):
        answer = upload(editor, shipped())

        row = TableUpload.objects.get()
        assert answer["Location"] == page(row)
        shown = text_of(editor.get(page(row)))
        assert "Altered <span" in shown
        assert "<del>No shortage</del>" in shown
        assert "<ins>Shortage</ins>" in shown
        assert "The agency&#x27;s page." in shown
        assert "a second person decides on it" in shown
        assert "Approve…" not in shown
        assert not FactChange.objects.exists()

    def test_a_copy_uploaded_again_says_that_it_holds_nothing_new(self, editor):
        copy = editor.get(f"{UPLOADS}copy/shortage_ratings/")
        assert copy["Content-Disposition"] == 'attachment; filename="shortage_ratings.csv"'

        answer = upload(editor, copy.content)

        assert answer.status_code == 422
        assert "holds what the catalogue holds already" in text_of(answer)

    def test_every_error_is_listed_with_its_line_and_column(self, editor):
        broken = shipped(old=SHORTAGES, new="anzsco-2022,1492,nsw,plenty,")
        line = broken.decode().splitlines().index("anzsco-2022,1492,nsw,plenty,,"
                                                  "occupation-shortage-2024") + 1  # fmt: skip

        answer = upload(editor, broken)

        assert answer.status_code == 422
        shown = text_of(answer)
        assert "it holds 1 error." in shown
        assert f'<td class="number">{line}</td> <td class="number">4 (D)</td>' in shown
        assert "rating &#x27;plenty&#x27; is not one of" in shown
        assert not TableUpload.objects.exists()

    def test_of_very_many_errors_the_first_are_listed(self, editor):
        header, *lines = shipped().decode().splitlines()
        wrong = "\n".join([header, *(f"{line}?" for line in lines[:300])])

        shown = text_of(upload(editor, wrong.encode()))

        assert "These are the first 200 of 300." in shown

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"PK\x03\x04 and so on", "This is a spreadsheet, not a CSV file."),
            ("edition,group\n".encode("utf-16"), "This is not a text file in UTF-8."),
            ("slug,acronym,title,url\ncsol,CSOL,Métier,\n".encode("cp1252"), "is not in UTF-8"),
            (b"slug;acronym;title;url\ncsol;CSOL;Core;\n", "not parted by commas"),
            (b'slug,acronym,title,url\ncsol,"CSOL', "the row cannot be read"),
            (b"slug,acronym,title,url\ncsol,CSOL\n", "the row has 2 cells, the header 4"),
            (b"\n", "column slug is missing"),
            (b"", "The file is empty."),
            (b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
            (None, "Choose the file to upload."),
        ],
        ids=["xlsx", "utf-16", "cp1252", "semicolons", "quote", "short", "blank", "empty", "large",
             "none"],
    )  # fmt: skip
    def test_a_file_that_is_no_table_is_refused_in_our_words(self, editor, content, sentence):
        answer = upload(editor, content, table="occupation_lists")

        assert answer.status_code == 422
        assert sentence in text_of(answer)
        assert not TableUpload.objects.exists()

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"table": "auth_user"}, "Select a valid choice."),
            ({"note": ""}, "Say where the file comes from."),
            ({"note": "x" * 301}, "at most 300 characters"),
            ({"as_at_on": "soon"}, "Enter a valid date."),
            ({"as_at_on": ""}, "Give the day that the facts are true of."),
            ({"as_at_on": "2001-01-01"}, "Our copy is as at"),
            ({"as_at_on": "2099-01-01"}, "a day to come"),
        ],
    )
    def test_what_is_typed_wrong_is_said_at_once(self, editor, typed, sentence):
        answer = upload(editor, shipped(), **typed)

        assert answer.status_code == 422
        assert sentence in text_of(answer)

    def test_a_file_that_was_not_taken_is_in_the_log(self, editor):
        upload(editor, b"nothing,useful\n")
        upload(editor, editable_copy("shortage_ratings"))

        told = [(each.user, each.get_change_message()) for each in LogEntry.objects.all()]
        assert told == [
            (editor.user, "The file holds what the catalogue holds already."),
            (editor.user, "Errors in the file: 8."),
        ]


class TestCopies:
    @pytest.mark.no_cover  # a sweep over lines that other tests run too
    @pytest.mark.parametrize("table", UPLOADABLE)
    def test_a_copy_of_any_table_loads_back_without_a_change(self, editor, table):
        with pytest.raises(TableRejected, match="holds what the catalogue holds already"):
            propose_table(
                table=table,
                content=editable_copy(table),
                as_at_on=FAR_ON.date(),
                note="The same.",
                by=editor.user,
                now=FAR_ON,
            )

    def test_a_copy_has_the_columns_of_the_load_and_a_mark_for_spreadsheets(self):
        copy = editable_copy("shortage_ratings").decode()

        header, *rows = csv.reader(StringIO(copy.removeprefix("\ufeff")))
        assert copy.startswith("\ufeff")
        assert header == ["edition", "group", "place", "rating", "driver", "source"]
        assert rows == sorted(rows)

    def test_the_file_of_an_upload_comes_back_as_it_was_sent(self, editor, second):
        row = uploaded(editor)

        answer = second.get(f"{UPLOADS}{row.pk}/file/")

        assert answer.content == shipped()
        assert "sandbox" in answer["Content-Security-Policy"]
        assert f"shortage_ratings-as-at-{row.as_at_on}.csv" in answer["Content-Disposition"]


def test_uploads_are_listed_by_state(editor, second):
    decide(second, uploaded(editor), "refuse")
    uploaded(editor)

    every = editor.get(UPLOADS)
    waiting = editor.get(UPLOADS, {"state__exact": "proposed"})

    assert [(part.label, part.count) for part in every.context["quick_views"]] == [
        ("All", 2),
        ("Waiting for approval", 1),
        ("Refused by the second person", 1),
    ]
    assert len(every.context["cl"].result_list) == 2
    assert len(waiting.context["cl"].result_list) == 1
