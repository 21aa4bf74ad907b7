"""Reading pages come from memory: compressed, with ETag and 304, never stale, never private."""

import gzip
from datetime import UTC, datetime

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import RequestFactory

from advisory import page_version
from advisory.page_cache import Page, PageCacheMiddleware, PageStore
from advisory.page_version import Catalogue, CurrentVersion, Version
from occupations.models import CatalogueLoad

PAGES = [
    "/",
    "/about/",
    "/about-the-data/",
    "/accessibility/",
    "/compare/?o=anzsco-2022:541111&o=anzsco-2013:149212",
    "/glossary/",
    "/occupations/",
    "/occupations/anzsco-2022/541111/",
    "/occupations/anzsco-2022/a-z/?letter=b",
    "/privacy/",
    "/search/?q=chef",
    "/shortlist/?o=anzsco-2022:541111",
]
OCCUPATION = "/occupations/anzsco-2022/541111/"
NOON = datetime(2026, 11, 24, 1, tzinfo=UTC)
VERSION = Version(Catalogue(revision=1), release="abc", on=NOON.date())


@pytest.mark.no_cover  # a sweep over lines that other tests run too
@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_a_reading_page_is_the_same_for_everyone(client, address):
    response = client.get(address)

    assert response.status_code == 200
    assert response["Cache-Control"].startswith("public")
    assert response["Vary"] == "Accept-Encoding"
    assert {"ETag", "Last-Modified"} <= set(response.headers)
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.text
    assert "nonce" not in response.text


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_a_warm_page_asks_the_database_nothing(
    client, address, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr(page_version, "REVISION_SECONDS", 3600.0)  # a slow machine takes its time
    cold = client.get(address)

    with django_assert_num_queries(0):
        warm = client.get(address)

    assert warm.content == cold.content
    assert warm.headers == cold.headers


@pytest.mark.django_db
def test_a_visitor_who_holds_the_page_gets_no_second_copy(client):
    first = client.get(OCCUPATION)

    by_etag = client.get(OCCUPATION, headers={"If-None-Match": f'"other", {first["ETag"]}'})
    by_date = client.get(OCCUPATION, headers={"If-Modified-Since": first["Last-Modified"]})

    for response in (by_etag, by_date):
        assert response.status_code == 304
        assert response.content == b""
        assert response["ETag"] == first["ETag"]
        assert response["Cache-Control"] == first["Cache-Control"]


@pytest.mark.django_db
def test_a_visitor_who_holds_another_version_gets_the_page(client):
    response = client.get(
        OCCUPATION,
        headers={
            "If-None-Match": '"another"',
            "If-Modified-Since": "Tue, 24 Nov 2099 00:00:00 GMT",
        },
    )

    assert response.status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accepted", "is_compressed"),
    [
        ("gzip, deflate, br", True),
        ("GZIP;q=0.5", True),
        ("*", True),
        ("gzip;q=0, *", False),
        ("gzip; q=0.000", False),
        ("br", False),
        ("", False),
    ],
)
def test_bytes_go_out_compressed_only_to_those_who_take_them(client, accepted, is_compressed):
    plain = client.get(OCCUPATION).content

    response = client.get(OCCUPATION, headers={"Accept-Encoding": accepted})

    assert (response.get("Content-Encoding") == "gzip") is is_compressed
    assert int(response["Content-Length"]) == len(response.content)
    body = gzip.decompress(response.content) if is_compressed else response.content
    assert body == plain


@pytest.mark.django_db
def test_head_has_the_headers_of_get_and_no_body(client):
    head = client.head(OCCUPATION)
    get = client.get(OCCUPATION)

    assert head.content == b""
    assert head.headers == get.headers


