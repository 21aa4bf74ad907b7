"""The list of follow-ups, and closing one."""

from http import HTTPStatus
from typing import Any, override

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from enquiries.admin import times
from enquiries.admin.changes import CHANGES
from enquiries.admin.filters import PartFilter
from enquiries.admin.forms import FollowUpForm
from enquiries.admin.offers import offer
from enquiries.admin.paginator import BoundedPaginator
from enquiries.admin.queue import lines, pill
from enquiries.admin.refusals import refusal_sentence
from enquiries.admin.staff import signed_in, staff_name
from enquiries.conflicts import newest_change
from enquiries.followups import EnquiryClosed, LastPromise, NextStep, close_follow_up
from enquiries.models import FollowUp, FollowUpReason
from enquiries.records import note_listed, note_opened
from occupations.admin import ReadOnlyAdmin

MAY_CLOSE = "enquiries.change_followup"
ENDS = {"to_done", "to_closed_unreached"}  # changes that end what was promised


class DueFilter(PartFilter):
    title = "when"
    parameter_name = "when"
    unless_told = "open"

    @override
    def parts(self) -> dict[str, tuple[str, Q | Exists]]:
        is_open = Q(done_at=None)
        return {
            "open": ("Open", is_open),
            "overdue": ("Overdue", is_open & Q(due_at__lte=timezone.now())),
            "done": ("Done", Q(done_at__isnull=False)),
            "all": ("All", Q()),
        }


class WhoseFilter(PartFilter):
    title = "owner"
    parameter_name = "owner"

    @override
    def parts(self) -> dict[str, tuple[str, Q | Exists]]:
        return {
            "me": ("Mine", Q(owner_id=self.request.user.pk)),
            "nobody": ("Nobody\u2019s", Q(owner=None)),
        }


@admin.register(FollowUp)
class FollowUpAdmin(ReadOnlyAdmin):
    list_display = ("due", "reason", "about", "whose", "done")
    list_display_links = None
    list_filter = (DueFilter, WhoseFilter, "reason")
    list_select_related = ("enquiry", "owner", "done_by")
    list_per_page = 50
    ordering = ("due_at", "id")
    paginator = BoundedPaginator

    @override
    def get_list_display(self, request: HttpRequest) -> list[Any]:
        may_close = signed_in(request).has_perm(MAY_CLOSE)
        return [*self.list_display, *(["close"] if may_close else [])]

    @override
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.close_one)
        close = path("<int:pk>/close/", view, name="enquiries_followup_close")
        return [close, *super().get_urls()]

    @override
    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        page = super().changelist_view(request, {**(extra_context or {}), "title": "Follow-ups"})
        if isinstance(page, TemplateResponse) and "cl" in (shown := page.context_data or {}):
            listed = [follow_up.enquiry_id for follow_up in shown["cl"].result_list]
            note_listed(listed, by=signed_in(request), what="Follow-ups", now=timezone.now())
        return page

    def close_one(self, request: HttpRequest, pk: int) -> HttpResponse:
        """
        Mark a follow-up as done, and return to where its button stood.

        If nothing else is promised for an enquiry that waits, ask what comes next.
        """
        user = signed_in(request)
        if not user.has_perm(MAY_CLOSE):
            raise PermissionDenied
        follow_up = get_object_or_404(FollowUp.objects.select_related("enquiry", "owner"), pk=pk)
        back = HttpResponseRedirect(_back(request, follow_up))
        if request.method != "POST":
            return back
        enquiry, typed = follow_up.enquiry, request.POST if "reason" in request.POST else None
        form = FollowUpForm(typed, enquiry=enquiry, name="next")
        if form.is_bound and not form.is_valid():
            return self._ask_for_next_step(request, follow_up, form=form)
        what = f"\u201c{follow_up}\u201d for {enquiry}"
        next_step = _next_step(form) if form.is_bound else None
        try:
            closed = close_follow_up(follow_up, by=user, now=timezone.now(), next_step=next_step)
        except LastPromise:
            return self._ask_for_next_step(request, follow_up, form=form)
        except EnquiryClosed as error:
            messages.error(request, refusal_sentence(error, enquiry=enquiry))
            return back
        if closed:
            promised = f" \u201c{next_step.reason.label}\u201d is promised." if next_step else ""
            messages.success(request, f"{what} is done.{promised}")
        else:
            messages.info(request, f"{what} was done before.")
        return back

    def _ask_for_next_step(
        self, request: HttpRequest, follow_up: FollowUp, *, form: FollowUpForm
    ) -> HttpResponse:
        """Show what may follow on the last promise: another one, or the end of the enquiry."""
        enquiry = follow_up.enquiry
        note_opened(enquiry, by=signed_in(request), now=timezone.now())
        ends = [
            offer(action, enquiry=enquiry, initial={"seen": newest_change(enquiry)})
            for action in CHANGES
            if action.name in ENDS
            and action.offered(enquiry)
            and action.permitted(enquiry, signed_in(request))
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": f"What comes next for {enquiry.reference}?",
            "subtitle": None,
            "is_popup": False,
            "follow_up": follow_up,
            "enquiry": enquiry,
            "is_refused": form.is_bound,
            "offer": {"form": form, "hint": ""},
            "ends": ends,
            "from": request.POST.get("from", ""),
            "back": _back(request, follow_up),
        }
        return TemplateResponse(
            request,
            "admin/enquiries/followup/next_step.html",
            context,
            status=HTTPStatus.UNPROCESSABLE_CONTENT if form.is_bound else HTTPStatus.CONFLICT,
        )

    @admin.display(description="Due", ordering="due_at")
    def due(self, follow_up: FollowUp) -> SafeString:
        overdue = not follow_up.done_at and follow_up.due_at <= timezone.now()
        mark = pill("Overdue", kind="overdue") if overdue else ""
        return lines(times.at_site(follow_up.due_at), mark)

    @admin.display(description="Enquiry")
    def about(self, follow_up: FollowUp) -> SafeString:
        return format_html(
            '<a href="{}">{}</a> {}',
            reverse("admin:enquiries_enquiry_change", args=[follow_up.enquiry_id]),
            follow_up.enquiry.reference,
            follow_up.enquiry.person_name,
        )

    @admin.display(description="Owner", ordering="owner")
    def whose(self, follow_up: FollowUp) -> str:
        return staff_name(follow_up.owner) if follow_up.owner else "\u2013"

    @admin.display(description="Done")
    def done(self, follow_up: FollowUp) -> SafeString | str:
        if follow_up.done_at is None:
            return "\u2013"
        by = staff_name(follow_up.done_by) if follow_up.done_by else ""
        return lines(times.at_site(follow_up.done_at), by)

    @admin.display(description="Close")
    def close(self, follow_up: FollowUp) -> SafeString:
        if follow_up.done_at:
            return SafeString("")
        return format_html(
            '<button type="submit" class="button quiet-button" formaction="{}">Done'
            '<span class="visually-hidden">: {} for {}</span></button>',
            reverse("admin:enquiries_followup_close", args=[follow_up.pk]),
            follow_up,
            follow_up.enquiry,
        )


def _back(request: HttpRequest, follow_up: FollowUp) -> str:
    if request.POST.get("from") == "enquiry":
        return reverse("admin:enquiries_enquiry_change", args=[follow_up.enquiry_id])
    return reverse("admin:enquiries_followup_changelist")


def _next_step(form: FollowUpForm) -> NextStep:
    given = form.cleaned_data
    return NextStep(reason=FollowUpReason(given["reason"]), due_at=given["due_at"])
