"""What a lead looks after: the office and what people can book, periods, words, and no letters."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys import desk
from tests.journeys.accessibility import faults
from tests.journeys.answers import ADULT, fill_in
from tests.journeys.letters import letter_about, link_in

pytestmark = pytest.mark.journeys

PAGES = ("officehours/", "officehours/preview/", "callbackpolicy/1/change/", "wording/")


def save(page):
    page.get_by_role("button", name="Save", exact=True).press("Enter")


def note_an_absence(lead):
    # The day after tomorrow is to come in every zone.
    soon = datetime.now(UTC).date() + timedelta(days=2)  # noqa: TID251 - a test is an edge
    lead.goto("/admin/enquiries/absence/add/")
    lead.locator("[name=staff]").select_option(label="adviser")
    for name, at in (("starts_at", "09:00"), ("ends_at", "12:00")):
        lead.locator(f"[name={name}_0]").fill(soon.isoformat())
        lead.locator(f"[name={name}_1]").fill(at)
    save(lead)
    lead.wait_for_url("**/absence/")
    expect(lead.get_by_role("row").filter(has_text="09:00")).to_contain_text("adviser")


def keep_children_longer(lead):
    """Try to; the page says why not."""
    lead.goto("/admin/enquiries/retentionperiod/")
    with lead.expect_navigation():
        lead.get_by_role("row").filter(has_text="guardian").get_by_role("link").press("Enter")
    lead.get_by_label("Days").fill("15")
    save(lead)
    expect(lead.get_by_text("14 days at most")).to_be_visible()


def disown(page, site, *, address):
    """Say that it was not they who asked, as the holder of an address that another gave."""
    page.goto("/contact/")
    fill_in(page, ADULT | {"email": address})
    page.get_by_role("main").get_by_role("button", name="Ask for a call").click()
    page.wait_for_url("**/contact/received/**")
    reference = page.locator(".reference").inner_text()
    letter = letter_about(site, reference, subject="We have your request")
    page.goto(link_in(letter, page="not-me/"))
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button").click()


def write_there_again(lead, *, address):
    """Find the wish by the address, forget the reason at first, and remove it."""
    lead.get_by_label("Find an e-mail address").fill(address)
    lead.get_by_role("button", name="Find").press("Enter")
    lead.wait_for_url("**/remove/")
    again = lead.get_by_role("button", name="Write to them again")
    again.press("Enter")
    expect(lead.get_by_text("Say why.")).to_be_visible()
    lead.get_by_label("Why we may write there again").fill("They called and asked.")
    again.press("Enter")
    expect(lead.get_by_role("row").filter(has_text="They called and asked.")).to_be_visible()


def test_a_lead_looks_after_the_office_and_the_privacy_of_people(open_window, site):
    disown(open_window(javascript=False), site, address="not.priya@example.org")
    lead = open_window()
    desk.sign_in(lead, site, "lead")
    found = []
    for address in PAGES:
        lead.goto(f"/admin/enquiries/{address}")
        found += faults(lead, has_dark=False)
    note_an_absence(lead)
    keep_children_longer(lead)
    found += faults(lead, has_dark=False)
    lead.goto("/admin/enquiries/suppression/")
    assert "not.priya" not in lead.content()
    found += faults(lead, has_dark=False)
    write_there_again(lead, address="Not.Priya@example.org")
    assert found == []
