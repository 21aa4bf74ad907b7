"""From the search box on the home page to a call that staff have made."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import desk
from tests.journeys.accessibility import faults
from tests.journeys.answers import ADULT, fill_in
from tests.journeys.browsing import PATIENCE_SECONDS, heading
from tests.journeys.letters import letter_about, text_of
from tests.processes import eventually

pytestmark = pytest.mark.journeys

TITLE = "Call or Contact Centre Team Leader"
BOTH_TIMES = re.compile(
    r"\w+day \d+ \w+ \d{4}, \d\d:\d\d–\d\d:\d\d your time \(Kolkata\) "  # noqa: RUF001
    r"= (\w+day \d+ \w+ \d{4}, )?\d\d:\d\d–\d\d:\d\d Sydney time"  # noqa: RUF001
)


def find_the_occupation(page):
    page.goto("/")
    page.get_by_label("What work do you do?").fill("contact centre supervisor")
    with page.expect_navigation():
        page.get_by_role("search").get_by_role("button", name="Search").click()
    hit = page.get_by_role("listitem").filter(has=page.locator("a[href$='/anzsco-2022/541111/']"))
    why = hit.first.locator(".why").first.inner_text()
    assert "alternative title" in why
    assert "Contact Centre Supervisor" in why
    with page.expect_navigation():
        hit.first.get_by_role("link").first.click()
    expect(heading(page)).to_have_text(TITLE)


def ask_for_a_call(page, *, address, javascript):
    page.get_by_role("complementary").get_by_role("link", name="Ask for a call").click()
    expect(page.get_by_role("checkbox", name=TITLE)).to_be_checked()
    answers = ADULT | {"email": address}
    if javascript:
        assert faults(page) == []
        zone = answers.pop("time_zone")
        page.get_by_role("button", name="Use Kolkata time, as on this device").click()
        expect(page.locator("[name=time_zone]")).to_have_value(zone)
    fill_in(page, answers)
    day = page.locator("[name=callback_day] option:nth-child(3)").get_attribute("value")
    page.locator("[name=callback_day]").select_option(day)
    if not javascript:
        with page.expect_navigation():
            page.get_by_role("button", name="Show the times where I am").click()
    times = page.locator("[name=callback] option").filter(has_text="Sydney")
    times.first.wait_for(state="attached")
    page.locator("[name=callback]").select_option(times.first.get_attribute("value"))
    page.get_by_role("main").get_by_role("button", name="Ask for a call").click()
    page.wait_for_url("**/contact/received/**")


def take_the_call(staff, site, *, reference):
    desk.sign_in(staff, site, "adviser")
    desk.open_queue(staff)
    desk.open_enquiry(staff, reference)
    expect(staff.locator(".phone")).to_contain_text("+91 98765 43210")
    expect(staff.get_by_role("link", name=TITLE)).to_have_count(1)
    desk.claim(staff)
    desk.record_call(staff, outcome="Reached", remark="Explained the code.")
    desk.close_follow_up(staff, "First call")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_an_adult_finds_their_occupation_asks_for_a_call_and_gets_it(open_window, site, javascript):
    address = f"priya.{javascript}@example.org".lower()
    page = open_window(javascript=javascript, time_zone="Asia/Kolkata")
    find_the_occupation(page)
    ask_for_a_call(page, address=address, javascript=javascript)
    reference = page.locator(".reference").inner_text()
    both_times = BOTH_TIMES.search(page.get_by_role("main").inner_text())
    assert re.fullmatch(r"[346789CDFGHJKMNPQRTWXY]{8}", reference)
    assert both_times
    if javascript:
        assert faults(page) == []

    acknowledgement = letter_about(site, reference, subject="We have your request")
    assert acknowledgement["To"] == address
    assert both_times.group() in text_of(acknowledgement)

    staff = open_window(javascript=javascript)
    take_the_call(staff, site, reference=reference)
    told = desk.timeline(staff)
    assert told[:3] == ["Follow-up closed", "Call: Reached", "Claimed"]
    assert {"E-mail: Acknowledgement", "Submitted"} <= set(told[3:])
    eventually(site.is_at_rest, within=PATIENCE_SECONDS, otherwise=site.logs.text)
    letters = site.mail.about(reference)  # by day staff have had theirs too
    assert len({letter["Message-ID"] for letter in letters}) == len(letters)
    assert [letter["To"] for letter in letters].count(address) == 1
