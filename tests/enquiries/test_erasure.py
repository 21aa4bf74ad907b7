"""Erasing an enquiry leaves nothing of anybody, and says that it happened."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction

from enquiries.bookings import book
from enquiries.erasure import OnLegalHold, erase_enquiry
from enquiries.models import (
    CallbackSlot,
    Consent,
    Enquiry,
    Erasure,
    OutboxMessage,
    resume_storage,
)
from enquiries.tasks import deliver
from tests.enquiries.views.form_samples import everything

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def whole(submit_whole):
    """Give an enquiry with everything that can belong to one."""
    return submit_whole()


def test_what_is_left_names_nobody(whole, make_adviser):
    number, reference, lead = whole.pk, whole.reference, make_adviser()
    erasure = erase_enquiry(whole, why="The person asked for it", now=NOW, by=lead)
    assert not Enquiry.objects.exists()
    left = [row for row in everything() if not row.startswith("enquiries_outboxmessage")]
    assert {row.split(":")[0] for row in left} == {
        "enquiries_callbackslot",
        "enquiries_consent",
        "enquiries_erasure",
    }
    for personal in ("Ann", "Example", "ann@", "61400000001", "0400", "cv.pdf", "tomorrow"):
        assert personal not in " ".join(everything())
    assert (erasure.enquiry_number, erasure.reference, erasure.by) == (number, reference, lead)


def test_the_ledger_keeps_the_consents_without_the_enquiry(whole):
    given = list(whole.consents.values("purpose", "wording_digest", "given_at"))
    erasure = erase_enquiry(whole, why="Kept long enough", now=NOW)
    kept = Consent.objects.filter(enquiry=None, erased_as=erasure.erased_as)
    assert list(kept.values("purpose", "wording_digest", "given_at")) == given


def test_only_of_an_erased_enquiry_the_number_goes_out_of_the_ledger(whole):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Consent.objects.update(enquiry=None, erased_as=uuid4())
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute("SELECT enquiries_consent_forget(%s, %s)", [whole.pk, uuid4()])
    of_it = {"enquiry_number": whole.pk, "reference": whole.reference}
    on_paper = Erasure.objects.create(**of_it, erased_as=uuid4(), why="None", at=NOW)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute(
            "SET CONSTRAINTS ALL IMMEDIATE; SELECT enquiries_consent_forget(%s, %s)",
            [whole.pk, on_paper.erased_as],
        )
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE enquiries_consent")


@pytest.mark.django_db(transaction=True)
def test_the_file_goes_at_once_and_its_promise_finds_it_gone(whole):
    stored = whole.resume.stored_name
    assert resume_storage().exists(stored)
    erase_enquiry(whole, why="Kept long enough", now=NOW)
    assert not resume_storage().exists(stored)
    for message in OutboxMessage.objects.filter(topic="discard_file"):
        deliver(message.pk)
        message.refresh_from_db()
        assert message.done_at


def test_the_place_of_its_call_is_free_again(make_enquiry):
    enquiry = make_enquiry()
    book(enquiry, starts_at=NOW + timedelta(days=1), now=NOW)
    erase_enquiry(enquiry, why="Kept long enough", now=NOW)
    assert CallbackSlot.objects.get().used == 0


def test_what_repeats_it_goes_with_it(make_enquiry):
    original = make_enquiry()
    make_enquiry(state="duplicate", duplicate_of=original, closed_at=NOW)
    erase_enquiry(original, why="Kept long enough", now=NOW)
    assert not Enquiry.objects.exists()
    assert Erasure.objects.count() == 2


def test_a_legal_hold_keeps_it_and_what_repeats_it(make_enquiry):
    original = make_enquiry()
    held = {"closed_at": NOW, "legal_hold_since": date(2026, 11, 1)}
    make_enquiry(state="duplicate", duplicate_of=original, **held)
    with pytest.raises(OnLegalHold):
        erase_enquiry(original, why="Kept long enough", now=NOW)
    assert Enquiry.objects.count() == 2
    assert not Erasure.objects.exists()


def test_a_file_that_is_gone_already_is_no_fault():
    resume_storage().delete(resume_storage().save("once", ContentFile(b"x")))
    resume_storage().delete("once")
