"""Fifty people send the form for the last place of a call at the same moment."""

import threading
from datetime import UTC, datetime
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from enquiries.models import Callback, CallbackSlot, Enquiry
from enquiries.slots import LENGTH
from tests.enquiries.contact_page import Page
from tests.enquiries.views.form_samples import a_day, times_of

MANY = 50


@pytest.mark.no_cover  # many at once, on lines that other tests run too
@pytest.mark.django_db(transaction=True)
def test_one_gets_the_last_place_and_all_others_keep_what_they_typed_and_see_other_times(
    client, send, settings
):
    settings.ENQUIRY_BUDGET_PER_ADDRESS = settings.ENQUIRY_BUDGET_PER_CONTACT = 0
    day = a_day(client)
    wanted, *others = times_of(client, day)
    starts_at = datetime.fromisoformat(wanted).astimezone(UTC)
    slot = CallbackSlot.objects.create(
        starts_at=starts_at, ends_at=starts_at + LENGTH, capacity=2, used=1
    )
    barrier, answers = threading.Barrier(MANY), {}

    def submit(number):
        try:
            barrier.wait()
            answers[number] = send(
                by=Client(),
                submission_key=str(uuid4()),
                given_name=f"Ann {number}",
                email=f"ann{number}@example.org",
                callback_day=day,
                callback=wanted,
            )
        finally:
            connection.close()

    threads = [threading.Thread(target=submit, args=[number]) for number in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    (winner,) = (n for n, answer in answers.items() if answer.status_code == HTTPStatus.SEE_OTHER)
    assert Enquiry.objects.get().given_name == f"Ann {winner}"
    assert Callback.objects.get().slot_id == slot.pk
    slot.refresh_from_db()
    assert (slot.used, slot.capacity) == (2, 2)
    losers = {number: answer for number, answer in answers.items() if number != winner}
    assert len(losers) == MANY - 1
    for number, answer in losers.items():
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_CONTENT
        assert f'value="Ann {number}"' in answer.text
        assert f'value="ann{number}@example.org"' in answer.text
        assert 'id="id_callback_error"' in answer.text
        assert f'value="{wanted}"' not in answer.text
        assert any(f'value="{other}"' in answer.text for other in others)
    page = Page(answer)  # read one of them as a person does
    assert page.typed()["message"] == ["May I bring my dog?"]
    assert page.error("callback")
