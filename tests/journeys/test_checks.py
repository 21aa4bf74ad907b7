"""What the checks of the pages find, so that their silence means something."""

import pytest

from tests.journeys.accessibility import faults
from tests.journeys.browsing import wait_until, watch

pytestmark = pytest.mark.journeys

PAGE = """<!doctype html><html lang="en-AU"><title>A page</title>
<meta name="viewport" content="width=device-width">
<style>@media (prefers-color-scheme: dark) { main { background: #111; color: #eee } }</style>
<main><h1>A page</h1>{}</main></html>"""


def test_a_page_that_someone_cannot_use_is_noticed(open_window):
    page = open_window()
    page.set_content(PAGE.replace("{}", "<p>Words</p>"))
    assert faults(page) == []

    page.set_content(
        PAGE.replace(
            "{}",
            '<input><p style="color: #aaa; background: #fff">Pale</p>'
            '<p style="color: #333">Black on black</p><div style="width: 400px">Broad</div>',
        )
    )
    found = "\n".join(faults(page))
    assert "1280 px, light: label: <input>" in found
    assert '1280 px, light: color-contrast: <p style="color: #aaa' in found
    assert '1280 px, light: color-contrast: <p style="color: #333' not in found
    assert '320 px, dark: color-contrast: <p style="color: #333' in found
    assert "at 320 px: 88 px too wide" in found


def test_what_the_browser_complains_of_is_noticed(browser, site):
    page = browser.new_page(base_url=site.url)
    seen = watch(page)
    page.goto("/nowhere/")  # its status is no fault
    assert seen.complaints == []

    page.evaluate("document.body.setAttribute('onclick', 'throw new Error()')")
    page.evaluate("() => { setTimeout(() => { throw new Error('a script broke') }) }")
    page.evaluate("fetch('/nowhere/either/')")
    faulty = ("Content Security Policy", "a script broke", "404 (Not Found)")
    wait_until(page, lambda: all(words in "\n".join(seen.complaints) for words in faulty))
    page.close()
