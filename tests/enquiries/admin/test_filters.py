"""What the queue is narrowed to by each of its filters."""

from datetime import timedelta

import pytest
from django.utils import timezone

from enquiries.triage import claim

QUEUE = "/admin/enquiries/enquiry/"


@pytest.fixture
def narrowed(adviser):
    def narrowed(**query):
        answer = adviser.client.get(QUEUE, query)
        return {enquiry.given_name for enquiry in answer.context["cl"].result_list}

    return narrowed


@pytest.fixture
def asked_for(make_enquiry, make_callback):
    def make(given_name, starts_at):
        enquiry = make_enquiry(given_name=given_name)
        return make_callback(enquiry, starts_at=starts_at)

    return make


def test_by_owner(narrowed, adviser, make_staff, make_enquiry, now):
    make_enquiry(given_name="Free")
    claim(make_enquiry(given_name="Mine"), by=adviser, now=now)
    claim(make_enquiry(given_name="Theirs"), by=make_staff(), now=now)
    assert narrowed(owner="me") == {"Mine"}
    assert narrowed(owner="nobody") == {"Free"}
    assert narrowed(owner="others") == {"Theirs"}


def test_by_hold(narrowed, make_enquiry):
    make_enquiry(given_name="Free")
    make_enquiry(given_name="Held", hold="needs_info")
    assert narrowed(hold="needs_info") == {"Held"}
    assert narrowed(hold="none") == {"Free"}


def test_by_age(narrowed, make_enquiry, now):
    make_enquiry(given_name="Adult")
    make_enquiry(given_name="Child", minor=True)
    make_enquiry(given_name="Confirmed", minor=True, guardian_confirmed_at=now)
    assert narrowed(age="adult") == {"Adult"}
    assert narrowed(age="minor") == {"Child", "Confirmed"}
    assert narrowed(age="waiting") == {"Child"}


def test_by_country_among_those_that_open_enquiries_come_from(narrowed, adviser, make_enquiry):
    make_enquiry(given_name="Here", country="AU")
    make_enquiry(given_name="There", country="PH")
    assert narrowed(country="PH") == {"There"}
    answer = adviser.client.get(QUEUE)
    countries = next(spec for spec in answer.context["cl"].filter_specs if spec.title == "country")
    assert [label for _, label in countries.lookup_choices] == ["Australia", "Philippines"]


def test_by_resume(narrowed, make_enquiry, make_resume):
    make_enquiry(given_name="Without")
    make_resume(make_enquiry(given_name="With"))
    assert narrowed(resume="yes") == {"With"}
    assert narrowed(resume="no") == {"Without"}


def test_by_day_of_the_callback_in_the_site_s_time(narrowed, asked_for):
    noon = timezone.localtime().replace(hour=12, minute=0)
    asked_for("Tomorrow", noon + timedelta(days=1))
    asked_for("Later", noon + timedelta(days=3))
    asked_for("Far", noon + timedelta(days=20))
    asked_for("Past", noon - timedelta(days=2))
    asked_for("Whenever", None)
    asked_for("Cancelled", noon + timedelta(days=1)).enquiry.callbacks.update(
        cancelled_at=timezone.now()
    )
    assert narrowed(callback="tomorrow") == {"Tomorrow"}
    assert narrowed(callback="week") == {"Tomorrow", "Later"}
    assert narrowed(callback="past") == {"Past"}
    assert narrowed(callback="any") == {"Whenever"}
    assert narrowed(callback="today") == set()


@pytest.mark.parametrize(
    "query", [{"nonsense": "1"}, {"given_name__startswith": "A"}, {"p": "x"}, {"owner": "x"}]
)
def test_an_address_typed_wrong_is_no_error_of_ours(adviser, query):
    assert adviser.client.get(QUEUE, query, follow=True).status_code in {200, 400}
