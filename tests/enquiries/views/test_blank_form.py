"""The contact form before anything is typed: what it asks and what is carried in."""

import pytest

from enquiries.models import Enquiry, RetentionPeriod
from enquiries.views.page import blank_body
from tests.enquiries.contact_page import Page
from tests.enquiries.views.form_samples import ADDRESS

pytestmark = pytest.mark.django_db


class TestTheBlankForm:
    def test_its_field_names_are_a_contract(self, client):
        page = Page(client.get(f"{ADDRESS}?o=anzsco-2022:541111&q=BSB40307"))
        assert {control["name"] for control in page.controls if "name" in control} == {
            "about",
            "interests",
            "occupations",
            "qualifications",
            "given_name",
            "family_name",
            "date_of_birth_day",
            "date_of_birth_month",
            "date_of_birth_year",
            "email",
            "phone",
            "country",
            "time_zone",
            "callback_day",
            "callback",
            "fallback",
            "message",
            "resume",
            "privacy_accepted",
            "guardian_name",
            "guardian_relationship",
            "guardian_email",
            "guardian_phone",
            "guardian_declaration",
            "may_name_caller",
            "may_leave_voicemail",
            "language",
            "wants_interpreter",
            "accessibility_needs",
            "csrfmiddlewaretoken",
            "submission_key",
            "opened",
            "wording",
            "website",
            "show_times",
        }

    def test_it_is_one_page_with_one_heading_and_a_label_for_each_control(self, client):
        page = Page(client.get(ADDRESS))
        labelled = {label.get("for") for label in page.all("label")}
        shown = [
            control
            for control in page.controls
            if control["tag"] != "button" and control.get("type") != "hidden"
        ]
        assert len(page.all("h1")) == 1
        assert {control["id"] for control in shown} <= labelled
        ids = [each["id"] for each in page.elements if "id" in each]
        assert len(ids) == len(set(ids))

    def test_it_offers_every_country_and_its_cities(self, client):
        page = Page(client.get(ADDRESS))
        countries = page.one("select", name="country")
        zones = page.one("select", name="time_zone")
        assert len(page.within(countries)) == 250
        lagos = page.one("option", value="Africa/Lagos")
        assert lagos["text"] == "Lagos"
        assert lagos["within"][-1]["label"] == "Nigeria"
        assert lagos in page.within(zones)

    def test_each_one_has_a_key_and_a_time_of_its_own(self, client):
        first, second = (Page(client.get(ADDRESS)).typed() for _ in range(2))
        assert first["submission_key"] != second["submission_key"]
        assert (first["callback_day"], first["callback"]) == (["any"], [""])
        assert first["fallback"] == ["email"]

    @pytest.mark.parametrize(
        "words",
        [
            "Who asks: Example Pty Ltd (ABN 00 000 000 000)",
            "Only our staff read what you send",
            "Why: to call you and to answer you",
            "Who calls: one of our advisers, from +61 2 5550 0000",
            "We never ask for money, passwords or passport numbers",
            "Your request: 2 years after we close it",
            "A résumé: 90 days after we close your request",
            "An adult\u2019s date of birth: until we close your request",
            "that no parent or guardian confirms: 14 days",
            "close a request when 180 days pass without contact",
            "ask for a copy, or ask us to delete it",
            "Write in English if you can",
        ],
    )
    def test_it_says_who_asks_why_for_how_long_and_what_we_never_ask(self, client, settings, words):
        settings.FIRM = settings.FIRM | {
            "legal_name": "Example Pty Ltd",
            "abn": "00 000 000 000",
            "phone": "+61 2 5550 0000",
        }
        blank_body.cache_clear()
        text = Page(client.get(ADDRESS)).one("main")["text"]
        blank_body.cache_clear()
        assert words in text

    def test_a_period_that_is_changed_is_told_at_once(self, client):
        RetentionPeriod.objects.filter(what="resume").update(days=1)
        assert "A résumé: 1 day after" in Page(client.get(ADDRESS)).one("main")["text"]

    def test_its_times_are_those_of_the_office_wherever_it_is(self, client, settings):
        settings.SITE_TIME_ZONE = "Australia/Perth"
        blank_body.cache_clear()
        page = client.get(ADDRESS).text
        blank_body.cache_clear()
        assert "Days and times are those of Perth" in page

    def test_only_the_browser_that_asked_may_keep_it_to_go_back_to(self, client):
        response = client.get(ADDRESS)
        assert response.headers["Cache-Control"] == "private, no-cache"
        assert "Vary" not in response.headers  # or the form that was sent could not be gone back to

    def test_it_asks_for_the_periods_of_keeping_alone(self, client, django_assert_num_queries):
        client.get(ADDRESS)
        with django_assert_num_queries(1):
            client.get(ADDRESS)

    def test_what_is_carried_costs_two_queries_more(self, client, django_assert_num_queries):
        address = f"{ADDRESS}?o=anzsco-2022:541111&o=anzsco-2022:541112&q=BSB40307&q=BSB41115"
        client.get(address)
        with django_assert_num_queries(3):
            client.get(address)

    @pytest.mark.parametrize("zone", ["Mars/Olympus", "", "\x00", "../etc/passwd"])
    def test_a_city_that_we_do_not_know_is_not_chosen(self, client, zone):
        response = client.get(ADDRESS, {"time_zone": zone})
        assert Page(response).typed()["time_zone"] == [""]

    def test_a_city_in_the_address_is_chosen(self, client):
        page = Page(client.get(f"{ADDRESS}?time_zone=Asia/Calcutta"))
        assert page.typed()["time_zone"] == ["Asia/Kolkata"]
        page = Page(client.get(f"{ADDRESS}?time_zone=Africa/Lagos"))
        assert page.typed()["time_zone"] == ["Africa/Lagos"]


class TestWhatIsCarriedIn:
    def test_it_is_shown_by_its_title_and_can_be_unticked(self, client):
        page = Page(client.get(f"{ADDRESS}?o=anzsco-2022:541111&o=osca-2024:541111&q=bsb%2040307"))
        assert page.typed()["occupations"][0] == "anzsco-2022:541111"
        assert page.typed()["qualifications"] == ["BSB40307"]
        assert "Certificate IV in Customer Contact" in page.form["text"]

    @pytest.mark.parametrize(
        "query",
        [
            "o=anzsco-2022:999999",
            "o=nonsense",
            "o=anzsco-1901:541111",
            "o=%00:%00",
            "q=XYZ99999",
            "q=%00",
            "q=" + "9" * 3000,
            "o=anzsco-2022:\uff15\uff14\uff11\uff11\uff11\uff11",
        ],
    )
    def test_what_we_do_not_know_is_left_out_and_said_so(self, client, query):
        page = Page(client.get(f"{ADDRESS}?{query}"))
        assert "We left them out" in page.form["text"]
        assert "occupations" not in page.typed()
        assert "qualifications" not in page.typed()

    def test_it_is_stored_by_its_present_title(self, send):
        send(occupations=["anzsco-2022:541111", "anzsco-2022:999999"], qualifications=["BSB40307"])
        enquiry = Enquiry.objects.get()
        (occupation,) = enquiry.occupations.values_list("edition", "code", "title")
        assert occupation[:2] == ("anzsco-2022", "541111")
        assert occupation[2]
        assert [each.title for each in enquiry.qualifications.all()] == [
            "Certificate IV in Customer Contact"
        ]
