"""The contact form: what it asks, what it answers, and that nothing typed is ever lost."""

import io
import re
import time
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection
from django.test import Client
from django.urls import reverse

from enquiries import abuse, uploads
from enquiries.models import (
    Callback,
    Consent,
    Enquiry,
    Flag,
    LinkPurpose,
    OutboxMessage,
    PendingUpload,
    Resume,
    resume_storage,
    sign_link,
)
from enquiries.views import streaming
from enquiries.views.client import client_address
from enquiries.views.page import blank_body
from tests.enquiries.contact_page import CHILDS, GUARDIANS, MINE, Page, clock

ADDRESS = "/contact/"
ARABIC = "0400000001".translate({ord("0") + n: 0x660 + n for n in range(10)})
pytestmark = pytest.mark.django_db


@pytest.fixture
def stored(settings, tmp_path):
    """Keep the résumés of a test in a folder of its own, and list their names."""
    resumes = settings.STORAGES["resumes"]
    settings.STORAGES = settings.STORAGES | {
        "resumes": resumes | {"OPTIONS": resumes["OPTIONS"] | {"location": tmp_path / "resumes"}}
    }
    return lambda: [each.name for each in (tmp_path / "resumes").glob("**/*") if each.is_file()]


@pytest.fixture
def opened():
    """Open the form some time ago, as a person does who types."""

    def ago(**passed):
        return abuse.sign_time(clock() - timedelta(**(passed or {"minutes": 3})))

    return ago


@pytest.fixture
def send(client, opened):
    """Send the form as an adult fills it in, altered; a value of None leaves a field out."""
    key = str(uuid4())

    def post(*, by=client, **altered):
        typed = MINE | {"submission_key": key, "opened": opened()} | altered
        return by.post(ADDRESS, {name: each for name, each in typed.items() if each is not None})

    return post


def a_file(content=b"I worked in a call centre.", name="resume.txt"):
    return SimpleUploadedFile(name, content)


def a_slot(client):
    """Give the value of the first time of a call on offer."""
    options = Page(client.get(ADDRESS)).all("option")
    return next(each["value"] for each in options if each.get("value", "").endswith(":00Z"))


