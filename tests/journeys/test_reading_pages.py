"""The pages that people read, as a browser sees them."""

import pytest

from tests.journeys.accessibility import faults
from tests.journeys.browsing import bytes_received, hosts, watch

pytestmark = pytest.mark.journeys

PAGES = {
    "home": "/",
    "about": "/about/",
    "edition": "/occupations/anzsco-2022/",
    "group": "/occupations/anzsco-2022/5411/",
    "occupation": "/occupations/anzsco-2022/541111/",
    "migration facts": "/occupations/anzsco-2013/149212/",
    "newer occupation": "/occupations/anzsco-2022/149212/",
    "two meanings": "/occupations/1492/",
    "qualifications": "/qualifications/",
    "qualification": "/qualifications/BSB40307/",
    "qualification not held": "/qualifications/BSB30207/",
    "qualification of a sample": "/qualifications/RII30920/?q=traffic",
    "packaging rules": "/qualifications/RII30920/packaging/",
    "unit plan": "/qualifications/BSB40307/packaging/?u=BSBCUS401A&x=BSBWOR301A:Certificate+III",
    "unit": "/units/BSBCUS401A/",
    "unit with its mapping": "/units/RIIWHS204E/",
    "unit not held": "/units/BSBMGT405/",
    "hits": "/search/?q=contact+centre",
    "comparison": "/compare/?o=anzsco-2022:541111&o=anzsco-2013:149212&o=anzsco-2022:221111",
    "shortlist": "/shortlist/?o=anzsco-2022:541111&o=anzsco-2013:149212",
    "glossary": "/glossary/",
    "a to z": "/occupations/anzsco-2013/a-z/?letter=k",
    "about the data": "/about-the-data/",
    "privacy": "/privacy/",
    "accessibility": "/accessibility/",
    "no hits": "/search/?q=xyzzyq",
}
MISSING = {
    "no such page": "/nowhere/",
    "no such code": "/occupations/anzsco-2022/999999/",
    "no such unit": "/units/BSBXXX999Z/",
}
MOST_BYTES = 60 * 1024
MOST_REQUESTS = 7


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_a_reading_page_is_light_and_asks_nobody_else(open_window, site, address):
    page = open_window()
    seen = watch(page)
    assert page.goto(address).status == 200
    assert bytes_received(seen.responses) < MOST_BYTES
    assert len(seen.responses) <= MOST_REQUESTS
    assert hosts(seen.responses) == {site.url.removeprefix("http://")}
    assert page.context.cookies() == []
    assert faults(page) == []


@pytest.mark.parametrize("address", MISSING.values(), ids=MISSING)
def test_a_missing_page_helps_everyone(open_window, address):
    page = open_window()
    assert page.goto(address).status == 404
    assert page.get_by_role("search").count() == 1
    assert page.context.cookies() == []
    assert faults(page) == []
