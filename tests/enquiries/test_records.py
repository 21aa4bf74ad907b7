"""Records of changes and of access: whole, by the right person, and without a word of anybody."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction

from enquiries.erasure import erase_enquiry
from enquiries.models import (
    AccessKind,
    AccessRecord,
    CallAttempt,
    CallOpinion,
    ChangeRecord,
    Consent,
    DataRequest,
    Enquiry,
    Erasure,
    Event,
    FollowUp,
    FormerAddress,
    GuardianRequest,
    Letter,
    ListRecord,
    Note,
    OccupationOfInterest,
    OutboxMessage,
    QualificationOfInterest,
    Resume,
    ResumeAccess,
    StaffReply,
    Topic,
)
from enquiries.outbox import begin_attempt, done, publish_due, queue_message
from enquiries.records import (
    MOST_SHOWN,
    Look,
    Place,
    note_access,
    note_listed,
    note_opened,
    opened_by,
    who_opened,
)
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


@pytest.mark.parametrize("table", ["changerecord", "accessrecord", "listrecord"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_records_are_only_ever_added(make_enquiry, make_adviser, table, verb):
    enquiry, by = make_enquiry(), make_adviser()
    note_opened(enquiry, by=by, now=NOW)
    note_listed([enquiry.pk], by=by, what="Queue", now=NOW)
    with pytest.raises(IntegrityError, match="only ever added"), transaction.atomic():
        connection.cursor().execute(
            f"SET CONSTRAINTS ALL IMMEDIATE; {verb.format(f'enquiries_{table}')}"
        )


@pytest.mark.parametrize("way", ["the site", "raw SQL", "many at once", "a statement of a block"])
def test_nobody_writes_a_record_of_a_change_that_never_was(make_enquiry, way):
    changed = {"state": ["spam", "new"]}
    forged = ChangeRecord(
        at=NOW, database_user="advisory", table="enquiries_enquiry", row=1, kind="update",
        enquiry_number=make_enquiry().pk, changed=changed,
    )  # fmt: skip
    copied = (
        'INSERT INTO enquiries_changerecord (at, database_user, "table", "row", enquiry_number,'
        ' kind, changed) SELECT at, database_user, "table", "row", enquiry_number, kind, changed'
        " FROM enquiries_changerecord"
    )
    forge = {
        "the site": forged.save,
        "raw SQL": lambda: connection.cursor().execute(copied),
        "many at once": lambda: ChangeRecord.objects.bulk_create([forged]),
        "a statement of a block": lambda: connection.cursor().execute(
            f"DO $$ BEGIN {copied}; END $$"
        ),
    }[way]
    with pytest.raises(IntegrityError, match="Only a change itself"), transaction.atomic():
        forge()
    assert ChangeRecord.objects.count() == 1


@pytest.mark.parametrize(
    "way",
    [
        "DELETE FROM enquiries_changerecord",
        "INSERT INTO enquiries_erasure (enquiry_number, reference, erased_as, why, at) SELECT id,"
        " reference, gen_random_uuid(), '', now() FROM enquiries_enquiry;"
        " DELETE FROM enquiries_changerecord",
        "SELECT enquiries_records_forget((SELECT max(id) FROM enquiries_enquiry))",
        "DO $$ BEGIN DELETE FROM enquiries_changerecord"
        " /* function enquiries_records_forget(bigint) */; END $$",
        "DO $$ BEGIN DELETE FROM enquiries_accessrecord"
        " /* function enquiries_records_forget(bigint) */; END $$",
    ],
    ids=[
        "raw SQL",
        "an erasure on paper",
        "the way of an erasure",
        "a remark that names it",
        "a remark, for who looked",
    ],
)
def test_the_records_of_what_is_not_erased_stay(make_enquiry, make_adviser, way):
    note_opened(make_enquiry(), by=make_adviser(), now=NOW)
    with pytest.raises(IntegrityError, match="only ever added"), transaction.atomic():
        connection.cursor().execute(way)


def test_erasing_an_enquiry_takes_the_records_of_its_changes(make_enquiry, make_adviser):
    erased, kept = make_enquiry(), make_enquiry()
    note_opened(erased, by=make_adviser(), now=NOW)
    number = erased.pk
    erase_enquiry(erased, why="Kept long enough", now=NOW)
    assert set(ChangeRecord.objects.values_list("enquiry_number", flat=True)) == {kept.pk}
    assert AccessRecord.objects.get().enquiry_number == number


def test_an_erased_enquiry_goes_from_the_lists_it_was_seen_in(make_enquiry, make_adviser):
    erased, kept, mia = make_enquiry(), make_enquiry(), make_adviser()
    for numbers in ([erased.pk], [kept.pk, erased.pk], [kept.pk]):
        note_listed(numbers, by=mia, what="Queue", now=NOW)
    erase_enquiry(erased, why="Kept long enough", now=NOW)
    left = ListRecord.objects.order_by("id").values_list("enquiry_numbers", flat=True)
    assert list(left) == [[kept.pk], [kept.pk]]


@pytest.mark.parametrize(
    "way",
    [
        "UPDATE enquiries_listrecord SET enquiry_numbers = array_remove(enquiry_numbers, {kept})",
        "UPDATE enquiries_listrecord SET enquiry_numbers = array_append(enquiry_numbers, 7)",
        "UPDATE enquiries_listrecord SET what = 'Desk', enquiry_numbers = ARRAY[{kept}]",
        "DELETE FROM enquiries_listrecord",
    ],
    ids=["one that is not erased", "one more", "more than the number", "the whole record"],
)
def test_from_a_list_nothing_but_an_erased_enquiry_goes(make_enquiry, make_adviser, way):
    erased, kept = make_enquiry(), make_enquiry()
    number = erased.pk
    erase_enquiry(erased, why="Kept long enough", now=NOW)
    # As a backup brings it back, after the enquiry was erased.
    note_listed([kept.pk, number], by=make_adviser(), what="Queue", now=NOW)
    with pytest.raises(IntegrityError, match="only ever added"), transaction.atomic():
        connection.cursor().execute(way.format(kept=kept.pk))


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


def test_an_erasure_is_not_undone_unseen_and_the_record_of_that_stays(make_enquiry):
    number = (enquiry := make_enquiry()).pk
    erasure = erase_enquiry(enquiry, why="Kept long enough", now=NOW)
    Erasure.objects.update(why="private words")
    Erasure.objects.all().delete()
    told = ChangeRecord.objects.filter(table="enquiries_erasure").order_by("id")
    assert [(each.row, each.enquiry_number, each.kind, each.changed) for each in told] == [
        (erasure.pk, None, "update", {"why": None}), (erasure.pk, None, "delete", {}),
    ]  # fmt: skip
    assert not ChangeRecord.objects.filter(enquiry_number=number).exists()


def test_an_enquiry_that_is_sent_leaves_one_record_of_each_row_that_no_event_tells_of(submit_whole):
    submit_whole()
    told = ChangeRecord.objects.order_by("table").values_list("table", "kind", "by_hand")
    tables = ("enquiries_callback", "enquiries_enquiry", "enquiries_followup", "enquiries_resume")
    assert list(told) == [(table, "insert", False) for table in tables]


def test_what_says_that_a_file_was_opened_is_not_altered_or_deleted_unseen(rows_of):
    enquiry, _, attempt, *_, resume = rows_of()
    access = ResumeAccess.objects.create(resume=resume, by=attempt.by, at=NOW)
    ResumeAccess.objects.update(at=LATER)
    ResumeAccess.objects.all().delete()
    told = ChangeRecord.objects.filter(table="enquiries_resumeaccess").order_by("id")
    assert [(each.row, each.enquiry_number, each.kind) for each in told] == [
        (access.pk, enquiry.pk, "update"), (access.pk, enquiry.pk, "delete"),
    ]  # fmt: skip


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


def test_an_opened_page_is_noted_once_a_minute_for_each_person(make_enquiry, make_adviser):
    enquiry, mia, tom = make_enquiry(), make_adviser(), make_adviser()
    for person, seconds in [(mia, 0), (mia, 59), (tom, 59), (mia, 60), (mia, 61)]:
        note_opened(enquiry, by=person, now=NOW + timedelta(seconds=seconds))
    assert AccessRecord.objects.filter(by=mia).count() == 2
    assert AccessRecord.objects.filter(by=tom).count() == 1


def test_a_page_of_a_list_is_noted_once_a_minute_and_never_without_anybody(
    make_enquiry, make_adviser
):
    numbers, mia = [make_enquiry().pk, make_enquiry().pk], make_adviser()
    for seconds, shown, what in [
        (0, numbers, "Queue"), (59, numbers, "Queue"), (59, numbers, "Search"),
        (59, numbers[:1], "Queue"), (60, numbers * 2, "Queue"), (61, [], "Queue"),
    ]:  # fmt: skip
        note_listed(shown, by=mia, what=what, now=NOW + timedelta(seconds=seconds))
    kept = ListRecord.objects.order_by("at", "id").values_list("what", "enquiry_numbers")
    assert list(kept) == [
        ("Queue", numbers), ("Search", numbers), ("Queue", numbers[:1]), ("Queue", numbers),
    ]  # fmt: skip


def test_what_was_seen_in_a_list_is_told_apart_from_what_was_opened(make_enquiry, make_adviser):
    opened, seen, mia = make_enquiry(), make_enquiry(), make_adviser()
    note_listed([opened.pk, seen.pk], by=mia, what="Search", now=NOW)
    note_opened(opened, by=mia, now=NOW)
    told = opened_by(mia, since=NOW, until=LATER)
    assert [(each.what, each.why, each.references) for each in told] == [
        ("Seen in a list", "Search", [opened.reference, seen.reference]),
        ("Opened it", "", [opened.reference]),
    ]
    [opening] = opened_by(mia, since=NOW, until=LATER, look=Look.OPENED)
    assert opening.what == "Opened it"
    [listing] = who_opened(seen.pk)
    assert (listing.is_listed, listing.references) == (True, [seen.reference])
    assert who_opened(seen.pk, look=Look.OPENED) == []
    place = Place.read(str(told[0].place))
    assert [each.what for each in opened_by(mia, since=NOW, until=LATER, after=place)] == [
        "Opened it"
    ]


def test_whose_data_an_account_opened_is_told_with_files_and_exports(rows_of, make_adviser):
    mia, tom = make_adviser(), make_adviser()
    enquiry, *_, resume = rows_of()
    note_opened(enquiry, by=mia, now=NOW)
    note_opened(enquiry, by=tom, now=NOW)
    note_access(AccessKind.EXPORTED, by=mia, now=NOW, enquiry_number=enquiry.pk, why="Asked for")
    note_access(AccessKind.SIGNED_IN, by=mia, now=NOW)
    ResumeAccess.objects.create(resume=resume, by=mia, at=NOW + timedelta(minutes=1))
    told = opened_by(mia, since=NOW, until=LATER)
    assert [each.what for each in told] == ["Opened the résumé", "Exported it", "Opened it"]
    assert [each.references for each in told] == [[enquiry.reference]] * 3
    assert opened_by(mia, since=NOW - timedelta(days=1), until=NOW) == []
    assert {each.by_id for each in who_opened(enquiry.pk)} == {mia.pk, tom.pk}
    erase_enquiry(enquiry, why="Kept long enough", now=NOW)
    assert [each.references for each in opened_by(mia, since=NOW, until=LATER)] == [
        [enquiry.reference]
    ] * 2  # what was noted of the file went with it


def test_the_pages_of_one_export_go_on_where_the_last_ended(make_adviser):
    mia = make_adviser()
    AccessRecord.objects.bulk_create(
        AccessRecord(at=NOW, by=mia, kind=AccessKind.EXPORTED, enquiry_number=number)
        for number in range(1, MOST_SHOWN + 11)
    )
    first = opened_by(mia, since=NOW, until=LATER)
    place = Place.read(str(first[-1].place))
    second = opened_by(mia, since=NOW, until=LATER, after=place)
    numbers = [each.enquiry_numbers for each in (*first, *second)]
    assert numbers == [[number] for number in range(MOST_SHOWN + 10, 0, -1)]


@pytest.mark.parametrize("written", ["", "x", "1,2", "2026-11-23,0,1", f"{NOW},0,{2**64}"])
def test_a_place_that_is_none_is_no_place(written):
    assert Place.read(written) is None


def test_staff_are_never_lost_from_the_records(make_enquiry, make_adviser):
    mia = make_adviser()
    note_opened(make_enquiry(), by=mia, now=NOW)
    with pytest.raises(IntegrityError):
        User.objects.get(pk=mia.pk).delete()
