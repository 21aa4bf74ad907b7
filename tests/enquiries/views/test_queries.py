"""How often a form that is sent asks the database: as often for the tenth enquiry as the first."""

from uuid import uuid4

import pytest

from enquiries.models import Enquiry, OccupationOfInterest
from tests.enquiries.contact_page import CHILDS
from tests.enquiries.views.form_samples import a_day, a_file, times_of

pytestmark = pytest.mark.django_db
CODES = ["anzsco-2022:541111", "anzsco-2022:149212", "anzsco-2022:351311", "anzsco-2022:261313"]


@pytest.fixture
def queries(send, client, django_assert_max_num_queries):
    """Send a form anew, altered, and give the number of its queries."""

    def count(*, status=303, most=100, **altered):
        client.get("/contact/")  # reads the words again, should a minute have turned
        with django_assert_max_num_queries(most) as asked:
            answer = send(submission_key=str(uuid4()), **altered)
        assert answer.status_code == status
        return len(asked)

    count(email="first@example.org", phone="0400 000 003")  # reads what is kept for a while
    return count


def test_an_enquiry_takes_twelve_queries_however_many_there_are(queries, make_enquiry):
    first = queries(most=12)
    for _ in range(5):
        make_enquiry()
    assert queries() == first
    assert Enquiry.objects.count() == 8


def test_what_was_read_about_takes_as_many_for_four_as_for_one(queries):
    one = queries(most=13, occupations=CODES[:1])
    assert queries(occupations=CODES) == one
    assert OccupationOfInterest.objects.count() == 5


@pytest.mark.usefixtures("stored")
def test_a_chosen_time_a_guardian_and_a_file_take_few_more(queries, client):
    early, late = times_of(client, a_day(client))[:2]
    assert queries(most=42, callback=early) == queries(callback=late)
    assert queries(most=41, **CHILDS | {"email": None}) == queries(**CHILDS | {"email": None})
    queries(most=50, resume=a_file(), email="third@example.org", phone="0400 000 005")


def test_what_must_be_put_right_is_asked_for_little(queries):
    queries(status=422, most=4, email="ann")
