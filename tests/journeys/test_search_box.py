"""The search box: suggestions by keyboard, mouse or finger, and searches kept on the device."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.accessibility import faults
from tests.journeys.browsing import overhang, watch

pytestmark = pytest.mark.journeys

ABOUT = "/about/"
SHORT_PAUSE_MS = 200  # between two words: long enough to be asked what was meant
KEPT = ["forklift driver", "BSB40307", "chef"]
# A private window, or one whose owner forbids it, throws at every use of the storage.
BLOCKED = """
Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no") } });
"""


def box(page):
    return page.get_by_role("combobox", name="Search occupations, codes and qualifications")


def options(page):
    return page.get_by_role("option")


def status(page):
    return page.get_by_role("status")


def typed(page, text, *, address=ABOUT):
    """
    Put words into the masthead's box of a page, and wait for the suggestions.

    They come in one go: between slow keys a busy machine would suggest what parts of them mean.
    """
    page.goto(address)
    box(page).fill(text)
    options(page).first.wait_for()
    return box(page)


def kept(page):
    return json.loads(page.evaluate("localStorage.getItem('searches')") or "[]")


def keep(page, texts):
    page.goto(ABOUT)
    page.evaluate("list => localStorage.setItem('searches', JSON.stringify(list))", texts)


def active(page):
    """Give the words of the option that the box says is the active one; none if it names none."""
    place = box(page).get_attribute("aria-activedescendant")
    if place is None:
        return ""
    option = page.locator(f"#{place}")
    assert option.get_attribute("aria-selected") == "true"
    assert page.locator("[role=option][aria-selected=true]").count() == 1
    return (
        option.locator(".name").inner_text()
        if option.locator(".name").count()
        else (option.inner_text())
    )


def test_the_keyboard_goes_through_the_suggestions_and_opens_one(open_window):
    page = open_window()
    field = typed(page, "contact centre")
    assert field.get_attribute("aria-expanded") == "true"
    assert field.get_attribute("aria-autocomplete") == "list"
    assert page.locator(f"#{field.get_attribute('aria-controls')}[role=listbox]").is_visible()
    titles = [one.locator(".name").inner_text() for one in options(page).all()]

    assert active(page) == ""
    for title in (*titles, titles[0]):
        page.keyboard.press("ArrowDown")
        assert active(page) == title
    page.keyboard.press("ArrowUp")
    assert active(page) == titles[-1]
    assert field.evaluate("field => field === document.activeElement")
    assert field.input_value() == "contact centre"

    page.keyboard.press("Home")
    assert active(page) == ""
    assert field.evaluate("field => field.selectionStart") == 0
    page.keyboard.press("ArrowUp")
    assert active(page) == titles[-1]
    page.keyboard.press("End")
    assert active(page) == ""
    assert field.evaluate("field => field.selectionStart") == len("contact centre")

    place = titles.index("Call or Contact Centre Team Leader")
    for _ in range(place + 1):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/occupations/anzsco-2022/541111/")


def test_enter_without_a_choice_searches_as_the_plain_form_does(open_window):
    page = open_window()
    typed(page, "contact centre")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=contact+centre")


def test_escape_closes_the_list_first_and_empties_the_box_then(open_window):
    page = open_window()
    field = typed(page, "chef")
    page.keyboard.press("ArrowDown")

    page.keyboard.press("Escape")
    assert options(page).count() == 0
    assert field.get_attribute("aria-expanded") == "false"
    assert field.get_attribute("aria-activedescendant") is None
    assert field.input_value() == "chef"
    page.keyboard.press("ArrowDown")
    options(page).first.wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert field.input_value() == ""
    assert page.url.endswith(ABOUT)


def test_tab_leaves_the_box_and_chooses_nothing(open_window):
    page = open_window()
    typed(page, "chef")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")

    focused = page.evaluate("document.activeElement.textContent")
    assert focused == "Search"
    assert options(page).count() == 0
    assert page.url.endswith(ABOUT)
    page.keyboard.press("Shift+Tab")
    assert box(page).evaluate("field => field === document.activeElement")


@pytest.mark.parametrize("address", ["/", ABOUT, "/search/"])
def test_a_click_opens_the_suggestion_on_every_page_with_a_box(open_window, address):
    page = open_window()
    page.goto(address)
    field = page.get_by_role("combobox")
    field = page.locator("input[data-suggestions]") if field.count() != 1 else field
    field.press_sequentially("sparky")
    first = options(page).first
    expect(first).to_contain_text("people also say “sparky”")
    first.click()
    page.wait_for_url("**/occupations/anzsco-2022/341111/")


def test_a_click_elsewhere_closes_the_list(open_window):
    page = open_window()
    typed(page, "chef")
    page.mouse.click(5, 500)
    assert options(page).count() == 0


def test_a_finger_finds_targets_large_enough(open_window):
    page = open_window()
    page.set_viewport_size({"width": 320, "height": 640})
    keep(page, KEPT)
    page.reload()
    box(page).focus()
    clear = page.get_by_role("button", name="Clear recent searches")
    for one in [*options(page).all(), clear]:
        size = one.bounding_box()
        assert size["height"] >= 24
        assert size["width"] >= 24
    box(page).fill("chef")
    page.get_by_role("option", name="Chef 351311").wait_for()
    assert all(one.bounding_box()["height"] >= 24 for one in options(page).all())
    assert overhang(page) <= 0


def test_the_status_tells_how_many_there_are(open_window):
    page = open_window()
    field = typed(page, "chef")
    count = options(page).count()
    assert status(page).inner_text().startswith(f"{count} suggestions.")

    field.fill("541111")
    page.get_by_text("1 suggestion. Use the up and down arrows to choose one.").wait_for()
    field.fill("xqzvwk")
    page.get_by_text("No suggestions. Press Enter to search.").wait_for()
    expect(options(page)).to_have_count(0)
    assert field.get_attribute("aria-expanded") == "false"


def test_only_the_last_of_quick_words_is_asked_and_answered(open_window):
    page = open_window()
    page.clock.install()
    page.goto(ABOUT)
    page.clock.pause_at(datetime.now(UTC) + timedelta(days=1))  # noqa: TID251 - however slow
    seen = watch(page)
    box(page).press_sequentially("electrician")
    page.clock.run_for(SHORT_PAUSE_MS)
    options(page).first.wait_for()
    asked = [one.url for one in seen.responses if "/search/suggestions/" in one.url]
    assert len(asked) == 1
    assert asked[0].endswith("?q=electrician")


def test_a_late_answer_to_an_earlier_word_is_not_shown(open_window):
    page = open_window()
    held = []

    def hold(route):
        held.append(route)

    page.route("**/search/suggestions/?q=chef", hold)
    page.goto(ABOUT)
    with page.expect_request("**/search/suggestions/?q=chef"):
        box(page).fill("chef")
    box(page).fill("sparky")
    page.get_by_role("option", name="Electrician (General)").wait_for()
    for route in held:
        route.abort("aborted")
    assert "Chef" not in [one.locator(".name").inner_text() for one in options(page).all()]


def test_without_an_answer_the_plain_form_is_there(open_window):
    page = open_window()
    page.route("**/search/suggestions/**", lambda route: route.abort("aborted"))
    page.goto(ABOUT)
    with page.expect_event("requestfailed"):
        box(page).fill("chef")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=chef")


def test_without_javascript_there_is_a_plain_search(open_window):
    page = open_window(javascript=False)
    page.goto(ABOUT)
    field = page.get_by_role("searchbox", name="Search occupations, codes and qualifications")
    assert field.get_attribute("aria-expanded") is None
    field.fill("chef")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/search/?q=chef")


def test_recent_searches_are_kept_offered_and_cleared(open_window):
    page = open_window()
    seen = watch(page)
    for text in ("baker", "forklift driver", "nurse", "welder", "Baker", "truck driver", "pilot"):
        page.goto(ABOUT)
        box(page).fill(text)
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/**")
    assert kept(page) == ["pilot", "truck driver", "Baker", "welder", "nurse"]

    page.goto(ABOUT)
    assert options(page).count() == 0
    box(page).focus()
    assert options(page).all_inner_texts() == kept(page)
    assert status(page).inner_text() == "5 recent searches."
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert active(page) == "truck driver"
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=truck+driver")
    assert kept(page)[0] == "truck driver"

    page.goto(ABOUT)
    box(page).focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Clear recent searches"
    page.keyboard.press("Escape")
    assert box(page).evaluate("field => field === document.activeElement")
    assert options(page).count() == 0
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Clear recent searches").click()
    assert status(page).inner_text() == "Recent searches are cleared."
    assert options(page).count() == 0
    assert page.evaluate("localStorage.getItem('searches')") is None
    assert page.context.cookies() == []
    sent = [one.request for one in seen.responses]
    assert all(request.method == "GET" and not request.post_data for request in sent)
    assert not any("nurse" in request.url and "welder" in request.url for request in sent)


def test_a_chosen_suggestion_is_a_recent_search_too(open_window):
    page = open_window()
    typed(page, "chef")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/351311/")
    assert kept(page) == ["Chef"]


@pytest.mark.parametrize("broken", ["{", '{"a": 1}', "[1, null, {}]", '"chef"', "null"])
def test_a_spoilt_memory_is_no_obstacle(open_window, broken):
    page = open_window()
    page.goto(ABOUT)
    page.evaluate("text => localStorage.setItem('searches', text)", broken)
    page.reload()
    box(page).focus()
    assert options(page).count() == 0
    box(page).fill("chef")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=chef")
    assert kept(page) == ["chef"]


def test_where_storage_is_blocked_the_box_still_suggests_and_searches(open_window):
    page = open_window()
    page.add_init_script(BLOCKED)
    typed(page, "chef")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=chef")


@pytest.mark.parametrize("has_recent", [False, True], ids=["suggestions", "recent searches"])
def test_everyone_can_use_the_open_list(open_window, has_recent):
    page = open_window()
    if has_recent:
        keep(page, KEPT)
        page.reload()
        box(page).focus()
    else:
        typed(page, "contact centre")
    page.keyboard.press("ArrowDown")
    count = options(page).count()
    assert count >= len(KEPT)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert overhang(page) <= 0
    assert faults(page) == []
    assert options(page).count() == count
    page.emulate_media(forced_colors="active")
    selected = page.locator("[role=option][aria-selected=true]")
    assert selected.evaluate("option => getComputedStyle(option).outlineStyle") == "solid"
