"""The page that asks whether a call helped: opening shows, only sending keeps an answer."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from enquiries.calls import record_call
from enquiries.models import CallOpinion, CallOutcome, Enquiry, LinkPurpose, sign_link
from tests.enquiries.contact_page import Page, clock


@pytest.fixture
def attempt(make_enquiry, make_adviser):
    enquiry = make_enquiry(given_name="Priya", message="Hush")
    return record_call(enquiry, by=make_adviser(), outcome=CallOutcome.REACHED, now=clock())


@pytest.fixture
def link(attempt):
    def link(**ago):
        made = clock() - timedelta(**ago)
        purpose = LinkPurpose.CALL_OPINION
        token = sign_link(attempt.enquiry, purpose=purpose, now=made, about=attempt.pk)
        return reverse("enquiries:helped", args=[token])

    return link


def test_its_address_is_the_one_that_was_promised(link):
    assert link().startswith("/contact/helped/")


def test_opening_shows_three_answers_and_a_box_and_keeps_nothing(client, link, attempt):
    response = client.get(link())
    page = Page(response)
    assert page.one("h1")["text"] == "Did our call help?"
    assert [each["value"] for each in page.all("input", type="radio")] == ["yes", "partly", "no"]
    assert page.one("textarea", name="words")
    assert not CallOpinion.objects.exists()
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies
    body = response.content.decode()
    for told in ("Priya", "Hush", "ann@example.org", attempt.enquiry.reference):
        assert told not in body


def test_sending_keeps_the_answer_without_a_cookie_and_a_second_one_replaces_it(link):
    strict, address = Client(enforce_csrf_checks=True), link()
    sent = {"helped": "no", "words": "Too short"}
    answer = strict.post(address, sent, headers={"origin": "null"})
    assert Page(answer).one("h1")["text"] == "Thank you for your answer"
    opened = strict.get(address)
    assert "checked" in Page(opened).one("input", value="no")
    assert "Too short" not in opened.content.decode()
    strict.post(address, {"helped": "yes"})
    assert [(each.helped, each.words) for each in CallOpinion.objects.all()] == [("yes", "")]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choose an answer."),
        ({"helped": "perhaps"}, "Choose one of the three answers."),
        ({"helped": "yes", "words": "a" * 501}, "Use at most 500 characters."),
    ],
)
def test_a_mistake_is_told_at_its_field_and_keeps_what_was_typed(client, link, sent, sentence):
    answer = client.post(link(), sent)
    assert answer.status_code == 422
    page = Page(answer)
    assert page.one("title")["text"].startswith("Error:")
    assert sentence in answer.content.decode()
    assert sent.get("words", "") in answer.content.decode()
    assert not CallOpinion.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_asks_nothing_more_says_so(client, link, attempt, method):
    def open_it(address):
        answer = getattr(client, method)(address, {"helped": "yes"})
        return answer.status_code, Page(answer).one("h1")["text"]

    assert open_it(link(days=31)) == (410, "This link has expired")
    wrong = reverse("enquiries:helped", args=["nonsense"])
    assert open_it(wrong) == (404, "We do not know this link")
    Enquiry.objects.filter(pk=attempt.enquiry_id).update(state="withdrawn", closed_at=clock())
    assert open_it(link()) == (410, "There is nothing to answer")
    assert not CallOpinion.objects.exists()
