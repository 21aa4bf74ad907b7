"""Who is a minor, as PostgreSQL works it out, and of whom a birth date may be forgotten."""

from datetime import UTC, date, datetime, time

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from enquiries.guardian import eighteenth_birthday, needs_guardian
from enquiries.models import Enquiry
from tests.enquiries.models.raw_sql import insert, refused

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE enquiries_enquiry SET is_minor = false",
        "UPDATE enquiries_enquiry SET eighteenth_birthday_on = '2000-01-01'",
    ],
)
def test_nobody_can_write_the_answer_itself(make_enquiry, sql):
    make_enquiry(minor=True)
    with (
        pytest.raises(ProgrammingError, match="generated column"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


@pytest.mark.parametrize(
    "sets",
    [
        pytest.param("date_of_birth = NULL", id="the date alone"),
        pytest.param("date_of_birth = NULL, state = 'done', closed_at = now()", id="and closed"),
        pytest.param(
            "date_of_birth = NULL, guardian_name = '', guardian_relationship = '', "
            "guardian_email = '', guardian_phone = '', guardian_phone_typed = '', "
            "own_email = 'cleo@example.org', own_phone = '+61400000001'",
            id="and written over with their own contact",
        ),
    ],
)
def test_a_minors_birth_date_cannot_be_forgotten(make_enquiry, sets):
    make_enquiry(minor=True)
    with (
        pytest.raises(IntegrityError) as error,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE enquiries_enquiry SET {sets}")  # noqa: S608
    assert refused(error, "enquiry_birth_is_forgotten_of_closed_adults_only")


def test_an_adults_birth_date_is_forgotten_only_once_closed(
    make_enquiry, enquiry_fields, make_adviser
):
    name = "enquiry_birth_is_forgotten_of_closed_adults_only"
    enquiry = make_enquiry()
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        Enquiry.objects.update(date_of_birth=None)
    assert refused(error, name)
    for row in (enquiry_fields(), enquiry_fields(state="withdrawn", closed_at=NOW)):
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            insert(row | {"date_of_birth": None})
        assert refused(error, name)
    Enquiry.objects.update(state="withdrawn", closed_at=NOW)
    Enquiry.objects.update(date_of_birth=None)
    Enquiry.objects.update(state="assigned", owner=make_adviser(), closed_at=None)  # reopened
    enquiry.refresh_from_db()
    assert (enquiry.date_of_birth, enquiry.is_minor) == (None, False)


def test_correcting_a_birth_date_to_a_minors_is_refused_while_their_phone_is_stored(make_enquiry):
    enquiry = make_enquiry()
    enquiry.date_of_birth = date(2012, 5, 17)
    with pytest.raises(IntegrityError), transaction.atomic():
        enquiry.save()


def test_python_and_postgresql_agree_on_every_day_from_1900_to_2100():
    field = Enquiry._meta.get_field("eighteenth_birthday_on")
    birthday, params = field.generated_sql(connection)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT date_of_birth, {birthday}
            FROM (SELECT day::date AS date_of_birth
                  FROM generate_series('1900-01-01'::date, '2100-12-31', '1 day') AS day) AS born
            ORDER BY date_of_birth""",  # noqa: S608
            params,
        )
        rows = cursor.fetchall()
    assert len(rows) == (date(2101, 1, 1) - date(1900, 1, 1)).days
    assert [row for row in rows if row[1] != eighteenth_birthday(row[0])] == []


@pytest.mark.parametrize("born", [date(2008, 2, 28), date(2008, 2, 29), date(2008, 3, 1)])
@pytest.mark.parametrize("on", [date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1)])
def test_python_and_postgresql_agree_on_who_is_a_minor(make_enquiry, born, on):
    minor = needs_guardian(born=born, on=on)
    decided_at = datetime.combine(on, time(12), tzinfo=UTC)
    enquiry = make_enquiry(minor=minor, date_of_birth=born, decided_on=on, decided_at=decided_at)
    assert enquiry.is_minor is minor
    assert enquiry.eighteenth_birthday_on == eighteenth_birthday(born)