@pytest.mark.django_db
def test_a_load_of_the_catalogue_gives_every_page_a_new_version(client):
    middleware = PageCacheMiddleware(lambda _request: HttpResponse("page"))
    clock = iter(range(0, 100, 10))
    middleware.current = CurrentVersion(clock=lambda: next(clock))
    request = RequestFactory().get(OCCUPATION)
    before = middleware(request)["ETag"]

    CatalogueLoad.objects.create(loaded_at=NOON, digest="another")

    assert middleware(request)["ETag"] != before


@pytest.mark.no_cover  # a sweep over lines that other tests run too
@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_a_reading_page_is_stamped_with_the_catalogue_it_was_made_from(client, address):
    newest = CatalogueLoad.objects.create(loaded_at=NOON, digest="another")

    text = client.get(address).text

    assert "Catalogue as at 24 November 2026" in text
    assert f"revision {newest.pk}</a>" in text


def refuse(*_arguments):
    raise OperationalError("the server is gone")


@pytest.mark.django_db
def test_a_page_that_is_kept_goes_out_while_the_database_is_away(client):
    kept = client.get(OCCUPATION)

    with connection.execute_wrapper(refuse):
        again = client.get(OCCUPATION)

    assert again.content == kept.content


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/occupations/anzsco-2022/999999/", "/qualifications/bsb 40307/", "/occupations/541112/"],
)
def test_only_pages_that_are_there_are_kept(client, address):
    response = client.get(address)

    assert response.status_code in {301, 302, 404}
    assert response["Cache-Control"] == "no-cache"
    assert "ETag" not in response.headers


@pytest.mark.django_db
def test_other_pages_pass_by(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/health/live")

    assert "ETag" not in response.headers


@pytest.mark.django_db
def test_a_response_that_sets_a_cookie_is_never_kept():
    def view(_request):
        response = HttpResponse("yours alone")
        response.set_cookie("who", "you")
        return response

    middleware = PageCacheMiddleware(view)

    response = middleware(RequestFactory().get(OCCUPATION))

    assert response["Cache-Control"] == "no-cache"
    assert middleware.plain.bytes == 0


@pytest.mark.django_db
def test_a_form_sent_to_a_reading_page_is_refused(client):
    assert client.post(OCCUPATION).status_code == 405


@pytest.mark.django_db
def test_an_unknown_host_is_refused_though_the_page_is_kept(client):
    client.get(OCCUPATION)

    assert client.get(OCCUPATION, headers={"Host": "elsewhere.example"}).status_code == 400


@pytest.mark.django_db
def test_questions_never_push_out_pages_and_long_ones_are_not_kept():
    middleware = PageCacheMiddleware(lambda _request: HttpResponse("page"))
    make = RequestFactory()
    middleware(make.get(OCCUPATION))
    kept = middleware.plain.bytes

    for number in range(10):
        middleware(make.get(f"/search/?q={number}"))
    asked = middleware.with_query.bytes
    middleware(make.get(f"/search/?q={'x' * 500}"))

    assert middleware.plain.bytes == kept
    assert middleware.with_query.bytes == asked


def page(size):
    return Page(version=VERSION, body=b"x" * size, headers=())


def test_the_store_never_grows_beyond_its_bytes_and_forgets_the_least_used():
    store = PageStore(most_bytes=10_000)
    for name in ("first", "second", "third"):
        store.keep(name, page(2_000))
    store.get("first", version=VERSION)

    store.keep("fourth", page(2_000))

    assert store.bytes <= 10_000
    assert store.get("first", version=VERSION)
    assert store.get("second", version=VERSION) is None


def test_the_store_forgets_a_page_too_large_for_it():
    store = PageStore(most_bytes=10_000)

    store.keep("large", page(20_000))

    assert store.bytes == 0
    assert store.get("large", version=VERSION) is None


def test_the_store_never_gives_a_page_of_another_version():
    store = PageStore(most_bytes=10_000)
    store.keep("page", page(10))

    later = Version(Catalogue(revision=2), release="abc", on=NOON.date())
    assert store.get("page", version=later) is None
