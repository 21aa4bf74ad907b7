"""Days and times of a call on the form: chosen, gone meanwhile, or none at all."""

from datetime import date, datetime
from uuid import uuid4

import pytest

from enquiries import office
from enquiries.asking import times
from enquiries.models import (
    Callback,
    CallbackSlot,
    Enquiry,
    FollowUp,
    OfficeHours,
    OutboxMessage,
    Wording,
)
from enquiries.slots import LENGTH
from tests.enquiries.contact_page import CHILDS, GUARDIANS, MINE, Page, clock
from tests.enquiries.views.form_samples import ADDRESS, a_day, everything, times_of

pytestmark = pytest.mark.django_db
MOST_CHOICES = 12


@pytest.fixture
def close_the_office():
    """Leave no time in which we call."""

    def close():
        OfficeHours.objects.all().delete()
        times.forget_offers()

    return close


@pytest.fixture
def take_places():
    """Take places at the starts of calls, as others do who are quicker."""

    def take(starts, *, left=0):
        for starts_at in starts:
            slot, _ = CallbackSlot.objects.get_or_create(
                starts_at=starts_at, defaults={"ends_at": starts_at + LENGTH, "capacity": 2}
            )
            slot.used = slot.capacity - left
            slot.save()

    return take


class TestWhatIsOffered:
    @pytest.mark.parametrize("zone", ["", "Africa/Lagos", "America/Los_Angeles", "Asia/Kathmandu"])
    def test_a_day_first_then_a_time_each_of_12_at_most(self, client, zone):
        page = Page(client.get(ADDRESS, {"time_zone": zone}))
        days = [each["value"] for each in page.within(page.one("select", name="callback_day"))]
        assert days[0] == "any"
        assert days[-1] == "email"
        assert 3 < len(days) <= MOST_CHOICES
        assert [each["value"] for each in page.within(page.one("select", name="callback"))] == [""]
        assert "hidden" in page.one(id="div_id_callback")["within"][-1]
        assert 1 <= len(times_of(client, days[1], time_zone=zone)) <= MOST_CHOICES

    def test_the_times_are_no_page_to_keep_and_need_no_query_twice(
        self, client, django_assert_num_queries
    ):
        client.get(f"{ADDRESS}times/")
        with django_assert_num_queries(0):
            response = client.get(f"{ADDRESS}times/", {"time_zone": "Asia/Kolkata"})
        assert "no-store" in response.headers["Cache-Control"]
        assert not response.cookies

    @pytest.mark.parametrize(
        "query", ["day=x", "day=0000-00-00", "time_zone=%00", "day=9999-12-31"]
    )
    def test_a_question_that_makes_no_sense_gets_the_days(self, client, query):
        response = client.get(f"{ADDRESS}times/?{query}")
        assert response.status_code == 200
        assert 'value="email"' in response.text


class TestTheLastPlace:
    def test_who_was_too_late_sees_other_times_and_keeps_what_was_typed(
        self, send, client, take_places
    ):
        day = a_day(client)
        first, *others = times_of(client, day)
        take_places([read(first)])
        typed = {"callback_day": day, "callback": first, "language": "Igbo"}
        response = send(**typed)
        page = Page(response)
        assert response.status_code == 422
        assert "Others were quicker" in page.error("callback")
        offered = [each["value"] for each in page.within(page.one("select", name="callback"))]
        assert first not in offered
        assert set(others) <= set(offered)
        assert page.typed()["callback_day"] == [day]
        assert page.typed()["language"] == ["Igbo"]
        assert Enquiry.objects.count() == 0
        assert send(**typed | {"callback": others[0]}).status_code == 303
        assert Callback.objects.get().starts_at == read(others[0])

    def test_of_a_day_that_filled_up_other_days_are_offered(self, send, client, take_places):
        day = a_day(client)
        starts = times_of(client, day)
        for every_half_hour in range(48):
            take_places([read(starts[0]) + LENGTH * (every_half_hour - 24)])
        page = Page(send(callback_day=day, callback=starts[0]))
        assert "Choose another day" in page.error("callback_day")
        assert page.error("callback") == ""
        assert day not in [
            each["value"] for each in page.within(page.one("select", name="callback_day"))
        ]

    def test_a_day_without_a_time_comes_back_with_its_times(self, send, client):
        day = a_day(client)
        page = Page(send(callback_day=day))
        assert page.error("callback").startswith("Error: Choose a time on ")
        assert len(page.within(page.one("select", name="callback"))) > 1
        assert page.typed()["callback_day"] == [day]


