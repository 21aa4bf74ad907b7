"""What is written past the site is recorded, and told apart from what the site writes."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from enquiries.models import (
    AccessRecord,
    CallOpinion,
    ChangeRecord,
    Consent,
    Erasure,
    Event,
    FormerAddress,
    GuardianRequest,
    Letter,
    ListRecord,
    OccupationOfInterest,
    OutboxMessage,
    QualificationOfInterest,
    ResumeAccess,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


@pytest.fixture
def by():
    """Have what is done from here on come from a program of this name."""
    name = "SELECT set_config('application_name', %s, true)"
    return lambda program: connection.cursor().execute(name, [program])


@pytest.mark.parametrize(
    ("program", "is_by_hand"),
    [("advisory", False), ("advisory - 10.0.0.7:5432", False), ("psql", True), ("", True)],
    ids=["the site", "the site through a pooler", "by hand", "without a name"],
)
def test_of_records_and_of_what_comes_with_an_enquiry_only_what_is_added_by_hand_is_recorded(
    rows_of, by, program, is_by_hand
):
    enquiry, _, attempt, *_, resume = rows_of()
    one, someone = {"enquiry": enquiry}, {"by": attempt.by, "at": NOW}
    code, due = {"code": "541111", "title": "Lead"}, {"created_at": NOW, "available_at": NOW}
    letter = OutboxMessage(**one, topic="acknowledgement", dedupe_key="one", **due)
    said = {"wording_version": "1", "wording_digest": "a" * 64, "given_at": NOW}
    rows = [
        letter,
        Letter(**one, outbox_message=letter, message_id="<b>", delivered_at=NOW),
        OccupationOfInterest(**one, edition="anzsco-2022", **code),
        QualificationOfInterest(**one, **code),
        CallOpinion(**one, attempt=attempt, helped="yes", at=NOW),
        Event(**one, kind="advice_given", **someone),
        Consent(**one, purpose="contact", given_by="self", channel="form", **said),
        ResumeAccess(resume=resume, **someone),
        AccessRecord(kind="opened", enquiry_number=enquiry.pk, **someone),
        GuardianRequest(**one, email="private@example.org", expires_at=LATER),
        FormerAddress(**one, email="private@example.org", expires_at=LATER),
    ]
    of_none = [
        AccessRecord(kind="signed_in", **someone),
        ListRecord(what="Queue", enquiry_numbers=[enquiry.pk], **someone),
        OutboxMessage(topic="daily_digest", dedupe_key="of no enquiry", **due),
        Erasure(enquiry_number=enquiry.pk, reference="ABCDEFGH", erased_as=uuid4(), at=NOW),
    ]
    by(program)
    before = ChangeRecord.objects.count()
    for row in (*rows, *of_none):
        row.save(force_insert=True)
    told = ChangeRecord.objects.filter(by_hand=True, kind="insert", by=None)
    assert ChangeRecord.objects.count() - before == told.count()
    assert {(each.table, each.row, each.enquiry_number) for each in told} == (
        {(row._meta.db_table, row.pk, enquiry.pk) for row in rows}
        | {(row._meta.db_table, row.pk, None) for row in of_none}
        if is_by_hand
        else set()
    )


@pytest.mark.parametrize("enquiry", [True, False], ids=["of an enquiry", "of none"])
@pytest.mark.parametrize("column", ["done_at", "set_aside_at", "available_at", None])
def test_a_letter_that_is_held_back_or_deleted_by_hand_is_recorded(
    make_enquiry, by, enquiry, column
):
    number = make_enquiry() if enquiry else None
    letter = OutboxMessage.objects.create(
        topic="staff_notice", enquiry=number, dedupe_key="one", created_at=NOW, available_at=NOW
    )
    by("psql")
    this = OutboxMessage.objects.filter(pk=letter.pk)
    _ = this.update(**{column: LATER}) if column else this.delete()
    record = ChangeRecord.objects.get(table="enquiries_outboxmessage")
    assert (record.enquiry_number, record.by_hand) == (number and number.pk, True)
    assert set(record.changed) == ({column} if column else set())


def test_what_says_that_a_file_was_opened_is_not_altered_or_deleted_unseen(rows_of):
    enquiry, _, attempt, *_, resume = rows_of()
    access = ResumeAccess.objects.create(resume=resume, by=attempt.by, at=NOW)
    ResumeAccess.objects.update(at=LATER)
    ResumeAccess.objects.all().delete()
    told = ChangeRecord.objects.filter(table="enquiries_resumeaccess").order_by("id")
    assert [(each.row, each.enquiry_number, each.kind) for each in told] == [
        (access.pk, enquiry.pk, "update"), (access.pk, enquiry.pk, "delete"),
    ]  # fmt: skip
