"""A shortlist, kept on the device with JavaScript, and in the address alone without it."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journeys

FIRST = "/occupations/anzsco-2022/541111/"
SECOND = "/occupations/anzsco-2013/149212/"


def add(page, address):
    page.goto(address)
    page.get_by_role("link", name="Add to shortlist").click()
    page.wait_for_url("**/shortlist/**")


def test_two_occupations_are_kept_compared_and_taken_to_the_form(open_window):
    page = open_window()
    add(page, FIRST)
    add(page, SECOND)

    assert page.url.endswith("/shortlist/?o=anzsco-2022:541111&o=anzsco-2013:149212")
    expect(page.get_by_text("This device keeps this list.")).to_be_visible()
    page.goto(FIRST)
    expect(page.get_by_role("link", name="On your shortlist")).to_be_visible()

    page.goto("/shortlist/")
    with page.expect_navigation():
        page.get_by_role("link", name="Open the shortlist of this device: 2 occupations").click()
    page.get_by_role("link", name="Move up Customer Service Manager, ANZSCO 2013").click()
    page.wait_for_url("**/shortlist/?o=anzsco-2013:149212&o=anzsco-2022:541111")
    expect(page.get_by_text("This device keeps this list.")).to_be_visible()

    page.get_by_role("button", name="Compare the chosen").click()
    page.wait_for_url("**/compare/?o=anzsco-2013%3A149212&o=anzsco-2022%3A541111")
    expect(page.get_by_role("columnheader", name="Customer Service Manager")).to_be_visible()
    page.get_by_role("link", name="Ask for a call about these").click()
    page.wait_for_url("**/contact/**")
    carried = page.locator("input[name=occupations]")
    assert [box.get_attribute("value") for box in carried.all()] == [
        "anzsco-2013:149212",
        "anzsco-2022:541111",
    ]


def test_a_list_of_somebody_else_replaces_mine_only_if_i_say_so(open_window):
    page = open_window()
    add(page, FIRST)

    page.goto("/shortlist/?o=anzsco-2022:351311")
    expect(page.get_by_role("link", name="Open the shortlist of this device")).to_be_visible()
    page.get_by_role("button", name="Keep this list instead").click()
    expect(page.get_by_text("This device keeps this list.")).to_be_visible()
    page.goto("/shortlist/")
    page.get_by_role("link", name="Open the shortlist of this device: 1 occupation").click()
    page.wait_for_url("**/shortlist/?o=anzsco-2022:351311")

    page.get_by_role("button", name="Forget it").click()
    expect(page.get_by_text("This device keeps no shortlist now.")).to_be_visible()
    page.goto("/shortlist/")
    expect(page.get_by_text("The list is empty.")).to_be_visible()
    expect(page.get_by_role("button", name="Forget it")).to_have_count(0)


def test_without_javascript_the_address_holds_the_list(open_window):
    page = open_window(javascript=False)
    add(page, FIRST)
    page.get_by_label("Code of six digits").fill("351311")
    with page.expect_navigation(url="**/shortlist/?o=anzsco-2022:541111&o=anzsco-2022:351311"):
        page.get_by_role("button", name="Add").click()
    page.get_by_label("Compare 351311").uncheck()
    page.get_by_label("Compare 351311").check()
    page.get_by_role("button", name="Compare the chosen").click()
    page.wait_for_url("**/compare/?o=anzsco-2022%3A541111&o=anzsco-2022%3A351311")
    page.get_by_role("link", name="Take out Chef").click()
    page.wait_for_url("**/compare/?o=anzsco-2022:541111")
