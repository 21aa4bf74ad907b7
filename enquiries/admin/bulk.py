"""Doing one thing to many enquiries: foretold for each of them, then done to each by itself."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import Action as BarAction
from django.contrib.admin.options import ActionLocation
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from enquiries.admin import queue, times
from enquiries.admin.action import Doing
from enquiries.admin.bulk_kinds import KINDS, BulkForm, Kind, refuse_present_owner
from enquiries.admin.refusals import REFUSALS, refusal_sentence
from enquiries.admin.staff import signed_in, staff_name
from enquiries.bulk import ChangedMeanwhile, Seen, act_on_seen
from enquiries.models import Enquiry
from enquiries.records import note_listed
from enquiries.transitions import TransitionRefused

MOST = 200  # enquiries at once
NUMBER = re.compile(r"\d{1,18}", re.ASCII)
FILTERS = "_changelist_filters"  # as the stock admin names the way back to a narrowed list


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An enquiry that was chosen, and what will come of it."""

    enquiry: Enquiry
    seen: Seen
    owner: str
    call: Sequence[str]
    refusal: str
    is_ticked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came of one enquiry, in a sentence."""

    pk: int
    reference: str
    sentence: str
    is_done: bool


def bulk_actions(user: User) -> dict[str, BarAction | None]:
    """List what ``user`` may do to many enquiries, as the stock admin's action bar takes it."""
    return {
        name: BarAction(
            func=partial(_go_to, name),
            name=name,
            description=kind.label,
            plural_description=kind.label,
            locations=[ActionLocation.CHANGE_LIST],
        )
        for name, kind in KINDS.items()
        if kind.is_for(user)
    }


def bulk(request: HttpRequest, name: str) -> HttpResponse:
    """Show what will come of each enquiry that was chosen, or carry it out and tell."""
    if name not in KINDS:
        raise Http404
    kind, user = KINDS[name], signed_in(request)
    if not (user.has_perm("enquiries.view_enquiry") and kind.is_for(user)):
        raise PermissionDenied
    chosen = _numbers(request.GET.get("of", "").split("-"))
    if not chosen:
        messages.warning(request, "Choose one or more enquiries first.")
        return HttpResponseRedirect(_queue(request))
    is_sent = request.method == "POST"
    sent = {seen.pk: seen for each in request.POST.getlist("row") if (seen := Seen.read(each))}
    rows = list(_rows(kind, chosen[:MOST], user=user, ticked=sent if is_sent else None))
    note_listed([row.enquiry.pk for row in rows], by=user, what=kind.label, now=timezone.now())
    minors = [row.enquiry for row in rows if row.enquiry.is_minor]
    form = BulkForm(request.POST if is_sent else None, kind=kind, minors=minors)
    context = {
        **admin.site.each_context(request),
        "opts": Enquiry._meta,
        "title": kind.label,
        "kind": kind,
        "back": _queue(request),
    }
    if is_sent and form.is_valid():
        wanted = [seen for pk, seen in sent.items() if pk in chosen[:MOST]]
        if wanted:
            told = list(_carry_out(kind, wanted, by=user, given=form.cleaned_data))
            context |= {
                "done": [each for each in told if each.is_done],
                "refused": [each for each in told if not each.is_done],
            }
            return TemplateResponse(request, "admin/enquiries/bulk/done.html", context)
        form.add_error(None, "Tick one or more enquiries.")
    context |= {
        "allowed": [row for row in rows if not row.refusal],
        "refused": [row for row in rows if row.refusal],
        "are_too_many": len(chosen) > MOST,
        "most": MOST,
        "form": form,
    }
    return TemplateResponse(
        request,
        "admin/enquiries/bulk/preview.html",
        context,
        status=HTTPStatus.UNPROCESSABLE_CONTENT if is_sent else HTTPStatus.OK,
    )


