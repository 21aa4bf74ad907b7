"""The whole way from the home page to a sent enquiry, by keyboard alone."""

import pytest

pytestmark = pytest.mark.journeys

MOST_STOPS = 60
# What has the focus: its words, and whether one can see that it has it.
FOCUSED = """
() => {
    const element = document.activeElement;
    const box = element.getBoundingClientRect();
    const label = element.labels?.[0]?.innerText ?? element.getAttribute("aria-label");
    return {
        name: element.name ?? "",
        words: (label ?? element.innerText).trim(),
        isSeen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
            && getComputedStyle(element).outlineStyle !== "none",
    };
}
"""


class Keyboard:
    """A person who has no mouse: they see where they are, go on, and type."""

    def __init__(self, page):
        self.page = page

    def go_to(self, words="", *, name=""):
        """Press Tab until the field ``name``, or the link or button with ``words``, is focused."""
        passed = []
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            here = self.page.evaluate(FOCUSED)
            assert here["isSeen"], f"The focus is not seen on {here}"
            if here["name"] == name if name else words in here["words"]:
                return
            passed.append(here["name"] or here["words"])
        pytest.fail(f"{words or name} was not met among {passed}")

    def answer(self, name, text):
        self.go_to(name=name)
        self.page.keyboard.type(text)

    def tick(self, name):
        self.go_to(name=name)
        self.page.keyboard.press("Space")

    def enter(self):
        self.page.keyboard.press("Enter")


def test_the_keyboard_is_enough_from_the_home_page_to_a_sent_enquiry(open_window, site):
    page = open_window()
    keyboard = Keyboard(page)
    page.goto("/")
    keyboard.answer("q", "contact centre supervisor")
    keyboard.enter()
    page.wait_for_url("**/search/**")
    keyboard.go_to("Call or Contact Centre Team Leader")
    keyboard.enter()
    page.wait_for_url("**/541111/")
    keyboard.go_to("Ask for a call")
    keyboard.enter()
    page.wait_for_url("**/contact/**")

    keyboard.tick("about")
    keyboard.answer("given_name", "Kim")
    keyboard.answer("date_of_birth_day", "17")
    keyboard.answer("date_of_birth_month", "May")
    keyboard.answer("date_of_birth_year", "1990")
    keyboard.tick("interests")
    keyboard.answer("country", "New Zealand")
    keyboard.answer("email", "kim@example.org")
    keyboard.answer("phone", "021 345 678")
    keyboard.answer("time_zone", "Auckland")
    keyboard.go_to("Ask for a call")
    keyboard.enter()

    summary = page.locator(".error-summary")
    summary.wait_for()
    assert summary.evaluate("element => element === document.activeElement")
    keyboard.go_to("Read the privacy notice, then tick the box.")
    keyboard.enter()
    assert page.evaluate(FOCUSED)["name"] == "privacy_accepted"
    page.keyboard.press("Space")
    keyboard.go_to("Ask for a call")
    keyboard.enter()
    page.wait_for_url("**/contact/received/**")
    reference = page.locator(".reference").inner_text()
    stored = site.rows(
        "SELECT given_name, country, time_zone FROM enquiries_enquiry WHERE reference = %s",
        [reference],
    )
    assert stored == [("Kim", "NZ", "Pacific/Auckland")]
