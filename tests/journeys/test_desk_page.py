"""Triage at the desk: call after call by keyboard alone, and pages that everyone can use."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.journeys import desk
from tests.journeys.accessibility import faults
from tests.journeys.browsing import overhang
from tests.journeys.keyboard import Keyboard
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journeys

TABLET = 768
ENQUIRIES = 10
PAGES = ("desk/", "desk/calendar/", "desk/dashboard/", "desk/feed/")
# Somewhere it is day at any hour, and our own hours reach it.
ZONES = {
    "NZ": "Pacific/Auckland",
    "PH": "Asia/Manila",
    "IN": "Asia/Kolkata",
    "NG": "Africa/Lagos",
    "PE": "America/Lima",
    "US": "Pacific/Honolulu",
}
OUTCOMES = ("Reached", "No answer", "Busy", "Asked to call later")
MINE = """
SELECT count(DISTINCT e.id), count(DISTINCT a.id)
FROM enquiries_enquiry e JOIN enquiries_callattempt a ON a.enquiry_id = e.id
WHERE e.family_name = 'Keyboard' AND a.by_id = e.owner_id
"""


@pytest.fixture
def ten_wait(site):
    """Let ten people ask for a call, where it is day now."""
    now = datetime.now(UTC)  # noqa: TID251 - a journey goes by the clock on the wall
    country, zone = next(
        (country, zone)
        for country, zone in ZONES.items()
        if 9 <= now.astimezone(ZoneInfo(zone)).hour < 18
    )
    visitor = Visitor(site)
    typed = {"country": country, "time_zone": zone, "phone": "+61 400 000 001"}
    for _ in range(ENQUIRIES):
        assert visitor.send(**typed, family_name="Keyboard") == 303
    visitor.line.close()


def test_ten_enquiries_are_triaged_from_the_desk_by_keyboard_alone(open_window, site, ten_wait):
    page = open_window()
    desk.sign_in(page, site, "adviser")
    keyboard = Keyboard(page)
    keyboard.go_to("Your desk")
    keyboard.enter()
    page.wait_for_url("**/admin/desk/")
    while site.rows(MINE)[0][0] < ENQUIRIES:
        keyboard.go_to("Claim and start the call")
        keyboard.enter()
        page.wait_for_url("**/change/**")
        keyboard.go_to("Skip to main content")
        keyboard.enter()
        keyboard.go_to(name="outcome")
        page.keyboard.type(OUTCOMES[site.rows(MINE)[0][0] % len(OUTCOMES)])
        keyboard.go_to("Record a call")
        with page.expect_navigation():
            keyboard.enter()
        expect(page.get_by_role("list").filter(has_text="recorded").first).to_be_visible()
        keyboard.go_to("Your desk")
        keyboard.enter()
        page.wait_for_url("**/admin/desk/")
    assert site.rows(MINE) == [(ENQUIRIES, ENQUIRIES)]
    assert site.rows("SELECT count(*) FROM enquiries_enquiry WHERE state = 'in_call'") == [(0,)]


def test_everyone_can_use_the_pages_of_the_desk(open_window, site, ten_wait):
    page = open_window()
    desk.sign_in(page, site, "lead")
    for address in PAGES:
        page.goto(f"/admin/{address}")
        assert faults(page) == []
        page.set_viewport_size({"width": TABLET, "height": 900})
        assert overhang(page) <= 0
    page.goto("/admin/desk/calendar/")
    page.get_by_role("link", name="Day", exact=True).click()
    page.wait_for_url("**day=**")
    assert faults(page) == []
