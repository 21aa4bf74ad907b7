"""The form for a call in each of its states: with and without JavaScript, wide and narrow."""

import re
from datetime import UTC, datetime

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import expect

from enquiries.asking.times import Offer, site_zone
from enquiries.forms import day_options, time_options
from enquiries.slots import LENGTH
from tests.journeys.accessibility import faults
from tests.journeys.answers import ADULT, DAUGHTER, GUARDIAN, fill_in, minor, typed
from tests.journeys.browsing import overhang

pytestmark = pytest.mark.journeys

OCCUPATION = "/occupations/anzsco-2022/541111/"
ERROR = re.compile("^Error: ")
TITLE = "Call or Contact Centre Team Leader"
PLAIN_RESUME = {"name": "cv.txt", "mimeType": "text/plain", "buffer": b"I led a team." * 9}


def send(page):
    page.locator("form.ask .actions button").click()


def reference(page):
    page.wait_for_url("**/contact/received/**")
    return page.locator(".reference").inner_text()


def errors(page):
    summary = page.locator(".error-summary:focus")
    summary.wait_for()
    return summary.inner_text()


def no_times_left():
    """Give what the site answers for a city when every time is taken."""
    here = site_zone()
    offer = Offer(
        days=day_options([], can_call=False),
        times=time_options([], length=LENGTH, zone=here, site_zone=here),
        notice=render_to_string("enquiries/contact.html#no_call", {"why": "full"}),
        can_call=False,
        has_times=False,
    )
    return render_to_string("enquiries/contact.html#offer", {"offer": offer})


def test_everyone_can_use_the_form_in_each_of_its_states(open_window):
    page = open_window(time_zone="Asia/Kolkata")
    page.goto("/contact/?o=anzsco-2022:541111&q=BSB40307")
    assert faults(page) == []

    send(page)
    assert "Say who the call is for." in errors(page)
    expect(page).to_have_title(ERROR)
    assert faults(page) == []

    page.locator("[name=about][value=child]").check()
    expect(page.locator("#guardian")).to_be_visible()
    expect(page.locator("[name=email]")).to_be_hidden()
    assert faults(page) == []

    fill_in(page, ADULT | {"email": "not an address"})
    page.locator("[name=resume]").set_input_files(PLAIN_RESUME)
    page.evaluate("document.querySelector('[name=opened]').value = 'long ago'")
    before = typed(page)
    send(page)
    assert "like name@example.com" in errors(page)
    expect(page.get_by_role("main")).to_contain_text("We kept your file cv.txt")
    assert typed(page) == before
    assert faults(page) == []

    page.route("**/contact/times/**", lambda route: route.fulfill(
        body=no_times_left(), content_type="text/html"
    ))  # fmt: skip
    page.locator("[name=time_zone]").select_option("Africa/Lagos")
    page.get_by_text("Every time is taken for now.").wait_for()
    expect(page.locator("[name=callback_day]")).to_have_value("email")
    assert faults(page) == []

    fill_in(page, {"email": "priya.states@example.org"})
    send(page)
    assert reference(page)


def test_a_page_that_was_open_too_long_is_sent_again_with_everything_in_it(open_window):
    page = open_window()
    page.goto("/contact/")
    fill_in(page, ADULT | {"email": "priya.late@example.org"})
    page.evaluate("document.querySelector('[name=opened]').value = 'long ago'")
    before = typed(page)
    send(page)
    assert "We kept what you typed" in errors(page)
    assert typed(page) == before
    assert faults(page) == []
    send(page)
    assert reference(page)


def test_the_form_opens_where_people_read_and_sets_a_cookie_only_then(open_window, site):
    page = open_window()
    page.goto(OCCUPATION)
    assert page.context.cookies() == []
    link = page.get_by_role("link", name="Ask for a call about this occupation")
    link.focus()
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", name=f"Ask for a call about {TITLE}")
    heading.wait_for()
    page.locator("#ask-here-title:focus").wait_for()
    assert [each["name"] for each in page.context.cookies()] == ["csrftoken"]
    expect(page.get_by_role("checkbox", name=TITLE)).to_be_checked()
    assert faults(page) == []

    page.get_by_role("button", name="Close this form").click()
    expect(link).to_be_focused()
    expect(page.locator("#ask-here")).to_have_count(0)

    link.click()
    heading.wait_for()
    fill_in(page, ADULT)
    send(page)
    assert errors(page).endswith("Enter your e-mail address.")
    assert page.url.endswith(OCCUPATION)
    expect(page).to_have_title(ERROR)
    assert faults(page) == []
    fill_in(page, {"email": "priya.here@example.org"})
    send(page)
    row = site.rows(
        "SELECT title FROM enquiries_occupationofinterest occupation JOIN enquiries_enquiry enquiry"
        " ON enquiry.id = occupation.enquiry_id WHERE reference = %s",
        [reference(page)],
    )
    assert row == [(TITLE,)]


