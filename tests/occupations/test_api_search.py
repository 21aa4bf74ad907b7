"""What search answers programs with is what its description says, hit by hit."""

import pytest

from occupations.api.search import MOST, SearchAnswer
from occupations.search import LONGEST
from tests.occupations.test_views_search import HOSTILE

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
