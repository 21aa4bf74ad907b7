"""Reading pages as compressed bytes kept in this process, with ETag, 304 and public caching."""

import gzip
import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_etags, parse_http_date_safe

from advisory.page_version import CurrentVersion, Version

READING_PAGES = re.compile(
    r"/(?:changes\.atom"
    r"|(?:about|about-the-data|accessibility|changes|compare|download|glossary|points|privacy"
    r"|search|search/describe|search/suggestions|shortlist)/"
    r"|(?:assessment|lists|occupations|qualifications|units|visas)/.*"
    r"|sitemap(?:-[a-z0-9-]+)?\.xml"
    r"|api/v1/(?!docs).*)?"
)
FRESH = "public, max-age=30, stale-while-revalidate=30"  # an editor's notice is out in a minute
PLAIN_BYTES = 24 * 1024 * 1024
QUERY_BYTES = 4 * 1024 * 1024
LONGEST_QUERY = 200  # characters; a longer one is answered but not kept
SMALL, QUICK = 6, 3  # levels of gzip; an answer to a question is rarely asked for again
_OVERHEAD_BYTES = 1024  # what Python adds to an entry, generously
_GZIP_REFUSED = re.compile(r";\s*q=0(?:\.0*)?$")


@dataclass(frozen=True)
class Page:
    """The compressed bytes of a page with its headers, as of a version."""

    version: Version
    body: bytes
    headers: tuple[tuple[str, str], ...]


class PageStore:
    """The most recently used pages, never more than so many bytes of them."""

    def __init__(self, *, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._pages: OrderedDict[str, Page] = OrderedDict()
        self._lock = Lock()
        self.bytes = 0

    def get(self, address: str, *, version: Version) -> Page | None:
        """Find the page of an address, if it was kept at this version."""
        with self._lock:
            page = self._pages.get(address)
            if page is None or page.version != version:
                return None
            self._pages.move_to_end(address)
            return page

    def keep(self, address: str, page: Page) -> None:
        """Keep a page and let the least recently used ones go."""
        with self._lock:
            self._drop(address)
            self._pages[address] = page
            self.bytes += _size(address, page)
            while self.bytes > self._most_bytes:
                self._drop(next(iter(self._pages)))

    def _drop(self, address: str) -> None:
        page = self._pages.pop(address, None)
        if page is not None:
            self.bytes -= _size(address, page)


def _size(address: str, page: Page) -> int:
    return len(address) + len(page.body) + _OVERHEAD_BYTES


class PageCacheMiddleware:
    """Answer reading pages from memory; only GET and HEAD, only what is the same for everyone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.current = CurrentVersion()
        self.plain = PageStore(most_bytes=PLAIN_BYTES)
        self.with_query = PageStore(most_bytes=QUERY_BYTES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"} or not READING_PAGES.fullmatch(request.path_info):
            return self.get_response(request)
        query = request.META.get("QUERY_STRING", "")
        store = self.with_query if query else self.plain
        address = f"{request.path}?{query}"
        version, seen_at = self.current.read(now=timezone.now())  # noqa: TID251 (an edge)
        page = store.get(address, version=version)
        if page is None:
            request.catalogue = version.catalogue  # type: ignore[attr-defined]  # base.html's stamp
            response = self.get_response(request)
            if not _is_for_everyone(response):
                response.headers.setdefault("Cache-Control", "no-cache")
                return response
            page = _page(response, version=version, level=QUICK if query else SMALL)
            if len(query) <= LONGEST_QUERY:
                store.keep(address, page)
        request.get_host()  # an unknown host is refused, whatever is kept
        return _answer(request, page, seen_at=seen_at)


def _is_for_everyone(response: HttpResponse) -> bool:
    return (
        response.status_code == 200  # noqa: PLR2004
        and not response.streaming
        and not response.cookies
        and "cookie" not in response.get("Vary", "").lower()
        and "private" not in response.get("Cache-Control", "")
    )


def _page(response: HttpResponse, *, version: Version, level: int) -> Page:
    patch_vary_headers(response, ["Accept-Encoding"])
    headers = {name: value for name, value in response.items() if name != "Content-Length"}
    return Page(
        version=version,
        body=gzip.compress(response.content, compresslevel=level, mtime=0),
        headers=tuple((headers | {"Cache-Control": FRESH, "ETag": version.etag}).items()),
    )


def _answer(request: HttpRequest, page: Page, *, seen_at: datetime) -> HttpResponse:
    response: HttpResponse
    if _is_known(request, page, seen_at=seen_at):
        response = HttpResponseNotModified()
        names = {"Cache-Control", "ETag", "Vary"}
        headers = tuple((name, value) for name, value in page.headers if name in names)
    else:
        is_compressed = _accepts_gzip(request.headers.get("Accept-Encoding", ""))
        body = page.body if is_compressed else gzip.decompress(page.body)
        response = HttpResponse(b"" if request.method == "HEAD" else body)
        headers = (*page.headers, ("Content-Length", str(len(body))))
        if is_compressed:
            response.headers["Content-Encoding"] = "gzip"
    for name, value in headers:
        response.headers[name] = value
    response.headers["Last-Modified"] = http_date(seen_at.timestamp())
    return response


def _is_known(request: HttpRequest, page: Page, *, seen_at: datetime) -> bool:
    """Tell whether the visitor holds this page already."""
    known = request.headers.get("If-None-Match")
    if known is not None:
        etags = {etag.removeprefix("W/") for etag in parse_etags(known)}
        return "*" in etags or page.version.etag.removeprefix("W/") in etags
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return since is not None and seen_at.timestamp() <= since


def _accepts_gzip(accepted: str) -> bool:
    """Read an Accept-Encoding header; a weight of nought refuses."""
    weights = {
        coding.partition(";")[0].strip().lower(): _GZIP_REFUSED.search(coding.strip()) is None
        for coding in accepted.split(",")
    }
    return weights.get("gzip", weights.get("*", False))
