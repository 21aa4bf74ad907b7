"""Correcting the address and the number that we use for an enquiry."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from enquiries import selfservice
from enquiries.forms import CorrectionForm
from enquiries.views.enquiry.opening import (
    Opened,
    answer,
    back,
    opened_by_link,
    token_without_proof,
)


@opened_by_link
def correct_contact(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Show the form, or store what was corrected."""
    enquiry = opened.enquiry
    if not opened.visit.may_correct_contact:
        return back(opened.token, said="")
    if request.method != "POST":
        return answer(request, opened, "contact", form=CorrectionForm(country=enquiry.country))
    form = CorrectionForm(request.POST, country=enquiry.country)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_CONTENT
        return answer(request, opened, "contact", status=status, form=form)
    corrected = selfservice.correct_contact(
        enquiry,
        email=form.cleaned_data["email"],
        phone=form.cleaned_data["phone"],
        phone_typed=form.phone_typed,
        now=opened.now,
    )
    token = opened.token
    if corrected.link_version != enquiry.link_version:
        token = token_without_proof(corrected, now=opened.now)
    return back(token, said="contact")
