"""After sending: the letter's link, another time, and away again, with a calendar that follows."""

import re

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from tests.journeys.accessibility import faults
from tests.journeys.answers import ADULT, fill_in
from tests.journeys.browsing import heading
from tests.journeys.letters import letter_about, link_in

pytestmark = pytest.mark.journeys


def ask_for_a_call(page, *, address):
    page.goto("/contact/?o=anzsco-2022:541111")
    fill_in(page, ADULT | {"email": address})
    day = page.locator("[name=callback_day] option:nth-child(3)").get_attribute("value")
    page.locator("[name=callback_day]").select_option(day)
    times = page.locator("[name=callback] option").filter(has_text="Sydney")
    times.first.wait_for(state="attached")
    page.locator("[name=callback]").select_option(times.first.get_attribute("value"))
    page.get_by_role("main").get_by_role("button", name="Ask for a call").click()
    page.wait_for_url("**/contact/received/**")
    return page.locator(".reference").inner_text()


def call_of(letter):
    """Read the calendar file of a letter: its method and the call in it."""
    [part] = list(letter.iter_attachments())
    calendar = Calendar.from_ical(part.get_content())
    [event] = calendar.events
    return calendar["METHOD"], event


def state_of(site, reference):
    return site.rows(
        "SELECT state, link_version, email_confirmed_at, (SELECT max(sequence)"
        " FROM enquiries_callback WHERE enquiry_id = enquiry.id)"
        " FROM enquiries_enquiry enquiry WHERE reference = %s",
        [reference],
    )


def added_in_print(page):
    """List what the style sheet writes after each link; a link with a token opens the request."""
    after = "links => links.map(each => getComputedStyle(each, '::after').content)"
    return page.locator("main a").evaluate_all(after)


def test_a_person_moves_their_call_and_withdraws(open_window, site):
    page = open_window(time_zone="Asia/Kolkata")
    reference = ask_for_a_call(page, address="priya.moves@example.org")
    expect(page.get_by_role("link", name="Add a résumé")).to_have_count(1)
    assert faults(page) == []
    page.emulate_media(media="print")
    expect(page.locator(".reference")).to_be_visible()
    assert not any("/enquiry/" in each for each in added_in_print(page))

    acknowledgement = letter_about(site, reference, subject="We have your request")
    method, first = call_of(acknowledgement)
    assert method == "PUBLISH"

    mine = open_window(javascript=False)
    before = state_of(site, reference)
    for _ in range(2):  # a mail scanner opens it too
        mine.goto(link_in(acknowledgement))
    assert state_of(site, reference) == before
    with mine.expect_navigation():
        mine.get_by_role("button", name="Yes, it is mine").click()
    expect(mine.get_by_role("status")).to_contain_text("the address is yours")
    assert state_of(site, reference)[0][2] is not None

    with mine.expect_navigation():
        mine.get_by_role("link", name="Choose another time").click()
    with mine.expect_navigation():
        mine.locator("a[href^='?day=']").last.click()
    mine.get_by_role("radio").last.check()
    with mine.expect_navigation():
        mine.get_by_role("button", name="Call me then").click()
    expect(mine.get_by_role("status")).to_contain_text("Your call has a new time.")
    expect(mine.get_by_role("main")).to_contain_text("your time (Kolkata)")
    expect(mine.get_by_role("main")).to_contain_text("Sydney time")
    method, second = call_of(letter_about(site, reference, subject="Your call has changed"))
    assert method == "PUBLISH"
    assert second["UID"] == first["UID"]
    assert second["SEQUENCE"] > first["SEQUENCE"]
    assert second.start > first.start

    with mine.expect_navigation():
        mine.get_by_role("link", name="Withdraw my request").click()
    with mine.expect_navigation():
        mine.get_by_role("button", name="Withdraw my request").click()
    expect(mine.get_by_role("status")).to_contain_text("We will not call you about it")
    method, last = call_of(letter_about(site, reference, subject="Your request is withdrawn"))
    assert (method, last["STATUS"]) == ("CANCEL", "CANCELLED")
    assert (last["UID"], last.start) == (second["UID"], second.start)
    assert last["SEQUENCE"] > second["SEQUENCE"]
    assert state_of(site, reference)[0][0] == "withdrawn"


def test_every_page_behind_the_link_is_accessible(open_window, site):
    page = open_window(time_zone="Asia/Kolkata")
    reference = ask_for_a_call(page, address="priya.looks@example.org")
    letter = letter_about(site, reference, subject="We have your request")
    link, found = link_in(letter), []
    for path in ("", "time/", "contact/", "resume/", "withdraw/", "data/"):
        page.goto(link + path)
        found += faults(page)
    page.goto(f"{link}time/")
    with page.expect_navigation():
        page.locator("a[href^='?day=']").first.click()
    found += faults(page)
    for path, button in (("contact/", "Save"), ("resume/", "Add this file")):
        page.goto(link + path)
        page.get_by_role("main").get_by_role("button", name=button).click()
        expect(page).to_have_title(re.compile("^Error:"))
        found += faults(page)
    page.goto(link_in(letter, page="not-me/"))
    found += faults(page)
    page.goto("/enquiry/")
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name="Send me a new link").click()
    found += faults(page)
    page.goto(link[:-9])
    expect(heading(page)).to_have_text("This link does not work any more")
    found += faults(page)
    for path in ("received", "confirm"):
        page.goto(f"/contact/{path}/no-token-of-ours/")
        found += faults(page)
    assert found == []
