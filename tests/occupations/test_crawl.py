"""Every page on the map: it answers, it is whole, and no link in it is dead."""

import gzip
import re
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SITE = "http://localhost:8000"
SECTIONS = [
    "pages",
    "anzsco-2013",
    "anzsco-2019",
    "anzsco-2021",
    "anzsco-2022",
    "osca-2024",
    "qualifications",
    "units",
]
MOST_QUERIES = 30  # of a cold page; a page that asks by the row asks for hundreds
MOST_BYTES = 60 * 1024  # of a page, compressed
ID = re.compile(r'\sid="([^"]*)"')
LINK = re.compile(r'<a\s[^>]*?href="([^"]*)"')
FEED = "changes.atom"


def addresses(client, section):
    response = client.get(f"/sitemap-{section}.xml")
    assert response.status_code == 200
    return [one.removeprefix(SITE) for one in re.findall(r"<loc>(.*?)</loc>", response.text)]


@pytest.fixture
def known(client):
    return {address for section in SECTIONS for address in addresses(client, section)}


@pytest.mark.parametrize("section", SECTIONS)
def test_every_page_answers_whole_and_leads_nowhere_dead(client, known, section):
    pages = addresses(client, section)
    links: dict[str, str] = {}
    for address in pages:
        connection.queries_log.clear()  # it holds a few thousand
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        html = response.text
        assert response.status_code == 200, address
        assert len(gzip.compress(response.content)) < MOST_BYTES, address
        assert len(queries) <= MOST_QUERIES, (address, len(queries))
        ids = Counter(ID.findall(html))
        assert html.count("<h1") == 1, address
        assert max(ids.values(), default=1) == 1, (address, ids.most_common(1))
        for link in LINK.findall(html):
            path, _, anchor = link.replace("&amp;", "&").partition("#")
            if not path and anchor:
                assert anchor in ids, (address, link)
            if path.startswith("/"):
                links.setdefault(path.partition("?")[0], address)

    for path, address in sorted(links.items()):
        if path in known or (path.endswith(FEED) and path.removesuffix(FEED) in known):
            continue
        assert client.get(path).status_code in {200, 301, 302}, (path, address)
