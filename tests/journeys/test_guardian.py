"""A person under 18: nothing is kept without a guardian, and only the guardian is called."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.journeys import desk
from tests.journeys.accessibility import faults
from tests.journeys.answers import GUARDIAN, fill_in, minor
from tests.journeys.browsing import PATIENCE_SECONDS, heading
from tests.journeys.letters import letter_about, text_of
from tests.processes import eventually

pytestmark = pytest.mark.journeys

TABLES = (
    "consent",
    "enquiry",
    "event",
    "followup",
    "occupationofinterest",
    "outboxmessage",
    "pendingupload",
    "resume",
)
CHILDS_OWN = ("mateo@pupils.example", "498765432", "0498 765 432")


def stored(site):
    return {table: site.value(f"SELECT count(*) FROM enquiries_{table}") for table in TABLES}  # noqa: S608


def confirmed_at(site, reference):
    return site.value(
        "SELECT guardian_confirmed_at FROM enquiries_enquiry WHERE reference = %s", [reference]
    )


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_minor_is_called_through_the_guardian_who_confirmed(open_window, site, javascript):
    address = f"rosa.{javascript}@example.org".lower()
    page = open_window(javascript=javascript)
    send = page.get_by_role("main").get_by_role("button", name="Ask for a call")

    page.goto("/contact/?o=anzsco-2022:541111")
    today = datetime.now(UTC)  # noqa: TID251 - a test is an edge
    fill_in(page, minor(today=today))
    eventually(site.is_at_rest, within=PATIENCE_SECONDS, otherwise=site.logs.text)
    before = stored(site)
    send.click()

    summary = page.locator(".error-summary")
    expect(summary).to_contain_text("A parent or guardian must complete")
    expect(page).to_have_title(re.compile("^Error:"))
    assert stored(site) == before
    if javascript:
        assert faults(page) == []

    fill_in(page, GUARDIAN | {"guardian_email": address})
    send.click()
    page.wait_for_url("**/contact/received/**")
    reference = page.locator(".reference").inner_text()
    expect(page.get_by_role("main")).to_contain_text("We do not call the young person")
    row = site.value(
        "SELECT enquiry::text FROM enquiries_enquiry enquiry WHERE reference = %s", [reference]
    )
    assert address in row
    assert not [own for own in CHILDS_OWN if own in row]

    letters = [
        letter_about(site, reference, subject=subject)
        for subject in ("We have your request", "Please confirm as parent or guardian")
    ]
    assert {letter["To"] for letter in letters} == {address}
    assert len({letter["Message-ID"] for letter in letters}) == 2
    letter = letters[-1]
    (link,) = re.findall(r"http\S+/confirm/\S+", text_of(letter))

    guardian = open_window(javascript=javascript)
    for _ in range(2):  # a mail scanner opens it too
        guardian.goto(link)
        expect(heading(guardian)).to_have_text("Confirm as parent or guardian")
    assert confirmed_at(site, reference) is None
    assert "Mateo" not in guardian.content()
    if javascript:
        assert faults(guardian) == []
    with guardian.expect_navigation():
        guardian.get_by_role("button", name="Yes, I confirm").click()
    expect(heading(guardian)).to_have_text("Thank you, you have confirmed")
    assert not javascript or faults(guardian) == []
    assert confirmed_at(site, reference) is not None

    staff = open_window(javascript=javascript)
    desk.sign_in(staff, site, "adviser")
    desk.open_queue(staff)
    desk.open_enquiry(staff, reference)
    expect(staff.locator(".caution")).to_contain_text("Call only Rosa Delgado")
    expect(staff.locator(".caution")).to_contain_text("Confirmed on")
    shown = [link.get_attribute("href") for link in staff.locator("a[href^='tel:']").all()]
    assert set(shown) == {"tel:+61412345678"}
    assert not [own for own in CHILDS_OWN if own in staff.content()]
    assert "Guardian confirmed" in desk.timeline(staff)
