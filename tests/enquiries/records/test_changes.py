"""Records of changes: one of each row, and without a word of anybody."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from enquiries.models import (
    AccessKind,
    CallOpinion,
    ChangeRecord,
    Enquiry,
    FollowUp,
    Letter,
    OccupationOfInterest,
    OutboxMessage,
    QualificationOfInterest,
    Topic,
)
from enquiries.outbox import begin_attempt, done, publish_due, queue_message
from enquiries.records import note_access, note_listed
from tests.enquiries.views.form_samples import everything

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
SECRETS = (
    "Ann", "Example", "ann@example.org", "61400000001", "0400 000 001", "Gina", "gina@",
    "61400000002", "1990-", "2012-", "private words", "cv.pdf", "tomorrow",
)  # fmt: skip


def said_of(table):
    return list(ChangeRecord.objects.filter(table=table).order_by("id").values_list("kind", "row"))


def test_rows_added_in_bulk_changed_and_deleted_by_raw_sql_are_recorded(rows_of):
    for row in reversed(rows_of()):
        table, pk = row._meta.db_table, row.pk
        column = {"enquiries_enquiry": "created_at", "enquiries_callback": "created_at"}.get(
            table,
            next(
                each.column
                for each in row._meta.concrete_fields
                if each.get_internal_type() == "DateTimeField"
            ),
        )
        with connection.cursor() as cursor:
            cursor.execute(
                f'UPDATE {table} SET "{column}" = %s WHERE id = %s',  # noqa: S608 - our own names
                [NOW - timedelta(seconds=1), pk],
            )
            assert cursor.rowcount == 1
            cursor.execute(f"DELETE FROM {table} WHERE id = %s", [pk])  # noqa: S608
        own = table == "enquiries_event"  # its rows are a record themselves
        kinds = ["update", "delete"] if own else ["insert", "update", "delete"]
        assert said_of(table) == [(kind, pk) for kind in kinds], table


def test_a_change_of_many_rows_at_once_leaves_a_record_of_each(make_enquiry):
    numbers = {make_enquiry().pk for _ in range(3)}
    Enquiry.objects.update(country="NZ")
    changed = ChangeRecord.objects.filter(kind="update", table="enquiries_enquiry")
    assert {record.enquiry_number for record in changed} == numbers
    assert [record.changed for record in changed] == [{"country": ["AU", "NZ"]}] * 3
    Enquiry.objects.update(country="NZ")
    assert changed.count() == 3  # nothing was changed by that


def test_a_record_never_holds_a_name_a_contact_or_free_text(rows_of, make_adviser, now):
    for minor in (False, True):
        for row in rows_of(minor=minor):
            if isinstance(row, Enquiry):
                given_name, person = "Annabel", make_adviser()
                Enquiry.objects.filter(pk=row.pk).update(
                    given_name=given_name,
                    message="Other private words",
                    date_of_birth=(date(2012, 1, 1) if minor else date(1990, 1, 1)),
                )
                note_access(AccessKind.OPENED, by=person, now=now, enquiry_number=row.pk)
                note_listed([row.pk], by=person, what="Search", now=now)
    kept = " ".join(
        line
        for line in everything()
        if line.startswith(
            ("enquiries_changerecord", "enquiries_accessrecord", "enquiries_listrecord")
        )
    )
    assert "given_name" in kept
    assert [secret for secret in SECRETS if secret in kept] == []


def test_what_came_with_an_enquiry_is_recorded_as_it_is_changed_or_deleted(rows_of):
    enquiry, _, attempt, *_ = rows_of()
    one = {"enquiry": enquiry}
    code = {"code": "541111", "title": "Call centre lead"}
    due = {"created_at": NOW, "available_at": NOW}
    promise = OutboxMessage.objects.create(**one, topic="acknowledgement", dedupe_key="b", **due)
    sent = {"outbox_message": promise, "message_id": "<b>", "delivered_at": NOW}
    made = [
        (Letter(**one, kind="acknowledgement", **sent), "delivered_at", LATER),
        (OccupationOfInterest(**one, edition="anzsco-2022", **code), "code", ""),
        (QualificationOfInterest(**one, **code), "code", ""),
        (CallOpinion(**one, attempt=attempt, helped="yes", at=NOW), "words", "private words"),
        (OutboxMessage(**one, topic="withdrawal", dedupe_key="a", **due), "topic", "staff_notice"),
    ]
    for row, column, value in made:
        rows, table = type(row)._default_manager, row._meta.db_table
        rows.bulk_create([row])
        assert said_of(table) == []
        rows.filter(pk=row.pk).update(**{column: value})
        rows.filter(pk=row.pk).delete()
        assert [kind for kind, _ in said_of(table)] == ["update", "delete"], table
        changed = ChangeRecord.objects.filter(table=table, kind="update").get()
        assert (changed.enquiry_number, set(changed.changed)) == (enquiry.pk, {column})
        assert "private" not in str(changed.changed)


def test_what_the_relay_does_with_a_letter_is_no_change_of_it(make_enquiry, now):
    enquiry = make_enquiry()
    queue_message(Topic.STAFF_NOTICE, dedupe_key="one", enquiry=enquiry, now=now)
    queue_message(Topic.DISCARD_UPLOAD, dedupe_key="of nobody", now=now)
    publish_due(lambda _: None)
    letter = OutboxMessage.objects.get(dedupe_key="one")
    assert begin_attempt(letter.pk)
    done(letter)
    OutboxMessage.objects.filter(dedupe_key="of nobody").delete()
    assert said_of("enquiries_outboxmessage") == []


def test_an_enquiry_that_is_sent_leaves_one_record_of_each_row_that_no_event_tells_of(submit_whole):
    submit_whole()
    told = ChangeRecord.objects.order_by("table").values_list("table", "kind", "by_hand")
    tables = ("enquiries_callback", "enquiries_enquiry", "enquiries_followup", "enquiries_resume")
    assert list(told) == [(table, "insert", False) for table in tables]


def test_rows_that_one_statement_adds_are_recorded_one_by_one(make_enquiry):
    enquiry = make_enquiry()
    promises = [
        FollowUp(enquiry=enquiry, reason="call_again", due_at=NOW, created_at=NOW) for _ in range(3)
    ]
    FollowUp.objects.bulk_create(promises)
    assert said_of("enquiries_followup") == [("insert", row.pk) for row in promises]
    told = ChangeRecord.objects.filter(table="enquiries_followup").values_list("enquiry_number")
    assert set(told) == {(enquiry.pk,)}


@pytest.mark.parametrize("table", ["note", "followup", "outboxmessage", "letter"])
def test_no_table_that_is_recorded_is_emptied_at_once(table):
    with pytest.raises(IntegrityError, match="one by one"), transaction.atomic():
        connection.cursor().execute(
            f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE enquiries_{table} CASCADE"
        )


def test_what_the_site_itself_changes_is_by_nobody(make_enquiry):
    make_enquiry()
    assert ChangeRecord.objects.get().by is None
