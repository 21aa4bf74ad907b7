"""The queue of enquiries, the page of each, and the addresses of the actions on it."""

from typing import Any, override

from django.contrib import admin
from django.contrib.admin.options import Action as BarAction
from django.contrib.admin.options import ActionLocation
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from enquiries.admin import filters
from enquiries.admin.acting import carry_out, is_pressed_again, status_of
from enquiries.admin.actions import ACTIONS
from enquiries.admin.bulk import bulk, bulk_actions
from enquiries.admin.guarded import export_action, guarded_urls
from enquiries.admin.offers import Offer
from enquiries.admin.on_behalf import on_behalf
from enquiries.admin.page import page
from enquiries.admin.queue_list import QueueList
from enquiries.admin.searched import search
from enquiries.admin.staff import signed_in
from enquiries.desk import read_whole, tells_words
from enquiries.models import Enquiry
from enquiries.records import note_listed, note_opened
from occupations.admin import ReadOnlyAdmin


@admin.register(Enquiry)
class EnquiryAdmin(ReadOnlyAdmin):
    list_filter = (
        filters.OrderFilter,
        filters.StateFilter,
        filters.OwnerFilter,
        filters.AgeFilter,
        filters.FollowUpFilter,
        filters.CallbackFilter,
        filters.HoldFilter,
        filters.ResumeFilter,
        filters.CountryFilter,
    )
    list_per_page = 50
    search_fields = ("searched",)  # shows the field to type in; QueueList looks
    search_help_text = "A name, an e-mail address, a phone number or a reference."

    def get_queryset(self, request: HttpRequest) -> QuerySet[Enquiry]:
        return super().get_queryset(request).prefetch_related("callbacks")

    @override
    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[QueueList]:
        return QueueList

    @override
    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Enquiry], search_term: str
    ) -> tuple[QuerySet[Enquiry], bool]:
        return queryset, False  # it is QueueList that looks

    @override
    def get_actions(
        self, request: HttpRequest, action_location: ActionLocation = ActionLocation.CHANGE_LIST
    ) -> dict[str, BarAction | None]:
        if action_location is not ActionLocation.CHANGE_LIST:
            return {}
        user = signed_in(request)
        return bulk_actions(user) | export_action(user)

    def get_urls(self) -> list[URLPattern]:
        find = path("find/", self.admin_site.admin_view(search), name="enquiries_enquiry_find")
        to_many = path(
            "bulk/<slug:name>/", self.admin_site.admin_view(bulk), name="enquiries_enquiry_bulk"
        )
        for_caller = path(
            "on-behalf/", self.admin_site.admin_view(on_behalf), name="enquiries_enquiry_on_behalf"
        )
        act = path(
            "<int:pk>/change/<slug:name>/",
            self.admin_site.admin_view(self.act),
            name="enquiries_enquiry_act",
        )
        return [find, to_many, for_caller, act, *guarded_urls(self.admin_site), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the queue, and keep whom it showed; an action on those ticked leads elsewhere."""
        if tells_words(request.GET) and self.has_view_permission(request):
            return search(request)
        page = super().changelist_view(request, {**(extra_context or {}), "title": "Enquiries"})
        if isinstance(page, TemplateResponse) and "cl" in (shown := page.context_data or {}):
            note_listed(
                [enquiry.pk for enquiry in shown["cl"].result_list],
                by=signed_in(request),
                what="Search" if shown["cl"].query else "Queue",
                now=timezone.now(),
            )
        return page

    @override
    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if not (object_id.isascii() and object_id.isdecimal() and int(object_id) < 2**63):
            raise Http404
        return self.show(request, int(object_id))

    def act(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """Carry out one action on an enquiry, and return to its page."""
        if name not in ACTIONS:
            raise Http404
        action = ACTIONS[name]
        if not self.has_view_permission(request):
            raise PermissionDenied
        enquiry = get_object_or_404(self.get_queryset(request), pk=pk)
        back = HttpResponseRedirect(reverse("admin:enquiries_enquiry_change", args=[pk]))
        if request.method != "POST":
            return back
        user = signed_in(request)
        if is_pressed_again(request):
            return back
        if not action.permitted(enquiry, user):
            raise PermissionDenied
        refused = carry_out(action, enquiry, by=user, request=request)
        return self.show(request, pk, refused=refused) if refused else back

    def show(
        self, request: HttpRequest, number: int, *, refused: Offer | None = None
    ) -> HttpResponse:
        """Show the page of an enquiry; ``refused`` is an action whose form came back."""
        user, now = signed_in(request), timezone.now()
        whole = read_whole(number, now=now)
        if whole is None:
            raise Http404
        enquiry = whole.enquiry
        note_opened(enquiry, by=user, now=now)
        canned = request.GET.get("canned", "")
        context = {
            **self.admin_site.each_context(request),
            **page(whole, user=user, now=now, refused=refused, canned=canned),
            "opts": self.opts,
            "title": f"{enquiry.reference} {enquiry.person_name}",
            "subtitle": None,
            "is_popup": False,
        }
        return TemplateResponse(
            request,
            "admin/enquiries/enquiry/change_form.html",
            context,
            status=status_of(refused),
        )
