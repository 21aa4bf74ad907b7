"""What search answers programs with, hit by hit: what it says, and as its description says."""

import pytest

from occupations.api.search import MOST, SearchAnswer
from occupations.search import LONGEST
from tests.occupations.api_reader import get
from tests.occupations.hostile import HOSTILE

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "asked",
    [
        "q=chef",
        "q=541111",
        "q=doctor",
        "q=manager",
        "q=contact+center+supervizor",
        "q=wholesale",
        "q=BSB40311",
        "q=retail&kind=unit",
        "q=chef&edition=anzsco-2013",
        "q=osca&kind=glossary",
        "q=qqqqqqqq",
    ],
)
def test_an_answer_is_as_it_is_described(client, asked):
    told = client.get(f"/api/v1/search?{asked}&limit={MOST}").json()

    assert SearchAnswer.model_validate(told, strict=False).model_dump(mode="json") == told
    assert list(told) == list(SearchAnswer.model_fields)
    fields = SearchAnswer.model_json_schema()["$defs"]["HitFacts"]["properties"]
    assert all(list(hit) == list(fields) for hit in told["results"])


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE)
def test_whatever_is_asked_is_answered_and_of_much_the_beginning(client, query):
    response = client.get("/api/v1/search", {"q": query.encode("utf-8", "surrogatepass")})

    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/json")
    assert len(response.json()["query"]) <= LONGEST


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
