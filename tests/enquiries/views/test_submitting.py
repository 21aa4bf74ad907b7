"""A form that is right: an adult's, and a minor's with a guardian."""

import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from enquiries import abuse
from enquiries.models import (
    Callback,
    Enquiry,
    Flag,
    PendingUpload,
    Resume,
)
from tests.enquiries.contact_page import CHILDS, GUARDIANS, MINE, Page
from tests.enquiries.views.form_samples import a_file, a_slot, everything

pytestmark = pytest.mark.django_db


class TestAnAdultsEnquiry:
    def test_it_is_stored_and_answered_with_a_receipt(self, send, client):
        response = send()
        enquiry = Enquiry.objects.get()
        assert response.status_code == 303
        assert response.headers["Location"].startswith("/contact/received/")
        assert (enquiry.own_phone, enquiry.own_phone_typed) == ("+61400000001", "0400 000 001")
        assert (enquiry.given_name, enquiry.country, enquiry.interests) == (
            "Ann",
            "AU",
            ["working", "living"],
        )
        assert enquiry.reference in client.get(response.headers["Location"]).content.decode()

    def test_a_chosen_time_is_booked_and_told_in_both_zones(self, send, client):
        slot = a_slot(client, time_zone="Africa/Lagos")
        response = send(
            country="NG", time_zone="Africa/Lagos", phone="0801 234 5678", callback=slot
        )
        callback = Callback.objects.get()
        assert callback.starts_at == datetime.fromisoformat(slot)
        text = Page(client.get(response.headers["Location"])).one("main")["text"]
        assert "your time (Lagos) =" in text
        assert "Sydney time" in text

    def test_a_country_with_one_time_needs_no_city(self, send):
        send(country="NG", time_zone="", phone="+234 801 234 5678")
        assert Enquiry.objects.get().time_zone == "Africa/Lagos"

    def test_the_name_that_an_old_device_gives_a_city_is_understood(self, send):
        send(country="IN", time_zone="Asia/Calcutta", phone="98765 43210")
        assert Enquiry.objects.get().time_zone == "Asia/Kolkata"

    def test_sent_twice_it_is_one_enquiry_with_one_reference(self, send):
        first, second = send(), send()
        assert Enquiry.objects.count() == 1
        assert first.status_code == second.status_code == 303

    def test_sent_twice_it_is_one_enquiry_though_its_time_has_closed_meanwhile(
        self, send, client, monkeypatch
    ):
        slot = a_slot(client)
        first = send(callback=slot)
        an_hour_before = datetime.fromisoformat(slot) - timedelta(minutes=59)
        monkeypatch.setattr("enquiries.views.contact.read_clock", lambda: an_hour_before)
        opened = abuse.sign_time(an_hour_before - timedelta(minutes=3))
        assert send(callback=slot, opened=opened).status_code == first.status_code == 303
        assert Enquiry.objects.count() == 1
        changed = send(callback=slot, opened=opened, message="And my cat?")
        assert changed.status_code == 422
        assert "Choose another time" in Page(changed).error("callback")
        assert Enquiry.objects.count() == 1

    def test_sent_again_with_other_words_it_is_a_new_enquiry(self, send):
        send()
        send(message="And my cat?")
        assert Enquiry.objects.count() == 2

    def test_known_and_unknown_people_get_the_same_answer(self, send, client):
        def shape(response):
            page = client.get(response.headers["Location"]).content.decode()
            told = re.sub(r"[346789CDFGHJKMNPQRTWXY]{8}", "REFERENCE", page)
            return response.status_code, re.sub(r"\d+-\d+-\d+\.[\w-]+", "TOKEN", told)

        first = shape(send(submission_key=str(uuid4())))
        again = shape(send(submission_key=str(uuid4())))
        stranger = shape(send(submission_key=str(uuid4()), email="new@example.org"))
        assert first == again == stranger

    def test_what_was_typed_for_a_guardian_is_not_kept(self, send):
        send(**GUARDIANS)
        enquiry = Enquiry.objects.get()
        assert not enquiry.is_minor
        assert enquiry.guardian_name == enquiry.guardian_email == enquiry.guardian_phone == ""

    def test_for_a_child_who_is_18_the_childs_own_contact_is_asked(self, send):
        page = Page(send(**CHILDS | {"date_of_birth_year": "1990"}))
        assert (
            page.error("email")
            == "Error: This person is 18 or over. Enter their own e-mail address."
        )
        assert page.error("guardian_name") == ""
        assert everything() == []


class TestAMinorsEnquiry:
    def test_without_a_guardian_nothing_is_stored_anywhere(self, send, stored):
        response = send(date_of_birth_year="2012", resume=a_file())
        page = Page(response)
        assert response.status_code == 422
        assert "under 18" in page.error("guardian_name")
        assert "minor" in page.form["class"].split()
        assert "We kept your file" not in page.form["text"]
        assert everything() == []
        assert stored() == []

    def test_a_file_that_waits_is_deleted_as_soon_as_the_date_says_under_18(self, send, stored):
        send(privacy_accepted=None, resume=a_file())
        assert len(stored()) == 1
        send(date_of_birth_year="2012")
        assert PendingUpload.objects.count() == 0

    def test_the_childs_own_contact_is_never_stored(self, send):
        response = send(**MINE | CHILDS | {"email": "cleo@example.org", "phone": "0400 000 009"})
        enquiry = Enquiry.objects.get()
        assert response.status_code == 303
        assert enquiry.is_minor
        assert enquiry.own_email == enquiry.own_phone == enquiry.own_phone_typed == ""
        assert enquiry.guardian_phone == "+61400000002"
        assert enquiry.guardian_phone_typed == "+61 400 000 002"
        assert everything()
        assert not [row for row in everything() if "cleo@example" in row or "00000009" in row]

    def test_it_takes_no_file_but_goes_through(self, send, stored):
        assert send(**MINE | CHILDS, resume=a_file()).status_code == 303
        assert stored() == []
        assert Resume.objects.count() == 0

    def test_the_date_of_birth_decides_whatever_the_first_answer_says(self, send):
        response = send(date_of_birth_year="2012", **GUARDIANS)
        assert response.status_code == 303
        assert Enquiry.objects.get().is_minor

    def test_the_receipt_speaks_to_the_parent_or_guardian(self, send, client):
        response = send(**MINE | CHILDS)
        text = Page(client.get(response.headers["Location"])).one("main")["text"]
        assert "We write to the parent or guardian" in text
        assert "Cleo" not in text

    @pytest.mark.parametrize("name", GUARDIANS)
    def test_each_missing_part_of_the_guardians_is_named(self, send, name):
        page = Page(send(**MINE | CHILDS | {name: ""}))
        assert page.error(name).startswith("Error: ")
        assert everything() == []

    def test_one_name_for_guardian_and_child_must_be_two_people(self, send):
        twins = MINE | CHILDS | {"guardian_name": "  cleo  EXAMPLE "}
        page = Page(send(**twins))
        assert "same name" in page.error("guardian_name")
        assert page.one(name="guardian_is_someone_else")
        assert everything() == []
        assert send(**twins, guardian_is_someone_else="on").status_code == 303
        assert Flag.GUARDIAN_NAMESAKE in Enquiry.objects.get().flags
