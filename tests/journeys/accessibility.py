"""Whether a page can be used by everyone: WCAG 2.2 AA by axe, wide and narrow, light and dark."""

from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

from tests.journeys.browsing import overhang

WIDE, NARROW = 1280, 320
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = "color-contrast"  # by far the slowest rule; the colours are those of the scheme
COLOURS_SETTLED = "Promise.all(document.getAnimations().map(animation => animation.finished))"
LOOKS: tuple[tuple[int, Literal["light", "dark"], dict[str, Any]], ...] = (
    (WIDE, "light", {"runOnly": STANDARD}),
    (NARROW, "light", {"runOnly": STANDARD, "rules": {COLOURS: {"enabled": False}}}),
    (NARROW, "dark", {"runOnly": [COLOURS]}),
)


def faults(page: Page, *, has_dark: bool = True) -> list[str]:
    """List what axe finds wrong on a page as it stands, and where it is too wide."""
    found = []
    page.wait_for_load_state()
    page.evaluate(Axe().axe_script)
    for width, scheme, rules in LOOKS:
        if scheme == "dark" and not has_dark:
            continue
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        page.evaluate(COLOURS_SETTLED)
        if pixels := max(overhang(page), 0):
            found.append(f"{page.url} at {width} px: {pixels} px too wide")
        violations = page.evaluate(
            "options => axe.run(options).then(results => results.violations)",
            {**rules, "resultTypes": ["violations"], "preload": False},
        )
        found += [
            f"{page.url} at {width} px, {scheme}: {violation['id']}: {node['html']}"
            f" {node['failureSummary']}"
            for violation in violations
            for node in violation["nodes"]
        ]
    page.set_viewport_size({"width": WIDE, "height": 800})
    page.emulate_media(color_scheme="light")
    return found
