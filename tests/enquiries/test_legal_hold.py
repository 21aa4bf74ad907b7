"""A legal hold on one enquiry stops its own erasure, and that of nobody else."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from enquiries import data_requests, retention, triage, undoing
from enquiries.erasure import OnLegalHold, erase_enquiry
from enquiries.models import Enquiry, Event, Note, Resume

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=1000)


@pytest.fixture
def closed(make_enquiry):
    def closed(**altered):
        return make_enquiry(**{"state": "done", "closed_at": LONG_AGO, **altered})

    return closed


@pytest.fixture
def kept(closed):
    """Give an enquiry that one on legal hold repeats, and one that comes after it."""
    original = closed()
    closed(state="duplicate", duplicate_of=original, legal_hold_since=LONG_AGO)
    return original


def test_retention_goes_on_after_what_must_stay(kept, closed):
    after = closed()
    retention.keep_periods(now=NOW)
    left = set(Enquiry.objects.values_list("pk", flat=True))
    assert kept.pk in left
    assert after.pk not in left


def test_deletions_go_on_after_what_must_stay(kept, closed):
    after = closed()
    for enquiry in (kept, after):
        data_requests.ask_for_deletion(enquiry, now=LONG_AGO)
    assert data_requests.carry_out_due_deletions(now=NOW) == 1
    left = set(Enquiry.objects.values_list("pk", flat=True))
    assert kept.pk in left
    assert after.pk not in left


def test_who_asked_for_what_repeats_another_goes_with_it(closed):
    original = closed()
    repeat = closed(state="duplicate", duplicate_of=original)
    for enquiry in (original, repeat):
        data_requests.ask_for_deletion(enquiry, now=LONG_AGO)
    assert data_requests.carry_out_due_deletions(now=NOW) == 1
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize(
    "way",
    [
        "DELETE FROM enquiries_note",
        "DELETE FROM enquiries_event",
        "DELETE FROM enquiries_enquiry",
        "WITH gone AS (DELETE FROM enquiries_event RETURNING 1) DELETE FROM enquiries_enquiry",
        "TRUNCATE enquiries_note",
        "TRUNCATE enquiries_enquiry CASCADE",
    ],
)
def test_no_sql_takes_what_is_on_legal_hold(closed, make_adviser, way):
    held = closed(legal_hold_since=LONG_AGO)
    Note.objects.create(enquiry=held, by=make_adviser(), at=NOW, text="What was said")
    Event.objects.create(enquiry=held, kind="submitted", at=NOW)
    with pytest.raises(IntegrityError, match="on legal hold"), transaction.atomic():
        connection.cursor().execute(f"SET CONSTRAINTS ALL IMMEDIATE; {way}")
    with pytest.raises(OnLegalHold):
        erase_enquiry(held, why="Asked for", now=NOW)
    with pytest.raises(IntegrityError, match="on legal hold"), transaction.atomic():
        held.delete()
    Enquiry.objects.update(legal_hold_since=None)
    erase_enquiry(held, why="Asked for", now=NOW)
    assert not Enquiry.objects.exists()


def test_no_sql_changes_what_was_said_on_legal_hold_or_moves_it_away(closed, make_adviser):
    held, other, by = closed(), closed(), make_adviser()
    Resume.objects.create(
        enquiry=held, original_name="cv.pdf", format="pdf", size=9, sha256="a" * 64, received_at=NOW
    )
    Note.objects.create(enquiry=held, by=by, at=NOW, text="What was said")
    Event.objects.create(enquiry=held, kind="submitted", at=NOW)
    Enquiry.objects.filter(pk=held.pk).update(legal_hold_since=LONG_AGO)

    def is_refused(statement):
        try:
            with transaction.atomic():
                connection.cursor().execute(statement)
        except IntegrityError as error:
            return "on legal hold" in str(error)
        return False

    away = f"SET enquiry_id = {other.pk} WHERE enquiry_id = {held.pk}"
    assert is_refused("UPDATE enquiries_note SET text = 'x'")
    assert is_refused("UPDATE enquiries_event SET kind = 'released'")
    assert is_refused(f"UPDATE enquiries_note {away}")
    assert is_refused(f"UPDATE enquiries_resume {away}")
    assert not is_refused("UPDATE enquiries_note SET text = text")  # changes nothing
    assert not is_refused("UPDATE enquiries_resume SET scanned_at = now()")
    Enquiry.objects.update(legal_hold_since=None)
    assert not is_refused("UPDATE enquiries_note SET text = 'x'")
    assert Note.objects.get().text == "x"


def test_a_note_on_what_is_held_is_not_taken_back(make_enquiry, make_adviser):
    by = make_adviser()
    held = triage.claim(make_enquiry(legal_hold_since=LONG_AGO), by=by, now=NOW)
    triage.add_note(held, text="What was said", by=by, now=NOW + timedelta(minutes=1))
    with pytest.raises(undoing.NothingToUndo):
        undoing.undo(held, by=by, now=NOW + timedelta(minutes=2))
    assert Note.objects.exists()
