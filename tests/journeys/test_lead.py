"""What a lead looks after: the office and what people can book, periods, words, and no letters."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys import desk
from tests.journeys.accessibility import faults
from tests.journeys.answers import ADULT, fill_in
from tests.journeys.letters import letter_about, link_in

pytestmark = pytest.mark.journeys

PAGES = (
    "officehours/",
    "officehours/add/",
    "officehours/preview/",
    "closure/",
    "callbackpolicy/1/change/",
    "retentionperiod/",
    "wording/",
    "wording/add/",
)


@pytest.fixture
def lead(open_window, site):
    page = open_window()
    desk.sign_in(page, site, "lead")
    return page


def save(page):
    page.get_by_role("button", name="Save", exact=True).press("Enter")


def test_a_lead_can_use_the_pages_of_the_office_and_of_privacy(lead):
    found = faults(lead, has_dark=False)
    for address in PAGES:
        lead.goto(f"/admin/enquiries/{address}")
        found += faults(lead, has_dark=False)
    assert found == []


def test_a_lead_notes_an_absence_and_is_told_what_a_period_may_be(lead):
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)  # noqa: TID251 - a test is an edge
    lead.goto("/admin/enquiries/absence/add/")
    lead.locator("[name=staff]").select_option(label="adviser")
    for name, at in (("starts_at", "09:00"), ("ends_at", "12:00")):
        lead.locator(f"[name={name}_0]").fill(tomorrow.isoformat())
        lead.locator(f"[name={name}_1]").fill(at)
    found = faults(lead, has_dark=False)
    save(lead)
    lead.wait_for_url("**/absence/")
    expect(lead.get_by_role("row").filter(has_text="09:00")).to_contain_text("adviser")
    found += faults(lead, has_dark=False)

    lead.goto("/admin/enquiries/retentionperiod/")
    lead.get_by_role("row").filter(has_text="guardian").get_by_role("link").press("Enter")
    lead.get_by_label("Days").fill("15")
    save(lead)
    expect(lead.get_by_text("14 days at most")).to_be_visible()
    assert faults(lead, has_dark=False) + found == []


def test_whoever_never_asked_gets_no_letter_until_a_lead_says_why(open_window, site, lead):
    page = open_window(javascript=False)
    page.goto("/contact/")
    fill_in(page, ADULT | {"email": "not.priya@example.org"})
    page.get_by_role("main").get_by_role("button", name="Ask for a call").click()
    page.wait_for_url("**/contact/received/**")
    reference = page.locator(".reference").inner_text()
    letter = letter_about(site, reference, subject="We have your request")
    page.goto(link_in(letter, page="not-me/"))
    page.get_by_role("main").get_by_role("button").click()

    lead.goto("/admin/")
    lead.locator("#content .model-suppression").get_by_role("link").first.press("Enter")
    lead.wait_for_url("**/suppression/**")
    assert "not.priya" not in lead.content()
    found = faults(lead, has_dark=False)
    lead.get_by_label("Find an e-mail address").fill("Not.Priya@example.org")
    lead.get_by_role("button", name="Find").press("Enter")
    lead.wait_for_url("**/remove/")
    lead.get_by_role("button", name="Write to them again").press("Enter")
    expect(lead.get_by_text("Say why.")).to_be_visible()
    found += faults(lead, has_dark=False)
    lead.get_by_label("Why we may write there again").fill("They called and asked.")
    lead.get_by_role("button", name="Write to them again").press("Enter")
    expect(lead.get_by_role("row").filter(has_text="They called and asked.")).to_be_visible()
    assert faults(lead, has_dark=False) + found == []
