"""A form that is wrong: each answer says what to do, and nothing typed is lost."""

import re
import time

import pytest
from django.test import Client

from enquiries.models import (
    Enquiry,
)
from tests.enquiries.contact_page import MINE, Page
from tests.enquiries.views.form_samples import ADDRESS, ARABIC, a_day, a_file, everything

pytestmark = pytest.mark.django_db


class TestWhatIsWrong:
    def test_the_page_says_so_first_and_leads_to_each_field(self, client):
        response = client.post(ADDRESS, {})
        page = Page(response)
        assert response.status_code == 422
        assert page.one("title")["text"].startswith("Error: ")
        links = [each["href"] for line in page.summary for each in page.within(line)]
        ids = {each.get("id") for each in page.elements}
        assert len(links) == 8
        assert all(link.startswith("#") and link[1:] in ids for link in links)
        assert any("error-summary.js" in each.get("src", "") for each in page.all("script"))

    @pytest.mark.parametrize(
        ("altered", "field", "words"),
        [
            ({"about": ""}, "about", "Say who the call is for"),
            ({"about": "my dog"}, "about", "from the list"),
            ({"given_name": " "}, "given_name", "Enter a given name"),
            ({"given_name": "x" * 101}, "given_name", "at most 100 letters"),
            ({"given_name": "a\x00b"}, "given_name", "cannot be shown"),
            ({"date_of_birth_day": "32"}, "date_of_birth", "Day must be"),
            ({"date_of_birth_month": "13"}, "date_of_birth", "Month must be"),
            ({"date_of_birth_year": "2551"}, "date_of_birth", "a Gregorian year, like 2008"),
            ({"date_of_birth_year": "90"}, "date_of_birth", "four digits"),
            ({"date_of_birth_year": ""}, "date_of_birth", "Enter the year of birth"),
            ({"interests": []}, "interests", "Say what you have in mind"),
            ({"interests": ["conquering"]}, "interests", "from the list"),
            ({"country": ""}, "country", "Choose the country"),
            ({"country": "XX"}, "country", "from the list"),
            ({"time_zone": ""}, "time_zone", "Choose a city that has your time"),
            ({"time_zone": "Mars/Olympus"}, "time_zone", "from the list"),
            ({"email": ""}, "email", "Enter your e-mail address"),
            ({"given_name": "\u200b\u2060"}, "given_name", "with letters"),
            ({"email": "ann@"}, "email", "like name@example.com"),
            (
                {"email": f"ann@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.example"},
                "email",
                "too long",
            ),
            ({"phone": ""}, "phone", "Enter your phone number"),
            ({"phone": "call me"}, "phone", "Check the phone number"),
            ({"phone": "000"}, "phone", "emergency number"),
            ({"phone": "1900 123 456"}, "phone", "costs extra"),
            ({"phone": "1194"}, "phone", "short number"),
            ({"phone": "0801 234 5678"}, "phone", "not one from Australia"),
            ({"phone": "+61 1"}, "phone", "Start with +"),
            ({"phone": "+49 89 222 222 222 222 22"}, "phone", "Start with +"),
            ({"callback": "yesterday"}, "callback", "Choose another time"),
            ({"fallback": "pigeon"}, "fallback", "from the list"),
            ({"message": "x" * 4001}, "message", "at most 4000 letters"),
            ({"privacy_accepted": None}, "privacy_accepted", "Read the privacy notice"),
        ],
    )
    def test_a_wrong_answer_is_named_at_its_field_and_nothing_typed_is_lost(
        self, send, altered, field, words
    ):
        response = send(**altered)
        page = Page(response)
        assert response.status_code == 422
        assert words in page.error(field)
        kept = page.typed()
        for name, value in (MINE | altered).items():
            if name != field and not name.startswith(field):
                assert kept[name] == (value if isinstance(value, list) else [value])
        assert everything() == []

    def test_a_day_without_a_free_time_is_named_and_other_days_are_offered(self, send):
        page = Page(send(callback="2020-01-01T00:00Z"))
        assert "Choose another day" in page.error("callback_day")
        assert len(page.within(page.one("select", name="callback_day"))) > 5
        assert Enquiry.objects.count() == 0

    @pytest.mark.parametrize(
        ("altered", "part"),
        [
            ({"date_of_birth_day": "0"}, 0),
            ({"date_of_birth_month": "Floréal"}, 1),
            ({"date_of_birth_year": "x"}, 2),
        ],
    )
    def test_the_summary_leads_to_the_wrong_part_of_a_date(self, send, altered, part):
        page = Page(send(**altered))
        assert page.all("a", href=f"#id_date_of_birth_{part}")

    @pytest.mark.parametrize(
        ("country", "typed", "stored"),
        [
            ("AU", "(04) 0000-0001", "+61400000001"),
            ("AU", ARABIC, "+61400000001"),
            ("AU", "+234 801 234 5678", "+2348012345678"),
            ("NG", "0801-234-5678", "+2348012345678"),
            ("NG", "00 61 400 000 001", None),
            ("NG", "009 61 400 000 001", "+61400000001"),
        ],
    )
    def test_a_phone_is_taken_in_any_format_and_shown_back_unchanged(
        self, send, country, typed, stored
    ):
        sent = {"country": country, "phone": typed, "time_zone": "Africa/Lagos"}
        page = Page(send(**sent, privacy_accepted=None))
        assert page.typed()["phone"] == [typed]
        if stored:
            send(**sent)
            enquiry = Enquiry.objects.get()
            assert (enquiry.own_phone, enquiry.own_phone_typed) == (stored, typed)

    def test_what_was_carried_in_is_kept(self, send):
        page = Page(send(about="", occupations=["anzsco-2022:541111"], qualifications=["BSB40307"]))
        assert page.typed()["occupations"] == ["anzsco-2022:541111"]
        assert page.typed()["qualifications"] == ["BSB40307"]

    def test_what_was_typed_is_shown_and_never_run(self, send):
        response = send(given_name='"><script>alert(1)</script>', about="")
        assert b"<script>alert" not in response.content
        assert Page(response).typed()["given_name"] == ['"><script>alert(1)</script>']

    def test_asking_for_the_times_judges_nothing_yet(self, send, client):
        day = a_day(client, time_zone="Africa/Lagos")
        place = {"country": "NG", "time_zone": "Africa/Lagos", "callback_day": day}
        response = send(show_times="1", **place, email="", about="")
        page = Page(response)
        assert response.status_code == 200
        assert page.summary == []
        assert not page.one("title")["text"].startswith("Error")
        times = page.one("select", name="callback")
        assert "hidden" not in times["within"][-2]
        assert re.search(r"\d\d:\d\d\S\d\d:\d\d = \d\d:\d\d Sydney", times["text"])
        assert page.typed()["callback_day"] == [day]
        assert page.typed()["message"] == [MINE["message"]]

    def test_without_its_csrf_token_the_form_comes_back_as_typed(self, send):
        strict = Client(enforce_csrf_checks=True)
        response = send(by=strict)
        page = Page(response)
        assert response.status_code == 403
        assert "We kept what you typed. Send it again." in page.form["text"]
        assert page.typed()["message"] == [MINE["message"]]
        assert page.error("email") == ""
        assert everything() == []
        again = page.typed()
        assert strict.post(ADDRESS, again).status_code == 303

    def test_without_its_csrf_token_a_file_is_not_kept_and_asked_for_again(self, send, stored):
        page = Page(send(by=Client(enforce_csrf_checks=True), resume=a_file()))
        assert "Choose it again" in page.error("resume")
        assert stored() == []

    def test_with_its_csrf_token_it_goes_through(self, send):
        strict = Client(enforce_csrf_checks=True)
        token = Page(strict.get(ADDRESS)).typed()["csrfmiddlewaretoken"][0]
        assert send(by=strict, csrfmiddlewaretoken=token).status_code == 303

    @pytest.mark.parametrize("token", ["", "nonsense", None], ids=["empty", "not ours", "left out"])
    def test_without_its_time_it_comes_back_and_can_be_sent_at_once(self, send, client, token):
        page = Page(send(opened=token))
        assert "We kept what you typed." in page.form["text"]
        assert page.typed()["message"] == [MINE["message"]]
        assert everything() == []
        assert client.post(ADDRESS, page.typed()).status_code == 303

    def test_after_4_hours_it_comes_back_and_can_be_sent_at_once(self, send, opened, client):
        page = Page(send(opened=opened(hours=5)))
        assert "open for more than 4 hours" in page.form["text"]
        assert client.post(ADDRESS, page.typed()).status_code == 303
        assert Enquiry.objects.get().message == MINE["message"]

    def test_sent_too_fast_it_comes_back_and_can_be_sent_a_moment_later(self, send, opened):
        page = Page(send(opened=opened(seconds=1)))
        assert "very quick" in page.form["text"]
        assert page.typed()["message"] == [MINE["message"]]
        assert everything() == []
        time.sleep(2.1)
        assert send(opened=page.typed()["opened"][0]).status_code == 303

    def test_a_lost_key_is_made_anew(self, send):
        assert send(submission_key="nonsense").status_code == 303
