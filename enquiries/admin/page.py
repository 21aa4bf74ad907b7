"""What the page of one enquiry shows, and which actions it offers to whom."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import User
from django.utils import timezone

from enquiries import places, replies, scanning
from enquiries.admin import times
from enquiries.admin.actions import ACTIONS
from enquiries.admin.asked_about import asked_about
from enquiries.admin.changes import CHANGES
from enquiries.admin.desk.script import Line, script
from enquiries.admin.next_steps import next_steps
from enquiries.admin.offers import Offer, act_url, offer
from enquiries.admin.phones import shown_phone
from enquiries.admin.staff import staff_name
from enquiries.admin.timeline import timeline
from enquiries.desk import WholeEnquiry
from enquiries.likeness import likely_duplicates
from enquiries.models import (
    Flag,
    FollowUp,
    Interest,
    Resume,
)
from enquiries.transitions import Hold, State
from enquiries.undoing import undoable


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A follow-up as the page shows it."""

    pk: int
    what: str
    due_at: datetime
    done_at: datetime | None
    owner: str
    is_overdue: bool


def page(
    whole: WholeEnquiry,
    *,
    user: User,
    now: datetime,
    refused: Offer | None = None,
    canned: str = "",
) -> dict[str, Any]:
    """
    Gather what the page shows to ``user``.

    ``refused`` keeps what they typed; an e-mail begins with the text numbered ``canned``.
    """
    enquiry, callback = whole.enquiry, whole.callback
    seen = {"seen": whole.newest_change}
    begun_with = next((each for each in whole.canned_replies if str(each.pk) == canned), None)
    begun = (
        asdict(replies.fill(begun_with, enquiry=enquiry, callback=callback, now=now))
        if begun_with
        else {}
    )
    offers = {
        action.name: offer(
            action,
            enquiry=enquiry,
            initial=seen | (begun if action.name == "reply" else {}),
            whole=whole,
        )
        for action in ACTIONS.values()
        if action.offered(enquiry) and action.permitted(enquiry, user)
    }
    if refused:
        offers[refused.name] = refused
    steps = next_steps(whole, offers=offers, by=user)
    resume: Resume | None = getattr(enquiry, "resume", None)
    failed = next(iter(whole.failed_scans), None)
    return {
        "enquiry": enquiry,
        "hold": Hold(enquiry.hold).label if enquiry.hold else "",
        "flags": [Flag(flag).label for flag in enquiry.flags],
        "owner": staff_name(enquiry.owner) if enquiry.owner else "",
        "is_mine": enquiry.owner_id == user.pk,
        "called_by_another": _called_by_another(whole, by=user, now=now),
        "to_say": _to_say(whole, by=user),
        "age": times.age(enquiry.created_at, now=now),
        "phone": shown_phone(
            enquiry.contact_phone,
            typed=enquiry.own_phone_typed or enquiry.guardian_phone_typed,
            country=enquiry.country,
        ),
        "local_now": times.local_now(enquiry.time_zone, now=now),
        "not_now": times.not_now(enquiry.time_zone, now=now),
        "callback": times.in_both_zones(callback) if callback else (),
        "country": places.countries().get(enquiry.country, enquiry.country),
        "city": places.city(enquiry.time_zone),
        "interests": [Interest(interest).label for interest in enquiry.interests],
        "asked_about": asked_about(whole.occupations, whole.qualifications, now=now),
        "resume": resume,
        "resume_closed": scanning.why_closed(resume) if resume else "",
        "resume_trouble": scanning.why_late(resume, failed=failed, now=now) if resume else "",
        "may_download": user.has_perm("enquiries.download_resume"),
        "follow_ups": list(_promises(whole.follow_ups, now=now)),
        "may_close_follow_ups": user.has_perm("enquiries.change_followup"),
        "linked": likely_duplicates(enquiry),
        "merge_url": act_url(enquiry, "merge") if "merge" in offers else "",
        "turns_adult": enquiry.hold == Hold.RECONSENT,
        "consents": whole.consents,
        "script": whole.scripts[0],
        "timeline": timeline(whole),
        "offers": offers,
        "next_steps": steps,
        "changes": [
            offers[change.name]
            for change in CHANGES
            if change.name in offers and change.name not in steps.names
        ],
        "refused": next((each for each in steps.offers if each.is_refused), refused),
        "canned_replies": whole.canned_replies,
        "canned": begun_with,
        "undoable": undoable(whole.events, by=user) if "undo" in offers else None,
        "undo_url": act_url(enquiry, "undo"),
        "page_key": uuid4(),
    }


def _to_say(whole: WholeEnquiry, *, by: User) -> list[Line]:
    """Keep the script before the eyes of who is in the call; nobody else needs it here."""
    enquiry = whole.enquiry
    if enquiry.state != State.IN_CALL or enquiry.owner_id != by.pk or not enquiry.contact_phone:
        return []
    return script(enquiry, by=by, declaration=whole.scripts[0])


def _called_by_another(whole: WholeEnquiry, *, by: User, now: datetime) -> str:
    """Tell the owner of a call that a colleague recorded since it is theirs, until they call."""
    enquiry, since = whole.enquiry, whole.enquiry.claimed_at
    if enquiry.owner_id != by.pk or since is None:
        return ""
    calls = [each for each in whole.calls if each.enquiry_id == enquiry.pk and each.at >= since]
    if not calls or calls[-1].by_id == by.pk:
        return ""
    last = calls[-1]
    is_today = timezone.localdate(last.at) == timezone.localdate(now)
    when = f"at {timezone.localtime(last.at):%H:%M}" if is_today else f"on {times.at_site(last.at)}"
    return f"{staff_name(last.by)} recorded a call {when}: {last.get_outcome_display().lower()}."


def _promises(follow_ups: Iterable[FollowUp], *, now: datetime) -> Iterator[Promise]:
    for each in follow_ups:
        yield Promise(
            pk=each.pk,
            what=each.get_reason_display(),
            due_at=each.due_at,
            done_at=each.done_at,
            owner=staff_name(each.owner) if each.owner else "",
            is_overdue=each.done_at is None and each.due_at <= now,
        )
