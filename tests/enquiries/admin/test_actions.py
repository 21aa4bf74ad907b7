"""What staff do to an enquiry: each action changes one thing and says so."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from enquiries.models import CallAttempt, Consent, Event, FollowUp, FollowUpReason


def test_claiming_makes_it_mine(adviser, make_enquiry, do):
    enquiry = make_enquiry()
    answer = do(adviser, "claim", enquiry)
    enquiry.refresh_from_db()
    assert (enquiry.owner, enquiry.state) == (adviser, "assigned")
    assert answer.said == [f"{enquiry.reference} is yours."]
    assert "Yours" in answer.content.decode()


def test_the_slower_one_is_told_who_won(adviser, lead, make_enquiry, do):
    enquiry = make_enquiry()
    do(lead, "claim", enquiry)
    answer = do(adviser, "claim", enquiry)
    enquiry.refresh_from_db()
    assert enquiry.owner == lead
    assert answer.said == [f"Tom Okafor claimed {enquiry.reference} before you."]
    assert answer.status_code == 200


def test_releasing_puts_it_back(adviser, make_claimed, do):
    enquiry = make_claimed(adviser)
    answer = do(adviser, "release", enquiry, why="Off tomorrow")
    enquiry.refresh_from_db()
    assert (enquiry.owner, enquiry.state) == (None, "new")
    assert answer.said == [f"{enquiry.reference} is back among the new ones."]


def test_a_lead_gives_it_to_a_colleague(lead, adviser, make_enquiry, do):
    enquiry = make_enquiry()
    answer = do(lead, "assign", enquiry, to=adviser.pk, why="")
    enquiry.refresh_from_db()
    assert enquiry.owner == adviser
    assert answer.said == [f"{enquiry.reference} now belongs to Mia Chen."]


def test_it_is_given_only_to_those_who_may_claim(lead, make_staff, make_enquiry, do):
    nobody = make_staff(role=None)
    answer = do(lead, "assign", make_enquiry(), to=nobody.pk)
    assert answer.status_code == 422
    assert Event.objects.count() == 0


def test_a_note_is_kept_in_the_timeline(adviser, make_enquiry, do):
    answer = do(adviser, "note", make_enquiry(), text="Works nights.")
    assert answer.said == ["The note is kept."]
    assert answer.context["timeline"][0].detail == "Works nights."


def test_an_empty_note_is_refused_beside_its_field(adviser, make_enquiry, do):
    answer = do(adviser, "note", make_enquiry(), text="  ")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: " in text
    assert "Write something first." in text
    assert 'id="do-note" open' in text


def test_a_call_is_recorded_to_the_one_number(adviser, make_enquiry, do):
    enquiry = make_enquiry(minor=True)
    answer = do(adviser, "call", enquiry, outcome="no_answer", remark="Rang twice")
    attempt = CallAttempt.objects.get()
    assert (attempt.by, attempt.to_guardian, attempt.number_ending) == (adviser, True, "002")
    assert answer.said == ["The call is recorded: no answer."]
    assert "Call: No answer" in answer.content.decode()


def test_what_was_typed_stays_when_a_call_comes_without_an_outcome(adviser, make_enquiry, do):
    answer = do(adviser, "call", make_enquiry(), outcome="", remark="They speak Yoruba")
    assert answer.status_code == 422
    assert "They speak Yoruba" in answer.content.decode()
    assert not CallAttempt.objects.exists()


def test_a_child_can_only_answer_where_there_is_one(adviser, make_enquiry, do):
    assert do(adviser, "call", make_enquiry(), outcome="minor_answered").status_code == 422
    enquiry = make_enquiry(minor=True)
    assert do(adviser, "call", enquiry, outcome="minor_answered").status_code == 200


def test_without_a_guardian_no_call_is_recorded(adviser, make_enquiry, do):
    empty = dict.fromkeys(
        [
            "guardian_name",
            "guardian_relationship",
            "guardian_email",
            "guardian_phone",
            "guardian_phone_typed",
        ],
        "",
    )
    enquiry = make_enquiry(minor=True, hold="needs_guardian", **empty)
    answer = do(adviser, "call", enquiry, outcome="reached")
    assert answer.said == [
        "There is nobody to call yet: a guardian, or an agreement at 18, is missing."
    ]
    assert not CallAttempt.objects.exists()


def test_a_follow_up_is_promised_in_the_site_s_time(adviser, make_enquiry, do):
    enquiry = make_enquiry()
    day = timezone.localdate() + timedelta(days=40)
    answer = do(adviser, "follow_up", enquiry, reason="call_again", due_on=day, due_time="09:30")
    follow_up = FollowUp.objects.get()
    local = timezone.localtime(follow_up.due_at)
    assert (local.date(), f"{local:%H:%M}") == (day, "09:30")
    assert follow_up.owner == adviser
    assert answer.said == ["The follow-up is scheduled."]


@pytest.mark.parametrize(
    ("due_on", "due_time"), [("2020-01-01", "09:00"), ("", "09:00"), ("soon", "9 o'clock")]
)
def test_a_follow_up_needs_a_time_to_come(adviser, make_enquiry, do, due_on, due_time):
    answer = do(
        adviser,
        "follow_up",
        make_enquiry(),
        reason="call_again",
        due_on=due_on,
        due_time=due_time,
    )
    assert answer.status_code == 422
    assert not FollowUp.objects.exists()


def test_a_guardian_confirms_by_voice(adviser, make_enquiry, do, page_of):
    enquiry = make_enquiry(minor=True)
    text = adviser.client.get(page_of(enquiry)).content.decode()
    assert "+61 400 000 002" in text
    assert "You will not contact the young person." in text
    answer = do(adviser, "confirm_guardian", enquiry, script_version="2026-11", agreed="on")
    enquiry.refresh_from_db()
    assert enquiry.guardian_confirmed_at
    assert Consent.objects.get().channel == "voice"
    assert answer.said == [f"The guardian of {enquiry.reference} has confirmed."]


@pytest.mark.parametrize(
    "typed", [{"script_version": "2026-11"}, {"script_version": "1999", "agreed": "on"}]
)
def test_a_voice_confirmation_needs_the_words_and_the_answer(adviser, make_enquiry, do, typed):
    enquiry = make_enquiry(minor=True)
    assert do(adviser, "confirm_guardian", enquiry, **typed).status_code == 422
    enquiry.refresh_from_db()
    assert enquiry.guardian_confirmed_at is None


def test_an_adult_has_no_guardian_who_could_confirm(adviser, make_enquiry, do):
    answer = do(adviser, "confirm_guardian", make_enquiry(), script_version="2026-11", agreed="on")
    assert answer.said == [
        "There is nothing to confirm: the enquiry is closed, or has no guardian."
    ]


def test_information_is_waited_for_until_it_comes(adviser, make_enquiry, do):
    enquiry = make_enquiry()
    answer = do(adviser, "ask_for_information", enquiry, why="Which city?")
    enquiry.refresh_from_db()
    assert enquiry.hold == "needs_info"
    assert answer.said == [f"{enquiry.reference} waits for information."]
    assert "ask_for_information" not in answer.context["offers"]
    do(adviser, "information_came", enquiry)
    enquiry.refresh_from_db()
    assert enquiry.hold == ""


def test_closing_needs_a_reason_and_is_told_in_the_timeline(adviser, make_claimed, do):
    enquiry = make_claimed(adviser)
    assert do(adviser, "to_done", enquiry, why="").status_code == 422
    answer = do(adviser, "to_done", enquiry, why="All answered")
    enquiry.refresh_from_db()
    assert enquiry.state == "done"
    assert answer.said == [f"{enquiry.reference} is now \u201cDone\u201d."]
    assert answer.context["timeline"][0].what == "Assigned → Done"
    assert "All answered" in answer.content.decode()


def test_a_closed_enquiry_offers_a_note_a_correction_and_reopening_only(
    adviser, make_enquiry, page_of, now
):
    enquiry = make_enquiry(state="withdrawn", closed_at=now)
    answer = adviser.client.get(page_of(enquiry))
    assert set(answer.context["offers"]) == {
        "note",
        "change_birth_date",
        "to_assigned",
        "undo",
    }
    assert "Reopen" in answer.content.decode()


def test_reopening_makes_it_mine(adviser, make_enquiry, do, now):
    enquiry = make_enquiry(state="withdrawn", closed_at=now)
    do(adviser, "to_assigned", enquiry, why="They rang again")
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.owner) == ("assigned", adviser)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("to_scheduled", "Book a time for the callback first."),
        ("to_follow_up", "Schedule a follow-up first."),
        ("to_closed_unreached", "Record three call attempts over at least two days first."),
    ],
)
class TestWhatAChangeNeeds:
    def test_is_said_ahead(self, adviser, make_claimed, page_of, name, sentence):
        answer = adviser.client.get(page_of(make_claimed(adviser)))
        assert answer.context["offers"][name].hint == sentence
        assert sentence in answer.content.decode()

    def test_is_said_when_it_is_missing(self, adviser, make_claimed, do, name, sentence):
        enquiry = make_claimed(adviser)
        assert do(adviser, name, enquiry, why="").said == [sentence]
        enquiry.refresh_from_db()
        assert enquiry.state == "assigned"


def test_a_duplicate_names_the_first_enquiry(adviser, make_enquiry, do):
    first, second = make_enquiry(), make_enquiry()
    assert do(adviser, "to_duplicate", second, original="NOSUCHID").status_code == 422
    do(adviser, "to_duplicate", second, original=first.reference.lower())
    second.refresh_from_db()
    assert second.duplicate_of == first


def test_an_enquiry_does_not_repeat_itself(adviser, make_enquiry, do):
    enquiry = make_enquiry()
    answer = do(adviser, "to_duplicate", enquiry, original=enquiry.reference)
    assert answer.said == ["Name the enquiry that this one repeats."]


@pytest.mark.parametrize("name", ["note", "call", "start_call"])
def test_a_page_left_open_too_long_is_a_message_and_no_error(adviser, make_enquiry, do, now, name):
    enquiry = make_enquiry(state="withdrawn", closed_at=now)
    answer = do(adviser, name, enquiry, text="Still", outcome="reached", why="")
    assert answer.status_code in {200, 422}  # with what was typed, where something was
    enquiry.refresh_from_db()
    assert enquiry.state == "withdrawn"


def test_claiming_what_was_closed_meanwhile_says_so(adviser, make_enquiry, do, now):
    enquiry = make_enquiry(state="withdrawn", closed_at=now)
    assert do(adviser, "claim", enquiry).said == [
        f"Nothing was changed: {enquiry.reference} was closed meanwhile."
    ]


def test_follow_ups_are_closed_from_the_page(adviser, make_enquiry, said, page_of, now):
    enquiry = make_enquiry()
    follow_up = FollowUp.objects.create(
        enquiry=enquiry, reason=FollowUpReason.CALL_AGAIN, due_at=now, created_at=now
    )
    answer = adviser.client.post(
        f"/admin/enquiries/followup/{follow_up.pk}/close/", {"from": "enquiry"}, follow=True
    )
    assert answer.redirect_chain == [(page_of(enquiry), 302)]
    assert said(answer) == [f"\u201cCall again\u201d for {enquiry.reference} is done."]


def test_looking_at_the_address_of_an_action_changes_nothing(adviser, make_enquiry, page_of):
    enquiry = make_enquiry()
    answer = adviser.client.get(f"{page_of(enquiry)}claim/")
    assert (answer.status_code, answer["Location"]) == (302, page_of(enquiry))
    enquiry.refresh_from_db()
    assert enquiry.owner is None


def test_no_change_of_state_goes_round_what_a_call_asks_for(adviser, make_claimed, page_of):
    enquiry = make_claimed(adviser)
    assert adviser.client.post(f"{page_of(enquiry)}to_in_call/").status_code == 404
    assert "to_in_call" not in adviser.client.get(page_of(enquiry)).context["offers"]
    enquiry.refresh_from_db()
    assert enquiry.state == "assigned"


def test_an_action_that_does_not_exist_is_not_found(adviser, make_enquiry, page_of):
    assert adviser.client.post(f"{page_of(make_enquiry())}explode/").status_code == 404


def test_a_form_of_another_site_does_nothing(adviser, make_enquiry, page_of):
    enquiry = make_enquiry()
    elsewhere = Client(enforce_csrf_checks=True)
    elsewhere.force_login(adviser)
    assert elsewhere.post(f"{page_of(enquiry)}claim/").status_code == 403
    enquiry.refresh_from_db()
    assert enquiry.owner is None
