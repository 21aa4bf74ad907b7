"""Carrying out an action of staff: its form, what others changed meanwhile, its one verb."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from enquiries import presses
from enquiries.admin.action import Action, Doing
from enquiries.admin.forms import ActionForm
from enquiries.admin.offers import Offer, offer
from enquiries.admin.refusals import REFUSALS, refusal_sentence
from enquiries.admin.staff import staff_name
from enquiries.conflicts import Difference, changes_since, newest_change
from enquiries.models import Enquiry

MOST_DIGITS = 18  # of the number of a change
PRESSED_TWICE = "It is done. The button was pressed twice, and counts once."


def carry_out(action: Action, enquiry: Enquiry, *, by: User, request: HttpRequest) -> Offer | None:
    """
    Do what was asked for, and say so; else give the action back with all that was typed.

    What would go over a change that someone else has made since the page was shown comes back
    with that change, and is done if it is sent again.
    """
    try:
        form = action.form(enquiry)(request.POST, enquiry=enquiry, name=action.name)
    except REFUSALS as error:  # the enquiry's state no longer knows this change
        sentence = refusal_sentence(error, enquiry=enquiry)
        messages.error(request, f"{sentence}{_by_whom(request, enquiry=enquiry, by=by)}")
        return None
    if not form.is_valid():
        return offer(action, enquiry=enquiry, form=form)
    if differences := _meanwhile(action, form, enquiry=enquiry, by=by):
        again = request.POST.copy()
        again["seen"] = str(newest_change(enquiry))
        form = action.form(enquiry)(again, enquiry=enquiry, name=action.name)
        return offer(action, enquiry=enquiry, form=form, differences=differences)
    doing = Doing(enquiry=enquiry, by=by, now=timezone.now(), given=form.cleaned_data)
    press = _press(request)
    try:
        with transaction.atomic():
            if press and not presses.count_press(press, now=doing.now):
                messages.info(request, PRESSED_TWICE)
                return None
            messages.success(request, action.perform(doing))
    except REFUSALS as error:
        messages.error(request, refusal_sentence(error, enquiry=enquiry))
        enquiry.refresh_from_db()
        return offer(action, enquiry=enquiry, form=form) if form.visible_fields() else None
    return None


def is_pressed_again(request: HttpRequest) -> bool:
    """Say whether the same button of the same page did before what it is asked for again."""
    press = _press(request)
    if press is None or not presses.is_counted(press):
        return False
    messages.info(request, PRESSED_TWICE)
    return True


def _press(request: HttpRequest) -> str | None:
    """Give the digest of what was sent and where to; none if the page gave no key with it."""
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        return None
    typed = sorted(
        f"{name}={value}"
        for name, values in request.POST.lists()
        if name not in {"csrfmiddlewaretoken", "key"}
        for value in values
    )
    return presses.digest_of(key, said=[request.path, *typed])


def status_of(refused: Offer | None) -> HTTPStatus:
    """Give the status of a page that shows an action which came back, or none."""
    if refused is None:
        return HTTPStatus.OK
    return HTTPStatus.CONFLICT if refused.differences else HTTPStatus.UNPROCESSABLE_CONTENT


def _by_whom(request: HttpRequest, *, enquiry: Enquiry, by: User) -> str:
    """Name the colleague who last changed the enquiry since its page was shown, if one did."""
    seen = request.POST.get("seen", "")
    if not (seen.isascii() and seen.isdigit() and len(seen) <= MOST_DIGITS):
        return ""
    changes = changes_since(enquiry, seen=int(seen), not_by=by)
    last = next((each for each in reversed(changes) if each.by), None)
    if last is None or last.by is None:
        return ""
    return f" {staff_name(last.by)} changed it at {timezone.localtime(last.at):%H:%M}."


def _meanwhile(
    action: Action, form: ActionForm, *, enquiry: Enquiry, by: User
) -> tuple[Difference, ...]:
    seen = form.cleaned_data["seen"]
    minds = not action.only_adds or (action.minds_owner and enquiry.owner_id != by.pk)
    if not minds or seen is None:
        return ()
    differences = tuple(changes_since(enquiry, seen=seen, not_by=by))
    if action.only_adds and not any(each.column == "owner_id" for each in differences):
        return ()
    return differences
