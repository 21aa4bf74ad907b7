"""Correcting a date of birth in the admin, and who else asks for the same child."""

import pytest

from enquiries.models import Enquiry
from enquiries.same_person import person_digest

BORN = {
    "date_of_birth_day": "17", "date_of_birth_month": "5", "date_of_birth_year": "2012",
    "why": "Their passport says so",
}  # fmt: skip


def test_the_page_says_what_a_correction_does(adviser, make_enquiry, page_of, do):
    enquiry = make_enquiry()
    text = adviser.client.get(page_of(enquiry)).content.decode()
    assert "If they turn out to be under 18, their phone and e-mail are deleted" in text
    answer = do(adviser, "change_birth_date", enquiry, **BORN)
    assert answer.said == ["The date of birth is corrected: the person is under 18."]
    text = answer.content.decode()
    assert "A parent or guardian is missing" in text
    assert "If they turn out to be an adult, the guardian&#x27;s data is deleted" in text
    assert "ann@example.org" not in text
    answer = do(adviser, "change_birth_date", enquiry, **BORN | {"date_of_birth_year": "1990"})
    assert answer.said == ["The date of birth is corrected: the person is 18 or over."]
    assert "Call nobody until they agree anew" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"date_of_birth_year": "2555"}, "a Gregorian year, like 2008"),
        ({"date_of_birth_day": "31", "date_of_birth_month": "2"}, "February 2012 has 29 days"),
        ({"why": ""}, "Say how we know."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(adviser, make_enquiry, do, typed, says):
    answer = do(adviser, "change_birth_date", make_enquiry(), **BORN | typed)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Enquiry.objects.get().is_minor


def test_enquiries_about_one_person_are_linked_for_staff(adviser, make_enquiry, page_of):
    one = make_enquiry(minor=True)
    digest = person_digest(name=one.person_name, born=one.date_of_birth)
    one.person_digest = digest
    one.save()
    other = make_enquiry(minor=True, person_digest=digest, guardian_name="Omar Other")
    text = adviser.client.get(page_of(one)).content.decode()
    assert other.reference in text
    assert page_of(other) in text
    assert "Another guardian" in text
    assert "Omar" not in text
    stranger = adviser.client.get(page_of(make_enquiry())).content.decode()
    assert "Other enquiries about this person" not in stranger
