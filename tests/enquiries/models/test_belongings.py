"""What must never be false about what belongs to an enquiry: consents, calls, notes, files."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from enquiries.models import Consent, Note, PendingUpload, current_wording

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def consent(make_enquiry):
    wording = current_wording("privacy", now=NOW)
    return Consent.objects.create(
        enquiry=make_enquiry(),
        purpose="privacy",
        given_by="self",
        wording_version=wording.version,
        wording_digest=wording.digest,
        channel="form",
        given_at=NOW,
    )


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda consent: consent.save(), id="save"),
        pytest.param(lambda consent: consent.delete(), id="delete"),
        pytest.param(lambda _: Consent.objects.update(withdrawn=True), id="update"),
        pytest.param(
            lambda _: connection.cursor().execute("DELETE FROM enquiries_consent"), id="SQL"
        ),
    ],
)
def test_the_ledger_of_consents_refuses_every_change(consent, change):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change(consent)
    assert Consent.objects.get() == consent


def test_words_that_nobody_wrote_are_an_error():
    with pytest.raises(LookupError, match="nonsense"):
        current_wording("nonsense", now=NOW)


@pytest.mark.parametrize("missing", ["ends_at", "local_on", "local_time"])
def test_a_slot_is_whole_or_any_time(make_enquiry, make_callback, missing):
    with pytest.raises(IntegrityError, match="callback_slot_is_whole_or_any"):
        make_callback(make_enquiry(), starts_at=NOW, **{missing: None})


def test_a_chosen_time_holds_a_place(make_enquiry, make_callback):
    with pytest.raises(IntegrityError, match="callback_chosen_time_holds_a_place"):
        make_callback(make_enquiry(), starts_at=NOW, slot=None)


def test_an_enquiry_has_one_current_callback(make_enquiry, make_callback):
    enquiry = make_enquiry()
    make_callback(enquiry, cancelled_at=NOW)
    make_callback(enquiry)
    with pytest.raises(IntegrityError, match="callback_one_current"):
        make_callback(enquiry)


def test_an_empty_note_is_refused(make_enquiry, make_adviser):
    with pytest.raises(IntegrityError, match="note_says_something"):
        Note.objects.create(enquiry=make_enquiry(), by=make_adviser(), at=NOW, text=" \n")


def test_an_upload_waits_until_its_hour_is_over():
    upload = PendingUpload.objects.create(
        original_name="cv.pdf", format="pdf", size=3, sha256="a" * 64,
        submission_key=uuid4(), expires_at=NOW,
    )  # fmt: skip
    before = NOW - timedelta(seconds=1)
    assert list(PendingUpload.objects.waiting(now=before)) == [upload]
    assert list(PendingUpload.objects.waiting(now=NOW)) == []
    assert list(PendingUpload.objects.expired(now=NOW)) == [upload]
