"""The running site, a browser, and windows that end the test if anything went wrong in them."""

import os

import pytest

from tests.journeys.accessibility import WIDE
from tests.journeys.browsing import PATIENCE_SECONDS, Watch, find_chromium, launched
from tests.journeys.site import running_site

NO_BROWSER = "no Chrome or Chromium on the path, and CHROME names none"


def pytest_configure(config):
    config.addinivalue_line("markers", "journeys: the whole path, in a real browser")


@pytest.fixture(scope="session")
def chromium():
    program = find_chromium()
    if program is None:
        refuse = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        refuse(NO_BROWSER)
    return program


@pytest.fixture(scope="session")
def site(chromium, django_db_setup, tmp_path_factory, worker_id):
    """Give the whole site, running, with a database that the journeys of one worker share."""
    with running_site(tmp_path_factory.mktemp("site"), name=f"journeys_{worker_id}") as site:
        yield site


@pytest.fixture(scope="module")
def browser(chromium, site):
    # For one module only: while it runs, its thread has an event loop, and Django refuses there.
    with launched(chromium) as browser:
        yield browser


@pytest.fixture
def open_window(browser, site):
    """Open a window of the browser; at the end, none may have had anything to complain of."""
    contexts, watches = [], []

    def open_window(*, javascript=True, time_zone="Australia/Sydney"):
        context = browser.new_context(
            base_url=site.url,
            java_script_enabled=javascript,
            viewport={"width": WIDE, "height": 800},
            locale="en-AU",
            reduced_motion="reduce",
            timezone_id=time_zone,
        )
        context.set_default_timeout(PATIENCE_SECONDS * 1000)
        contexts.append(context)
        page = context.new_page()
        watches.append(Watch(page))
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert [complaint for watch in watches for complaint in watch.complaints] == []
