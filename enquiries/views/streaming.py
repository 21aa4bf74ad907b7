"""Reading a form's body: one file, never more of it than we may keep, and nothing endless."""

import tempfile
from http import HTTPStatus
from typing import IO, Any, cast, override

from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from enquiries.resumes import MAX_BYTES

LONGEST_BODY = 25 * 1024 * 1024  # bytes that we read to the end, so that our answer is heard
IN_MEMORY = 512 * 1024  # bytes of a file; more of it goes to the disk
CHUNK = 64 * 1024  # bytes


class BodyRefused(Exception):
    """The body of a request cannot be read as our form; carries the status of the answer."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


class BoundedUploadHandler(FileUploadHandler):
    """Keeps the first file of a body up to one byte over its limit, and lets the rest pass by."""

    # Not called ``file``: when it skips a part, the parser closes what has that name, done or not.
    _kept: IO[bytes] | None = None
    _has_begun = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if not self._is_wanted():
            raise SkipFile
        self._has_begun = True
        self._kept = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        room = MAX_BYTES + 1 - start
        if self._kept and room > 0:
            self._kept.write(raw_data[:room])

    def file_complete(self, file_size: int) -> UploadedFile:
        kept, self._kept = cast(IO[bytes], self._kept), None
        kept.seek(0)
        return UploadedFile(
            file=kept,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
        )

    def upload_interrupted(self) -> None:
        if self._kept:
            self._kept.close()

    def _is_wanted(self) -> bool:
        return not self._has_begun


class ResumeUploadHandler(BoundedUploadHandler):
    """Keeps what is sent as a résumé, and no other file."""

    @override
    def _is_wanted(self) -> bool:
        return self.field_name == "resume"


def read_body(request: HttpRequest) -> None:
    """
    Read the form in the body of ``request``, with its file on its way to the checks.

    :raises BodyRefused: if it is too long, has too many parts or cannot be understood
    """
    handler = ResumeUploadHandler(request)
    request.upload_handlers = [handler]
    try:
        _check_length(request)
        request.POST  # noqa: B018 - reads the body
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent) as error:
        handler.upload_interrupted()
        _drain(request)
        raise BodyRefused(HTTPStatus.CONTENT_TOO_LARGE) from error
    except (MultiPartParserError, UnreadablePostError, BadRequest) as error:
        handler.upload_interrupted()
        raise BodyRefused(HTTPStatus.BAD_REQUEST) from error


def _check_length(request: HttpRequest) -> None:
    try:
        length = int(request.headers.get("content-length") or 0)
    except ValueError:
        raise BodyRefused(HTTPStatus.BAD_REQUEST) from None
    if length > LONGEST_BODY:
        raise RequestDataTooBig


def _drain(request: HttpRequest) -> None:
    """Read what still comes; a body cut short by us would break the pipe before our answer."""
    left = LONGEST_BODY
    try:
        while left > 0 and (chunk := request.read(CHUNK)):
            left -= len(chunk)
    except (OSError, UnreadablePostError):
        return
