"""A birth date put right: a guardian is asked for, and whoever is 18 after all agrees anew."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import desk
from tests.journeys.accessibility import NARROW, faults
from tests.journeys.answers import ADULT, GUARDIAN, fill_in
from tests.journeys.browsing import PATIENCE_SECONDS, heading, overhang
from tests.journeys.letters import letter_about, letters_about, text_of
from tests.processes import eventually

pytestmark = pytest.mark.journeys

OWN = "priya.young@example.org"
GUARDIANS = "rosa.asked@example.org"
ERROR = re.compile("^Error:")


def ask_for_a_call(page):
    page.goto("/contact/")
    fill_in(page, ADULT | {"email": OWN})
    page.get_by_role("main").get_by_role("button", name="Ask for a call").click()
    page.wait_for_url("**/contact/received/**")
    return page.locator(".reference").inner_text()


def correct_birth_date(staff, *, year):
    staff.locator("#do-change_birth_date summary").click()
    form = staff.locator("#do-change_birth_date")
    for part, number in (("day", "17"), ("month", "5"), ("year", str(year))):
        form.locator(f"[name=date_of_birth_{part}]").fill(number)
    form.locator("[name=why]").fill("As in their passport")
    with staff.expect_navigation():
        form.get_by_role("button").click()


def page_in(letter, kind):
    [link] = re.findall(rf"http\S+/contact/{kind}/\S+/", text_of(letter))
    return link


def acknowledged(site, reference):
    letters = letters_about(site, reference, subject="We have your request")
    return [letter["To"] for letter in letters]


def send_by_keys(page, name):
    """Press the button of a form as people do who use no mouse."""
    button = page.get_by_role("main").get_by_role("button", name=name)
    button.focus()
    button.press("Enter")


def complete(guardian, link):
    """Complete an enquiry as a guardian, by keyboard; give what axe finds on the way."""
    for _ in range(2):  # a mail scanner opens it too
        guardian.goto(link)
        expect(heading(guardian)).to_have_text("Complete this as parent or guardian")
    assert "Priya" not in guardian.content()
    send_by_keys(guardian, "Ask for a call")
    guardian.locator(".error-summary:focus").wait_for()
    expect(guardian).to_have_title(ERROR)
    found = faults(guardian)
    guardian.locator(".error-summary a").first.press("Enter")
    expect(guardian.locator("[name=guardian_name]")).to_be_focused()
    answers = GUARDIAN | {"guardian_email": GUARDIANS, "guardian_phone": "+61 412 345 678"}
    fill_in(guardian, answers | {"privacy_accepted": True})
    send_by_keys(guardian, "Ask for a call")
    guardian.get_by_role("heading", name="Thank you, we have your answers").wait_for()
    return found


def test_a_guardian_is_asked_for_and_an_adult_agrees_anew(open_window, site):
    reference = ask_for_a_call(open_window(javascript=False))
    staff = open_window()
    desk.sign_in(staff, site, "adviser")
    desk.open_queue(staff)
    desk.open_enquiry(staff, reference)
    correct_birth_date(staff, year=2012)
    expect(staff.get_by_role("main")).to_contain_text("A parent or guardian is missing")

    asked = letter_about(site, reference, subject="A parent or guardian is needed")
    assert asked["To"] == OWN
    link, guardian = page_in(asked, "guardian"), open_window()
    found = complete(guardian, link)
    assert letter_about(site, reference, subject="Please confirm as parent")["To"] == GUARDIANS
    guardian.goto(link)
    expect(heading(guardian)).to_have_text("There is nothing left to do")

    staff.reload()
    correct_birth_date(staff, year=1990)
    handed_on = letter_about(site, reference, subject="Please hand this on")
    assert handed_on["To"] == GUARDIANS
    link, grown = page_in(handed_on, "agree"), open_window(javascript=False)
    guardian.goto(link)
    send_by_keys(guardian, "Yes, call me")
    guardian.locator(".error-summary:focus").wait_for()
    found += faults(guardian)
    grown.set_viewport_size({"width": NARROW, "height": 640})
    for _ in range(2):
        grown.goto(link)
        expect(heading(grown)).to_have_text("Is this request still yours?")
    assert overhang(grown) <= 0
    with grown.expect_navigation():
        grown.get_by_role("button", name="Yes, call me").click()
    expect(grown).to_have_title(ERROR)
    assert overhang(grown) <= 0
    fill_in(grown, {"email": OWN, "phone": "+91 98765 43210", "agreed": True})
    grown.get_by_role("button", name="Yes, call me").click()
    expect(heading(grown)).to_have_text("Thank you, the request is yours")
    eventually(
        lambda: acknowledged(site, reference) == [OWN, OWN, GUARDIANS],
        within=PATIENCE_SECONDS,
        otherwise=site.logs.text,
    )
    row = site.value("SELECT e::text FROM enquiries_enquiry e WHERE reference = %s", [reference])
    assert GUARDIANS not in row
    grown.goto(link)
    expect(heading(grown)).to_have_text("We do not know this link")
    assert found == []
