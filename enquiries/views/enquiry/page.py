"""The page of an enquiry: what was asked, when we call, where it stands, what can be done."""

from django.http import HttpRequest, HttpResponse

from enquiries import selfservice
from enquiries.models import Interest, Resume
from enquiries.transitions import Hold
from enquiries.views.enquiry.opening import SAID, Opened, answer, back, opened_by_link


@opened_by_link
def show(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Show the enquiry, confirm the address, or cancel the call."""
    if request.method == "POST":
        if request.POST.get("act") == "cancel_call":
            cancelled = selfservice.cancel_call(opened.enquiry, now=opened.now)
            return back(opened.token, said="cancelled" if cancelled else "")
        return back(opened.token, said="confirmed" if opened.visit.by_letter else "")
    enquiry = opened.enquiry
    return answer(
        request,
        opened,
        "page",
        said=SAID.get(request.GET.get("said", ""), ""),
        interests=[Interest(each).label for each in enquiry.interests],
        occupations=list(enquiry.occupations.all()),
        qualifications=list(enquiry.qualifications.all()),
        resume=Resume.objects.filter(enquiry=enquiry, deleted_at=None).first(),
        may_add_resume=selfservice.may_add_resume(opened.visit),
        may_choose_time=enquiry.is_open
        and enquiry.hold not in {Hold.NEEDS_GUARDIAN, Hold.RECONSENT},
        may_correct=opened.visit.may_correct_contact,
    )
