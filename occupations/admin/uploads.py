"""Tables that editors upload: the list, a new one, its difference, and the second person's word."""

from collections.abc import Callable
from typing import Any, override

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from occupations.admin.upload_decisions import MAY_DECIDE, NAMES, Form, decide, form_of
from occupations.admin.upload_forms import ProposalForm, hints
from occupations.admin.upload_page import (
    MOST_PROBLEMS,
    copies,
    errors_of,
    parts_by_state,
    upload_page,
)
from occupations.catalogue.outranking import Uploaded
from occupations.catalogue.rows import CatalogueRejected
from occupations.change_log import table_name
from occupations.editorial.copies import editable_copy
from occupations.editorial.uploads import UPLOADABLE, TableRejected, propose_table
from occupations.models import TableUpload

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
}


@admin.register(TableUpload)
class TableUploadAdmin(admin.ModelAdmin):
    list_display = ("table_in_words", "as_at_on", "state_pill", "by", "uploaded_at", "decided")
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[TableUpload]:
        """Leave the files where they are: they are large, and few pages need them."""
        uploads: QuerySet[TableUpload] = super().get_queryset(request)
        return uploads.select_related("uploaded_by", "decided_by").defer("content", "summary")

    @override
    def has_change_permission(self, request: HttpRequest, obj: TableUpload | None = None) -> bool:
        return False

    @override
    def has_delete_permission(self, request: HttpRequest, obj: TableUpload | None = None) -> bool:
        return False

    @override
    def get_urls(self) -> list[URLPattern]:
        def at(place: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
            of_staff = self.admin_site.admin_view(view)
            return path(place, of_staff, name=f"occupations_tableupload_{name}")

        return [
            at("copy/<slug:table>/", self.copy, "copy"),
            at("<int:pk>/decide/<slug:name>/", self.decide, "decide"),
            at("<int:pk>/file/", self.file, "file"),
            *super().get_urls(),
        ]

    @override
    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        more = {"title": "Table uploads", "quick_views": parts_by_state(request.GET.urlencode())}
        return super().changelist_view(request, (extra_context or {}) | more)

    @override
    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Take a table with its day and note; a file with errors comes back with their places."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            form = ProposalForm(initial={"table": request.GET.get("table", "")})
            return self._ask(request, form)
        form = ProposalForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._ask(request, form)
        given = form.cleaned_data
        table, content, as_at_on = given["table"], given["file"], given["as_at_on"]
        try:
            upload = propose_table(
                table=table,
                content=content,
                as_at_on=as_at_on,
                note=given["note"],
                by=_signed_in(request),
                now=timezone.now(),
            )
        except TableRejected as rejected:
            form.add_error(None, str(rejected))
            self._log_rejected(request, table=table, why=str(rejected))
            return self._ask(request, form)
        except CatalogueRejected as rejected:
            count = len(rejected.problems)
            self._log_rejected(request, table=table, why=f"Errors in the file: {count}.")
            proposed = Uploaded(table=table, as_at_on=as_at_on, content=content)
            errors = errors_of(rejected, proposed=proposed)
            return self._ask(
                request, form, errors=errors[:MOST_PROBLEMS], count=count, hints=hints(content)
            )
        self.log_addition(request, upload, "Uploaded. A second person decides on it.")
        messages.success(request, "Uploaded. Nothing changes until a second person approves it.")
        return HttpResponseRedirect(_address(upload))

    @override
    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if not self.has_view_permission(request) or request.method not in {"GET", "HEAD"}:
            raise PermissionDenied
        upload = self.get_object(request, object_id)
        if upload is None:
            raise Http404
        return self._show(request, upload)

    def decide(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """Approve or refuse a table that somebody else uploaded, and keep it in the log."""
        upload = self._asked(request, pk)
        if name not in NAMES:
            raise Http404
        if request.method == "POST":
            user = _signed_in(request)
            if not user.has_perm(MAY_DECIDE):
                raise PermissionDenied
            form = form_of(name, upload, data=request.POST)
            if not form.is_valid() and upload.uploaded_by_id != user.pk:
                return self._show(request, upload, refused=form)
            now = timezone.now()
            outcome = decide(name, upload, given=form.cleaned_data, by=user, now=now)
            self.log_change(request, upload, outcome.logged)
            messages.add_message(request, outcome.level, outcome.said)
        return HttpResponseRedirect(_address(upload))

    def file(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hand over the file as it was uploaded."""
        upload = self._asked(request, pk)
        name = f"{upload.table}-as-at-{upload.as_at_on}.csv"
        return _attachment(bytes(upload.content), name=name)

    def copy(self, request: HttpRequest, table: str) -> HttpResponse:
        """Hand over a table as it stands, to edit and to upload again."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if table not in UPLOADABLE:
            raise Http404
        return _attachment(editable_copy(table), name=f"{table}.csv")

    @admin.display(description="Table", ordering="table")
    def table_in_words(self, upload: TableUpload) -> str:
        return table_name(upload.table)

    @admin.display(description="State", ordering="state")
    def state_pill(self, upload: TableUpload) -> SafeString:
        return format_html(
            '<span class="pill pill-{}">{}</span>', upload.state, upload.get_state_display()
        )

    @admin.display(description="Uploaded by", ordering="uploaded_by")
    def by(self, upload: TableUpload) -> str:
        return _name(upload.uploaded_by)

    @admin.display(description="Decided by", ordering="decided_by")
    def decided(self, upload: TableUpload) -> str:
        return _name(upload.decided_by) if upload.decided_by else "\u2013"

    def _asked(self, request: HttpRequest, pk: int) -> TableUpload:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request), pk=pk)

    def _log_rejected(self, request: HttpRequest, *, table: str, why: str) -> None:
        """Keep in the log that a file was not taken; there is no upload to hang it on."""
        LogEntry.objects.create(
            user_id=_signed_in(request).pk,
            content_type=get_content_type_for_model(TableUpload),
            object_repr=f"{table_name(table)}: a file was not taken",
            action_flag=CHANGE,
            change_message=why,
        )

    def _ask(self, request: HttpRequest, form: ProposalForm, **more: Any) -> HttpResponse:
        is_refused = bool(form.errors or more)
        context = {
            "title": "Upload a table",
            "form": form,
            "copies": copies(),
            "errors": [],
            "count": 0,
            "hints": [],
            "is_refused": is_refused,
        }
        return self._page(request, "propose", context | more, is_refused=is_refused)

    def _show(
        self, request: HttpRequest, upload: TableUpload, *, refused: Form | None = None
    ) -> HttpResponse:
        context = upload_page(
            upload,
            user=_signed_in(request),
            query=request.GET.dict(),
            now=timezone.now(),
            refused=refused,
        )
        title = f"{table_name(upload.table)} as at {upload.as_at_on}"
        return self._page(
            request, "decide", {"title": title, **context}, is_refused=refused is not None
        )

    def _page(
        self, request: HttpRequest, name: str, context: dict[str, Any], *, is_refused: bool
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "subtitle": None,
            "is_popup": False,
            **context,
        }
        template = f"admin/occupations/tableupload/{name}.html"
        return TemplateResponse(request, template, context, status=422 if is_refused else 200)


def _signed_in(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def _name(user: User) -> str:
    return user.get_full_name() or user.get_username()


def _address(upload: TableUpload) -> str:
    return reverse("admin:occupations_tableupload_change", args=[upload.pk])


def _attachment(content: bytes, *, name: str) -> HttpResponse:
    named = HEADERS | {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=named)
