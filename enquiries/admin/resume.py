"""Résumés: no list of their own, only the logged ways to download one and to see its first page."""

from http import HTTPStatus
from typing import override
from urllib.parse import quote

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.http import content_disposition_header

from enquiries.admin.staff import signed_in
from enquiries.models import Resume, ResumeState
from enquiries.opening import ResumeClosed, open_preview, open_resume
from enquiries.previews import MEDIA_TYPE
from enquiries.records import note_opened
from enquiries.resumes import ResumeFormat
from enquiries.scanning import why_closed
from occupations.admin import ReadOnlyAdmin

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
}
LOST = (
    "The file is missing from the storage. "
    "Tell the one who runs the site, with the reference {reference}."
)


class ReasonForm(forms.Form):
    why = forms.CharField(
        label="Why you open it, if it helps",
        help_text="Your name and the time are kept either way.",
        max_length=200,
        required=False,
    )
    though_unchecked = forms.BooleanField(
        label="I know that no virus scanner has looked at this file",
        error_messages={"required": "Say that you know this before you open the file."},
    )

    def __init__(self, data: QueryDict | None = None, *, resume: Resume) -> None:
        super().__init__(data)
        if resume.state == ResumeState.CLEAN:
            del self.fields["though_unchecked"]


@admin.register(Resume)
class ResumeAdmin(ReadOnlyAdmin):
    """A résumé is found on the page of its enquiry; here it only leaves the site."""

    @override
    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    @override
    def get_urls(self) -> list[URLPattern]:
        download, preview = map(self.admin_site.admin_view, (self.download, self.preview))
        return [
            path("<int:pk>/download/", download, name="enquiries_resume_download"),
            path("<int:pk>/page-1/", preview, name="enquiries_resume_preview"),
        ]

    def download(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Ask before a file is opened that no scanner has seen; then log it and hand it over."""
        user, resume = self._asked_for(request, pk)
        if closed := why_closed(resume):
            return self._page(request, resume, refusal=closed, status=HTTPStatus.CONFLICT)
        if request.method != "POST":
            return self._page(request, resume, form=ReasonForm(resume=resume))
        form = ReasonForm(request.POST, resume=resume)
        if not form.is_valid():
            status = HTTPStatus.UNPROCESSABLE_CONTENT
            return self._page(request, resume, form=form, status=status)
        typed = form.cleaned_data
        try:
            file = open_resume(
                resume,
                by=user,
                now=timezone.now(),
                why=typed["why"],
                though_unchecked=typed.get("though_unchecked", False),
            )
        except ResumeClosed as closed:
            status = HTTPStatus.CONFLICT
            return self._page(request, resume, refusal=str(closed), status=status)
        except FileNotFoundError:
            lost = LOST.format(reference=resume.enquiry.reference)
            return self._page(request, resume, refusal=lost, status=HTTPStatus.NOT_FOUND)
        kind = ResumeFormat(resume.format)
        response = FileResponse(file, content_type=kind.media_type, headers=HEADERS)
        response.headers["Content-Disposition"] = attachment(
            resume.original_name, plain_name=f"resume-{resume.enquiry.reference}.{kind}"
        )
        return response

    def preview(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Show the picture of page 1, which a check process drew; each look is logged."""
        user, resume = self._asked_for(request, pk)
        try:
            picture = open_preview(resume, by=user, now=timezone.now())
        except ResumeClosed as closed:
            raise PermissionDenied from closed
        except FileNotFoundError:
            raise Http404 from None
        response = FileResponse(picture, content_type=MEDIA_TYPE, headers=HEADERS)
        response.headers["Content-Disposition"] = "inline"
        return response

    def _asked_for(self, request: HttpRequest, pk: int) -> tuple[User, Resume]:
        user = signed_in(request)
        if not user.has_perm("enquiries.download_resume"):
            raise PermissionDenied
        return user, get_object_or_404(Resume.objects.select_related("enquiry"), pk=pk)

    def _page(
        self,
        request: HttpRequest,
        resume: Resume,
        *,
        form: ReasonForm | None = None,
        refusal: str = "",
        status: HTTPStatus = HTTPStatus.OK,
    ) -> HttpResponseBase:
        """Name the person; ask by ``form`` before their file is opened, or say why it cannot be."""
        note_opened(resume.enquiry, by=signed_in(request), now=timezone.now())
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Download a résumé",
            "subtitle": None,
            "is_popup": False,
            "resume": resume,
            "enquiry": resume.enquiry,
            "form": form,
            "refusal": refusal,
        }
        template = "admin/enquiries/resume/download.html"
        return TemplateResponse(request, template, context, status=status)


def attachment(name: str, *, plain_name: str) -> str:
    """Write the header that saves a file under its name; ``plain_name`` for old programs."""
    if name.isascii():
        return str(content_disposition_header(as_attachment=True, filename=name))
    plain = content_disposition_header(as_attachment=True, filename=plain_name)
    return f"{plain}; filename*=utf-8''{quote(name, safe='')}"
