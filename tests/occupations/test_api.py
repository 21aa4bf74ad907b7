"""The API: every address, what it refuses, and how programs of other sites may read it."""

import json
from datetime import UTC, datetime

import pytest

from occupations.models import CatalogueLoad, FactChange, Occupation

pytestmark = pytest.mark.django_db

API = "/api/v1/"
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


def get(client, address):
    response = client.get(API + address)
    assert response.status_code == 200, response.content
    return response.json()


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


def test_search_says_why_each_hit_is_one(client):
    body = get(client, "search?q=call centre supervisor&limit=3")
    hit = body["results"][0]

    assert body["query"] == "call centre supervisor"
    assert body["confident"] is True
    assert body["total"] >= len(body["results"])
    assert len(body["results"]) <= 3
    assert (hit["kind"], hit["edition"], hit["code"]) == ("occupation", "anzsco-2022", "541111")
    assert (hit["level"], hit["skill_level"]) == ("occupation", 3)
    assert hit["matched"]["kind"] == "alternative"
    assert hit["matched"]["text"] == "Call Centre Supervisor"
    assert hit["url"] == "http://localhost:8000/occupations/anzsco-2022/541111/"


def test_search_tells_of_mended_words(client):
    assert get(client, "search?q=contact center supervizor manger")["mended"] == (
        "contact center supervisor manager"
    )
    assert get(client, "search?q=chef")["mended"] is None


def test_search_tells_how_many_share_a_word(client):
    body = get(client, "search?q=doctor")
    assert (body["confident"], body["choices"]) == (False, 3)
    assert get(client, "search?q=chef")["choices"] == 0
    group = get(client, "search?q=manager")["results"][0]
    assert (group["kind"], group["matched"]["kind"]) == ("group", "members")


def test_search_keeps_to_an_edition_and_a_kind(client):
    body = get(client, "search?q=chef&edition=anzsco-2013&kind=occupation")

    assert body["edition"] == "anzsco-2013"
    assert {one["edition"] for one in body["results"]} == {"anzsco-2013"}
    assert {one["kind"] for one in body["results"]} == {"occupation"}


def test_an_occupation_carries_its_lists_caveats_and_assessor_with_their_days(client):
    body = get(client, "occupations/anzsco-2013/149212")
    current = {one["acronym"]: one for one in body["lists"] if one["is_current"]}
    read = {one["edition"]: one["visas"] for one in body["visas"]}
    named = {one["subclass"] for one in read["anzsco-2013"] if one["standing"] == "named"}
    ended = [one for one in body["caveats"] if one["has_ended"]]

    assert set(current) == {"STSOL"}
    assert current["STSOL"]["source"]["as_at_on"] == "2026-09-14"
    assert named == {"190", "407", "491", "494"}
    assert {one["subclass"] for one in read["anzsco-2022"] if one["standing"] == "named"} == set()
    assert [one["number"] for one in ended[0]["caveats"]] == [2, 11, 19]
    assert ended[0]["in_force_to_on"] == "2024-12-07"
    assert body["assessments"][0]["authorities"][0]["acronym"] == "VETASSESS"
    assert body["assessments"][0]["authorities"][0]["group"] == "C"
    assert len(body["not_considered"][0]["titles"]) == 9


def test_a_group_holds_its_occupations_with_levels_and_titles(client):
    body = get(client, "groups/anzsco-2022/5411")
    leader = body["occupations"][0]

    assert (body["level"], body["title"]) == ("unit", "Call or Contact Centre Workers")
    assert [one["place"]["code"] for one in body["groups"]] == ["5", "54", "541", "5411"]
    assert [one["place"]["code"] for one in body["occupations"]] == ["541111", "541112"]
    assert [(one["country"], one["level"]) for one in leader["skill_levels"]] == [
        ("Australia", 3),
        ("New Zealand", 3),
    ]
    assert leader["alternatives"] == ["Call Centre Supervisor", "Contact Centre Supervisor"]
    assert len(body["tasks"]["tasks"]) == 11
    assert body["summary"]["status"] == "reviewed"
    assert body["summary"]["written_for"] is None
    assert leader["words"]["text"] == leader["summary"]
    assert leader["words"]["reviewed_on"] == body["summary"]["reviewed_on"]
    assert leader["summary_written_for"] == ""
    assert {one["edition"] for one in body["not_to_be_confused"]["places"]} == {"anzsco-2022"}
    assert body["namesake"]["edition"] == "osca-2024"


