"""An enquiry with one row in each table that is recorded."""

from datetime import UTC, datetime

import pytest

from enquiries.models import CallAttempt, DataRequest, Event, FollowUp, Note, Resume, StaffReply

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def rows_of(make_enquiry, make_callback, make_adviser):
    """Store an enquiry with one row in each table that is recorded, by ``bulk_create``."""

    def rows_of(**altered):
        altered |= {"guardian_confirmed_at": NOW} if altered.get("minor") else {}
        enquiry, by = make_enquiry(message="private words", **altered), make_adviser()
        one = {"enquiry": enquiry}
        made = [
            CallAttempt(**one, by=by, at=NOW, outcome="busy", remark="private words"),
            DataRequest(**one, kind="access", asked_at=NOW, due_at=NOW),
            FollowUp(**one, reason="callback", due_at=NOW, created_at=NOW),
            Note(**one, by=by, at=NOW, text="private words"),
            StaffReply(**one, by=by, at=NOW, subject="private words", text="private words"),
            Event(**one, kind="submitted", at=NOW, why="private words"),
            Resume(**one, original_name="cv.pdf", format="pdf", size=1, sha256="a" * 64,
                   received_at=NOW),
        ]  # fmt: skip
        for row in made:
            type(row)._default_manager.bulk_create([row])
        return [enquiry, make_callback(enquiry), *made]

    return rows_of
