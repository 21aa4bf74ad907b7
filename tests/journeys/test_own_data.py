"""Behind the letter's link: another address, a résumé, a copy of all that we hold, and its end."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys import desk
from tests.journeys.accessibility import faults
from tests.journeys.answers import ADULT, fill_in
from tests.journeys.browsing import heading
from tests.journeys.letters import letter_about, link_in

pytestmark = pytest.mark.journeys

FIRST, SECOND = "priya.first@example.org", "priya.second@example.org"


def told(page):
    return page.locator(".notice[role=status]")


def press(page, name):
    """Press a button by the keyboard."""
    page.get_by_role("main").get_by_role("button", name=name).press("Enter")


def ask_for_a_call(page):
    page.goto("/contact/?o=anzsco-2022:541111")
    fill_in(page, ADULT | {"email": FIRST})
    press(page, "Ask for a call")
    page.wait_for_url("**/contact/received/**")
    return page.locator(".reference").inner_text()


def add_a_resume(page, link):
    """Forget the file at first, and be led to it."""
    page.goto(f"{link}resume/")
    press(page, "Add this file")
    page.locator(".error-summary:focus").wait_for()
    page.locator(".error-summary a").press("Enter")
    expect(page.locator("#resume")).to_be_focused()
    file = {"name": "Priya.txt", "mimeType": "text/plain", "buffer": b"I lead a team of twelve."}
    page.locator("[name=resume]").set_input_files(file)
    press(page, "Add this file")
    expect(told(page)).to_have_text("We have your résumé.")


def erase(lead, site, reference):
    """Do at once, as the lead, what a person asked for; give what axe finds there."""
    lead.locator("#content .model-datarequest").get_by_role("link").first.press("Enter")
    lead.wait_for_url("**/datarequest/**")
    found = faults(lead, has_dark=False)
    with lead.expect_navigation():
        lead.get_by_role("row").filter(has_text=reference).get_by_role("button").press("Enter")
    lead.get_by_label("Password").fill(site.staff["lead"])
    found += faults(lead, has_dark=False)
    lead.get_by_role("button", name="Confirm").press("Enter")
    lead.get_by_text(f"{reference} is erased.").wait_for()
    lead.goto("/admin/enquiries/erasure/")
    assert lead.get_by_role("row").filter(has_text=reference).count() == 1
    return found


def test_a_person_corrects_adds_takes_home_and_deletes_what_we_hold(open_window, site):
    page = open_window(javascript=False)
    reference = ask_for_a_call(page)
    link = link_in(letter_about(site, reference, subject="We have your request"))

    page.goto(f"{link}contact/")
    fill_in(page, {"email": "priya.second at example.org", "phone": "12"})
    press(page, "Save")
    expect(page.locator(".error-summary a")).to_have_count(2)
    fill_in(page, {"email": SECOND, "phone": "+91 98765 43211"})
    press(page, "Save")
    expect(told(page)).to_have_text("We changed how we reach you.")
    expect(page.get_by_role("main")).to_contain_text("p…@example.org")
    notice = letter_about(site, reference, subject="Your e-mail address was changed")
    assert notice["To"] == FIRST
    renewed = letter_about(site, reference, subject="Your link")
    assert renewed["To"] == SECOND
    page.goto(link)
    expect(heading(page)).to_have_text("This link does not work any more")

    mine, link = open_window(), link_in(renewed)
    add_a_resume(mine, link)

    with mine.expect_navigation():
        mine.get_by_role("link", name="See or delete what we hold about you").press("Enter")
    with mine.expect_download() as download:
        press(mine, "Send me what you hold about me")
    copy = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert download.value.suggested_filename == f"enquiry-{reference}.json"
    assert (copy["reference"], copy["answers"]["own_email"]) == (reference, SECOND)
    with mine.expect_navigation():
        press(mine, "Delete what you hold about me")
    expect(told(mine)).to_have_text("We will delete what we hold about you.")
    expect(mine.get_by_role("link", name="Choose a time")).to_have_count(0)
    with mine.expect_navigation():
        mine.get_by_role("link", name="See or delete what we hold about you").press("Enter")
    expect(mine.get_by_role("main")).to_contain_text("You asked us to delete it. We do so by")
    found = faults(mine)
    assert letter_about(site, reference, subject="Your request is withdrawn")["To"] == SECOND

    lead = open_window()
    desk.sign_in(lead, site, "lead")
    found += erase(lead, site, reference)
    mine.reload()
    expect(heading(mine)).to_have_text("This link does not work any more")
    assert found == []
