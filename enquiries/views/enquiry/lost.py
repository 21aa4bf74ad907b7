"""Asking for a new link: the answer is the same, whether we know the person or not."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now as read_clock
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from enquiries import selfservice
from enquiries.forms import LostLinkForm
from enquiries.views.enquiry.opening import lost_page


# The page is also shown for an old link, without a referrer and so without an origin; and a
# forged request would need a person's reference and address, to send a letter to that person.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lost(request: HttpRequest) -> HttpResponse:
    """Ask for reference and e-mail address, and send a link if they belong together."""
    if request.method != "POST":
        return lost_page(request)
    form = LostLinkForm(request.POST)
    if not form.is_valid():
        return lost_page(request, status=HTTPStatus.UNPROCESSABLE_CONTENT, form=form, is_old=False)
    selfservice.ask_for_link(
        reference=form.cleaned_data["reference"],
        email=form.cleaned_data["email"],
        now=read_clock(),
    )
    return lost_page(request, was_sent=True)
