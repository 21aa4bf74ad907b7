"""Saving a view of the queue under a name, and deleting one's own."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from enquiries.admin.desk.showing import MAY_CALL, MAY_SHARE, allowed
from enquiries.desk import MOST_VIEWS, TooManyViews
from enquiries.desk import delete_view as delete_saved_view
from enquiries.desk import save_view as save_named_view


class ViewForm(forms.Form):
    name = forms.CharField(max_length=40)
    query = forms.CharField(max_length=500, required=False)
    is_shared = forms.BooleanField(required=False)


def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the queue's present filters under a name, and return to the queue."""
    user = allowed(request, MAY_CALL)
    queue = reverse("admin:enquiries_enquiry_changelist")
    if request.method != "POST":
        return HttpResponseRedirect(queue)
    form = ViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Give the view a name of at most 40 letters.")
        return HttpResponseRedirect(queue)
    typed = form.cleaned_data
    if typed["is_shared"]:
        allowed(request, MAY_SHARE)
    try:
        view = save_named_view(by=user, **typed)
    except TooManyViews:
        said = f"You have {MOST_VIEWS} views already. Delete one on your desk first."
        messages.error(request, said)
        return HttpResponseRedirect(queue)
    messages.success(request, f"Saved as \u201c{view.name}\u201d. It stands on your desk.")
    return HttpResponseRedirect(f"{queue}?{view.query}" if view.query else queue)


def delete_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete one's own view, and return to the desk."""
    user = allowed(request, MAY_CALL)
    if request.method == "POST":
        if delete_saved_view(pk, by=user):
            messages.success(request, "The view is deleted.")
        else:
            messages.info(request, "That view was not yours, or is gone.")
    return HttpResponseRedirect(reverse("admin:desk"))
