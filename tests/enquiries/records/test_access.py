"""Records of access: who opened or saw what, each once a minute, a page at a time."""

from datetime import UTC, datetime, timedelta

import pytest

from enquiries.erasure import erase_enquiry
from enquiries.models import AccessKind, AccessRecord, ListRecord, ResumeAccess
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

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


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
