"""The page of an enquiry, and what can be done from it."""

import pytest
from icalendar import Calendar

from enquiries import selfservice
from enquiries.models import LinkPurpose, OccupationOfInterest
from tests.enquiries.contact_page import Page, clock

pytestmark = pytest.mark.django_db


def text_of(response):
    return Page(response).one("main")["text"]


class TestThePage:
    def test_it_tells_what_was_asked_and_when_we_call(self, client, booked, address):
        enquiry = booked(time_zone="Asia/Kathmandu", country="NP")
        OccupationOfInterest.objects.create(
            enquiry=enquiry, edition="anzsco-2022", code="541111", title="Call Centre Lead"
        )
        text = text_of(client.get(address(enquiry)))
        assert enquiry.reference in text
        assert "your time (Kathmandu) = " in text
        assert "Sydney time" in text
        assert "541111 Call Centre Lead" in text
        assert "Working in Australia" in text
        assert "One of our advisers will take it up" in text

    def test_it_shows_no_contact_and_no_message(self, client, booked, address):
        enquiry = booked(message="Visit http://evil.example now", given_name="Zenobia")
        for minor in enquiry, booked(minor=True, guardian_name="Gina Guardian"):
            text = client.get(address(minor)).content.decode()
            for typed in ("evil", "Zenobia", "ann@", "gina@", "0400", "+6140", "Gina", "Ann "):
                assert typed not in text
        assert "a…@example.org" in text_of(client.get(address(enquiry)))
        assert "ending in 001" in text_of(client.get(address(enquiry)))

    def test_each_state_and_hold_is_told_in_plain_words(
        self, client, make_enquiry, make_adviser, address
    ):
        owner = make_adviser()
        told = {}
        for state, closed in {
            "assigned": False, "scheduled": False, "in_call": False, "follow_up": False,
            "done": True, "closed_unreached": True, "withdrawn": True, "spam": True,
        }.items():  # fmt: skip
            enquiry = make_enquiry(state=state, owner=owner, closed_at=clock() if closed else None)
            page = Page(client.get(address(enquiry)))
            told[state] = page.one("main")["text"]
            assert bool(page.all("button", value="confirm_email")) is not closed
        assert "spam" not in told["spam"].lower()
        assert "Your request is closed." in told["spam"]
        assert "could not reach you" in told["closed_unreached"]
        assert "withdrawn" in told["withdrawn"]
        for hold, words in {
            "needs_guardian": "must complete your request",
            "needs_info": "know more from you",
            "reconsent": "is 18 now",
        }.items():
            held = make_enquiry(minor=True, hold=hold)
            assert words in text_of(client.get(address(held)))
        assert "wait for you to confirm" in text_of(client.get(address(make_enquiry(minor=True))))

    def test_the_address_is_confirmed_by_a_button(self, client, booked, address):
        enquiry = booked(email_confirmed_at=None)
        assert Page(client.get(address(enquiry))).one("button", value="confirm_email")
        response = client.post(address(enquiry), {"act": "confirm_email"}, follow=True)
        assert "the address is yours" in text_of(response)
        enquiry.refresh_from_db()
        assert enquiry.email_confirmed_at is not None
        assert not Page(response).all("button", value="confirm_email")

    def test_the_page_after_sending_confirms_no_address(self, client, booked, address):
        enquiry = booked(email_confirmed_at=None)
        received = address(enquiry, purpose=LinkPurpose.RECEIVED)
        assert not Page(client.get(received)).all("button", value="confirm_email")
        client.post(received, {"act": "confirm_email"})
        enquiry.refresh_from_db()
        assert enquiry.email_confirmed_at is None

    def test_the_call_can_be_cancelled(self, client, booked, address):
        enquiry = booked()
        response = client.post(address(enquiry), {"act": "cancel_call"}, follow=True)
        assert "Your call is cancelled. We keep your request." in text_of(response)
        assert "No call is booked." in text_of(response)
        again = client.post(address(enquiry), {"act": "cancel_call"}, follow=True)
        assert "Your call is cancelled" not in text_of(again)

    def test_words_of_others_cannot_be_put_on_it(self, client, booked, address):
        response = client.get(address(booked()), {"said": "Send money to evil.example"})
        assert "evil" not in response.content.decode()

    def test_a_closed_one_offers_nothing_but_the_data(self, client, booked, address):
        enquiry = booked()
        selfservice.withdraw(enquiry, now=clock())
        anchors = Page(client.get(address(enquiry))).all("a")
        links = [each.get("href", "") for each in anchors]
        ours = {
            link.rstrip("/").rpartition("/")[2] for link in links if link.startswith("/enquiry/")
        }
        assert ours == {"data"}


class TestTheCalendarFile:
    def test_it_is_a_download_without_a_name_in_it(self, client, booked, address):
        enquiry = booked()
        response = client.get(address(enquiry, "call_file"))
        assert response.headers["Content-Type"].startswith("text/calendar")
        assert response.headers["Content-Disposition"] == 'attachment; filename="call.ics"'
        [event] = Calendar.from_ical(response.content).events
        assert event.start == enquiry.callbacks.get().starts_at

    def test_without_a_time_there_is_none(self, client, booked, make_enquiry, address):
        assert client.get(address(make_enquiry(), "call_file")).status_code == 404
        enquiry = booked()
        selfservice.cancel_call(enquiry, now=clock())
        assert client.get(address(enquiry, "call_file")).status_code == 404


class TestWithdrawing:
    def test_it_is_asked_once_more(self, client, booked, address):
        enquiry = booked()
        page = Page(client.get(address(enquiry, "withdraw")))
        assert page.one("h1")["text"] == "Withdraw my request"
        response = client.post(address(enquiry, "withdraw"), follow=True)
        assert "We will not call you about it" in text_of(response)
        enquiry.refresh_from_db()
        assert enquiry.state == "withdrawn"

    def test_in_a_second_tab_everything_says_that_it_was_closed(self, client, booked, address):
        enquiry = booked()
        pages = {
            "withdraw": {},
            "choose_time": {"callback": "any"},
            "show": {"act": "cancel_call"},
        }
        addresses = {page: address(enquiry, page) for page in pages}
        client.post(addresses["withdraw"])
        for page, sent in pages.items():
            response = client.post(addresses[page], sent, follow=True)
            assert "changed meanwhile" in text_of(response), page
        assert enquiry.events.filter(kind="state_changed").count() == 1


class TestTheData:
    def test_a_copy_is_a_download(self, client, booked, address):
        enquiry = booked()
        response = client.post(address(enquiry, "data"), {"act": "access"})
        assert response.json()["reference"] == enquiry.reference
        assert response.headers["Content-Disposition"].startswith("attachment")

    def test_deletion_withdraws_at_once(self, client, booked, address):
        enquiry = booked()
        response = client.post(address(enquiry, "data"), {"act": "deletion"}, follow=True)
        assert "We will delete what we hold about you." in text_of(response)
        enquiry.refresh_from_db()
        assert enquiry.state == "withdrawn"
        assert "We do so by" in text_of(client.get(address(enquiry, "data")))
        client.post(address(enquiry, "data"), {"act": "deletion"})
        assert enquiry.data_requests.count() == 1

    def test_only_a_letters_link_asks_for_it(self, client, booked, address):
        enquiry = booked()
        received = address(enquiry, "data", purpose=LinkPurpose.RECEIVED)
        for act in "access", "deletion":
            response = client.post(received, {"act": act})
            assert "First we must know that it is you." in text_of(response)
        assert enquiry.data_requests.count() == 0
