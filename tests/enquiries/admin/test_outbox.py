"""The outbox as leads see it: what was set aside is first, and is tried again on demand."""

import pytest

from enquiries.models import OutboxMessage
from enquiries.outbox import MOST_ATTEMPTS

OUTBOX = "/admin/enquiries/outboxmessage/"


@pytest.fixture
def make_message(make_enquiry, now):
    def make(key, **altered):
        return OutboxMessage.objects.create(
            **{
                "topic": "acknowledgement",
                "enquiry": make_enquiry(),
                "dedupe_key": key,
                "created_at": now,
                "available_at": now,
            }
            | altered
        )

    return make


@pytest.fixture
def set_aside(make_message, now):
    return make_message(
        "stuck", attempts=MOST_ATTEMPTS, set_aside_at=now, last_error="SMTPServerDisconnected"
    )


@pytest.fixture
def listed(lead):
    def listed(**query):
        answer = lead.client.get(OUTBOX, query)
        return [message.dedupe_key for message in answer.context["cl"].result_list]

    return listed


def test_what_was_set_aside_stands_first_and_what_is_done_is_gone(
    make_message, set_aside, listed, now
):
    make_message("waiting", enquiry=None, topic="discard_upload")
    make_message("done", done_at=now)
    assert listed() == ["stuck", "waiting"]
    assert listed(progress="set_aside") == ["stuck"]
    assert listed(progress="done") == ["done"]
    assert set(listed(progress="all")) == {"stuck", "waiting", "done"}


def test_a_lead_has_it_tried_again(lead, set_aside, said):
    text = lead.client.get(OUTBOX).content.decode()
    assert "SMTPServerDisconnected" in text
    assert f"{OUTBOX}{set_aside.pk}/take-up/" in text
    answer = lead.client.post(f"{OUTBOX}{set_aside.pk}/take-up/", follow=True)
    set_aside.refresh_from_db()
    assert (set_aside.set_aside_at, set_aside.attempts) == (None, 0)
    assert said(answer) == ["Acknowledgement is tried again."]


def test_looking_takes_nothing_up(lead, set_aside):
    lead.client.get(f"{OUTBOX}{set_aside.pk}/take-up/")
    set_aside.refresh_from_db()
    assert set_aside.set_aside_at


def test_an_adviser_takes_nothing_up(adviser, set_aside):
    assert adviser.client.post(f"{OUTBOX}{set_aside.pk}/take-up/").status_code == 403
    set_aside.refresh_from_db()
    assert set_aside.set_aside_at


def test_no_message_is_changed_by_hand(admin_client, set_aside):
    assert admin_client.post(f"{OUTBOX}{set_aside.pk}/change/", {}).status_code == 403
    assert admin_client.get(f"{OUTBOX}{set_aside.pk}/change/").status_code == 200
