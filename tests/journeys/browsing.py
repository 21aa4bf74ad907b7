"""A real browser, and what it has to complain of on a page."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE_SECONDS = 60  # what is waited for comes at once, but a busy machine takes its time


def find_chromium() -> str | None:
    """Find Chrome or Chromium: what ``CHROME`` names, or on the path."""
    named = os.environ.get("CHROME")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def launched(program: str) -> Iterator[Browser]:
    """Run the browser without a screen."""
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    expect.set_options(timeout=PATIENCE_SECONDS * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS + as_root)
        yield browser
        browser.close()


def watch(page: Page) -> "Watch":
    """Watch a window from now on."""
    return Watch(page)


class Watch:
    """
    What went wrong in one window, and what its page fetched.

    The console also tells of everything that the Content Security Policy stopped.
    """

    def __init__(self, page: Page) -> None:
        self.complaints: list[str] = []
        self.responses: list[Response] = []
        self._page = page
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("requestfailed", self._on_failure)
        page.on("response", self._on_response)

    def _on_response(self, response: Response) -> None:
        self.responses.append(response)

    def _on_console(self, message: ConsoleMessage) -> None:
        # An error page is a page: that its status is 404 is no fault of the page. Nor is a form
        # that a script sent and that came back to be put right.
        of_the_page = message.location["url"] == self._page.url
        is_status = message.text.startswith("Failed to load resource: the server responded")
        came_back = is_status and "422" in message.text
        is_no_fault = came_back or (of_the_page and is_status)
        if message.type in {"error", "warning"} and not is_no_fault:
            self.complaints.append(f"{self._page.url}: {message.text}")

    def _on_failure(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # a download, or a page left early
            self.complaints.append(f"{request.url}: {request.failure}")


def wait_until(page: Page, true: Callable[[], object]) -> None:
    """Wait for what the browser has yet to tell of, and of which ``expect`` knows nothing."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < end, f"not within {PATIENCE_SECONDS} s"
        page.wait_for_timeout(50)  # which lets the browser speak, as sleeping would not


def heading(page: Page) -> Locator:
    """Give the heading of a page, to expect what it says: the page may yet be on its way."""
    return page.get_by_role("heading", level=1)


def bytes_received(responses: list[Response]) -> int:
    """Add up what came over the line, compressed, without the heads."""
    return sum(response.request.sizes()["responseBodySize"] for response in responses)


def hosts(responses: list[Response]) -> set[str]:
    """Name the servers that answered."""
    return {urlsplit(response.url).netloc for response in responses}


def overhang(page: Page) -> int:
    """Give by how many pixels the page is wider than its window."""
    width: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return width
