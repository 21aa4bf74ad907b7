"""A new enquiry for someone on the phone: the same rules, taken down by staff with the call."""

from datetime import date
from uuid import uuid4

import pytest

from enquiries import on_behalf
from enquiries.models import (
    CallAttempt,
    Callback,
    Channel,
    Consent,
    Enquiry,
    Event,
    FollowUp,
    OutboxMessage,
    Wording,
)
from tests.enquiries.contact_page import CHILDS, MINE, Page

ADDRESS = "/admin/enquiries/enquiry/on-behalf/"
CALLED = {name: value for name, value in MINE.items() if name != "about"} | {"caller": "self"}
GUARDIAN_CALLED = CALLED | {k: v for k, v in CHILDS.items() if k != "about"}
GUARDIAN_CALLED |= {"caller": "guardian"}


@pytest.fixture
def take_down():
    """Send the form as it was filled in for a caller."""

    def take_down(user, **typed):
        return user.client.post(ADDRESS, {"submission_key": str(uuid4())} | CALLED | typed)

    return take_down


@pytest.fixture
def soon(adviser):
    """Give a day on which a call can be had, and the first of its times, as the page offers."""

    def soon(**typed):
        shown = adviser.client.post(ADDRESS, CALLED | typed | {"show_times": "1"})
        page = Page(shown)
        values = [each["value"] for each in page.within(page.one("select", name="callback_day"))]
        day = next(each for each in values if each[:1].isdigit())
        shown = adviser.client.post(
            ADDRESS, CALLED | typed | {"callback_day": day, "show_times": "1"}
        )
        page = Page(shown)
        times = page.within(page.one("select", name="callback"))
        return day, next(each for each in times if each["value"])

    return soon


def errors(answer):
    """List what the summary of errors says."""
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    page = Page(answer)
    (summary,) = (each for each in page.all("div") if each.get("class") == "error-summary")
    return [each["text"] for each in page.within(summary) if each["tag"] == "a"]


def test_the_queue_leads_to_it_and_only_who_may_comes_there(adviser, make_staff, take_down):
    assert f'href="{ADDRESS}"' in adviser.client.get("/admin/enquiries/enquiry/").text
    assert adviser.client.get(ADDRESS).status_code == 200
    for role in ("Auditor", "Editor", None):
        user = make_staff(role)
        assert user.client.get(ADDRESS).status_code == 403
        assert take_down(user).status_code == 403
    assert not Enquiry.objects.exists()


def test_it_asks_what_the_form_asks_and_who_called(adviser):
    answer = adviser.client.get(f"{ADDRESS}?o=anzsco-2022:541111")
    page = Page(answer)
    names = {each.get("name") for each in page.elements} - {None}
    assert {"caller", "given_name", "privacy_accepted", "guardian_name", "callback_day"} <= names
    assert not names & {"about", "resume", "website", "opened"}
    assert page.one("input", name="occupations")["value"] == "anzsco-2022:541111"
    assert "style=" not in answer.text


def test_what_a_caller_tells_is_theirs_with_their_call_and_the_adviser_s_at_once(
    adviser, take_down
):
    answer = take_down(adviser)
    enquiry = Enquiry.objects.get()
    assert answer.headers["Location"] == f"/admin/enquiries/enquiry/{enquiry.pk}/change/"
    assert (enquiry.own_phone, enquiry.own_phone_typed) == ("+61400000001", "0400 000 001")
    assert (enquiry.owner, enquiry.state, enquiry.flags) == (adviser, "follow_up", [])
    attempt = CallAttempt.objects.get()
    assert (attempt.outcome, attempt.by, attempt.to_guardian) == ("they_called", adviser, False)
    assert attempt.remark == "The person themselves"
    consent = Consent.objects.get()
    assert (consent.purpose, consent.channel) == ("privacy", Channel.VOICE)
    submitted = Event.objects.get(kind="submitted")
    assert submitted.by == adviser
    topics = set(OutboxMessage.objects.values_list("topic", flat=True))
    assert {"acknowledgement", "staff_notice"} <= topics


def test_words_that_another_process_has_shown_are_those_agreed_to(adviser, take_down):
    shown = Page(adviser.client.get(ADDRESS)).one(name="wording")["value"].split("-")
    newer = Wording(
        purpose="privacy", version="new", text="New words.", in_force_on=date(2026, 11, 2)
    )
    Wording.objects.bulk_create([newer])  # of which this process is not told
    answer = take_down(adviser, wording=f"{newer.digest[:16]}-{shown[1]}")
    assert answer.status_code == 302
    assert Consent.objects.get().wording_version == "new"


def test_who_wants_another_call_at_any_time_is_still_promised_one(adviser, take_down):
    take_down(adviser)
    promised = FollowUp.objects.open().get()
    assert (promised.reason, promised.owner) == ("call_again", adviser)
    first = FollowUp.objects.get(reason="first_call")
    assert (first.done_by, promised.due_at) == (adviser, first.due_at)


