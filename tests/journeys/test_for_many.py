"""A caller's enquiry taken down at the desk, and many of them changed at once, without a mouse."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import desk
from tests.journeys.accessibility import faults
from tests.journeys.keyboard import Keyboard

pytestmark = pytest.mark.journeys


def skip_to_the_form(keyboard):
    """Pass by the admin's own links, as its first link offers."""
    keyboard.go_to("Skip to main content")
    keyboard.enter()


def test_a_caller_is_taken_down_and_given_back_with_others_by_keyboard_alone(open_window, site):
    page = open_window()
    desk.sign_in(page, site, "lead")
    page.goto("/admin/enquiries/enquiry/on-behalf/")
    keyboard = Keyboard(page)
    skip_to_the_form(keyboard)
    keyboard.go_to("Take it down")
    keyboard.enter()
    page.get_by_role("heading", name="There is a problem").wait_for()
    expect(page).to_have_title(re.compile("^Error: "))
    assert faults(page) == []
    page.get_by_role("radio", name="The person themselves").focus()
    page.keyboard.press("Space")
    keyboard.answer("given_name", "Callie")
    for part, typed in (("day", "17"), ("month", "May"), ("year", "1990")):
        keyboard.answer(f"date_of_birth_{part}", typed)
    keyboard.tick("interests")
    keyboard.answer("country", "Australia")
    keyboard.answer("email", "callie@example.org")
    keyboard.answer("phone", "0400 000 001")
    keyboard.answer("time_zone", "Sydney")
    keyboard.tick("privacy_accepted")
    keyboard.go_to("Take it down")
    keyboard.enter()
    page.wait_for_url("**/change/**")
    reference = page.locator("h1 .reference").inner_text()
    expect(page.locator(".messagelist")).to_contain_text(
        f"{reference} is taken down, and it is yours."
    )

    page.goto(f"/admin/enquiries/enquiry/?q={reference}")
    skip_to_the_form(keyboard)
    keyboard.answer("action", "Put back")
    keyboard.tick("_selected_action")
    page.get_by_role("combobox", name="Action").focus()
    keyboard.go_to("Run")
    keyboard.enter()
    page.wait_for_url("**/bulk/release/**")
    assert faults(page) == []
    page.get_by_role("checkbox", name=reference).focus()
    keyboard.answer("why", "Off tomorrow")
    keyboard.go_to("Put back among the new ones")
    keyboard.enter()
    page.get_by_role("heading", name="Done").wait_for()
    assert faults(page) == []
    expect(page.get_by_role("main")).to_contain_text(f"{reference} is back among the new ones.")
