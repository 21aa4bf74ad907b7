"""Sources fall due for a check, and editors record what they found."""

from datetime import date

import pytest

from enquiries.roles import ADVISER
from occupations.models import Source, SourceCheck
from tests.occupations.admin.editors import text_of

pytestmark = pytest.mark.django_db


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
