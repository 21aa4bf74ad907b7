"""Lets programs of other sites read the API and the downloads: CORS, for reading only."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

API = "/api/v1/"
SHARED = (API, "/download/")
_ALLOWED = "GET, HEAD, OPTIONS"
_PREFLIGHT = {
    "Allow": _ALLOWED,
    "Access-Control-Allow-Methods": _ALLOWED,
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-Modified-Since, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class CrossOriginMiddleware:
    """Say that anyone's page may read these addresses; HEAD is answered as GET is, bodiless."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(SHARED):
            return self.get_response(request)
        if request.method == "OPTIONS":
            response = HttpResponse(status=204, headers=_PREFLIGHT)
            del response.headers["Content-Type"]
        elif request.method == "HEAD" and request.path_info.startswith(API):
            response = self._head(request)
        else:
            response = self.get_response(request)
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link"
        return response

    def _head(self, request: HttpRequest) -> HttpResponse:
        """Answer as GET, without the body: the API's framework knows no HEAD."""
        request.method = "GET"
        response = self.get_response(request)
        request.method = "HEAD"
        response.content = b""
        return response