def everything():
    """Give every row of every table of the enquiries, as text."""
    with connection.cursor() as cursor:
        tables = [
            each
            for each in connection.introspection.table_names(cursor)
            if each.startswith("enquiries_")
        ]
        rows = []
        for table in tables:
            cursor.execute(f"SELECT t::text FROM {table} t")  # noqa: S608 - our own tables
            rows += [f"{table}: {row}" for (row,) in cursor.fetchall()]
    return rows


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
        assert first["callback"] == ["any"]
        assert first["fallback"] == ["email"]

    def test_it_says_who_reads_it_for_how_long_and_what_we_never_ask(self, client):
        text = Page(client.get(ADDRESS)).one("main")["text"]
        for words in (
            "Our advisers read what you send",
            "We keep it until you ask us to delete it",
            "We never ask for money, passwords or passport numbers",
            "One of our advisers calls you",
            "Write in English if you can",
        ):
            assert words in text

    def test_it_promises_no_deletion_on_a_date_since_nothing_deletes_by_date(self, client):
        notice = Page(client.get(ADDRESS)).one("section", **{"aria-labelledby": "privacy"})["text"]
        assert not re.search(r"[0-9]+ (?:hours|days|months|years)", notice)

    def test_its_times_are_those_of_the_office_wherever_it_is(self, client, settings):
        settings.SITE_TIME_ZONE = "Australia/Perth"
        blank_body.cache_clear()
        page = client.get(ADDRESS).text
        blank_body.cache_clear()
        assert "The times below are Perth time" in page

    def test_it_is_never_kept_by_a_cache(self, client):
        assert "no-store" in client.get(ADDRESS).headers["Cache-Control"]

    def test_it_asks_the_database_nothing(self, client, django_assert_num_queries):
        client.get(ADDRESS)
        with django_assert_num_queries(0):
            client.get(ADDRESS)

    def test_what_is_carried_costs_two_queries(self, client, django_assert_num_queries):
        address = f"{ADDRESS}?o=anzsco-2022:541111&o=anzsco-2022:541112&q=BSB40307&q=BSB41115"
        client.get(address)
        with django_assert_num_queries(2):
            client.get(address)

    def test_its_time_in_the_server_is_printed(self, client, capsys):
        blank_body.cache_clear()
        times = []
        for _ in range(30):
            started = time.perf_counter()
            client.get(ADDRESS)
            times.append((time.perf_counter() - started) * 1000)
        with capsys.disabled():
            first, *rest = times
            rest.sort()
            print(f"\n/contact/ GET: first {first:.0f} ms, then p95 {rest[27]:.1f} ms")  # noqa: T201
        assert len(times) == 30

    def test_times_are_told_in_both_zones_once_a_city_is_known(self, client):
        unknown = Page(client.get(ADDRESS)).one("select", name="callback")["text"]
        known = Page(client.get(f"{ADDRESS}?time_zone=Africa/Lagos"))
        assert "Sydney time" in unknown
        assert "your time" not in unknown
        assert re.search(
            r"\d\d:00 to \d\d:30 your time = \d\d:00 to \d\d:30 Sydney",
            known.one("select", name="callback")["text"],
        )
        assert known.typed()["time_zone"] == ["Africa/Lagos"]

    @pytest.mark.parametrize("zone", ["Mars/Olympus", "", "\x00", "../etc/passwd"])
    def test_a_city_that_we_do_not_know_is_not_chosen(self, client, zone):
        response = client.get(ADDRESS, {"time_zone": zone})
        assert Page(response).typed()["time_zone"] == [""]


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
        options = Page(client.get(f"{ADDRESS}?time_zone=Africa/Lagos")).all("option")
        slot = next(o["value"] for o in options if o.get("value", "").endswith(":00Z"))
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
            return response.status_code, re.sub(r"[346789CDFGHJKMNPQRTWXY]{8}", "REFERENCE", page)

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

    def test_a_filled_trap_is_answered_like_any_other_and_flagged(self, send):
        assert send(website="https://spam.example").status_code == 303
        assert Flag.HONEYPOT in Enquiry.objects.get().flags


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
            ({"callback": "2020-01-01T00:00Z"}, "callback", "Choose another time"),
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

    def test_asking_for_the_times_judges_nothing_yet(self, send):
        response = send(show_times="1", country="NG", time_zone="Africa/Lagos", email="", about="")
        page = Page(response)
        assert response.status_code == 200
        assert page.summary == []
        assert not page.one("title")["text"].startswith("Error")
        assert "your time =" in page.one("select", name="callback")["text"]
        assert page.typed()["message"] == [MINE["message"]]


