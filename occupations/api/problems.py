"""What the API says when it cannot answer: problem details as RFC 9457 has them, as JSON."""

import json
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from pydantic import Field

MEDIA_TYPE = "application/problem+json"


class NotHeld(Exception):
    """The catalogue holds nothing under this address."""


class Mistake(Schema):
    """One part of a request that cannot be read."""

    where: str = Field(description="The parameter.", examples=["query.limit"])
    message: str = Field(
        description="What is wrong with it.", examples=["Input should be less than or equal to 50"]
    )


class Problem(Schema):
    """Why there is no answer (RFC 9457)."""

    type: str = Field(description="Always `about:blank`.", examples=["about:blank"])
    title: str = Field(description="The status in words.", examples=["Not Found"])
    status: int = Field(description="The HTTP status.", examples=[404])
    detail: str = Field(
        description="What is wrong, in a sentence.",
        examples=["ANZSCO 2022 has no occupation with the code 999999."],
    )
    instance: str = Field(
        description="The path that was asked for.",
        examples=["/api/v1/occupations/anzsco-2022/999999"],
    )
    errors: list[Mistake] = Field(
        default_factory=list, description="With status 422: each parameter that is wrong."
    )


def problem(
    request: HttpRequest, *, status: int, detail: str, errors: list[dict[str, str]] | None = None
) -> HttpResponse:
    """Answer with the details of a problem."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": request.path,
        "errors": errors or [],
    }
    return HttpResponse(json.dumps(body), status=status, content_type=MEDIA_TYPE)


def answer_problems(api: NinjaAPI) -> None:
    """Make an API answer its refusals as problem details."""

    @api.exception_handler(NotHeld)
    @api.exception_handler(Http404)
    def _not_held(request: HttpRequest, error: Exception) -> HttpResponse:
        detail = str(error) or "There is nothing under this address."
        return problem(request, status=404, detail=detail)

    @api.exception_handler(ValidationError)
    def _mistaken(request: HttpRequest, error: ValidationError) -> HttpResponse:
        errors = [
            {"where": ".".join(map(str, one["loc"])), "message": str(one["msg"])}
            for one in error.errors
        ]
        detail = "A parameter cannot be read: see `errors`."
        return problem(request, status=422, detail=detail, errors=errors)

    @api.exception_handler(HttpError)
    def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(request, status=error.status_code, detail=str(error))


@csrf_exempt
def nothing_here(request: HttpRequest) -> HttpResponse:
    """Answer for an address of the API that does not exist."""
    return problem(request, status=404, detail="The API has no such address; see /api/v1/docs.")
