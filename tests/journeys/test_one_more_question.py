"""Something odd about a form: one more question, asked until it is answered rightly."""

import pytest

from enquiries.challenge import KINDS
from tests.journeys.accessibility import NARROW, faults
from tests.journeys.answers import ADULT, fill_in, typed
from tests.journeys.browsing import overhang

pytestmark = pytest.mark.journeys

ODD = {
    "email": "priya.odd@example.org",
    "message": "Buy cheap SEO backlinks and rank first on Google: https://cheap.example/seo now!",
}


def choices(page):
    """Give the right choices of the question that is asked, and the wrong ones."""
    question = page.locator(".one-more legend").inner_text()
    right = next(words for kind, words in KINDS.items() if question == f"Which of these is {kind}?")
    offered = page.locator(".one-more label").all_inner_texts()
    return [one for one in offered if one in right], [one for one in offered if one not in right]


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_wrong_answer_brings_another_question_and_a_right_one_the_receipt(
    open_window, javascript
):
    page = open_window(javascript=javascript)
    if not javascript:
        page.set_viewport_size({"width": NARROW, "height": 640})
    page.goto("/contact/")
    fill_in(page, ADULT | ODD)
    page.get_by_role("main").get_by_role("button", name="Ask for a call").press("Enter")
    page.get_by_role("heading", name="One more question, please").wait_for()
    page.wait_for_load_state()
    before = typed(page)
    assert before["message"] == [ODD["message"]]
    if javascript:
        page.locator(".one-more:focus").wait_for()
        assert page.title().startswith("One more question:")
    assert overhang(page) <= 0

    _, wrong = choices(page)
    page.get_by_label(wrong[0], exact=True).press(" ")
    page.get_by_role("button", name="Send", exact=True).press("Enter")
    page.get_by_text("That was not the answer. Here is another question.").wait_for()
    page.wait_for_load_state()
    assert typed(page) == before
    assert overhang(page) <= 0
    if javascript:
        assert faults(page) == []
    [right], _ = choices(page)
    page.get_by_label(right, exact=True).press(" ")
    page.get_by_role("button", name="Send", exact=True).press("Enter")
    page.wait_for_url("**/contact/received/**")
    assert page.locator(".reference").inner_text()