class TestTheFile:
    def test_it_becomes_the_resume(self, send, stored):
        send(resume=a_file())
        resume = Resume.objects.get()
        assert (resume.original_name, resume.format, resume.size) == ("resume.txt", "txt", 26)
        with resume_storage().open(resume.stored_name) as file:
            assert file.read() == b"I worked in a call centre."
        assert len(stored()) == 1
        assert PendingUpload.objects.count() == 0

    @pytest.mark.usefixtures("stored")
    def test_it_waits_an_hour_for_the_rest_of_its_form(self, send):
        page = Page(send(resume=a_file(), email=""))
        assert "We kept your file resume.txt." in page.form["text"]
        waits = PendingUpload.objects.get().expires_at - clock()
        assert timedelta(minutes=59) < waits <= timedelta(hours=1)
        send()
        assert Resume.objects.get().original_name == "resume.txt"

    @pytest.mark.usefixtures("stored")
    def test_a_form_with_one_that_waits_is_one_enquiry_though_sent_twice(self, send):
        page = Page(send(resume=a_file(), email=""))
        again = {"kept_resume": page.one(name="kept_resume")["value"]}
        first, second = send(**again), send(**again)
        assert first.status_code == second.status_code == 303
        assert Enquiry.objects.count() == Resume.objects.count() == 1

    @pytest.mark.usefixtures("stored")
    def test_one_whose_hour_is_over_is_asked_for_again(self, send):
        page = Page(send(resume=a_file(), email=""))
        again = {"kept_resume": page.one(name="kept_resume")["value"]}
        uploads.discard_expired_uploads(now=clock() + timedelta(hours=2))
        for altered in ({}, {"email": ""}, {"show_times": "1"}):
            page = Page(send(**again, **altered))
            assert "Choose it again" in page.error("resume")
            assert not page.all(name="kept_resume")
        assert Enquiry.objects.count() == 0
        send()
        assert Enquiry.objects.count() == 1

    @pytest.mark.parametrize("said", ["", "x", "\0", "A" * 64])
    def test_one_that_we_never_kept_is_not_missed(self, send, said):
        assert send(kept_resume=said).status_code == 303

    @pytest.mark.usefixtures("stored")
    def test_one_that_waits_can_be_taken_back(self, send):
        page = Page(send(resume=a_file(), email=""))
        assert page.one(name="discard_resume")
        send(discard_resume="on")
        assert Enquiry.objects.count() == 1
        assert Resume.objects.count() == PendingUpload.objects.count() == 0

    @pytest.mark.usefixtures("stored")
    def test_one_that_was_discarded_while_the_form_was_sent_is_asked_for_again(
        self, send, monkeypatch
    ):
        send(resume=a_file(), email="")
        found = uploads.pending_upload

        def found_just_before_its_hour_is_over(key, *, now):
            upload = found(key, now=now)
            uploads.discard_expired_uploads(now=now + timedelta(hours=2))
            return upload

        monkeypatch.setattr(uploads, "pending_upload", found_just_before_its_hour_is_over)
        page = Page(send())
        assert "Choose it again" in page.error("resume")
        assert "We kept your file" not in page.form["text"]
        assert Enquiry.objects.count() == 0

    @pytest.mark.parametrize(
        ("content", "name", "words"),
        [
            (b"", "empty.pdf", "empty"),
            (b"MZ\x90", "resume.exe", "cannot take this kind of file"),
            (b"\xd0\xcf\x11\xe0 old Word", "resume.doc", "Save it as PDF or DOCX"),
            (b"\x89PNG\r\n\x1a\n", "resume.pdf", "not what its name says"),
            (b"%PDF-1.7\nnothing", "resume.pdf", "cannot open this file"),
            (b"PK\x03\x04 cut short", "resume.docx", "cannot open this file"),
            (b"{\\rtf1 {\\object}}", "resume.rtf", "object"),
            (b"x", "n" * 252 + ".txt", ""),
        ],
    )
    def test_one_that_we_cannot_take_is_refused_at_its_field(
        self, send, stored, content, name, words
    ):
        response = send(resume=a_file(content, name))
        if words:
            assert words in Page(response).error("resume")
            assert stored() == []
            assert everything() == []
        else:
            assert response.status_code == 303

    def test_one_over_5_mb_is_refused_and_everything_typed_kept(self, send, stored):
        page = Page(send(resume=a_file(b"a" * (6 * 1024 * 1024), "big.txt")))
        assert "bigger than 5 MB" in page.error("resume")
        assert page.typed()["message"] == [MINE["message"]]
        assert stored() == []

    @pytest.mark.usefixtures("stored")
    def test_one_of_exactly_5_mb_is_taken(self, send):
        send(resume=a_file(b"a" * (5 * 1024 * 1024), "full.txt"))
        assert Resume.objects.get().size == 5 * 1024 * 1024

    def test_no_more_than_the_limit_is_ever_held(self):
        handler = streaming.ResumeUploadHandler()
        handler.new_file("resume", "big.txt", "text/plain", None)
        for start in range(0, 8 * 1024 * 1024, 64 * 1024):
            handler.receive_data_chunk(b"a" * 64 * 1024, start)
        with handler.file_complete(8 * 1024 * 1024) as file:
            assert file.seek(0, io.SEEK_END) == 5 * 1024 * 1024 + 1

    def test_two_files_are_one_too_many(self, send, stored):
        page = Page(send(resume=[a_file(), a_file(name="second.txt")]))
        assert "Choose one file only" in page.error("resume")
        assert stored() == []

    def test_a_file_in_another_field_is_let_pass(self, send, stored):
        assert send(photo=a_file(name="me.txt")).status_code == 303
        assert stored() == []