def _go_to(
    name: str, _admin: object, request: HttpRequest, queryset: QuerySet[Enquiry]
) -> HttpResponse:
    """Go to the preview of what was chosen, also of what has left the narrowed list meanwhile."""
    if request.POST.get("select_across") == "1":
        oldest = queryset.prefetch_related(None).order_by("created_at", "pk")
        numbers = list(oldest.values_list("pk", flat=True)[: MOST + 1])
    else:
        numbers = _numbers(request.POST.getlist(ACTION_CHECKBOX_NAME))
    asked = {"of": "-".join(map(str, numbers))}
    if request.GET:
        asked[FILTERS] = request.GET.urlencode()
    address = reverse("admin:enquiries_enquiry_bulk", args=[name])
    return HttpResponseRedirect(f"{address}?{urlencode(asked)}")


def _numbers(typed: Sequence[str]) -> list[int]:
    longest = 18  # digits, so that it is one of the database's numbers
    read = (
        int(each) for each in typed if each.isascii() and each.isdecimal() and len(each) <= longest
    )
    return list(dict.fromkeys(read))


def _queue(request: HttpRequest) -> str:
    narrowed = request.GET.get(FILTERS, "")
    return reverse("admin:enquiries_enquiry_changelist") + (f"?{narrowed}" if narrowed else "")


def _rows(
    kind: Kind, numbers: Sequence[int], *, user: User, ticked: Mapping[int, Seen] | None
) -> Iterator[Row]:
    found = Enquiry.objects.filter(pk__in=numbers).select_related("owner")
    for enquiry in found.prefetch_related("callbacks").order_by("created_at", "pk"):
        call = queue.current_callback(enquiry)
        yield Row(
            enquiry=enquiry,
            seen=Seen.of(enquiry),
            owner=staff_name(enquiry.owner) if enquiry.owner else "",
            call=times.in_both_zones(call) if call else (),
            refusal=kind.why_not(enquiry, user=user),
            is_ticked=ticked is None or enquiry.pk in ticked,
        )


def _carry_out(
    kind: Kind, chosen: Sequence[Seen], *, by: User, given: dict[str, Any]
) -> Iterator[Told]:
    references = dict(
        Enquiry.objects.filter(pk__in=[seen.pk for seen in chosen]).values_list("pk", "reference")
    )
    now = timezone.now()
    for seen in chosen:
        if seen.pk not in references:
            continue
        act = partial(_act, kind=kind, by=by, given=given, now=now)
        is_done = False
        try:
            sentence = act_on_seen(seen, act=act)
            is_done = True
        except ChangedMeanwhile as changed:
            sentence = _what_changed(changed.enquiry, seen=seen, by=by)
        except Enquiry.DoesNotExist:
            sentence = "It was deleted meanwhile."
        except REFUSALS as error:
            sentence = refusal_sentence(error, enquiry=Enquiry(reference=references[seen.pk]))
        reference = references[seen.pk]
        told = sentence.removeprefix(f"{reference} ")  # it is named before its sentence
        yield Told(pk=seen.pk, reference=reference, sentence=told, is_done=is_done)


def _act(enquiry: Enquiry, *, kind: Kind, by: User, given: dict[str, Any], now: datetime) -> str:
    """Do it to one enquiry; what the preview refuses is refused here alike."""
    if refusal := kind.why_not(enquiry, user=by):
        raise TransitionRefused(refusal)
    refuse_present_owner(enquiry, given)
    return kind.action.perform(Doing(enquiry=enquiry, by=by, now=now, given=given))


def _what_changed(enquiry: Enquiry, *, seen: Seen, by: User) -> str:
    """Tell how an enquiry stands now, and who was quicker."""
    if enquiry.owner and enquiry.owner_id != seen.standing.owner_id:
        who = "You have" if enquiry.owner == by else f"{staff_name(enquiry.owner)} has"
        return f"{who} it now: it changed since you looked."
    return f"It changed since you looked: it is “{enquiry.get_state_display()}” now."
