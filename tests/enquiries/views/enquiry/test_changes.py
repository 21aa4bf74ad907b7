"""Choosing another time, correcting the contact and adding a résumé, page by page."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve

from enquiries import bookings, office
from enquiries.forms.fields import slot_id
from enquiries.models import LinkPurpose, OfficeHours, Resume
from enquiries.views.enquiry.call import TAKEN
from tests.enquiries.contact_page import Page, clock

pytestmark = pytest.mark.django_db


def text_of(response):
    return Page(response).one("main")["text"]


def problem_of(response):
    """Give where the summary of what is wrong leads, and the sentence that leads there."""
    page = Page(response)
    assert page.one("h2", id="error-summary-title")["text"] == "There is a problem"
    [(line, way)] = [(line, page.within(line)) for line in page.summary]
    return way[0]["href"] if way else "", line["text"] or way[0]["text"]


class TestAnotherTime:
    def test_first_a_day_then_a_time(self, client, booked, address):
        enquiry = booked()
        link = address(enquiry, "choose_time")
        days = [
            each["href"]
            for each in Page(client.get(link)).all("a")
            if "?day=" in each.get("href", "")
        ]
        assert 1 <= len(days) <= 12
        page = Page(client.get(link + days[-1]))
        times = [each["value"] for each in page.all("input", name="callback")]
        assert 1 <= len(times) <= 12
        response = client.post(link, {"day": days[-1][5:], "callback": times[0]}, follow=True)
        assert "Your call has a new time." in text_of(response)
        assert slot_id(enquiry.callbacks.current().get().starts_at) == times[0]

    def test_any_time_can_be_chosen(self, client, booked, address):
        enquiry = booked()
        response = client.post(address(enquiry, "choose_time"), {"callback": "any"}, follow=True)
        assert "between 8:00 and 20:00 where you are" in text_of(response)
        assert enquiry.callbacks.current().get().starts_at is None

    def test_a_time_taken_meanwhile_loses_nothing(
        self, client, booked, make_enquiry, address, free
    ):
        enquiry = booked()
        before, wanted = enquiry.callbacks.get().starts_at, free()[3]
        self.fill(make_enquiry, wanted)
        response = client.post(
            address(enquiry, "choose_time"), {"day": "", "callback": slot_id(wanted)}
        )
        assert response.status_code == 422
        assert problem_of(response) == ("", TAKEN)
        assert Page(response).one("title")["text"].startswith("Error:")
        assert enquiry.callbacks.current().get().starts_at == before

    def fill(self, make_enquiry, wanted):
        for _ in range(20):
            try:
                other = make_enquiry(email_confirmed_at=clock())
                bookings.book(other, starts_at=wanted, now=clock())
            except bookings.SlotTaken:
                return

    def test_on_a_day_with_times_the_summary_leads_to_the_first(
        self, client, booked, address, free
    ):
        day = f"{free()[-1].astimezone(office.site_zone()):%Y-%m-%d}"
        response = client.post(address(booked(), "choose_time"), {"day": day, "callback": ""})
        assert problem_of(response) == ("#time-1", "Choose a time.")
        assert Page(response).one("input", id="time-1")

    @pytest.mark.parametrize("sent", ["", "nonsense", "2026-13-01T00:00Z", "2020-01-01T00:00Z"])
    def test_what_is_no_time_books_nothing(self, client, booked, address, sent):
        enquiry = booked()
        response = client.post(address(enquiry, "choose_time"), {"callback": sent})
        assert response.status_code == 422
        assert enquiry.callbacks.count() == 1

    def test_a_day_that_is_none_offers_the_days(self, client, booked, address):
        link = address(booked(), "choose_time")
        for day in "nonsense", "0001-01-01", "9999-12-31":
            assert client.get(link, {"day": day}).status_code == 200

    def test_while_someone_must_agree_none_is_booked(self, client, booked, address):
        enquiry = booked(minor=True, hold="reconsent")
        response = client.post(address(enquiry, "choose_time"), {"callback": "any"})
        assert "cannot book a call at present" in text_of(response)

    def test_where_no_call_can_reach_none_is_offered(self, client, booked, address):
        enquiry = booked()
        OfficeHours.objects.all().delete()
        office.forget_offer()
        assert "We answer you by e-mail" in text_of(client.get(address(enquiry, "choose_time")))


class TestTheContact:
    def test_it_is_corrected_and_the_person_goes_on(self, client, booked, address):
        enquiry = booked()
        response = client.post(
            address(enquiry, "correct_contact"),
            {"email": "new@example.org", "phone": "0400 000 009"},
            follow=True,
        )
        assert "We changed how we reach you." in text_of(response)
        assert "n…@example.org" in text_of(response)
        enquiry.refresh_from_db()
        assert (enquiry.own_email, enquiry.own_phone) == ("new@example.org", "+61400000009")
        assert enquiry.email_confirmed_at is None
        # They go on by a link that proves nothing about the new address.
        token = resolve(response.request["PATH_INFO"]).kwargs["token"]
        client.post(f"/enquiry/{token}/", {"act": "confirm_email"})
        enquiry.refresh_from_db()
        assert enquiry.email_confirmed_at is None

    @pytest.mark.parametrize(
        ("sent", "said"),
        [
            ({}, "Enter what has changed."),
            ({"email": "ann"}, "Enter an e-mail address like name@example.com."),
            ({"phone": "12"}, "Check the phone number"),
            ({"phone": "000"}, "That is an emergency number."),
            ({"phone": "1900 123 456"}, "That number costs extra"),
        ],
    )
    def test_what_is_wrong_is_named_and_kept(self, client, booked, address, sent, said):
        enquiry = booked()
        response = client.post(address(enquiry, "correct_contact"), sent)
        page = Page(response)
        assert response.status_code == 422
        assert said in page.one("main")["text"]
        assert page.one("title")["text"].startswith("Error:")
        for name, value in sent.items():
            assert page.one("input", name=name)["value"] == value
        enquiry.refresh_from_db()
        assert (enquiry.own_email, enquiry.own_phone) == ("ann@example.org", "+61400000001")

    def test_of_a_minor_it_is_the_guardians(self, client, booked, address):
        minor = booked(minor=True)
        link = address(minor, "correct_contact")
        assert "contact of the parent or guardian" in text_of(client.get(link))
        client.post(link, {"email": "new@example.org"})
        minor.refresh_from_db()
        assert (minor.guardian_email, minor.own_email) == ("new@example.org", "")

    def test_a_child_at_the_page_after_sending_cannot_take_a_guardians_place(
        self, client, booked, address
    ):
        minor = booked(minor=True, guardian_confirmed_at=clock())
        link = address(minor, "correct_contact", purpose=LinkPurpose.RECEIVED)
        for response in client.get(link), client.post(link, {"email": "child@example.org"}):
            assert response.status_code == 303
        minor.refresh_from_db()
        assert minor.guardian_email == "gina@example.org"


@pytest.mark.usefixtures("stored")
class TestTheResume:
    def send(self, client, link, *, name="cv.txt", content=b"I lead a team of twelve.", **more):
        return client.post(link, {"resume": SimpleUploadedFile(name, content), **more}, follow=True)

    def test_it_is_added(self, client, booked, address, stored):
        enquiry = booked()
        response = self.send(client, address(enquiry, "add_resume"))
        assert "We have your résumé." in text_of(response)
        assert Resume.objects.get().enquiry == enquiry
        assert "add_resume" not in response.content.decode()
        self.send(client, address(enquiry, "add_resume"), content=b"Another one.")
        assert Resume.objects.count() == len(stored()) == 1

    def test_it_passes_the_same_checks_as_with_the_form(self, client, booked, address, stored):
        link = address(booked(), "add_resume")
        for name, content, said in [
            ("cv.exe", b"MZ", "PDF"),
            ("cv.pdf", b"I am no PDF.", "PDF"),
            ("cv.txt", b"", "empty"),
        ]:
            response = self.send(client, link, name=name, content=content)
            assert response.status_code == 422
            assert said in text_of(response), name
        assert not Resume.objects.exists()
        assert stored() == []

    def test_without_a_file_it_asks_for_one(self, client, booked, address):
        response = client.post(address(booked(), "add_resume"))
        assert response.status_code == 422
        assert problem_of(response) == ("#resume", "Choose a file.")
        assert Page(response).one("input", id="resume")["aria-invalid"] == "true"

    def test_of_a_minor_it_waits_for_the_guardian(self, client, booked, address):
        minor = booked(minor=True)
        assert client.get(address(minor, "add_resume")).status_code == 303
        self.send(client, address(minor, "add_resume"))
        minor.guardian_confirmed_at = clock() - timedelta(minutes=1)
        minor.save()
        self.send(client, address(minor, "add_resume", purpose=LinkPurpose.RECEIVED))
        assert not Resume.objects.exists()
        self.send(client, address(minor, "add_resume"))
        assert Resume.objects.count() == 1

    def test_a_body_that_is_no_form_is_refused(self, client, booked, address):
        response = client.post(
            address(booked(), "add_resume"),
            b"nonsense",
            content_type="multipart/form-data; boundary=x",
            headers={"content-length": "nonsense"},
        )
        assert response.status_code in {400, 413, 422}