class TestBodiesThatAreNotOurForm:
    def test_one_over_25_mb_gets_a_page_that_says_what_to_do(self, send):
        response = send(resume=a_file(b"a" * (26 * 1024 * 1024), "huge.txt"))
        assert response.status_code == 413
        assert "Choose one file only, up to 5 MB" in response.content.decode()

    def test_too_much_text(self, send):
        assert send(message="x" * 3_000_000).status_code == 413

    def test_too_much_text_as_a_plain_form(self, client):
        body = b"message=" + b"x" * 3_000_000
        response = client.post(ADDRESS, body, content_type="application/x-www-form-urlencoded")
        assert response.status_code == 413

    def test_too_many_fields(self, client):
        response = client.post(ADDRESS, {f"field{number}": "x" for number in range(1100)})
        assert response.status_code == 413

    def test_too_many_files(self, client):
        response = client.post(ADDRESS, {f"f{number}": a_file() for number in range(120)})
        assert response.status_code == 413

    @pytest.mark.parametrize(
        ("body", "content_type"),
        [
            (b"--x\r\n", "multipart/form-data"),
            (b"--x\r\n", "multipart/form-data; boundary=\xe9"),
        ],
    )
    def test_damaged(self, client, body, content_type):
        response = client.generic("POST", ADDRESS, body, content_type=content_type)
        assert response.status_code == 400
        assert "could not read" in response.content.decode()

    def test_a_body_that_ends_early(self, client):
        body = (
            b'--x\r\nContent-Disposition: form-data; name="resume"; filename="a.txt"\r\n\r\nhello'
        )
        response = client.generic(
            "POST", ADDRESS, body, content_type="multipart/form-data; boundary=x"
        )
        assert response.status_code in {400, 422}

    def test_a_length_that_is_no_number(self, client):
        response = client.generic("POST", ADDRESS, b"about=me", CONTENT_LENGTH="many")
        assert response.status_code == 400

    def test_json_is_an_empty_form(self, client):
        response = client.generic("POST", ADDRESS, b"{}", content_type="application/json")
        assert response.status_code == 422

    def test_a_line_that_breaks_while_we_drain_it(self, rf):
        class BrokenLine(io.RawIOBase):
            def read(self, _size=-1):
                raise OSError

        request = rf.post(ADDRESS)
        request.environ["wsgi.input"] = BrokenLine()
        request = WSGIRequest(request.environ | {"CONTENT_LENGTH": str(26 * 1024 * 1024)})
        with pytest.raises(streaming.BodyRefused) as refused:
            streaming.read_body(request)
        assert refused.value.status == 413

    def test_put_is_not_a_way_in(self, client):
        assert client.put(ADDRESS).status_code == 405


class TestWhenItCannotBeSure:
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


class TestTheReceipt:
    def test_it_is_private_and_never_kept(self, send, client):
        response = client.get(send().headers["Location"])
        assert response.status_code == 200
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response.headers["X-Robots-Tag"]
        assert len(Page(response).all("h1")) == 1

    def test_it_shows_nothing_that_was_typed(self, send, client):
        text = client.get(send().headers["Location"]).content.decode()
        for typed in ("Ann", "ann@example.org", "0400", "dog"):
            assert typed not in text

    @pytest.mark.parametrize("token", ["nonsense", "1-1-1.x"])
    def test_another_address_shows_none(self, client, token):
        assert client.get(f"/contact/received/{token}/").status_code == 410

    def test_of_a_deleted_enquiry_it_shows_none(self, client, make_enquiry):
        enquiry = make_enquiry()
        token = sign_link(enquiry, purpose=LinkPurpose.RECEIVED, now=clock())
        enquiry.delete()
        assert client.get(f"/contact/received/{token}/").status_code == 410

    def test_it_closes_after_4_hours(self, client, make_enquiry):
        enquiry = make_enquiry()
        before = clock() - timedelta(hours=5)
        token = sign_link(enquiry, purpose=LinkPurpose.RECEIVED, now=before)
        response = client.get(reverse("enquiries:received", args=[token]))
        assert response.status_code == 410
        assert enquiry.reference not in response.content.decode()


