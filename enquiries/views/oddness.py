"""What is odd about a form that was sent, and when its sender is asked one more question."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from enquiries import abuse, spam
from enquiries.challenge import is_solved
from enquiries.forms import ContactForm
from enquiries.models import EnquiryDetails, Flag
from enquiries.submission import count_stored
from enquiries.views.client import client_address

MOST_BY_ONE_ANSWER = 3  # enquiries; by then a new form is due
ASK_MORE = {Flag.ADDRESS_BUDGET, Flag.CONTACT_BUDGET, Flag.HONEYPOT, Flag.LOOKS_LIKE_SPAM}


class OneMoreQuestion(Exception):
    """Something is odd, and the question that shows a person is not answered yet."""


def flags(
    request: HttpRequest, details: EnquiryDetails, *, opened: str, now: datetime
) -> frozenset[Flag]:
    """Name what staff should look at twice; none of it refuses an enquiry."""
    trap = bool(request.POST.get("website"))
    submitted = spam.Submitted(
        given_name=details.given_name,
        family_name=details.family_name,
        short_answers=f"{details.language} {details.accessibility_needs}",
        message=details.message,
        seconds=abuse.seconds_to_fill(opened, now=now),
        filled_the_trap=trap,
        names_a_language=bool(request.headers.get("Accept-Language")),
    )
    found = {Flag.HONEYPOT} if trap else set()
    return frozenset(found | ({Flag.LOOKS_LIKE_SPAM} if spam.asks_more(submitted) else set()))


def leaves_file_out(
    request: HttpRequest, form: ContactForm, submission_key: UUID, *, now: datetime
) -> bool:
    """
    Take the file out of a form if its network sent too many; say whether that was so.

    Whoever has answered one more question may send one more for this form.
    """
    if not form.cleaned_data.get("resume"):
        return False
    too_many = abuse.is_file_too_many(address=client_address(request), now=now)
    if not too_many or _is_solved(request, submission_key, now=now):
        return False
    form.cleaned_data["resume"] = None
    return True


def ask_more(
    request: HttpRequest, submission_key: UUID, *, flags: Collection[Flag], now: datetime
) -> None:
    """
    Do nothing if nothing is odd, or a person has answered one more question.

    :raises OneMoreQuestion: if it is still to be answered
    """
    if not ASK_MORE.intersection(flags):
        return
    solved = _is_solved(request, submission_key, now=now)
    if not solved or count_stored(submission_key) >= MOST_BY_ONE_ANSWER:
        raise OneMoreQuestion


def _is_solved(request: HttpRequest, submission_key: UUID, *, now: datetime) -> bool:
    return is_solved(
        request.POST.get("challenge", ""),
        answer=request.POST.get("challenge_answer", ""),
        submission_key=submission_key,
        now=now,
    )
