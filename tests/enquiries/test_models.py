"""What must never be false about an enquiry, shown in PostgreSQL itself."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, connection, transaction

from enquiries.guardian import eighteenth_birthday, needs_guardian
from enquiries.models import (
    Consent,
    Enquiry,
    LinkExpired,
    LinkPurpose,
    LinkRejected,
    Note,
    PendingUpload,
    Resume,
    current_wording,
    new_reference,
    read_link,
    sign_link,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
NO_GUARDIAN = {
    "guardian_name": "",
    "guardian_relationship": "",
    "guardian_email": "",
    "guardian_phone": "",
    "guardian_phone_typed": "",
}

FORBIDDEN = [
    pytest.param(
        True, NO_GUARDIAN, "enquiry_minor_has_a_guardian", id="minor without a guardian"
    ),
    *(
        pytest.param(True, {field: value}, "enquiry_minor_has_a_guardian", id=f"{field} {value!r}")
        for field in ("guardian_name", "guardian_email", "guardian_phone_typed")
        for value in ("", " \t ")
    ),
    pytest.param(
        True, {"guardian_phone": ""}, "enquiry_minor_has_a_guardian", id="no phone of a guardian"
    ),
    pytest.param(
        True, {"guardian_relationship": ""}, "enquiry_minor_has_a_guardian", id="no relationship"
    ),
    pytest.param(
        True, {"hold": "needs_info"} | NO_GUARDIAN, "enquiry_minor_has_a_guardian",
        id="another hold is no guardian",
    ),
    pytest.param(
        True, {"own_email": "ann@example.org"}, "enquiry_minor_has_no_contact_of_their_own",
        id="minor with an e-mail",
    ),
    pytest.param(
        True, {"own_phone": "+61400000001"}, "enquiry_minor_has_no_contact_of_their_own",
        id="minor with a phone",
    ),
    pytest.param(
        True, {"own_phone_typed": "0400"}, "enquiry_minor_has_no_contact_of_their_own",
        id="minor with a phone as typed",
    ),
    pytest.param(
        True, {"own_email": "a@example.org", "hold": "needs_guardian"},
        "enquiry_minor_has_no_contact_of_their_own", id="a hold gives a minor no e-mail",
    ),
    pytest.param(
        False, {"guardian_name": "Gina"}, "enquiry_adult_has_no_guardian", id="adult with guardian"
    ),
    pytest.param(
        False, {"guardian_email": "g@example.org"}, "enquiry_adult_has_no_guardian",
        id="adult with a guardian's e-mail",
    ),
    pytest.param(
        False, {"guardian_confirmed_at": NOW}, "enquiry_adult_has_no_guardian",
        id="adult with a confirmation",
    ),
    pytest.param(
        False, {"own_phone": ""}, "enquiry_adult_has_a_contact", id="adult without a phone"
    ),
    pytest.param(
        False, {"decided_on": date(2026, 11, 25)}, "enquiry_decided_on_the_day_of_the_decision",
        id="decided two days late",
    ),
    pytest.param(
        False, {"decided_on": date(2026, 11, 21)}, "enquiry_decided_on_the_day_of_the_decision",
        id="decided two days early",
    ),
    pytest.param(
        True, {"date_of_birth": date(2026, 11, 24)}, "enquiry_birth_is_not_in_the_future",
        id="born tomorrow",
    ),
    pytest.param(
        False, {"date_of_birth": date(1906, 11, 23)}, "enquiry_birth_is_less_than_120_years_ago",
        id="born 120 years ago",
    ),
    pytest.param(False, {"interests": []}, "enquiry_interests_are_known", id="no interest"),
    pytest.param(
        False, {"interests": ["job"]}, "enquiry_interests_are_known", id="unknown interest"
    ),
    pytest.param(False, {"flags": ["rude"]}, "enquiry_flags_are_known", id="unknown flag"),
    pytest.param(
        False, {"own_phone": "0400000001"}, "enquiry_phones_are_e164", id="a phone as typed"
    ),
    pytest.param(
        False, {"state": "lost"}, "enquiry_closed_states_have_an_instant", id="unknown state"
    ),
    pytest.param(False, {"hold": "lost"}, "enquiry_hold_is_known", id="unknown hold"),
    pytest.param(
        False, {"state": "done"}, "enquiry_closed_states_have_an_instant", id="closed at no time"
    ),
    pytest.param(
        False, {"closed_at": NOW}, "enquiry_closed_states_have_an_instant", id="closed but open"
    ),
    pytest.param(
        False, {"state": "in_call"}, "enquiry_worked_on_has_an_owner", id="nobody's call"
    ),
    pytest.param(False, {"claimed_at": NOW}, "enquiry_new_has_no_owner", id="new but claimed"),
    pytest.param(
        False, {"state": "duplicate", "closed_at": NOW}, "enquiry_duplicate_names_the_original",
        id="a duplicate of nothing",
    ),
]  # fmt: skip


def insert(fields):
    """Store a row by SQL that knows nothing of Django's models."""
    row = fields | {
        name: fields.get(name, default)
        for name, default in {
            "reference": new_reference(), "own_email": "", "own_phone": "", "own_phone_typed": "",
            "may_name_caller": False, "may_leave_voicemail": False, "language": "",
            "wants_interpreter": False, "accessibility_needs": "", "message": "", "flags": [],
            "state": "new", "hold": "", "link_version": 1, "person_digest": "", "reply": "call",
            "former_contacts": [], "needs_agent": False,
        }.items()
    } | {name: fields.get(name, "") for name in NO_GUARDIAN}  # fmt: skip
    columns = ", ".join(row)
    values = ", ".join(["%s"] * len(row))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO enquiries_enquiry ({columns}) VALUES ({values}) RETURNING is_minor",  # noqa: S608
            list(row.values()),
        )
        return cursor.fetchone()[0]


