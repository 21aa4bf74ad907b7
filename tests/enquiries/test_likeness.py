"""Likely duplicates: found by contact, by name and birth, by name and country, not across ages."""

from datetime import date, timedelta

import pytest

from enquiries.likeness import likely_duplicates
from enquiries.same_person import MOST_SHOWN, person_digest

pytestmark = pytest.mark.django_db

DIGEST = person_digest(name="Li Ω Example", born=date(1990, 5, 17))
OTHERS = {"own_email": "x@example.org", "own_phone": "+61400000077"}


@pytest.fixture
def enquiry(make_enquiry):
    return make_enquiry(given_name="Li Ω", family_name="Example", person_digest=DIGEST)


def found(enquiry):
    return {each.enquiry: each.why for each in likely_duplicates(enquiry)}


def test_what_two_enquiries_share_is_named_the_surest_first(enquiry, make_enquiry, now):
    by_person = make_enquiry(person_digest=DIGEST, given_name="Li", own_email="ann@example.org")
    by_phone = make_enquiry(own_email="other@example.org")
    by_email = make_enquiry(own_email="ANN@example.org", own_phone="+61400000077")
    named = {"given_name": "LI Ω", "family_name": "EXAMPLE", **OTHERS}
    by_name = make_enquiry(**named, created_at=now - timedelta(days=89))
    make_enquiry(**named, country="NZ")
    make_enquiry(**named, created_at=now - timedelta(days=91))
    make_enquiry(given_name="Li", family_name="Exampleson", **OTHERS)
    make_enquiry(minor=True, person_digest=DIGEST)
    assert found(enquiry) == {
        by_person: "The same name and date of birth",
        by_phone: "The same phone or e-mail",
        by_email: "The same phone or e-mail",
        by_name: "The same name and country",
    }


def test_what_was_merged_comes_first_from_either_side(enquiry, make_enquiry, now):
    alike = make_enquiry()
    repeat = make_enquiry(state="duplicate", closed_at=now, duplicate_of=enquiry, **OTHERS)
    assert list(found(enquiry).items()) == [
        (repeat, "Repeats it"),
        (alike, "The same phone or e-mail"),
    ]
    assert found(repeat)[enquiry] == "This one repeats it"


def test_a_child_is_not_likened_by_the_guardians_contact(make_enquiry):
    child = make_enquiry(minor=True, given_name="Kim", family_name="", person_digest=DIGEST)
    make_enquiry(minor=True, given_name="Sam", family_name="")
    again = make_enquiry(minor=True, given_name="Kim", family_name="", person_digest=DIGEST)
    assert set(found(child)) == {again}


def test_however_many_there_are_one_query_finds_them(
    enquiry, make_enquiry, django_assert_num_queries
):
    for _ in range(MOST_SHOWN + 2):
        make_enquiry()
    with django_assert_num_queries(1):
        assert len(found(enquiry)) == MOST_SHOWN
