"""Whoever acts on a page sees what others did since it was shown; pressed twice, it acts once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from enquiries.admin import times
from enquiries.admin.page import page as show
from enquiries.desk import read_whole
from enquiries.models import CallAttempt
from enquiries.transitions import State
from enquiries.triage import add_note, ask_for_information, assign, change_state

pytestmark = pytest.mark.django_db


def seen(client, address, name="to_done"):
    """Read what the page took for the newest change when it was shown."""
    return client.get(address).context["offers"][name].form["seen"].value()


class TestWhatOthersChangedMeanwhile:
    @pytest.fixture
    def mine(self, adviser, make_claimed):
        return make_claimed(adviser)

    def send(self, adviser, page_of, enquiry, shown, **typed):
        address = f"{page_of(enquiry).removesuffix('change/')}change/to_done/"
        return adviser.client.post(address, {"seen": shown, "why": "All answered"} | typed)

    def test_comes_back_with_what_was_typed_and_is_done_when_sent_again(
        self, adviser, lead, mine, page_of, now
    ):
        shown = seen(adviser.client, page_of(mine))
        ask_for_information(mine, by=lead, now=now, why="Which city?")
        answer = self.send(adviser, page_of, mine, shown)
        assert answer.status_code == 409
        told = answer.content.decode()
        assert "Others changed this enquiry meanwhile" in told
        assert "Needs information" in told
        assert "All answered" in told
        mine.refresh_from_db()
        assert mine.state == "assigned"
        again = answer.context["offers"]["to_done"].form["seen"].value()
        assert self.send(adviser, page_of, mine, again).status_code == 302
        mine.refresh_from_db()
        assert mine.state == "done"

    def test_is_no_matter_when_it_was_oneself(self, adviser, mine, page_of, do):
        shown = seen(adviser.client, page_of(mine))
        do(adviser, "ask_for_information", mine, why="Which city?")
        assert self.send(adviser, page_of, mine, shown).status_code == 302

    def test_is_told_with_who_did_it_when_the_change_can_no_longer_be_made(
        self, adviser, lead, mine, page_of, do
    ):
        shown = seen(adviser.client, page_of(mine), "to_withdrawn")
        do(lead, "to_done", mine, why="All told")
        address = f"{page_of(mine).removesuffix('change/')}change/to_withdrawn/"
        answer = adviser.client.post(address, {"seen": shown, "why": "They rang"}, follow=True)
        (said,) = map(str, answer.context["messages"])
        assert said.startswith(
            "An enquiry cannot go from “Done” to “Withdrawn”. Tom Okafor changed it at "
        )

    def test_hinders_no_note(self, adviser, lead, mine, page_of, now):
        shown = seen(adviser.client, page_of(mine), "note")
        ask_for_information(mine, by=lead, now=now, why="Which city?")
        address = f"{page_of(mine).removesuffix('change/')}change/note/"
        adviser.client.post(address, {"seen": shown, "text": "They rang"})
        assert mine.notes.get().text == "They rang"


@pytest.mark.parametrize("shown", ["", "x", "9" * 30])
def test_nobody_is_named_when_the_page_tells_not_what_it_showed(
    adviser, lead, make_claimed, do, shown
):
    enquiry = make_claimed(adviser)
    do(lead, "to_done", enquiry, why="All told")
    answer = do(adviser, "to_withdrawn", enquiry, seen=shown, why="They rang")
    assert answer.said == ["An enquiry cannot go from “Done” to “Withdrawn”."]


class TestAButtonPressedTwice:
    """Each form of the desk carries the key of its page, so that a press counts once."""

    @pytest.fixture
    def mine(self, adviser, make_claimed):
        return make_claimed(adviser)

    @pytest.fixture
    def press(self, adviser, mine, page_of, do):
        """Give what presses the button of one and the same page, and tells what was said."""
        offers = adviser.client.get(page_of(mine)).context["offers"]

        def press(name, **typed):
            hidden = {each.name: each.value() for each in offers[name].form.hidden_fields()}
            sent = {each: value for each, value in hidden.items() if value is not None}
            return do(adviser, name, mine, **sent | typed).said

        return press

    @pytest.mark.parametrize(
        ("name", "typed", "kind"),
        [
            ("note", {"text": "Speaks Hindi"}, "note_added"),
            (
                "follow_up",
                {"reason": "call_again", "due_on": "2099-01-05", "due_time": "10:00"},
                "follow_up_scheduled",
            ),
            ("call", {"outcome": "no_answer", "remark": ""}, "call_recorded"),
            ("reply", {"subject": "Hello", "text": "How are you?"}, "reply_written"),
            ("to_withdrawn", {"why": "Found work"}, "state_changed"),
            ("release", {"why": ""}, "released"),
        ],
    )
    def test_counts_once(self, mine, press, name, typed, kind):
        before = mine.events.filter(kind=kind).count()
        assert len(press(name, **typed)) == 1
        assert press(name, **typed) == [
            "It is done. The button was pressed twice, and counts once."
        ]
        assert mine.events.filter(kind=kind).count() == before + 1

    def test_counts_twice_with_other_words(self, mine, press):
        press("note", text="Speaks Hindi")
        press("note", text="Speaks Urdu")
        assert mine.notes.count() == 2

    def test_that_was_refused_may_be_pressed_again(self, adviser, lead, mine, press):
        change_state(mine, to_state=State.IN_CALL, by=adviser, now=timezone.now())
        typed = {"to": lead.pk, "why": "Knows nursing", "seen": ""}
        assert "in a call" in press("transfer", **typed)[0]
        change_state(mine, to_state=State.ASSIGNED, by=adviser, now=timezone.now())
        assert press("transfer", **typed) == [f"{mine.reference} now belongs to Tom Okafor."]
        assert "pressed twice" in press("transfer", **typed)[0]  # though it is theirs no more

    def test_each_hand_written_form_of_the_page_has_a_key(self, adviser, mine, page_of):
        forms = adviser.client.get(page_of(mine)).content.decode().split("<form")[1:]
        without = [form[:80] for form in forms if "/change/" in form and 'name="key"' not in form]
        assert without == []


class TestACallAboutWhatWasGivenAway:
    """An adviser records a call, and a lead has given the enquiry to somebody else meanwhile."""

    @pytest.fixture
    def given_away(self, adviser, lead, make_claimed, make_staff, page_of):
        mine = make_claimed(adviser)
        mine.shown = seen(adviser.client, page_of(mine), "call")
        mine.new_owner = make_staff(first_name="Ana", last_name="Ruiz")
        assign(mine, to=mine.new_owner, by=lead, now=timezone.now())
        return mine

    def test_comes_back_with_that_and_is_recorded_when_sent_again(self, adviser, given_away, do):
        typed = {"outcome": "reached", "remark": "Wants a nursing course"}
        answer = do(adviser, "call", given_away, seen=given_away.shown, **typed)
        assert answer.status_code == 409
        told = answer.content.decode()
        assert "Ana Ruiz" in told
        assert "Wants a nursing course" in told
        assert not given_away.call_attempts.exists()
        again = answer.context["offers"]["call"].form["seen"].value()
        assert do(adviser, "call", given_away, seen=again, **typed).said == [
            "The call is recorded: reached."
            " Ana Ruiz has this enquiry, and reads of the call on its page."
        ]
        assert given_away.call_attempts.get().by == adviser

    def test_is_told_to_who_has_it_now_until_they_call(self, adviser, given_away, do, page_of):
        do(adviser, "call", given_away, outcome="no_answer", remark="")
        page = given_away.new_owner.client.get(page_of(given_away)).content.decode()
        assert "Mia Chen recorded a call at" in page
        assert "Mia Chen recorded" not in adviser.client.get(page_of(given_away)).content.decode()
        tomorrow = timezone.now() + timedelta(days=1)
        call, whole = CallAttempt.objects.get(), read_whole(given_away.pk, now=tomorrow)
        assert whole
        told = show(whole, user=given_away.new_owner, now=tomorrow)["called_by_another"]
        assert f"recorded a call on {times.at_site(call.at)}: no answer" in told
        do(given_away.new_owner, "call", given_away, outcome="busy", remark="")
        page = given_away.new_owner.client.get(page_of(given_away)).content.decode()
        assert "Mia Chen recorded" not in page

    def test_comes_back_only_if_it_was_given_to_another(
        self, adviser, lead, make_claimed, do, page_of
    ):
        mine = make_claimed(adviser)
        shown = seen(adviser.client, page_of(mine), "call")
        add_note(mine, text="Speaks Hindi", by=lead, now=timezone.now())
        answer = do(adviser, "call", mine, seen=shown, outcome="busy", remark="")
        assert answer.said == ["The call is recorded: busy."]

    def test_is_not_begun_over_a_call_that_another_has_just_recorded(
        self, adviser, given_away, do, page_of, monkeypatch
    ):
        monkeypatch.setattr("enquiries.slots.in_daytime", lambda *_args, **_named: True)
        new_owner = given_away.new_owner
        shown = seen(new_owner.client, page_of(given_away), "start_call")
        do(adviser, "call", given_away, outcome="asked_later", remark="")
        answer = do(new_owner, "start_call", given_away, seen=shown)
        assert answer.status_code == 409
        assert "Call attempt: added" in answer.content.decode()
        assert 'id="do-start_call"' in answer.content.decode()
