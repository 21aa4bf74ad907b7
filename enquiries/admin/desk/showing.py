"""What every page of the desk shares: who may see it, and how it is shown."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from enquiries.admin.staff import signed_in

MAY_CALL = "enquiries.claim_enquiry"
MAY_SEE_CALLS = "enquiries.view_callback"
MAY_SEE_FIGURES = "enquiries.view_dashboard"
MAY_SHARE = "enquiries.reassign_enquiry"


def allowed(request: HttpRequest, permission: str) -> User:
    """
    Give the member of staff, if they may.

    :raises PermissionDenied: naming the permission that they lack
    """
    user = signed_in(request)
    if not user.has_perm(permission):
        raise PermissionDenied(permission)
    return user


def show(
    request: HttpRequest, template: str, *, title: str, context: dict[str, Any]
) -> HttpResponse:
    """Show a page of the desk over the whole width, without the list of tables beside it."""
    return TemplateResponse(
        request,
        f"admin/enquiries/desk/{template}.html",
        {
            **admin.site.each_context(request),
            "is_nav_sidebar_enabled": False,
            "is_popup": False,
            "subtitle": None,
            "title": title,
            **context,
        },
    )