class TestTheGuardiansLink:
    @pytest.fixture
    def minor(self, make_enquiry):
        return make_enquiry(minor=True, given_name="Cleo")

    @pytest.fixture
    def link(self, minor):
        def to(enquiry=minor, **ago):
            made = clock() - timedelta(**ago)
            token = sign_link(enquiry, purpose=LinkPurpose.GUARDIAN_CONFIRMATION, now=made)
            return reverse("enquiries:confirm_guardian", args=[token])

        return to

    def test_opening_it_shows_the_child_by_initial_and_confirms_nothing(self, client, link, minor):
        response = client.get(link())
        assert "C." in Page(response).one("main")["text"]
        assert "Cleo" not in response.content.decode()
        minor.refresh_from_db()
        assert minor.guardian_confirmed_at is None
        assert Consent.objects.count() == 0

    def test_sending_it_confirms_without_a_cookie(self, link, minor):
        strict = Client(enforce_csrf_checks=True)
        response = strict.post(link(), headers={"origin": "null"})
        assert "Thank you, you have confirmed" in Page(response).one("h1")["text"]
        minor.refresh_from_db()
        assert minor.guardian_confirmed_at is not None

    def test_a_second_time_it_says_that_it_was_confirmed(self, client, link):
        client.post(link())
        assert "Thank you" in Page(client.get(link())).one("h1")["text"]
        client.post(link())
        assert Consent.objects.count() == 1

    def test_expired_it_offers_a_new_link_once(self, client, link, minor):
        old = link(days=8)
        expired = client.get(old)
        assert expired.status_code == 410
        assert Page(expired).one("button", name="renew")
        assert client.post(old).status_code == 410
        assert OutboxMessage.objects.count() == 0
        assert "new link" in Page(client.post(old, {"renew": "1"})).one("h1")["text"]
        assert OutboxMessage.objects.count() == 1
        assert client.post(old, {"renew": "1"}).status_code == 404
        minor.refresh_from_db()
        newer = link(minor, days=8)
        assert client.post(newer, {"renew": "1"}).status_code == 410
        assert OutboxMessage.objects.count() == 1

    def test_of_a_closed_enquiry_it_confirms_nothing(self, client, make_enquiry, link):
        closed = make_enquiry(minor=True, state="withdrawn", closed_at=clock())
        assert client.post(link(closed)).status_code == 410
        assert Consent.objects.count() == 0

    def test_one_that_is_not_ours_is_unknown(self, client):
        assert client.get("/contact/confirm/nonsense/").status_code == 404

    def test_it_is_private_and_never_kept(self, client, link):
        for response in (client.get(link()), client.get(link(days=8)), client.post(link())):
            assert "no-store" in response.headers["Cache-Control"]
            assert response.headers["Referrer-Policy"] == "no-referrer"
            assert "noindex" in response.headers["X-Robots-Tag"]


def test_nothing_personal_is_logged(send, caplog):
    caplog.set_level("DEBUG")
    send()
    send(email="")
    send(date_of_birth_year="2012")
    for typed in ("ann@example.org", "Ann", "400000001", "0400"):
        assert typed not in caplog.text


@pytest.mark.parametrize(
    ("remote", "forwarded", "counted"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "192.0.2.66, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("2001:db8::1", "198.51.100.1", "2001:db8::1"),
        ("", "198.51.100.1", ""),
    ],
)
def test_the_budget_counts_the_nearest_address_that_is_not_our_proxy(
    rf, settings, remote, forwarded, counted
):
    settings.TRUSTED_PROXIES = ["10.0.0.0/24"]
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    assert client_address(rf.get("/", headers=headers, REMOTE_ADDR=remote)) == counted
