"""A rendered page as its headings and what stands under each of them."""

import re
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

from django.urls import resolve

LEVELS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "caption": 5, "dt": 6}
ITEMS = {"li", "p", "dd", "td", "th"}
VOID = {"br", "hr", "img", "input", "link", "meta", "path", "circle"}


@dataclass(frozen=True)
class Item:
    """The text of an element, the headings over it, the links in it, and its class."""

    tag: str
    css: str
    text: str
    under: tuple[str, ...]
    links: tuple[str, ...]


class PageReader(HTMLParser):
    """Read the main part of a page."""

    def __init__(self, html):
        super().__init__()
        self.items = []
        self.headings = []
        self.links = []
        self.tags: Counter[str] = Counter()
        self._path = []
        self._open = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags[tag] += 1
        if tag == "a" and "href" in attributes:
            self.links.append(attributes["href"])
            for frame in self._open:
                frame["links"].append(attributes["href"])
        if tag in LEVELS:
            self._leave(LEVELS[tag])
        if tag in LEVELS or tag in ITEMS:
            under = tuple(text for _, text in self._path)
            css = attributes.get("class") or ""
            self._open.append({"tag": tag, "css": css, "text": [], "under": under, "links": []})

    def handle_endtag(self, tag):
        if tag in {"dl", "table"}:
            self._leave(LEVELS["caption"])
        if not self._open or self._open[-1]["tag"] != tag:
            return
        frame = self._open.pop()
        text = " ".join("".join(frame["text"]).split())
        if tag in LEVELS:
            self._path.append((LEVELS[tag], text))
            self.headings.append((tag, text))
        self.items.append(Item(tag, frame["css"], text, frame["under"], tuple(frame["links"])))

    def handle_data(self, data):
        for frame in self._open:
            frame["text"].append(data)

    def _leave(self, level):
        while self._path and self._path[-1][0] >= level:
            self._path.pop()

    def under(self, *headings, tag="li", css=""):
        """List the texts of the elements under these headings; sources only if asked for."""
        return [item.text for item in self.found(*headings, tag=tag, css=css)]

    def found(self, *headings, tag="li", css=""):
        return [
            item
            for item in self.items
            if item.tag == tag
            and css in [*item.css.split(), ""]
            and (css == "source" or "source" not in item.css.split())
            and _holds(item.under, headings)
        ]

    def names(self, tag):
        return [text for name, text in self.headings if name == tag]


def _holds(path, headings):
    rest = iter(path)
    return all(heading in rest for heading in headings)


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return PageReader(response.text)


_ON_THE_MAP: set[str] = set()  # what follows is of this run: no test alters the catalogue it reads
_ANSWERED: set[str] = set()
_KINDS_ANSWERED: set[tuple[str, ...]] = set()


def is_there(client, address):
    """
    Tell whether an address answers.

    Of pages on the map of the site one of each kind is asked in a run: many pages lead to each, and
    ``test_crawl`` asks every one.
    """
    if address in _ANSWERED:
        return True
    if not _ON_THE_MAP:
        _ON_THE_MAP.update(_pages_on_the_map(client))
    path, _, query = address.partition("?")
    kind = (resolve(path).view_name, *sorted(parse_qs(query))) if path in _ON_THE_MAP else None
    if kind not in _KINDS_ANSWERED:
        if client.get(address).status_code not in {200, 301, 302}:
            return False
        _ANSWERED.add(address)
        if kind is not None:
            _KINDS_ANSWERED.add(kind)
    return True


def _pages_on_the_map(client):
    for section in _places_in(client.get("/sitemap.xml").text):
        yield from map(_path_of, _places_in(client.get(_path_of(section)).text))


def _places_in(sitemap):
    return re.findall(r"<loc>(.*?)</loc>", sitemap)


def _path_of(place):
    return urlsplit(place).path
