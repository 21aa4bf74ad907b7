"""Records are only ever added, and only an erasure takes any away."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction

from enquiries.erasure import erase_enquiry
from enquiries.models import AccessRecord, ChangeRecord, Erasure, ListRecord
from enquiries.records import note_listed, note_opened

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


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


def test_staff_are_never_lost_from_the_records(make_enquiry, make_adviser):
    mia = make_adviser()
    note_opened(make_enquiry(), by=mia, now=NOW)
    with pytest.raises(IntegrityError):
        User.objects.get(pk=mia.pk).delete()
