"""Search: the hits that the search page shows, for programs."""

import json
from functools import lru_cache
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from occupations.api.places import find_edition
from occupations.api.problems import Problem
from occupations.api.stamps import Stamped, stamp
from occupations.facts.addresses import whole
from occupations.search import LONGEST, Hit, Kind, answer_headers, current_index, find, in_turn

MOST = 50
router = Router(tags=["Search"])


class Matched(Schema):
    """Why a hit is one."""

    kind: str = Field(
        description="What matched: `title`, `alternative`, `assessor`, `specialisation`,"
        " `nec_occupation`, `wider`, `lay_word`, `code`, `task`; `part`, the title of a part of it"
        " in another edition; or `members`, occupations of a group that share the words.",
        examples=["alternative"],
    )
    text: str = Field(description="The words that matched.", examples=["Call Centre Supervisor"])
    why: str = Field(
        description="The same as a sentence.",
        examples=["Its alternative title is what you typed: Call Centre Supervisor."],
    )


class HitFacts(Schema):
    """A page that may be what was asked for."""

    kind: str = Field(
        description="`occupation`, `group`, `qualification`, `unit` or `glossary`.",
        examples=["occupation"],
    )
    edition: str | None = Field(
        description="The edition of the code; null for training and the glossary.",
        examples=["anzsco-2022"],
    )
    code: str = Field(description="The code; empty for the glossary.", examples=["541111"])
    title: str = Field(description="The title.", examples=["Call or Contact Centre Team Leader"])
    level: str | None = Field(
        description="`major`, `sub_major`, `minor`, `unit` or `occupation`; null for others.",
        examples=["occupation"],
    )
    skill_level: int | None = Field(description="Of an occupation, in Australia.", examples=[3])
    url: str = Field(
        description="Its page.",
        examples=["https://advisory.example/occupations/anzsco-2022/541111/"],
    )
    score: float = Field(description="How well it answers; higher is better.", examples=[98.0])
    matched: Matched = Field(description="Why it is a hit.")
    also_in: list[str] = Field(
        description="Other editions that have it.", examples=[["ANZSCO 2021"]]
    )


class SearchAnswer(Stamped):
    """The hits, best first."""

    query: str = Field(description="What was asked.", examples=["call centre supervisor"])
    total: int = Field(description="How many hits there are, at most 100.", examples=[12])
    mended: str | None = Field(
        description="What was searched in place of `query` where it had slips of spelling; null if"
        " it was searched as asked.",
        examples=["call centre supervisor"],
    )
    confident: bool = Field(
        description="Whether the first hit answers; if not, it is only the nearest, or one of"
        " `choices`."
    )
    choices: int = Field(
        description="How many of the first hits share the words alike, as those of “doctor” do:"
        " occupations, or groups of them. 0 where the words mean one thing.",
        examples=[0],
    )
    results: list[HitFacts] = Field(description="The first hits, at most `limit` of them.")


@router.get(
    "/search",
    response={200: SearchAnswer, 404: Problem, 422: Problem},
    summary="Search occupations, groups, qualifications, units and the glossary",
)
def search(
    request: HttpRequest,  # noqa: ARG001
    q: Annotated[
        str,
        Query(
            min_length=1,
            description="A title, a code, or words about the work; of more than"
            f" {LONGEST} characters the first are read.",
            example="call centre supervisor",
        ),
    ],
    edition: Annotated[
        str,
        Query(
            max_length=40,
            description="Search one edition; empty searches them all.",
            example="anzsco-2022",
        ),
    ] = "",
    kind: Annotated[
        Kind | None, Query(description="Search one kind only.", example="occupation")
    ] = None,
    limit: Annotated[
        int, Query(ge=1, le=MOST, description="The most hits to give.", example=10)
    ] = 20,
) -> HttpResponse:
    """Find what a person may mean; each hit says why it is one."""
    within = find_edition(edition) if edition else None
    query = " ".join(q.replace("\0", " ").split())[:LONGEST]
    index = current_index()
    stamped = _written(**stamp(edition=within))

    def work() -> str:
        found = find(query, kind=kind, edition=within, index=index)
        answer = {
            **stamped,
            "query": query,
            "total": len(found.hits),
            "mended": found.mended or None,
            "confident": found.is_confident,
            "choices": len(found.choices),
            "results": [_hit(hit) for hit in found.hits[:limit]],
        }
        return json.dumps(answer)

    # To hold every hit against `SearchAnswer` would take a tenth of the time; a test does.
    return HttpResponse(
        in_turn(work),
        content_type="application/json; charset=utf-8",
        headers=answer_headers(index),
    )


@lru_cache(maxsize=20)
def _written(**fields: Any) -> dict[str, Any]:
    """Write the stamp, which is the same until the next load."""
    return Stamped.model_validate(fields).model_dump(mode="json")


def _hit(hit: Hit) -> dict[str, Any]:
    page = hit.page
    return {
        "kind": page.kind.value,
        "edition": page.edition or None,
        "code": page.code,
        "title": page.title,
        "level": "occupation" if page.kind is Kind.OCCUPATION else page.level or None,
        "skill_level": page.skill_level,
        "url": whole(page.url),
        "score": round(hit.evidence.score, 2),
        "matched": {
            "kind": "part" if hit.evidence.is_part else hit.evidence.matched_kind,
            "text": hit.evidence.matched_text,
            "why": hit.evidence.why,
        },
        "also_in": hit.also,
    }
