"""The whole way from the home page to a sent enquiry, by keyboard alone."""

import pytest
from playwright.sync_api import expect

from tests.journeys.keyboard import Keyboard

pytestmark = pytest.mark.journeys


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

    expect(page.locator(".error-summary")).to_be_focused()
    keyboard.go_to("Read the privacy notice, then tick the box.")
    keyboard.enter()
    expect(page.locator("[name=privacy_accepted]")).to_be_focused()
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


def test_who_knows_what_they_want_asks_for_a_call_in_less_than_a_minute(open_window):
    page = open_window(time_zone="Pacific/Auckland")
    keyboard = Keyboard(page)
    page.goto("/occupations/anzsco-2022/541111/")
    page.get_by_role("link", name="Ask for a call about this occupation").focus()
    keyboard.enter()
    page.locator("#ask-here-title:focus").wait_for()
    keyboard.tick("about")
    keyboard.answer("given_name", "Kim")
    keyboard.answer("date_of_birth_day", "17")
    keyboard.answer("date_of_birth_month", "5")
    keyboard.answer("date_of_birth_year", "1990")
    keyboard.tick("interests")
    keyboard.answer("country", "New Z")
    keyboard.answer("email", "kim.minute@example.org")
    keyboard.answer("phone", "021 345 678")
    keyboard.go_to("Use Auckland time")
    keyboard.enter()
    keyboard.tick("privacy_accepted")
    keyboard.go_to("Ask for a call")
    keyboard.enter()
    page.wait_for_url("**/contact/received/**")
    assert keyboard.seconds < 60, f"{keyboard.seconds:.0f} s"