def refused(error, constraint):
    return error.value.__cause__.diag.constraint_name == constraint


@pytest.mark.parametrize("minor", [False, True])
def test_an_adult_and_a_minor_with_a_guardian_are_stored(enquiry_fields, minor):
    assert insert(enquiry_fields(minor=minor)) is minor


def test_a_minor_may_wait_for_a_guardian(enquiry_fields):
    assert insert(enquiry_fields(minor=True, hold="needs_guardian", **NO_GUARDIAN)) is True


@pytest.mark.parametrize(("minor", "altered", "constraint"), FORBIDDEN)
def test_raw_sql_cannot_store_what_must_never_be(enquiry_fields, minor, altered, constraint):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        insert(enquiry_fields(minor=minor, **altered))
    assert refused(error, constraint)


@pytest.mark.parametrize(("minor", "altered", "constraint"), FORBIDDEN)
def test_bulk_create_cannot_store_what_must_never_be(enquiry_fields, minor, altered, constraint):
    rows = [Enquiry(**enquiry_fields()), Enquiry(**enquiry_fields(minor=minor, **altered))]
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        Enquiry.objects.bulk_create(rows)
    assert refused(error, constraint)


@pytest.mark.parametrize(("minor", "altered", "constraint"), FORBIDDEN)
def test_update_cannot_make_what_must_never_be(make_enquiry, minor, altered, constraint):
    enquiry = make_enquiry(minor=minor)
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        Enquiry.objects.filter(pk=enquiry.pk).update(**altered)
    assert refused(error, constraint)


@pytest.mark.parametrize(("minor", "altered", "constraint"), FORBIDDEN)
def test_a_form_says_what_is_wrong(enquiry_fields, minor, altered, constraint):
    enquiry = Enquiry(**enquiry_fields(minor=minor, **altered))
    by_name = {each.name: each for each in Enquiry._meta.constraints}
    with pytest.raises(ValidationError) as error:
        by_name[constraint].validate(Enquiry, enquiry)
    assert error.value.messages[0].endswith((".", f"“{constraint}” is violated."))


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


