"""Withdrawing an enquiry: asked once more, then done."""

from django.http import HttpRequest, HttpResponse

from enquiries import selfservice
from enquiries.views.enquiry.opening import Opened, answer, back, opened_by_link


@opened_by_link
def withdraw(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Ask whether the person is sure, or withdraw their enquiry."""
    if request.method == "POST":
        selfservice.withdraw(opened.enquiry, now=opened.now)
        return back(opened.token, said="withdrawn")
    return answer(request, opened, "withdraw")
