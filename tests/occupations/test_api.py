"""The API: every address, what it refuses, and how programs of other sites may read it."""

import json

import pytest

from occupations.models import CatalogueLoad
from tests.occupations.api_reader import API, get

pytestmark = pytest.mark.django_db
ANSWERS = [
    "search?q=chef",
    "occupations/anzsco-2022/541111",
    "groups/anzsco-2022/5411",
    "qualifications/BSB40307",
    "qualifications/BSB40307/1",
    "units/BSBCCO402A",
    "correspondence/anzsco-2013/149212",
    "editions",
    "changes",
]
ODD = [
    "search?q=%00",
    "search?q=%FF%FE",
    "search?q=chef&edition=%00",
    "search?q=" + "x" * 200,
    "search?q=%F0%9F%92%A9",
    "occupations/%00/%00",
    "occupations/anzsco-2022/%FF",
    "occupations/anzsco-2022/" + "9" * 400,
    "groups/anzsco-2022/-1",
    "qualifications/BSB40307/99999999999999999999",
    "qualifications/%E0%A4%A/1",
    "units/" + "A" * 300,
    "correspondence/%2e%2e/149212",
    "changes?since=9999-12-31T23:59:59-14:00",
    "changes?since=0001-01-01T00:00:00%2B14:00",
    "changes?since=0001-01-01",
    "changes?since=12345678901234567890",
    "changes?since=2026-02-30",
    "changes?limit=99999999999999999999999",
]


@pytest.mark.parametrize("address", ANSWERS)
def test_every_answer_is_stamped_shared_and_keeps_no_track(client, address):
    response = client.get(API + address)
    body = response.json()
    load = CatalogueLoad.objects.latest()

    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/json")
    assert body["revision"] == load.pk
    assert body["as_at"]
    assert body["source"]["title"]
    assert body["source"]["publisher"]
    assert "edition" in body
    assert response["Cache-Control"].startswith("public")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert {"ETag", "Last-Modified"} <= set(response.headers)
    assert not response.cookies
    assert "cookie" not in response["Vary"].lower()


@pytest.mark.parametrize("address", ANSWERS)
def test_who_holds_an_answer_gets_no_second_copy(client, address):
    first = client.get(API + address)

    again = client.get(API + address, headers={"If-None-Match": first["ETag"]})
    head = client.head(API + address)

    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == first["ETag"]
    assert head["Content-Length"] == str(len(first.content))


def test_a_browser_may_ask_first_whether_another_site_may_read(client):
    response = client.options(
        API + "editions",
        headers={
            "Origin": "https://other.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "if-none-match",
        },
    )

    assert (response.status_code, response.content) == (204, b"")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "GET" in response["Access-Control-Allow-Methods"]
    assert "POST" not in response["Access-Control-Allow-Methods"]
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("address", ["/", "/contact/", "/occupations/anzsco-2022/541111/"])
def test_no_page_is_shared_with_other_sites(client, address):
    assert "Access-Control-Allow-Origin" not in client.get(address)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_is_for_reading_only(client, method):
    response = getattr(client, method)(API + "editions")

    assert response.status_code == 405
    assert "Access-Control-Allow-Origin" not in response


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("occupations/2022/541111", "occupations/anzsco-2022/541111"),
        ("occupations/ANZSCO 2022/541 111", "occupations/anzsco-2022/541111"),
        ("groups/anzsco2022/5411 ", "groups/anzsco-2022/5411"),
        ("correspondence/osca/551132", "correspondence/osca-2024/551132"),
        ("qualifications/bsb 40307", "qualifications/BSB40307"),
        ("units/bsbcco402a", "units/BSBCCO402A"),
    ],
)
def test_codes_are_read_as_forgivingly_as_on_pages(client, typed, address):
    assert get(client, typed) == get(client, address)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("occupations/anzsco-2022/999999", "ANZSCO 2022 has no occupation with the code 999999."),
        ("occupations/anzsco-2022/5411", "six digits"),
        ("occupations/anzsco-1986/541111", "/api/v1/editions"),
        ("groups/anzsco-2022/541111", "one to four digits"),
        ("groups/anzsco-2022/9999", "has no group"),
        ("correspondence/anzsco-2022/9", "six digits"),
        ("qualifications/XYZ99999", "no qualification"),
        ("qualifications/BSB40307/9", "no release '9'"),
        ("units/XYZABC999X", "no unit"),
        ("search?q=chef&edition=anzsco-1986", "no edition"),
        ("nothing", "no such address"),
        ("", "no such address"),
    ],
)
def test_what_is_not_held_is_a_404_with_problem_details(client, address, words):
    response = client.get(API + address)
    body = json.loads(response.content)

    assert response.status_code == body["status"] == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert words in body["detail"]
    assert body["title"] == "Not Found"
    assert body["type"] == "about:blank"


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("search", "query.q"),
        ("search?q=", "query.q"),
        ("search?q=chef&limit=0", "query.limit"),
        ("search?q=chef&limit=51", "query.limit"),
        ("search?q=chef&limit=ten", "query.limit"),
        ("search?q=chef&kind=job", "query.kind"),
        ("changes?since=yesterday", "query.since"),
        ("changes?since=2026-11-24T01:00:00", "query.since"),
        ("changes?since=2026-02-30", "query.since"),
    ],
)
def test_a_mistaken_parameter_is_a_422_that_names_it(client, address, where):
    response = client.get(API + address)
    body = json.loads(response.content)

    assert response.status_code == body["status"] == 422
    assert response["Content-Type"] == "application/problem+json"
    assert [one["where"] for one in body["errors"]] == [where]
    assert body["errors"][0]["message"]


@pytest.mark.parametrize("address", ODD)
def test_odd_questions_have_plain_answers(client, address):
    assert client.get(API + address).status_code in {200, 404, 422}


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("search?q=chef", 16),
        ("occupations/anzsco-2022/541111", 9),
        ("occupations/anzsco-2013/149212", 9),
        ("groups/anzsco-2022/5411", 8),
        ("qualifications/BSB40307", 18),
        ("units/BSBCCO402A", 9),
        ("correspondence/anzsco-2022/541111", 8),
        ("editions", 3),
        ("changes", 5),
    ],
)
def test_an_answer_asks_the_database_a_fixed_number_of_times(
    client, django_assert_max_num_queries, address, most
):
    with django_assert_max_num_queries(most):
        client.get(API + address)


def test_the_page_that_describes_the_api_needs_nobody_else(client):
    response = client.get(API + "docs")
    policy = response["Content-Security-Policy"]

    assert response.status_code == 200
    assert "http" not in response.text.replace("http-equiv", "")
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "img-src 'self' data:" in policy
    assert "data:" not in client.get("/")["Content-Security-Policy"]