def test_who_wants_an_e_mail_is_promised_one(adviser, take_down):
    take_down(adviser, callback_day="email")
    enquiry = Enquiry.objects.get()
    assert (enquiry.reply, enquiry.state) == ("email", "follow_up")
    assert FollowUp.objects.open().get().reason == "send_information"


def test_times_are_shown_in_both_zones_and_one_is_booked(adviser, take_down, soon):
    manila = {"country": "PH", "time_zone": "Asia/Manila", "phone": "+63 917 123 4567"}
    day, slot = soon(**manila)
    assert "Sydney" in slot["text"]
    take_down(adviser, **manila, callback_day=day, callback=slot["value"])
    booked = Callback.objects.get()
    assert f"{booked.starts_at:%Y-%m-%dT%H:%MZ}" == slot["value"]
    assert (booked.zone, Enquiry.objects.get().state) == ("Asia/Manila", "scheduled")
    assert FollowUp.objects.open().get().due_at == booked.starts_at


def test_a_time_that_is_gone_is_said_and_nothing_is_stored(adviser, take_down, soon):
    day, _ = soon()
    answer = take_down(adviser, callback_day=day, callback=f"{day}T03:11Z")
    assert errors(answer) == ["We cannot call then. Choose another time."]
    assert not Enquiry.objects.exists()
    assert not CallAttempt.objects.exists()


def test_of_a_minor_only_the_guardian_s_contact_is_taken_down(adviser, take_down):
    take_down(adviser, **GUARDIAN_CALLED | {"message": "His number is 0400 000 009"})
    enquiry = Enquiry.objects.get()
    assert (enquiry.is_minor, enquiry.about) == (True, "child")
    assert (enquiry.own_phone, enquiry.own_email) == ("", "")
    assert enquiry.guardian_phone == "+61400000002"
    assert "0400" not in enquiry.message
    attempt = CallAttempt.objects.get()
    assert (attempt.to_guardian, attempt.remark) == (True, "Their parent or guardian")
    assert set(Consent.objects.values_list("purpose", "channel", "given_by")) == {
        ("privacy", "voice", "guardian"),
        ("guardian_declaration", "voice", "guardian"),
    }
    assert OutboxMessage.objects.filter(topic="guardian_confirmation").count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        pytest.param(
            GUARDIAN_CALLED | {"caller": "self"},
            "This person is under 18. Ask for a parent or guardian: only they can ask us to call.",
            id="a minor on the phone",
        ),
        pytest.param(
            GUARDIAN_CALLED | {"caller": "helper"},
            "This person is under 18. Ask for a parent or guardian: only they can ask us to call.",
            id="somebody for a minor",
        ),
        pytest.param(
            {"caller": "guardian"},
            "This person is 18 or over. Ask to speak with them: they answer for themselves.",
            id="a parent of an adult",
        ),
        pytest.param({"caller": ""}, "Say who called.", id="nobody named"),
        pytest.param(
            {"phone": "000"},
            "That is an emergency number. Enter your own phone number.",
            id="a number not to call",
        ),
        pytest.param(
            {"privacy_accepted": ""},
            "Read the privacy notice, then tick the box.",
            id="no agreement",
        ),
        pytest.param(
            {"wording": "0000-1111"},
            "These words have changed since you opened the page. Read them, then tick the box.",
            id="words that changed meanwhile",
        ),
    ],
)
def test_what_the_rules_refuse_comes_back_with_everything_typed(
    adviser, take_down, typed, sentence
):
    answer = take_down(adviser, **typed)
    assert sentence in errors(answer)
    assert "May I bring my dog?" in answer.text
    assert not Enquiry.objects.exists()


def test_a_minor_without_a_guardian_s_contact_is_not_stored(adviser, take_down):
    answer = take_down(adviser, date_of_birth_year="2012", caller="guardian")
    assert any("A parent or guardian must complete this form." in each for each in errors(answer))
    assert not Enquiry.objects.exists()


def test_sent_twice_it_is_one_enquiry_with_one_call(adviser, take_down):
    key = str(uuid4())
    first, second = (take_down(adviser, submission_key=key) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Enquiry.objects.count() == CallAttempt.objects.count() == 1
    assert Event.objects.filter(kind="claimed").count() == 1
    assert FollowUp.objects.open().count() == 1


def test_if_the_call_cannot_be_recorded_nothing_is_stored(adviser, take_down, monkeypatch):
    def fail(*_args, **_rest):
        raise RuntimeError

    monkeypatch.setattr(on_behalf, "record_call", fail)
    with pytest.raises(RuntimeError):
        take_down(adviser)
    assert not Enquiry.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_it_takes_a_constant_number_of_queries(adviser, django_assert_max_num_queries):
    adviser.client.get(ADDRESS)
    with django_assert_max_num_queries(10):
        adviser.client.get(ADDRESS)
