"""Editors upload a table, see its difference, and a second person decides; sources fall due."""

import csv
import time
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from enquiries.roles import ADVISER, EDITOR
from occupations.catalogue.load import EMBEDDED
from occupations.editorial.copies import editable_copy
from occupations.editorial.feedback import record_feedback
from occupations.editorial.uploads import UPLOADABLE, TableRejected, approve_table, propose_table
from occupations.models import FactChange, Source, SourceCheck, TableUpload
from occupations.tasks import load_approved_tables

AS_AT = date(2026, 9, 30)
FAR_ON = datetime(2099, 11, 20, 9, tzinfo=UTC)
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db
UPLOADS = "/admin/occupations/tableupload/"
ADD = f"{UPLOADS}add/"
SHORTAGES = "anzsco-2022,1492,nsw,none,"
OCCUPATION = "/occupations/anzsco-2022/149212/"


class Staff(Client):
    """The browser of somebody who is signed in."""

    def __init__(self, user):
        super().__init__()
        self.user = user
        self.force_login(user)


@pytest.fixture
def sign_in(django_user_model):
    """Sign somebody in, with a role or none; give their browser."""

    def sign_in(name, role=EDITOR):
        user = django_user_model.objects.create_user(name, is_staff=True)
        user.groups.set([Group.objects.get(name=role)] if role else [])
        return Staff(user)

    return sign_in


@pytest.fixture
def editor(sign_in):
    return sign_in("editor")


@pytest.fixture
def second(sign_in):
    return sign_in("second-editor")


def shipped(table="shortage_ratings", *, old=SHORTAGES, new="anzsco-2022,1492,nsw,shortage,"):
    """Give the bytes of a shipped table with one part of it replaced."""
    text = (EMBEDDED / f"{table}.csv").read_text(encoding="utf-8")
    assert text.count(old) == 1
    return text.replace(old, new).encode()


def upload(browser, content, *, table="shortage_ratings", name="table.csv", **typed):
    given = {"table": table, "as_at_on": AS_AT, "note": "The agency's page."}
    file = {"file": SimpleUploadedFile(name, content)} if content is not None else {}
    return browser.post(ADD, given | typed | file)


def uploaded(browser, content=None, **typed):
    """Upload a table, and give its row."""
    assert upload(browser, content or shipped(), **typed).status_code == 302
    return TableUpload.objects.first()


def page(upload):
    return f"{UPLOADS}{upload.pk}/change/"


def decide(browser, upload, name, **typed):
    given = {"approve-has_compared": "on", "refuse-reason": "It is not what they publish."}
    address = f"{UPLOADS}{upload.pk}/decide/{name}/"
    return browser.post(address, given | typed, follow=True)


def newest_log_entry():
    return LogEntry.objects.all()[0].get_change_message()


def text_of(answer):
    return " ".join(answer.content.decode().split())


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


class TestWhoMay:
    def test_an_adviser_looks_and_changes_nothing(self, editor, sign_in):
        row = uploaded(editor)
        adviser = sign_in("adviser", ADVISER)

        assert "You may look at it." in text_of(adviser.get(page(row)))
        assert adviser.get(UPLOADS).status_code == 200
        assert "Upload a table" not in text_of(adviser.get(UPLOADS))
        assert upload(adviser, shipped()).status_code == 403
        assert adviser.get(ADD).status_code == 403
        assert decide(adviser, row, "approve").status_code == 403
        assert decide(adviser, row, "refuse").status_code == 403

    def test_staff_without_a_role_see_nothing(self, editor, sign_in):
        row = uploaded(editor)
        nobody = sign_in("nobody", None)

        for address in (UPLOADS, ADD, page(row), f"{UPLOADS}{row.pk}/file/",
                        f"{UPLOADS}copy/visas/"):  # fmt: skip
            assert nobody.get(address).status_code == 403
        assert decide(nobody, row, "approve").status_code == 403

    def test_visitors_are_asked_to_sign_in(self, editor, client):
        row = uploaded(editor)

        for address in (UPLOADS, ADD, page(row), f"{UPLOADS}{row.pk}/file/"):
            assert client.get(address)["Location"].startswith("/admin/login/")
        assert "/admin/login/" in decide(client, row, "approve").redirect_chain[0][0]

    def test_a_decision_needs_a_token_and_is_never_made_by_following_a_link(self, editor, second):
        row = uploaded(editor)
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(second.user)
        address = f"{UPLOADS}{row.pk}/decide/approve/"

        assert strict.post(address, {"approve-has_compared": "on"}).status_code == 403
        assert second.get(address)["Location"] == page(row)

        row.refresh_from_db()
        assert row.state == TableUpload.State.PROPOSED

    def test_an_upload_is_neither_changed_nor_deleted(self, editor, admin_client):
        row = uploaded(editor)

        for browser in (editor, admin_client):
            assert browser.post(page(row), {"table": "visas"}).status_code == 403
            deletion = browser.post(f"{UPLOADS}{row.pk}/delete/", {"post": "yes"})
            assert deletion.status_code == 403
        assert TableUpload.objects.get().table == "shortage_ratings"

    def test_what_is_not_there_is_not_found(self, editor):
        for address in (
            "copy/auth_user/",
            "copy/official_texts/",
            "99/file/",
            "99/decide/approve/",
        ):
            assert editor.get(f"{UPLOADS}{address}").status_code == 404
        assert editor.get(f"{UPLOADS}{uploaded(editor).pk}/decide/shred/").status_code == 404


