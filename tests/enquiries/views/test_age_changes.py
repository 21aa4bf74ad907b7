"""The pages where a guardian completes an enquiry, and where an adult agrees; opening shows."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from enquiries import majority
from enquiries.models import Consent, Enquiry, LinkPurpose, Wording, sign_link
from tests.enquiries.contact_page import GUARDIANS, Page, clock

TYPED = GUARDIANS | {"privacy_accepted": "on"}
MINE = {"email": "cleo@example.org", "phone": "0400 000 007", "agreed": "on"}


@pytest.fixture
def link():
    def to(enquiry, name="give_guardian", **ago):
        purpose = {
            "give_guardian": LinkPurpose.GUARDIAN_REQUEST,
            "agree_anew": LinkPurpose.RECONSENT,
        }[name]
        token = sign_link(enquiry, purpose=purpose, now=clock() - timedelta(**ago))
        return reverse(f"enquiries:{name}", args=[token])

    return to


@pytest.fixture
def waiting(make_enquiry, make_adviser):
    adult = make_enquiry(given_name="Cleo", family_name="Rare")
    return majority.change_birth_date(adult, born=date(2012, 5, 17), by=make_adviser(), now=clock())


@pytest.fixture
def grown(make_enquiry):
    return make_enquiry(
        minor=True, given_name="Cleo", hold="reconsent", date_of_birth=date(2008, 11, 20),
        decided_on=date(2008, 11, 22), decided_at=clock().replace(year=2008, month=11, day=22),
    )  # fmt: skip


class TestAGuardianCompletes:
    def test_opening_shows_the_child_by_initial_and_changes_nothing(self, client, link, waiting):
        response = client.get(link(waiting))
        text = Page(response).one("main")["text"]
        assert response.status_code == 200
        assert "C. asked us for a call and is under 18" in text
        assert "I am 18 or over and have parental responsibility" in text
        assert "Privacy notice" in text
        body = response.content.decode()
        assert "Cleo" not in body
        assert "Rare" not in body
        assert "ann@example.org" not in body
        waiting.refresh_from_db()
        assert waiting.hold == "needs_guardian"

    def test_sending_it_needs_no_cookie_and_records_the_declaration(self, link, waiting):
        strict = Client(enforce_csrf_checks=True)
        response = strict.post(link(waiting), TYPED, headers={"origin": "null"})
        assert "Thank you" in Page(response).one("h1")["text"]
        waiting.refresh_from_db()
        assert (waiting.hold, waiting.guardian_phone) == ("", "+61400000002")
        assert waiting.guardian_phone_typed == "+61 400 000 002"
        assert {each.purpose for each in Consent.objects.all()} == {
            "privacy", "guardian_declaration",
        }  # fmt: skip
        again = strict.post(link(waiting), TYPED)
        assert again.status_code == 410
        assert "gina@example.org" not in again.content.decode()

    @pytest.mark.parametrize("missing", sorted(TYPED))
    def test_nothing_may_be_missing(self, client, link, waiting, missing):
        typed = {name: value for name, value in TYPED.items() if name != missing}
        response = client.post(link(waiting), typed)
        page = Page(response)
        assert response.status_code == 422
        assert page.one("title")["text"].startswith("Error:")
        assert page.error(missing)
        assert [each["text"] for each in page.summary] == [
            page.error(missing).removeprefix("Error: ")
        ]
        assert Enquiry.objects.get().guardian_email == ""

    def test_a_guardian_of_the_childs_name_says_that_they_are_two(self, client, link, waiting):
        namesake = TYPED | {"guardian_name": "cleo  RARE"}
        page = Page(client.post(link(waiting), namesake))
        assert "has the same name" in page.error("guardian_name")
        assert page.one("input", name="guardian_is_someone_else")
        two = client.post(link(waiting), namesake | {"guardian_is_someone_else": "on"})
        assert two.status_code == 200
        assert Enquiry.objects.get().flags == ["guardian_namesake"]

    def test_an_old_link_and_one_that_is_not_ours(self, client, link, waiting):
        assert client.get(link(waiting, days=14)).status_code == 410
        assert client.get("/contact/guardian/nonsense/").status_code == 404


class TestAnAdultAgrees:
    def test_opening_shows_no_name_and_changes_nothing(self, client, link, grown):
        response = client.get(link(grown, "agree_anew"))
        assert "You are now 18 or over" in Page(response).one("main")["text"]
        for personal in ("Cleo", "Gina", "gina@example.org", "0400 000 002"):
            assert personal not in response.content.decode()
        grown.refresh_from_db()
        assert grown.hold == "reconsent"

    def test_sending_it_makes_the_request_their_own(self, client, link, grown):
        response = client.post(link(grown, "agree_anew"), MINE)
        assert "Thank you, the request is yours" in Page(response).one("h1")["text"]
        grown.refresh_from_db()
        assert (grown.is_minor, grown.own_phone, grown.guardian_email) == (
            False, "+61400000007", "",
        )  # fmt: skip
        assert Consent.objects.get().purpose == "adult_reconsent"

    @pytest.mark.parametrize(
        ("altered", "says"),
        [
            ({"email": ""}, "Enter your e-mail address"),
            ({"email": "GINA@example.org"}, "of your parent or guardian"),
            ({"phone": "12"}, "Check the phone number"),
            ({"agreed": ""}, "Tick the box"),
        ],
    )
    def test_their_own_contact_and_agreement_are_needed(self, client, link, grown, altered, says):
        response = client.post(link(grown, "agree_anew"), MINE | altered)
        [field] = altered
        assert response.status_code == 422
        assert says in Page(response).error(field)
        assert Enquiry.objects.get().own_email == ""

    def test_what_is_wrong_is_listed_in_the_order_of_the_page(self, client, link, grown):
        page = Page(client.post(link(grown, "agree_anew"), {}))
        ways = [page.within(line)[0]["href"] for line in page.summary]
        assert ways == ["#id_email", "#id_phone", "#id_agreed"]

    def test_a_link_for_another_page_opens_nothing(self, client, link, grown):
        other = link(grown).replace("/guardian/", "/agree/")
        assert client.get(other).status_code == 404
        assert client.get(link(grown, "agree_anew", days=30)).status_code == 410


@pytest.mark.parametrize("name", ["give_guardian", "agree_anew"])
def test_each_page_is_private_and_never_kept(client, link, waiting, name):
    for response in (client.get(link(waiting, name)), client.get(link(waiting, name, days=40))):
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response.headers["X-Robots-Tag"]


@pytest.mark.parametrize(
    ("name", "tick"),
    [
        ("give_guardian", {"guardian_declaration": "guardian_declaration"}),
        ("give_guardian", {"privacy": "privacy_accepted"}),
        ("agree_anew", {"adult_reconsent": "agreed"}),
    ],
)
def test_words_that_changed_meanwhile_are_agreed_to_anew(client, link, request, name, tick):
    whose, typed = {"give_guardian": ("waiting", TYPED), "agree_anew": ("grown", MINE)}[name]
    [(purpose, field)] = tick.items()
    address = link(request.getfixturevalue(whose), name)
    shown = Page(client.get(address)).one(name="wording")["value"]
    Wording.objects.create(
        purpose=purpose, version="new", text="New words.", in_force_on=date(2026, 11, 2)
    )
    page = Page(client.post(address, typed | {"wording": shown}))
    assert "have changed since you opened the page" in page.error(field)
    assert len(page.summary) == 1
    assert "New words." in page.one("main")["text"]
    assert not Consent.objects.exists()
    client.post(address, page.typed() | {field: "on"})
    assert Consent.objects.get(purpose=purpose).wording_version == "new"