def test_without_javascript_the_link_leads_to_the_form_with_the_list_carried_in(open_window):
    page = open_window(javascript=False)
    page.goto("/shortlist/?o=anzsco-2022:541111&o=anzsco-2013:149212")
    page.get_by_role("link", name="Ask for a call about this list").click()
    page.wait_for_url("**/contact/?o=**")
    carried = page.locator("[name=occupations]")
    expect(carried).to_have_count(2)
    assert all(each.is_checked() for each in carried.all())


def test_a_whole_request_without_javascript_on_the_narrowest_phone(open_window):
    page = open_window(javascript=False)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(OCCUPATION)
    page.get_by_role("link", name="Ask for a call about this occupation").click()
    page.wait_for_url("**/contact/?o=**")
    assert overhang(page) <= 0
    fill_in(page, ADULT | {"email": "priya.narrow@example.org"})
    day = page.locator("[name=callback_day] option:nth-child(3)").get_attribute("value")
    page.locator("[name=callback_day]").select_option(day)
    with page.expect_navigation():
        send(page)  # a day without a time: the times come with the page
    expect(page.locator(".error-summary")).to_contain_text("Choose a time on")
    assert overhang(page) <= 0
    page.locator("[name=callback]").select_option(index=1)
    send(page)
    assert reference(page)
    assert overhang(page) <= 0


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_going_back_and_sending_again_makes_no_second_request(open_window, site, javascript):
    address = f"priya.back.{javascript}@example.org".lower()
    page = open_window(javascript=javascript)
    page.goto("/contact/")
    fill_in(page, ADULT | {"email": address})
    send(page)
    first = reference(page)
    page.go_back()
    page.wait_for_url("**/contact/")
    expect(page.locator("[name=email]")).to_have_value(address)
    send(page)
    assert reference(page) == first
    assert site.value(
        "SELECT count(*) FROM enquiries_enquiry WHERE own_email = %s", [address]
    ) == 1  # fmt: skip


def test_a_parent_asks_for_a_daughter(open_window, site):
    page = open_window(time_zone="Europe/Lisbon")
    page.goto("/contact/")
    year = datetime.now(UTC).year - 15  # noqa: TID251 - a test is an edge
    fill_in(page, DAUGHTER | {"date_of_birth_year": f"{year}", "guardian_email": "rui@example.org"})
    page.locator("[name=callback_day]").select_option(index=2)
    page.locator("[name=callback] option:nth-child(2)").wait_for(state="attached")
    page.locator("[name=callback]").select_option(index=1)
    send(page)
    row = site.rows(
        "SELECT is_minor, guardian_phone, own_phone, own_email FROM enquiries_enquiry"
        " WHERE reference = %s",
        [reference(page)],
    )
    assert row == [(True, "+351912345678", "", "")]


def test_a_date_that_says_under_18_asks_for_the_parent_and_keeps_everything(open_window):
    page = open_window()
    page.goto("/contact/")
    answers = minor(today=datetime.now(UTC))  # noqa: TID251 - a test is an edge
    fill_in(page, answers)
    send(page)
    assert "A parent or guardian must complete" in errors(page)
    expect(page.locator("[name=given_name]")).to_have_value(answers["given_name"])
    assert faults(page) == []
    fill_in(page, GUARDIAN | {"guardian_email": "rosa.later@example.org"})
    send(page)
    assert reference(page)


def test_a_slow_line_shows_how_far_a_file_is_and_a_broken_one_loses_nothing(browser, site):
    page = browser.new_page(base_url=site.url)
    page.goto("/contact/")
    fill_in(page, ADULT | {"email": "priya.slow@example.org"})
    big = {**PLAIN_RESUME, "buffer": b"I led a team. " * 60_000}
    page.locator("[name=resume]").set_input_files({**big, "buffer": b"a" * (6 * 1024 * 1024)})
    page.get_by_text("This file has 6.0 MB. We can take up to 5 MB.").wait_for()
    page.locator("[name=resume]").set_input_files(big)
    before = typed(page)
    page.context.set_offline(True)
    send(page)
    page.get_by_text("We could not be reached. Your answers are still here.").wait_for()
    assert typed(page) == before
    page.context.set_offline(False)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 0,
            "downloadThroughput": -1,
            "uploadThroughput": 400 * 1024,
        },
    )
    send(page)
    bar = page.get_by_role("progressbar", name="Sending your file")
    page.get_by_role("paragraph").filter(has=bar, has_text="% of 0.8 MB").wait_for()
    assert reference(page)
    page.close()