class TestSources:
    def test_the_list_puts_first_what_is_due_and_flags_it(self, editor):
        Source.objects.update(next_check_on=date(2099, 1, 1))
        Source.objects.filter(slug="own-words").update(next_check_on=date(2020, 1, 1))

        shown = text_of(editor.get("/admin/occupations/source/"))

        assert shown.count("Due for a check</span>") == 1
        assert shown.index("1 January 2020") < shown.index("1 January 2099")

    def test_a_check_moves_the_next_one_and_is_shown_with_the_source(self, editor):
        Source.objects.update(next_check_on=None)
        source = Source.objects.get(slug="own-words")
        assert 'value="own-words" selected' in text_of(
            editor.get("/admin/occupations/sourcecheck/add/?source=own-words")
        )
        editor.post(
            "/admin/occupations/sourcecheck/add/",
            {
                "source": "own-words",
                "checked_on": date(2026, 1, 1),
                "next_check_on": date(2026, 2, 1),
                "finding": "No change.",
            },
        )
        assert SourceCheck.objects.get().checked_by == editor.user

        due = text_of(editor.get("/admin/occupations/source/", {"check": "due"}))
        assert source.title in due
        assert due.count("Due for a check</span>") == 1
        assert "No change. (editor)" in text_of(
            editor.get(f"/admin/occupations/source/{source.pk}/change/")
        )

    def test_only_those_who_may_are_offered_to_record_a_check(self, editor, sign_in):
        adviser = sign_in("adviser", ADVISER)

        assert "Record a check" in text_of(editor.get("/admin/occupations/source/"))
        assert "Record a check" not in text_of(adviser.get("/admin/occupations/source/"))


class TestFirstScreen:
    def test_it_counts_what_waits_for_this_editor(self, editor, second):
        Source.objects.update(next_check_on=date(2020, 1, 1))
        Source.objects.filter(slug="own-words").update(next_check_on=None)
        record_feedback(path="/visas/", message="Visa 400 is missing", now=NOW)
        uploaded(editor)

        mine, theirs = (browser.get("/admin/").context for browser in (editor, second))

        for context, to_decide in ((mine, 0), (theirs, 1)):
            assert {task.label: task.count for task in context["tasks"]} == {
                "Tables to decide on": to_decide,
                "Feedback to read": 1,
                "Sources due for a check": Source.objects.count() - 1,
            }
        assert mine["tasks"][0].note == "1 of your own waits for somebody else"
        for task in mine["tasks"]:
            assert editor.get(task.url).status_code == 200

    def test_a_table_that_did_not_load_stays_there_until_it_is_uploaded_again(self, editor, second):
        row = uploaded(editor)
        decide(second, row, "approve")
        TableUpload.objects.filter(pk=row.pk).update(content=b"edition\nx\n")
        load_approved_tables()
        assert "Tables that did not load" in text_of(editor.get("/admin/"))

        uploaded(editor)

        assert "Tables that did not load" not in text_of(editor.get("/admin/"))

    def test_what_editors_write_stands_before_the_catalogue_that_nobody_writes(self, editor):
        shown = text_of(editor.get("/admin/"))

        own = shown.index("words and tables")
        catalogue = shown.index("Catalogue (read-only)")
        assert own < shown.index('id="occupations-notice"') < catalogue
        assert catalogue < shown.index('id="occupations-occupation"')

    def test_nothing_waits_for_an_adviser(self, sign_in):
        shown = text_of(sign_in("adviser", ADVISER).get("/admin/"))

        assert "What waits for you" not in shown
        assert "Catalogue (read-only)" in shown


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
