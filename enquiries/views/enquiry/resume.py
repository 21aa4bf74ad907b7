"""Adding a résumé later; the file passes the same checks as with the form."""

from http import HTTPStatus
from typing import BinaryIO, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from enquiries import selfservice
from enquiries.checking import check_resume
from enquiries.resumes import ACCEPTED, MAX_BYTES, ResumeRejected
from enquiries.views.enquiry.opening import Opened, answer, back, opened_by_link
from enquiries.views.streaming import BodyRefused, read_body

NO_FILE = "Choose a file."
ONE_FILE = "Choose one file only."


@opened_by_link
def add_resume(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Show the form, or check and keep the file that was sent."""
    if request.method == "POST":
        try:
            read_body(request)
        except BodyRefused as refused:
            return render(request, "enquiries/unreadable.html", status=refused.status)
    if not selfservice.may_add_resume(opened.visit):
        return back(opened.token, said="")
    if request.method != "POST":
        return _show(request, opened)
    return _take(request, opened)


def _take(request: HttpRequest, opened: Opened) -> HttpResponse:
    files = request.FILES.getlist("resume")
    if len(files) != 1:
        return _show(request, opened, error=ONE_FILE if files else NO_FILE)
    [file] = files
    name = file.name or ""
    said = "resume"
    try:
        kind = check_resume(cast(BinaryIO, file.file), name=name)
        selfservice.add_resume(opened.enquiry, file=file, name=name, kind=kind, now=opened.now)
    except ResumeRejected as rejected:
        return _show(request, opened, error=str(rejected))
    except (selfservice.NotNow, selfservice.ResumeThere):
        said = ""
    return back(opened.token, said=said)


def _show(request: HttpRequest, opened: Opened, *, error: str = "") -> HttpResponse:
    return answer(
        request,
        opened,
        "resume",
        status=HTTPStatus.UNPROCESSABLE_CONTENT if error else HTTPStatus.OK,
        error=error,
        accept=",".join(ACCEPTED),
        most_bytes=MAX_BYTES,
    )