class TestAMinorsResume:
    NAME = "resume_of_a_minor_waits_for_the_guardian"

    def store(self, enquiry, **altered):
        return Resume.objects.create(
            **{
                "enquiry": enquiry,
                "original_name": "cv.pdf",
                "format": "pdf",
                "size": 3,
                "sha256": "a" * 64,
                "received_at": NOW,
            }
            | altered
        )

    @pytest.mark.parametrize("altered", [{}, {"sealed_at": NOW}, {"deleted_at": NOW}])
    def test_it_is_refused_before_the_guardian_confirmed(self, make_enquiry, altered):
        minor = make_enquiry(minor=True)
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            self.store(minor, **altered)
        assert refused(error, self.NAME)
        Enquiry.objects.update(guardian_confirmed_at=NOW)
        self.store(minor, **altered)

    def test_it_is_sealed_before_an_adult_becomes_a_minor(self, make_enquiry):
        adult = make_enquiry()
        resume = self.store(adult)
        become = {
            "date_of_birth": date(2012, 5, 17), "hold": "needs_guardian", "own_email": "",
            "own_phone": "", "own_phone_typed": "",
        }  # fmt: skip
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            Enquiry.objects.update(**become)
        assert refused(error, self.NAME)
        Resume.objects.update(sealed_at=NOW)
        Enquiry.objects.update(**become)
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            Resume.objects.filter(pk=resume.pk).update(sealed_at=None)
        assert refused(error, self.NAME)

    def test_it_cannot_be_moved_to_a_minors_enquiry(self, make_enquiry):
        resume, minor = self.store(make_enquiry()), make_enquiry(minor=True)
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            Resume.objects.filter(pk=resume.pk).update(enquiry=minor)
        assert refused(error, self.NAME)

    def test_a_confirmation_cannot_be_taken_back_while_it_is_open(self, make_enquiry):
        self.store(make_enquiry(minor=True, guardian_confirmed_at=NOW))
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            Enquiry.objects.update(guardian_confirmed_at=None)
        assert refused(error, self.NAME)


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


def test_one_place_says_whom_to_reach(make_enquiry):
    adult = make_enquiry()
    assert (adult.contact_name, adult.contact_phone, adult.contact_email) == (
        "Ann Example", "+61400000001", "ann@example.org",
    )  # fmt: skip
    minor = make_enquiry(minor=True)
    assert (minor.contact_name, minor.contact_phone, minor.contact_email) == (
        "Gina Guardian", "+61400000002", "gina@example.org",
    )  # fmt: skip


def test_who_was_reached_before_is_found_without_reading_every_row(make_enquiry):
    found = make_enquiry(own_email="Ann@example.org")
    make_enquiry(own_email="bea@example.org", own_phone="+61400000009")
    reached = Enquiry.objects.reached_by(phone="+61400000008", email="ann@Example.org")
    assert list(reached) == [found]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "Seq Scan" not in reached.explain()


def test_a_reference_cannot_be_misread():
    references = {new_reference() for _ in range(500)}
    assert len(references) == 500
    assert all(len(reference) == 8 for reference in references)
    assert not set("".join(references)) & set("0125AEBILOSUVZ")


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


def test_a_link_tells_its_enquiry_until_its_time_is_over(make_enquiry):
    enquiry = make_enquiry(link_version=3)
    purpose = LinkPurpose.GUARDIAN_CONFIRMATION
    token = sign_link(enquiry, purpose=purpose, now=NOW)
    last = NOW + timedelta(days=7)
    claim = read_link(token, purpose=purpose, now=last - timedelta(seconds=1))
    assert (claim.enquiry_id, claim.version) == (enquiry.pk, 3)
    with pytest.raises(LinkExpired) as expired:
        read_link(token, purpose=purpose, now=last)
    assert expired.value.claim == claim


@pytest.mark.parametrize("change", ["", "x", "1-1-99999999999", "1.2", "\x00", "💥"])
def test_a_link_that_we_did_not_make_is_rejected(make_enquiry, change):
    with pytest.raises(LinkRejected):
        read_link(change, purpose=LinkPurpose.RECEIVED, now=NOW)


def test_a_link_is_worth_nothing_for_another_purpose(make_enquiry):
    token = sign_link(make_enquiry(), purpose=LinkPurpose.RECEIVED, now=NOW)
    with pytest.raises(LinkRejected):
        read_link(token, purpose=LinkPurpose.GUARDIAN_CONFIRMATION, now=NOW)
