"""The first screen counts what waits for whoever looks at it."""

from datetime import UTC, date, datetime

import pytest

from enquiries.roles import ADVISER
from occupations.editorial.feedback import record_feedback
from occupations.models import Source, TableUpload
from occupations.tasks import load_approved_tables
from tests.occupations.admin.editors import decide, text_of, uploaded

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


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
