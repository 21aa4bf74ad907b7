"""Odd submissions: one more question, nothing lost, nobody refused."""

from uuid import uuid4

import pytest

from enquiries.models import Enquiry, Flag, PendingUpload
from tests.enquiries.contact_page import MINE, Page
from tests.enquiries.test_challenge import right_answer
from tests.enquiries.views.form_samples import a_file, everything

NOT_KEPT = "We did not keep the file. Choose it again."
SELLING = {"message": "We offer SEO services. Get more traffic, see https://a.example and b.com"}


@pytest.fixture
def answer_it(send):
    """Answer the question of a page rightly, and send the form again as it came back."""

    def answer_it(page, **altered):
        challenge = page.challenge()
        return send(challenge=challenge.token, challenge_answer=right_answer(challenge), **altered)

    return answer_it


@pytest.mark.parametrize(
    ("odd", "flag"),
    [
        (SELLING, Flag.LOOKS_LIKE_SPAM),
        ({"website": "https://spam.example"}, Flag.HONEYPOT),
        ({"given_name": "www.example.com"}, Flag.LOOKS_LIKE_SPAM),
    ],
)
def test_what_is_odd_is_asked_one_more_question_and_then_taken(send, answer_it, odd, flag):
    first = send(**odd)
    page = Page(first)
    assert first.status_code == 422
    assert page.one("title")["text"].startswith("One more question")
    kept = page.typed()
    for name, value in (MINE | odd).items():
        assert kept[name] == (value if isinstance(value, list) else [value])
    assert not any("enquiries_enquiry:" in row for row in everything())
    assert answer_it(page, **odd).status_code == 303
    assert flag in Enquiry.objects.get().flags


def test_a_wrong_answer_is_asked_another_question(send):
    first = send(**SELLING)
    page = Page(first)
    challenge = page.challenge()
    wrong = next(each for each in challenge.choices if each != right_answer(challenge))
    again = send(challenge=challenge.token, challenge_answer=wrong, **SELLING)
    assert again.status_code == 422
    assert Page(again).challenge().token != challenge.token
    assert "That was not the answer" in again.content.decode()
    assert "That was not the answer" not in first.content.decode()
    assert not Enquiry.objects.exists()


def test_sent_twice_with_its_answer_it_is_one_enquiry(send, answer_it):
    page = Page(send(**SELLING))
    first, second = (answer_it(page, **SELLING) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Enquiry.objects.count() == 1


def test_one_answer_is_not_worth_any_number_of_enquiries(send, answer_it):
    page = Page(send(**SELLING))
    for number in range(3):
        message = f"{SELLING['message']} {number}"
        assert answer_it(page, message=message).status_code == 303
    assert answer_it(page, **SELLING).status_code == 422
    assert Enquiry.objects.count() == 3


def test_a_file_waits_while_the_question_is_answered(send, answer_it):
    page = Page(send(**SELLING, resume=a_file()))
    kept = page.typed()["kept_resume"][0]
    assert answer_it(page, **SELLING, kept_resume=kept).status_code == 303
    assert Enquiry.objects.get().resume.original_name


def test_over_a_budget_comes_a_question_never_a_refusal(send, answer_it, settings):
    settings.ENQUIRY_BUDGET_PER_CONTACT = 1
    assert send(message="First").status_code == 303
    second = send(message="Second")
    assert second.status_code == 422
    assert answer_it(Page(second), message="Second").status_code == 303
    assert Enquiry.objects.filter(flags__contains=[Flag.CONTACT_BUDGET]).count() == 1


def test_where_no_least_time_is_set_nobody_is_too_quick(send, opened, settings):
    settings.ENQUIRY_MIN_FILL_SECONDS = 0
    quick = {"opened": opened(seconds=0)} | {"message": "My work: https://example.org/me"}
    assert send(**quick).status_code == 303


def test_a_quick_hand_alone_is_no_reason(send, opened):
    assert send(opened=opened(seconds=4)).status_code == 303


def test_files_over_a_networks_budget_are_not_held_for_forms_that_come_back(send, settings, stored):
    """Or one machine could fill the disk by forms that are never right."""
    settings.ENQUIRY_BUDGET_PER_ADDRESS = 2
    wrong = {"email": "not an address"}
    pages = [Page(send(submission_key=str(uuid4()), resume=a_file(), **wrong)) for _ in range(3)]
    assert len(stored()) == PendingUpload.objects.count() == 2
    assert [bool(page.error("resume")) for page in pages] == [False, False, True]
    elsewhere = {"resume": a_file(), "submission_key": str(uuid4())}
    times_shown = Page(send(show_times="1", **elsewhere))
    assert times_shown.error("resume").endswith(NOT_KEPT)
    assert len(stored()) == 2


def test_whoever_answers_the_question_may_send_one_file_more(send, answer_it, settings, stored):
    settings.ENQUIRY_BUDGET_PER_ADDRESS = 1
    assert send(resume=a_file(), email="not an address").status_code == 422
    key = str(uuid4())
    page = Page(send(submission_key=key, resume=a_file()))
    assert page.error("resume").endswith(NOT_KEPT)
    assert len(stored()) == 1
    assert answer_it(page, submission_key=key, resume=a_file()).status_code == 303
    assert Enquiry.objects.get().resume.original_name == "resume.txt"
