"""A reader tells editors that a page is wrong; nothing about the reader is kept."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from enquiries import abuse
from occupations.editorial.feedback import (
    MOST_AN_HOUR,
    FeedbackHandled,
    TooMuchFeedback,
    handle_feedback,
    record_feedback,
)
from occupations.models import PageFeedback

PAGE = "/occupations/anzsco-2022/541111/"
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def send(client, *, minutes_open=1, **changes):
    now = timezone.now()  # noqa: TID251 (the view reads the clock itself)
    opened = abuse.sign_time(now - timedelta(minutes=minutes_open))
    typed = {"page": PAGE, "message": "The list changed in October.", "opened": opened}
    return client.post("/feedback/", typed | changes)


def test_every_reading_page_links_the_form_with_its_own_address(client):
    page = client.get(PAGE).content.decode()
    assert f'href="/feedback/?page={PAGE}"' in page


def test_the_form_names_the_page_and_is_not_indexed(client):
    page = client.get("/feedback/", {"page": PAGE}).content.decode()
    assert f'<span class="code">{PAGE}</span>' in page
    assert '<meta name="robots" content="noindex">' in page


def test_what_is_sent_lands_with_the_editors(client):
    answer = send(client)
    assert answer.headers["Location"] == "/feedback/thanks/"
    assert client.get("/feedback/thanks/").status_code == 200
    kept = PageFeedback.objects.get()
    assert (kept.path, kept.message) == (PAGE, "The list changed in October.")
    assert kept.handled_at is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        pytest.param({"message": ""}, "Tell us what is wrong or out of date.", id="empty"),
        pytest.param({"message": "x" * 1001}, "Use at most 1000 characters.", id="too long"),
        pytest.param(
            {"message": "Write to me at jo@example.org please"}, "Take out the e-mail", id="e-mail"
        ),
        pytest.param({"message": "Ring +61 2 5550 0000"}, "Take out the e-mail", id="phone"),
        pytest.param({"minutes_open": 0}, "That was very quick.", id="too fast"),
        pytest.param({"minutes_open": 241}, "open for more than 4 hours", id="expired"),
        pytest.param({"opened": "forged"}, "open for more than 4 hours", id="forged time"),
    ],
)
def test_an_error_says_what_to_do_and_loses_nothing(client, changes, sentence):
    answer = send(client, **changes)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert changes.get("message", "The list changed in October.") in page
    assert not PageFeedback.objects.exists()


def test_a_machine_that_fills_every_box_is_thanked_and_forgotten(client):
    assert send(client, website="https://spam.example").status_code == 302
    assert not PageFeedback.objects.exists()


def test_a_page_of_one_person_alone_leaves_its_address_out(client):
    page = client.get("/contact/received/a-token/").content.decode()
    assert "/feedback/" not in page


@pytest.mark.parametrize(
    "page",
    [
        "https://elsewhere.example/",
        "/no/such/page/",
        "",
        "\x00",
        "/contact/received/a-token/",
        "/enquiry/a-token/",
        "/admin/enquiries/enquiry/1/change/",
    ],
)
def test_an_address_that_is_no_public_page_of_ours_is_not_kept(client, page):
    send(client, page=page)
    assert all(kept.path == "/" for kept in PageFeedback.objects.all())


def test_the_same_words_twice_are_one_message():
    first = record_feedback(path=PAGE, message="Wrong title", now=NOW)
    again = record_feedback(path=PAGE, message="Wrong title", now=NOW + timedelta(minutes=5))
    assert first == again


def test_more_than_editors_can_read_is_not_taken():
    for number in range(MOST_AN_HOUR):
        record_feedback(path=PAGE, message=f"Wrong {number}", now=NOW)
    with pytest.raises(TooMuchFeedback):
        record_feedback(path=PAGE, message="One more", now=NOW)
    record_feedback(path=PAGE, message="One more", now=NOW + timedelta(hours=1, minutes=1))
    assert PageFeedback.objects.filter(message="One more").exists()


def test_feedback_is_handled_once_with_an_outcome(django_user_model):
    editor = django_user_model.objects.create_user("editor")
    feedback = record_feedback(path=PAGE, message="Wrong title", now=NOW)
    handled = handle_feedback(feedback, outcome="Mended the title.", by=editor, now=NOW)
    assert (handled.handled_by, handled.outcome) == (editor, "Mended the title.")
    with pytest.raises(FeedbackHandled):
        handle_feedback(feedback, outcome="Again", by=editor, now=NOW)