def test_a_group_of_another_edition_says_for_which_one_its_words_were_written(client):
    newer, older = (get(client, f"groups/anzsco-{year}/5411") for year in (2022, 2013))

    for one, other in zip(newer["occupations"], older["occupations"], strict=True):
        assert one["summary"] == other["summary"] == other["words"]["text"]
        assert (one["summary_written_for"], other["summary_written_for"]) == ("", "ANZSCO 2022")
        assert other["words"]["written_for"]["edition"] == "anzsco-2022"


def test_a_group_that_has_no_words_of_ours_says_so(client):
    body = get(client, "groups/anzsco-2013/2613")

    assert (body["summary"], body["tasks"], body["not_to_be_confused"]) == (None, None, None)
    assert {(one["summary"], one["words"]) for one in body["occupations"]} == {("", None)}


def test_a_group_above_the_unit_groups_holds_groups(client):
    body = get(client, "groups/anzsco-2022/54")

    assert [one["code"] for one in body["children"]] == ["541", "542"]
    assert body["occupations"] == []


def test_a_qualification_carries_its_units_rules_and_what_replaced_it(client):
    body = get(client, "qualifications/BSB40307")
    kinds = [one["kind"] for one in body["release"]["units"]]

    assert (kinds.count("core"), kinds.count("elective")) == (7, 21)
    assert {one["kind"]: one["number"] for one in body["release"]["rules"]}["total"] == 13
    assert [one["code"] for one in body["replaced_by"]] == ["BSB40311"]
    assert body["replaced_by"][0]["mapped_on"] == "2011-11-27"
    assert body["occupations"][0]["code"] == "541111"
    assert body["occupations"][0]["starts_on"] == "2008-09-03"
    assert [one["name"] for one in body["release"]["examples"]][:2] == ["Analyst", "Scheduler"]


def test_a_qualification_that_is_only_named_has_no_release(client):
    body = get(client, "qualifications/BSB40311")

    assert body["is_held"] is False
    assert body["release"] is None
    assert [one["code"] for one in body["replaces"]] == ["BSB40307"]


def test_a_unit_names_the_qualifications_that_hold_it(client):
    body = get(client, "units/BSBCCO402A")

    assert [one["qualification"]["code"] for one in body["packaged_in"]] == ["BSB40307"]
    assert body["packaged_in"][0]["kind"] == "core"


def test_links_between_editions_name_their_origin(client):
    body = get(client, "correspondence/anzsco-2022/541111")
    links = {one["edition"]: one for one in body["counterparts"]}

    assert links["anzsco-2021"]["origin"] == "published"
    assert links["anzsco-2013"]["origin"] == "derived"
    assert links["osca-2024"]["occupations"][0]["code"] == "551132"
    assert body["isco"]


def test_a_retired_code_corresponds_to_nothing(client):
    code = Occupation.objects.filter(edition__slug="anzsco-2013", retired=True)[0].code

    body = get(client, f"correspondence/anzsco-2013/{code}")

    assert body["retired"] is True
    assert {one["change"] for one in body["counterparts"]} == {"gone"}


def test_editions_name_the_visas_that_read_them(client):
    readers = {
        one["slug"]: {visa["subclass"] for visa in one["visas"]}
        for one in get(client, "editions")["editions"]
    }

    assert readers["anzsco-2022"] == {"186", "482"}
    assert "491" in readers["anzsco-2013"]
    assert readers["osca-2024"] == set()


def test_changes_begin_at_the_day_or_instant_that_is_asked_for(client):
    CatalogueLoad.objects.update(loaded_at=datetime(2026, 11, 1, tzinfo=UTC))
    load = CatalogueLoad.objects.create(
        loaded_at=datetime(2026, 11, 24, 1, tzinfo=UTC),
        digest="new",
        changes={"list_memberships": {"added": 0, "altered": 1, "withdrawn": 0}},
    )
    FactChange.objects.create(
        load=load,
        table="list_memberships",
        kind="altered",
        key={"list": "stsol", "edition": "anzsco-2013", "occupation": "149212"},
        edition="anzsco-2013",
        code="149212",
        before={"visas": ["190"]},
        after={"visas": ["190", "491S"]},
    )

    for since in ("2026-11-24", "2026-11-24T01:00:00Z", "2026-11-24T12:00:00%2B11:00"):
        body = get(client, f"changes?since={since}")
        assert [one["revision"] for one in body["loads"]] == [load.pk]
        assert [one["code"] for one in body["changes"]] == ["149212"]
        assert body["changes"][0]["after"] == {"visas": ["190", "491S"]}
        assert body["total"] == 1
    assert get(client, "changes?since=2026-11-24T01:00:01Z")["loads"] == []
    assert len(get(client, "changes")["loads"]) == 2


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
