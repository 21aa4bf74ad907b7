"""Edit conflicts: what others changed since a page was shown, in words, and never a contact."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from enquiries import bookings, triage
from enquiries.conflicts import MOST_SHOWN, changes_since, newest_change
from enquiries.models import ChangeRecord, Enquiry, Flag
from enquiries.transitions import State

pytestmark = pytest.mark.django_db

NOON_IN_SYDNEY = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.fixture
def me(make_adviser):
    return make_adviser(first_name="Mo", last_name="Me")


@pytest.fixture
def other(make_adviser):
    return make_adviser(first_name="Olu", last_name="Other")


@pytest.fixture
def enquiry(make_enquiry):
    return make_enquiry()


@pytest.fixture
def acting():
    """Name in the database who changes what follows, as the site does for each request."""

    def acting(user):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('advisory.staff', %s, true)", [str(user.pk) if user else ""]
            )

    return acting


@pytest.fixture
def since(me):
    """Tell what others changed since then, each as a line."""

    def since(enquiry, seen):
        return [
            f"{each.by.first_name if each.by else '-'}: {each.what}"
            + (f": {each.before} > {each.after}" if each.values_told else "")
            for each in changes_since(enquiry, seen=seen, not_by=me)
        ]

    return since


def test_what_a_colleague_changed_is_told_in_words(enquiry, me, other, acting, since):
    now = enquiry.created_at
    seen = newest_change(enquiry)
    acting(other)
    triage.claim(enquiry, by=other, now=now)
    triage.ask_for_information(enquiry, by=other, now=now, why="which visa?")
    triage.transfer(enquiry, to=me, by=other, now=now, why="Speaks Hindi")
    triage.add_note(enquiry, text="Prefers mornings", by=other, now=now)
    assert since(enquiry, seen) == [
        "Olu: State: New > Assigned",
        "Olu: Owner: None > Olu Other",
        "Olu: Hold: None > Needs information",
        "Olu: Owner: Olu Other > Mo Me",
        "Olu: Note: added",
    ]
    acting(me)
    seen = newest_change(enquiry)
    triage.change_state(enquiry, to_state=State.DONE, by=me, now=now, why="Answered")
    assert since(enquiry, seen) == []
    assert newest_change(enquiry) > seen


def test_a_contact_is_named_but_never_told(enquiry, other, since, acting):
    acting(None)
    seen = newest_change(enquiry)
    Enquiry.objects.update(own_email="new@example.org", given_name="Anne", needs_agent=True)
    assert since(enquiry, seen) == [
        "-: Own email",
        "-: Given name",
        "-: Needs a registered agent: No > Yes",
    ]
    assert "new@" not in str(changes_since(enquiry, seen=0, not_by=other))


def test_instants_lists_and_other_rows_are_told(make_enquiry, other, since, now):
    enquiry = make_enquiry(email_confirmed_at=now)
    first = bookings.book(enquiry, starts_at=NOON_IN_SYDNEY, now=now)
    seen = newest_change(enquiry)
    bookings.rebook(enquiry, starts_at=NOON_IN_SYDNEY + timedelta(hours=1), now=now)
    Enquiry.objects.update(flags=[Flag.OTHER_SCRIPT, Flag.HONEYPOT], country="NG")
    told = since(enquiry, seen)
    assert f"-: Callback: cancelled at: None > {now}" in told
    assert "-: Callback: added" in told
    assert "-: Flags: None > Written in another script, Filled in a hidden field" in told
    assert "-: Country of residence: AU > NG" in told
    assert first.pk


def test_a_change_that_says_nothing_to_staff_is_not_told(make_enquiry, since, now):
    enquiry = make_enquiry()
    seen = newest_change(enquiry)
    Enquiry.objects.update(last_contact_at=now + timedelta(hours=1), link_version=2)
    assert since(enquiry, seen) == []


def test_what_this_release_does_not_know_is_left_out(enquiry, since):
    seen = newest_change(enquiry)
    with connection.cursor() as cursor:
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE;"
            "ALTER TABLE enquiries_enquiry ADD COLUMN later_column int;"
            "CREATE TABLE enquiries_laterthing (id int, enquiry_id bigint, told int);"
            "CREATE TRIGGER recorded AFTER UPDATE ON enquiries_laterthing FOR EACH ROW"
            " EXECUTE FUNCTION enquiries_record_change('told');"
            "INSERT INTO enquiries_laterthing VALUES (1, %s, 1);"
            "UPDATE enquiries_laterthing SET told = 2;"
            "UPDATE enquiries_enquiry SET later_column = 2",
            [enquiry.pk],
        )
    recorded = ChangeRecord.objects.filter(enquiry_number=enquiry.pk, pk__gt=seen).order_by("pk")
    assert [each.changed for each in recorded] == [{"told": [1, 2]}, {"later_column": None}]
    assert since(enquiry, seen) == []


def test_of_many_changes_the_newest_are_read_in_two_queries(
    make_enquiry, me, other, now, django_assert_num_queries
):
    enquiry = make_enquiry()
    for number in range(MOST_SHOWN + 3):
        Enquiry.objects.update(country=["NG", "AU"][number % 2])
    Enquiry.objects.update(owner=other, state="assigned", claimed_at=now)
    with django_assert_num_queries(2):
        assert len(changes_since(enquiry, seen=0, not_by=me)) == MOST_SHOWN + 1


def test_a_new_enquiry_has_a_newest_change_and_an_unknown_one_none(make_enquiry):
    assert newest_change(make_enquiry()) > 0
    assert newest_change(Enquiry(pk=0)) == 0
