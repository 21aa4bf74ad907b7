"""Registered agents: who may mark that advice was given, and what waits for one."""

import pytest

from enquiries import agents
from enquiries.followups import EnquiryClosed
from enquiries.models import Adviser, Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(make_adviser):
    user = make_adviser()
    Adviser.objects.create(user=user, marn="1234567")
    return user


def test_an_enquiry_is_marked_once_and_the_mark_taken_away_once(make_enquiry, make_adviser, now):
    enquiry, by = make_enquiry(), make_adviser()
    facts = {"by": by, "now": now, "why": "asks which visa to choose"}
    assert [agents.need_agent(enquiry, **facts) for _ in range(2)] == [True, False]
    enquiry.refresh_from_db()
    assert enquiry.needs_agent
    assert [agents.need_no_agent(enquiry, by=by, now=now) for _ in range(2)] == [True, False]
    assert list(Event.objects.values_list("kind", "why")) == [
        ("agent_needed", "asks which visa to choose"),
        ("agent_not_needed", ""),
    ]


def test_only_who_has_a_number_on_file_says_that_they_advised(
    make_enquiry, make_adviser, agent, now
):
    enquiry, unregistered, left = make_enquiry(), make_adviser(), make_adviser(is_active=False)
    Adviser.objects.create(user=unregistered, marn="")
    Adviser.objects.create(user=left, marn="7654321")
    for by in (unregistered, left, make_adviser(is_superuser=True)):
        with pytest.raises(agents.MarnMissing):
            agents.mark_advice_given(enquiry, by=by, now=now)
    advised = agents.mark_advice_given(enquiry, by=agent, now=now)
    assert (advised.advice_given_at, advised.advice_given_by) == (now, agent)
    assert Event.objects.get().kind == "advice_given"
    with pytest.raises(agents.AdviceGivenBefore, match=agent.username) as before:
        agents.mark_advice_given(enquiry, by=agent, now=now)
    assert before.value.by == agent


def test_nothing_is_marked_on_a_closed_enquiry(make_enquiry, agent, now):
    enquiry = make_enquiry(state="done", closed_at=now)
    for verb in (agents.need_agent, agents.need_no_agent, agents.mark_advice_given):
        with pytest.raises(EnquiryClosed):
            verb(enquiry, by=agent, now=now)
