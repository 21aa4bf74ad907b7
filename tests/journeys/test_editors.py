"""Editors at their desk: a notice on a list at once, and a table that two people bring in."""

import time
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from occupations.catalogue.load import EMBEDDED
from tests.journeys import desk
from tests.journeys.accessibility import faults
from tests.processes import eventually

pytestmark = pytest.mark.journeys
MINUTE = 60  # seconds: what the site promises its editors
EVERY_SERVER = 12  # answers in a row: each of the web server's processes keeps pages of its own
NOTICE = "The department has said that it will change this list."
SHORTAGES = EMBEDDED / "shortage_ratings.csv"
BEFORE, AFTER = "anzsco-2022,1492,nsw,none,", "anzsco-2022,1492,nsw,regional,"
OCCUPATION = "/occupations/anzsco-2022/149212/"


def shows(site, address, words):
    """Tell whether everybody who asks for a page now reads these words."""

    def reads():
        with urlopen(site.url + address) as answer:  # noqa: S310 (our own site)
            return words in answer.read().decode()

    return all(reads() for _ in range(EVERY_SERVER))


def file(text):
    return {"name": "shortage_ratings.csv", "mimeType": "text/csv", "buffer": text.encode()}


def send(page, text, *, as_at_on="2026-09-30"):
    page.get_by_label("Table", exact=True).select_option(label="Shortages")
    page.get_by_label("File", exact=True).set_input_files(file(text))
    page.get_by_label("True as at").fill(as_at_on)
    page.get_by_label("Where it comes from").fill("The agency's page, read today.")
    with page.expect_navigation():
        page.get_by_role("button", name="Check and upload").click()


def test_a_notice_stands_on_its_list_within_a_minute(open_window, site):
    assert not shows(site, "/lists/csol/", NOTICE)
    editor = open_window()
    desk.sign_in(editor, site, "editor")
    editor.locator("#content .model-notice").get_by_role("link", name="Add").click()
    editor.get_by_label("Subject").select_option(label="An occupation list")
    editor.get_by_label("Key").fill("csol")
    editor.get_by_label("Text").fill(NOTICE)
    editor.get_by_role("textbox", name="Dated on").fill("2026-09-30")

    start = time.monotonic()
    editor.get_by_role("button", name="Save", exact=True).click()
    eventually(lambda: shows(site, "/lists/csol/", NOTICE), within=MINUTE)

    print(f"A notice stood on its list after {time.monotonic() - start:.1f} s")  # noqa: T201


def test_a_table_of_one_editor_is_approved_by_another_and_loaded(open_window, site):
    assert not shows(site, OCCUPATION, "Regional shortage")
    shipped = SHORTAGES.read_text(encoding="utf-8")
    assert shipped.count(BEFORE) == 1
    editor = open_window()
    desk.sign_in(editor, site, "editor")
    with editor.expect_navigation():
        editor.locator("#content .model-tableupload").get_by_role("link", name="Add").click()
    assert faults(editor, has_dark=False) == []
    send(editor, shipped.replace(BEFORE, "anzsco-2022,1492,nsw,plenty,"))
    expect(editor.get_by_text("'plenty' is not one of")).to_be_visible()
    assert faults(editor, has_dark=False) == []
    send(editor, shipped.replace(BEFORE, AFTER))
    expect(editor.get_by_text("You uploaded this table, so a second person")).to_be_visible()
    assert faults(editor, has_dark=False) == []

    second = open_window()
    desk.sign_in(second, site, "second-editor")
    with second.expect_navigation(url="**/tableupload/?**"):
        second.get_by_role("link", name="Tables to decide on").click()
    assert faults(second, has_dark=False) == []
    with second.expect_navigation():
        second.get_by_role("link", name="Shortages").click()
    expect(second.locator(".changes ins")).to_have_text(["Regional shortage"])
    second.get_by_text("Approve…").click()
    assert faults(second, has_dark=False) == []
    second.get_by_label("I have compared the difference").check()
    second.get_by_role("button", name="Approve the table").click()
    approved = time.monotonic()
    expect(second.get_by_text("The worker loads the table within a minute.")).to_be_visible()

    changes = "/changes/?table=shortage_ratings"
    eventually(lambda: shows(site, changes, "<ins>Regional shortage</ins>"), within=MINUTE)
    print(f"A table was loaded after {time.monotonic() - approved:.1f} s")  # noqa: T201
    eventually(lambda: shows(site, OCCUPATION, "Regional shortage"), within=MINUTE)
    second.reload()
    expect(second.locator(".standing")).to_contain_text("The site shows it.")

    second.get_by_text("Take it back…").click()
    second.get_by_label("Why").fill("This was a journey.")
    second.get_by_role("button", name="Take the table back").click()
    eventually(
        lambda: shows(site, changes, "<ins>No shortage</ins>"),
        within=MINUTE,
        otherwise=site.logs.text,
    )
    eventually(lambda: not shows(site, OCCUPATION, "Regional shortage"), within=MINUTE)


def test_editors_can_use_the_pages_of_their_desk(open_window, site):
    editor = open_window()
    desk.sign_in(editor, site, "editor")
    assert faults(editor, has_dark=False) == []
    for address in ("tableupload/", "source/", "sourcecheck/add/", "pagefeedback/", "notice/add/"):
        editor.goto(f"/admin/occupations/{address}")
        assert faults(editor, has_dark=False) == []
