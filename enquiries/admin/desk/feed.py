"""The address of one's calendar feed, and renewing it."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from enquiries.admin.desk.showing import MAY_CALL, allowed, show
from enquiries.desk import feed_token, renew_feed
from enquiries.models import Adviser


def feed(request: HttpRequest) -> HttpResponse:
    """Show the address of the feed; POST makes a new one and ends the one before."""
    user = allowed(request, MAY_CALL)
    adviser = Adviser.objects.filter(user=user).first()
    if request.method == "POST":
        renew_feed(by=user)
        said = "The old address shows nothing any more." if adviser else "Keep it to yourself."
        messages.success(request, f"Your calendar has a new address. {said}")
        return HttpResponseRedirect(reverse("admin:desk_feed"))
    address = (
        settings.SITE_URL + reverse("desk:feed", args=[feed_token(adviser)]) if adviser else ""
    )
    return show(request, "feed", title="Calls in your calendar", context={"address": address})
