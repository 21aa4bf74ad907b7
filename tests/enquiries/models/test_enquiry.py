"""What must never be false about an enquiry, shown in PostgreSQL itself."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from enquiries.models import Enquiry, new_reference
from tests.enquiries.models.raw_sql import NO_GUARDIAN, insert, refused

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
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
