"""Résumés: no list of their own, only the logged way to download one."""

from typing import override
from urllib.parse import quote

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.http import content_disposition_header

from enquiries.admin.staff import signed_in
from enquiries.models import Resume
from enquiries.resumes import ResumeFormat
from enquiries.triage import open_resume
from occupations.admin import ReadOnlyAdmin

LONGEST_REASON = 200
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
}


@admin.register(Resume)
class ResumeAdmin(ReadOnlyAdmin):
    """A résumé is found on the page of its enquiry; here it only leaves the site."""

    @override
    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    @override
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.download)
        return [path("<int:pk>/download/", view, name="enquiries_resume_download")]

    def download(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Ask before a file is opened that no scanner has seen; then log it and hand it over."""
        user = signed_in(request)
        if not user.has_perm("enquiries.download_resume"):
            raise PermissionDenied
        resume = get_object_or_404(Resume.objects.select_related("enquiry"), pk=pk)
        if request.method != "POST":
            return self._page(request, resume)
        why = request.POST.get("why", "").strip()[:LONGEST_REASON]
        try:
            file = open_resume(resume, by=user, now=timezone.now(), why=why)
        except FileNotFoundError:
            return self._page(request, resume, is_missing=True)
        kind = ResumeFormat(resume.format)
        response = FileResponse(file, content_type=kind.media_type, headers=HEADERS)
        response.headers["Content-Disposition"] = attachment(
            resume.original_name, plain_name=f"resume-{resume.enquiry.reference}.{kind}"
        )
        return response

    def _page(
        self, request: HttpRequest, resume: Resume, *, is_missing: bool = False
    ) -> HttpResponseBase:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Download a résumé",
            "subtitle": None,
            "is_popup": False,
            "resume": resume,
            "enquiry": resume.enquiry,
            "is_missing": is_missing,
        }
        template = "admin/enquiries/resume/download.html"
        return TemplateResponse(request, template, context, status=404 if is_missing else 200)


def attachment(name: str, *, plain_name: str) -> str:
    """Write the header that saves a file under its name; ``plain_name`` for old programs."""
    if name.isascii():
        return str(content_disposition_header(as_attachment=True, filename=name))
    plain = content_disposition_header(as_attachment=True, filename=plain_name)
    return f"{plain}; filename*=utf-8''{quote(name, safe='')}"
