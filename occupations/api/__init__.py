"""The API, version 1: the facts of the pages, typed and described, for other programs."""

from http import HTTPStatus
from typing import Any, override

from django.conf import settings
from django.urls import URLPattern, URLResolver, re_path
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from occupations.api import (
    changes,
    correspondence,
    editions,
    groups,
    occupations,
    problems,
    search,
    training,
)
from occupations.api.docs import Docs, docs_headers

_DESCRIPTION = """
The facts of this site's pages about occupations, qualifications and units of competency in
Australia and New Zealand. It is for reading, and open to everyone: no key, no cookie, any origin.

A code means nothing without its edition: OSCA and ANZSCO use some of the same digits for
different work. Every answer names its edition, its source, the day of the catalogue (`as_at`)
and its `revision`. Answers carry an `ETag`; send it back as `If-None-Match` to get a short 304.

These are facts, not migration advice. A list fact whose source has `is_history` was true on
its day; check the official page for today.
"""


class _Api(NinjaAPI):
    """An API that describes its refusals as what they are: problem details."""

    @override
    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        for path in schema["paths"].values():
            for operation in path.values():
                for status, answer in operation["responses"].items():
                    if status >= HTTPStatus.BAD_REQUEST:
                        answer["content"] = {
                            problems.MEDIA_TYPE: next(iter(answer["content"].values()))
                        }
        return schema


api = _Api(
    title="Advisory: occupations and qualifications",
    version="1.0.0",
    description=_DESCRIPTION.strip(),
    urls_namespace="api-v1",
    docs=Docs(),
    docs_decorator=docs_headers,
    servers=[{"url": settings.SITE_URL, "description": "This site"}],
)
for _room in (search, occupations, groups, correspondence, training, editions, changes):
    api.add_router("", _room.router)
problems.answer_problems(api)

_patterns, _app_name, _namespace = api.urls
urls: tuple[list[URLPattern | URLResolver], str, str] = (
    [
        *(one for one in _patterns if getattr(one, "name", "") != "api-root"),
        re_path(r"^.*$", problems.nothing_here, name="api-root"),
    ],
    _app_name,
    _namespace,
)
