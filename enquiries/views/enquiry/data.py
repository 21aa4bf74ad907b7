"""What the person may ask of us: a copy of what we hold, and its deletion."""

from django.http import HttpRequest, HttpResponse

from enquiries import data_requests
from enquiries.models import DataRequestKind
from enquiries.views.enquiry.opening import Opened, answer, back, opened_by_link


@opened_by_link
def data(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Show what can be asked, give the copy, or take the wish for deletion in."""
    if request.method == "POST" and opened.visit.may_ask_for_data:
        match request.POST.get("act"):
            case DataRequestKind.ACCESS:
                return HttpResponse(
                    data_requests.copy_for_person(opened.enquiry, now=opened.now),
                    content_type="application/json; charset=utf-8",
                    headers={
                        "Content-Disposition": "attachment; "
                        f'filename="enquiry-{opened.enquiry.reference}.json"'
                    },
                )
            case DataRequestKind.DELETION:
                data_requests.ask_for_deletion(opened.enquiry, now=opened.now)
                return back(opened.token, said="deletion")
    wanted = opened.enquiry.data_requests.open().filter(kind=DataRequestKind.DELETION)
    return answer(
        request,
        opened,
        "data",
        deletion=wanted.first(),
        may_ask=opened.visit.may_ask_for_data,
    )
