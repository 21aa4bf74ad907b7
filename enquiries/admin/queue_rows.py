"""The rows of the queue, read and written many at once: each page of the desk shows fifty."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from django.db.models import F, FilteredRelation, Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from enquiries.admin import times
from enquiries.admin.queue import lines, pill
from enquiries.admin.staff import staff_name
from enquiries.models import Enquiry, Flag
from enquiries.transitions import Hold, State

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class _Annotations(TypedDict):
    wanted_zone: str | None  # of the callback that stands; None without one
    wanted_from: datetime | None
    wanted_until: datetime | None
    resume_pk: int | None


COLUMNS = {
    "reference": "Reference",
    "person": "Who",
    "state": "State",
    "call": "Call",
    "callback": "Callback wanted",
    "waiting": "Waiting",
    "owner": "Owner",
    "flags": "Flags",
}
# Of the cells that do not speak for themselves where the head of the table is out of sight.
_LABELS = {
    name: f'class="field-{name}" data-label="{COLUMNS[name]}"'
    for name in ("callback", "waiting", "owner", "flags")
}
NOTHING = SafeString("\u2013")
_SHOWN = (
    *("reference", "given_name", "family_name", "is_minor", "flags", "state", "hold", "created_at"),
    *("own_phone", "guardian_name", "guardian_phone", "time_zone"),
    *(f"owner__{name}" for name in ("username", "first_name", "last_name")),
)
_ROW = (
    '<tr><td class="action-checkbox"><input type="checkbox" name="_selected_action"'
    ' class="action-select" value="{pk}" aria-label="Select {reference}"></td>'
    '<th scope="row" class="field-reference"><a href="{url}">{reference}</a></th>'
    '<td class="field-person">{person}</td><td class="field-state">{state}</td>'
    f'<td class="field-call">{{call}}</td><td {_LABELS["callback"]}>{{callback}}</td>'
    f"<td {_LABELS['waiting']}>"
    '<time datetime="{instant}" title="{came}">{waiting}</time></td>'
    f"<td {_LABELS['owner']}>{{owner}}</td><td {_LABELS['flags']}>{{flags}}</td></tr>"
)
_UNDER_18 = pill("Under 18", kind="minor")
_STATES = {each.value: pill(each.label, kind=each.value) for each in State}
_HOLDS = {each.value: pill(each.label, kind="hold") for each in Hold if each}
_FLAGS = {each.value: pill(each.label, kind="flag") for each in Flag}
_RESUME = pill("Résumé", kind="resume")


def read_rows(numbers: Sequence[int]) -> "list[WithAnnotations[Enquiry, _Annotations]]":
    """Read what the rows of these enquiries show, in the order asked for, in one query."""
    wanted = FilteredRelation("callbacks", condition=Q(callbacks__cancelled_at=None))
    found = (
        Enquiry.objects.filter(pk__in=numbers)
        .select_related("owner")
        .only(*_SHOWN)
        .alias(wanted=wanted)
        .annotate(
            wanted_zone=F("wanted__zone"),
            wanted_from=F("wanted__starts_at"),
            wanted_until=F("wanted__ends_at"),
            resume_pk=F("resume__pk"),
        )
        .order_by()
    )
    rows = {enquiry.pk: enquiry for enquiry in found}
    return [rows[number] for number in numbers if number in rows]


def written_rows(
    enquiries: "Sequence[WithAnnotations[Enquiry, _Annotations]]", *, now: datetime
) -> SafeString:
    """Write the rows of ``read_rows`` for the body of the table."""
    return SafeString("".join(_written(enquiry, now=now) for enquiry in enquiries))


def call(enquiry: Enquiry, *, now: datetime) -> SafeString:
    """Name the one to call, and the time where they are."""
    if not enquiry.contact_phone:
        adult = enquiry.hold == Hold.RECONSENT
        return lines(f"Nobody yet: {'they must agree anew' if adult else 'a guardian is missing'}")
    why_not = times.not_now(enquiry.time_zone, now=now)
    return lines(
        enquiry.contact_name if enquiry.is_minor else "",
        times.local_now(enquiry.time_zone, now=now),
        pill(why_not, kind="night") if why_not else "",
    )


def _written(enquiry: "WithAnnotations[Enquiry, _Annotations]", *, now: datetime) -> SafeString:
    """Write one row in one go: to escape each cell for itself takes longer than the queries."""
    came = enquiry.created_at
    flags = [_FLAGS[flag] for flag in enquiry.flags]
    if enquiry.resume_pk is not None:
        flags.append(_RESUME)
    return format_html(
        _ROW,
        pk=enquiry.pk,
        reference=enquiry.reference,
        url=reverse("admin:enquiries_enquiry_change", args=[enquiry.pk]),
        person=lines(enquiry.person_name, _UNDER_18 if enquiry.is_minor else ""),
        state=lines(_STATES[enquiry.state], _HOLDS.get(enquiry.hold, "")),
        call=call(enquiry, now=now),
        callback=_callback(enquiry),
        instant=came.isoformat(),
        came=times.at_site(came),
        waiting=times.age(came, now=now),
        owner=staff_name(enquiry.owner) if enquiry.owner else NOTHING,
        flags=lines(*flags) or NOTHING,
    )


def _callback(enquiry: "WithAnnotations[Enquiry, _Annotations]") -> SafeString:
    """Give the time of the callback, there and here."""
    if enquiry.wanted_zone is None:
        return NOTHING
    if enquiry.wanted_from is None or enquiry.wanted_until is None:
        return lines("Any time")
    return lines(
        *times.span_in_both_zones(
            enquiry.wanted_from, enquiry.wanted_until, zone=enquiry.wanted_zone
        )
    )
