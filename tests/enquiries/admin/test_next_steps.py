"""What the page of an enquiry offers once the person was spoken with."""

from datetime import timedelta

import pytest
from django.utils import timezone

STEPS = ["to_done", "to_withdrawn", "follow_up", "book"]


@pytest.fixture
def offered(page_of):
    """Read the steps that the page puts before a member of staff, and check it shows each once."""

    def offered(user, enquiry):
        answer = user.client.get(page_of(enquiry))
        told = answer.content.decode()
        assert ("What comes next?" in told) is bool(answer.context["next_steps"].offers)
        for name in STEPS:
            assert told.count(f'id="do-{name}"') <= 1
        return [each.name for each in answer.context["next_steps"].offers]

    return offered


@pytest.mark.parametrize("outcome", ["reached", "they_called", "refused"])
def test_who_spoke_with_the_person_is_led_to_close_or_to_promise(
    adviser, make_claimed, do, offered, outcome
):
    mine = make_claimed(adviser)
    assert offered(adviser, mine) == []
    do(adviser, "call", mine, outcome=outcome)
    assert offered(adviser, mine) == STEPS


def test_the_page_says_what_came_of_the_call_and_folds_the_form_for_another(
    adviser, make_claimed, do, page_of
):
    mine = make_claimed(adviser)
    assert 'id="do-call" open' in adviser.client.get(page_of(mine)).content.decode()
    told = do(adviser, "call", mine, outcome="reached").content.decode()
    assert "Your last call: <strong>Reached</strong>" in told
    assert 'id="do-call" open' not in told


@pytest.mark.parametrize("outcome", ["no_answer", "asked_later", "wrong_number"])
def test_where_a_call_leads_on_by_itself_nothing_is_asked(
    adviser, make_claimed, do, offered, outcome
):
    mine = make_claimed(adviser)
    do(adviser, "call", mine, outcome=outcome)
    assert offered(adviser, mine) == []


def test_a_promised_step_settles_it(adviser, make_claimed, do, offered):
    mine = make_claimed(adviser)
    do(adviser, "call", mine, outcome="reached")
    day = timezone.localdate() + timedelta(days=2)
    do(adviser, "follow_up", mine, reason="send_information", due_on=day, due_time="10:00")
    assert offered(adviser, mine) == []


def test_what_was_undone_settles_nothing(adviser, make_claimed, do, offered, page_of):
    mine = make_claimed(adviser)
    do(adviser, "call", mine, outcome="reached")
    day = timezone.localdate() + timedelta(days=2)
    do(adviser, "follow_up", mine, reason="send_information", due_on=day, due_time="10:00")
    promised = adviser.client.get(page_of(mine)).context["undoable"]
    do(adviser, "undo", mine, change=promised.pk)
    assert offered(adviser, mine) == STEPS


def test_closing_it_settles_it(adviser, make_claimed, do, offered):
    mine = make_claimed(adviser)
    do(adviser, "call", mine, outcome="reached")
    do(adviser, "to_done", mine, why="All answered")
    mine.refresh_from_db()
    assert (mine.state, offered(adviser, mine)) == ("done", [])


def test_a_step_that_is_not_whole_comes_back_open_in_its_place(adviser, make_claimed, do):
    mine = make_claimed(adviser)
    do(adviser, "call", mine, outcome="reached")
    answer = do(adviser, "to_done", mine, why="")
    assert answer.status_code == 422
    told = answer.content.decode()
    assert told.count('id="do-to_done" open') == 1
    assert "Say why." in told
    assert '<a href="#do-to_done">Close it: all is answered</a>' in told


def test_colleagues_are_not_asked(adviser, lead, make_claimed, do, offered):
    mine = make_claimed(adviser)
    do(adviser, "call", mine, outcome="reached")
    assert offered(lead, mine) == []
