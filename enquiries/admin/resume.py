"""Résumés: no list of their own, only the logged way to download one."""

from typing import override
from urllib.parse import quote

from django import forms
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

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
}


class ReasonForm(forms.Form):
    why = forms.CharField(
        label="Why you open it, if it helps",
        help_text="Your name and the time are kept either way.",
        max_length=200,
        required=False,
    )


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
            return self._page(request, resume, form=ReasonForm())
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self._page(request, resume, form=form)
        why = form.cleaned_data["why"]
        try:
            file = open_resume(resume, by=user, now=timezone.now(), why=why)
        except FileNotFoundError:
            return self._page(request, resume, form=None)
        kind = ResumeFormat(resume.format)
        response = FileResponse(file, content_type=kind.media_type, headers=HEADERS)
        response.headers["Content-Disposition"] = attachment(
            resume.original_name, plain_name=f"resume-{resume.enquiry.reference}.{kind}"
        )
        return response

    def _page(
        self, request: HttpRequest, resume: Resume, *, form: ReasonForm | None
    ) -> HttpResponseBase:
        """Ask by ``form`` before the file is opened; without one, the file is lost."""
        status = 404 if form is None else 422 if form.errors else 200
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Download a résumé",
            "subtitle": None,
            "is_popup": False,
            "resume": resume,
            "enquiry": resume.enquiry,
            "form": form,
        }
        template = "admin/enquiries/resume/download.html"
        return TemplateResponse(request, template, context, status=status)


def attachment(name: str, *, plain_name: str) -> str:
    """Write the header that saves a file under its name; ``plain_name`` for old programs."""
    if name.isascii():
        return str(content_disposition_header(as_attachment=True, filename=name))
    plain = content_disposition_header(as_attachment=True, filename=plain_name)
    return f"{plain}; filename*=utf-8''{quote(name, safe='')}"