class TestWhereNoCallCanBeMade:
    def test_the_page_says_so_and_offers_only_an_e_mail(self, client, close_the_office):
        close_the_office()
        page = Page(client.get(ADDRESS, {"time_zone": "Africa/Lagos"}))
        assert "we cannot promise a call" in page.form["text"]
        assert page.typed()["callback_day"] == ["email"]

    def test_when_every_time_is_taken_it_says_that(self, client, take_places):
        take_places(every_start())
        times.forget_offers()
        page = Page(client.get(ADDRESS))
        assert "Every time is taken for now." in page.form["text"]
        assert page.typed()["callback_day"] == ["email"]

    def test_any_time_is_not_promised_either(self, send, close_the_office):
        close_the_office()
        page = Page(send())
        assert "We can answer by e-mail instead" in page.error("callback_day")
        assert everything() == []

    @pytest.mark.parametrize("who", [{}, MINE | CHILDS], ids=["adult", "minor"])
    def test_an_e_mail_is_promised_and_no_call(self, send, close_the_office, who):
        close_the_office()
        assert send(**who | {"callback_day": "email"}).status_code == 303
        enquiry = Enquiry.objects.get()
        assert enquiry.reply == "email"
        assert Callback.objects.count() == 0
        assert FollowUp.objects.get().reason == "send_information"
        assert OutboxMessage.objects.filter(topic="acknowledgement").exists()

    def test_an_e_mail_can_be_wished_for_everywhere(self, send):
        send(callback="email", callback_day=None)
        assert Enquiry.objects.get().reply == "email"


class TestTheWordsAgreedTo:
    def test_if_they_changed_the_page_comes_back_once_and_says_so(self, send, client):
        shown = Page(client.get(ADDRESS)).one(name="wording")["value"]
        Wording.objects.create(
            purpose="privacy", version="new", text="New words.", in_force_on=date(2026, 11, 2)
        )
        page = Page(send(wording=shown))
        assert "have changed since you opened the page" in page.error("privacy_accepted")
        assert "New words." in page.form["text"]
        assert "privacy_accepted" not in page.typed()
        assert page.typed()["message"] == [MINE["message"]]
        assert everything() == []
        again = page.typed() | {"privacy_accepted": "on"}
        assert client.post(ADDRESS, again).status_code == 303
        consent = Enquiry.objects.get().consents.get()
        assert consent.wording_version == "new"

    def test_a_guardian_agrees_anew_to_a_changed_declaration_alone(self, send, client):
        shown = Page(client.get(ADDRESS)).one(name="wording")["value"]
        Wording.objects.create(
            purpose="guardian_declaration",
            version="new",
            text="New declaration.",
            in_force_on=date(2026, 11, 2),
        )
        page = Page(send(**MINE | CHILDS, wording=shown))
        assert "have changed" in page.error("guardian_declaration")
        assert page.error("privacy_accepted") == ""
        assert send(wording=shown, submission_key=str(uuid4())).status_code == 303  # an adult

    def test_the_page_names_the_words_that_it_shows(self, send, client):
        shown = Page(client.get(ADDRESS)).one(name="wording")["value"]
        assert send(wording=shown).status_code == 303


class TestTheFormInPlace:
    def test_it_is_the_same_form_alone_and_never_kept(self, client):
        response = client.get(f"{ADDRESS}form/?o=anzsco-2022:541111")
        page = Page(response)
        whole = Page(client.get(f"{ADDRESS}?o=anzsco-2022:541111"))
        names = {each["name"] for each in whole.controls if "name" in each}
        assert {each["name"] for each in page.controls if "name" in each} == names
        assert page.form["action"] == whole.form["action"]
        assert not page.all("h1")
        assert "no-store" in response.headers["Cache-Control"]
        assert "csrftoken" in response.cookies

    @pytest.mark.parametrize(
        ("address", "query"),
        [
            ("/occupations/anzsco-2022/541111/", "o=anzsco-2022:541111"),
            ("/qualifications/BSB40307/", "q=BSB40307"),
            ("/shortlist/?o=anzsco-2022:541111", "o=anzsco-2022:541111"),
        ],
    )
    def test_the_page_that_offers_it_sets_no_cookie_and_leads_there_without_a_script(
        self, client, address, query
    ):
        response = client.get(address)
        (link,) = [each for each in Page(response).all("a") if "data-ask" in each]
        assert not response.cookies
        assert link["href"] == f"{ADDRESS}?{query}"
        assert link["data-ask"] == f"{ADDRESS}form/?{query}"
        assert client.get(link["data-ask"]).status_code == 200


class TestKnownPeople:
    @pytest.mark.parametrize("altered", [{"phone": "call me"}, {"interests": []}, GUARDIANS])
    def test_a_form_tells_nothing_of_what_others_sent_before(self, send, altered):
        def answer(**more):
            page = Page(send(submission_key=str(uuid4()), **altered, **more))
            return [each["text"] for each in page.all("p") if "class" in each]

        stranger = answer()
        send(submission_key=str(uuid4()))
        assert answer() == stranger


def read(slot):
    return datetime.fromisoformat(slot)


def every_start():
    return [slot.starts_at for slot in office.free_slots(now=clock(), zone=office.site_zone())]
