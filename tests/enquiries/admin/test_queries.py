"""How often the daily pages of the desk ask the database: ten times at most, whatever happened."""

import time
from dataclasses import fields
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from enquiries import calls, followups, merging, replies, triage
from enquiries.admin import asked_about
from enquiries.admin.bulk_kinds import KINDS
from enquiries.conflicts import newest_change
from enquiries.desk import read_whole
from enquiries.models import (
    Adviser,
    CallOpinion,
    CallOutcome,
    CannedReply,
    Consent,
    Enquiry,
    FollowUpReason,
    Letter,
    OccupationOfInterest,
    OutboxMessage,
    QualificationOfInterest,
    ResumeAccess,
    forget_wordings,
)
from enquiries.office import forget_offer
from enquiries.roles import AUDITOR
from enquiries.same_person import person_digest

MOST = 10
OCCUPATIONS = ("541111", "261313", "221111", "251411", "351311")
QUEUE = "/admin/enquiries/enquiry/"
ACCESSES = "/admin/enquiries/accessrecord/"
PERIOD = "since=2020-01-01&until=2050-01-01"
PAGES = {
    "the desk": "/admin/desk/",
    "the week": "/admin/desk/calendar/",
    "a day": "/admin/desk/calendar/?day=",
    "the calendar's feed": "/admin/desk/feed/",
    "the index": "/admin/",
    "the queue": QUEUE,
    "the queue, all": f"{QUEUE}?state=all&order=newest",
    "the follow-ups": "/admin/enquiries/followup/",
    "an enquiry for a caller": f"{QUEUE}on-behalf/",
}
OF_LEADS = {
    "the dashboard": "/admin/desk/dashboard/",
    "the outbox": "/admin/enquiries/outboxmessage/",
    "the letters": "/admin/enquiries/letter/",
    "opinions on calls": "/admin/enquiries/callopinion/",
    "office hours": "/admin/enquiries/officehours/",
    "absences": "/admin/enquiries/absence/",
    "advisers": "/admin/enquiries/adviser/",
    "shifts": "/admin/enquiries/shift/",
    "canned replies": "/admin/enquiries/cannedreply/",
    "requests about data": "/admin/enquiries/datarequest/",
    "suppressions": "/admin/enquiries/suppression/",
    "what people agree to": "/admin/enquiries/wording/",
    "consents": "/admin/enquiries/consent/",
    "how long we keep what": "/admin/enquiries/retentionperiod/",
    "what people can book": "/admin/enquiries/officehours/preview/",
    "closures": "/admin/enquiries/closure/",
    "notice and horizon": "/admin/enquiries/callbackpolicy/1/change/",
    "a new absence": "/admin/enquiries/absence/add/",
    "an export": f"{QUEUE}export/",
    "a legal hold": f"{QUEUE}{{adult}}/hold/",
    "an erasure": f"{QUEUE}{{adult}}/erase/",
    **{f"to many: {name}": f"{QUEUE}bulk/{name}/?of={{adult}}-{{child}}" for name in KINDS},
}
OF_AUDITORS = {
    "changes": "/admin/enquiries/changerecord/",
    "accesses": ACCESSES,
    "whose data a person opened": f"{ACCESSES}of-person/?person={{lead}}&{PERIOD}",
    "who opened an enquiry": f"{ACCESSES}of-enquiry/?reference={{reference}}",
    "opened résumés": "/admin/enquiries/resumeaccess/",
    "erasures": "/admin/enquiries/erasure/",
}


@pytest.fixture
def staff(adviser, lead, make_staff, settings):
    """Give the adviser, the lead and an auditor, each with a second factor, as in production."""
    settings.STAFF_SECOND_FACTOR = True
    found = {"adviser": adviser, "lead": lead, "auditor": make_staff(AUDITOR)}
    for user in found.values():
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
        Adviser.objects.create(user=user, marn="1234567")
    return found


@pytest.fixture
def fill(adviser, lead, make_enquiry, make_callback, make_resume):
    """Store an enquiry of the lead's to which everything happened ``times`` times."""

    def fill(*, times, minor=False):
        now = timezone.now()
        born = {
            "created_at": now - timedelta(hours=9),
            "person_digest": person_digest(name="Ann Example", born=now.date()),
        }
        enquiry, *others = (make_enquiry(minor=minor, **born) for _ in range(1 + 2 * times))
        triage.claim(enquiry, by=adviser, now=now - timedelta(hours=8))
        for number in range(times):
            at: dict[str, Any] = {"now": now - timedelta(minutes=300 - 20 * number)}
            by = (adviser, lead)[number % 2]
            code, letter = OCCUPATIONS[number % 5], f"{enquiry.pk}:{number}"
            triage.add_note(enquiry, text="Speaks Hindi", by=by, **at)
            calls.record_call(enquiry, outcome=CallOutcome.BUSY, by=by, **at)
            replies.write_reply(enquiry, subject=f"Hello {number}", text="Hello", by=by, **at)
            followups.schedule_follow_up(
                enquiry,
                due_at=now + timedelta(hours=number),
                reason=FollowUpReason.SEND_INFORMATION,
                owner=by,
                by=by,
                **at,
            )
            message = OutboxMessage.objects.create(
                topic="acknowledgement", dedupe_key=letter, created_at=now, available_at=now
            )
            Letter.objects.create(
                enquiry=enquiry,
                outbox_message=message,
                kind=message.topic,
                message_id=letter,
                delivered_at=now,
            )
            CannedReply.objects.create(title=letter, subject="s", text="Hello {name}, {call}")
            OccupationOfInterest.objects.create(
                enquiry=enquiry, edition="anzsco-2022", code=code, title="Asked about"
            )
            QualificationOfInterest.objects.create(enquiry=enquiry, code=f"B{number}", title="C")
            triage.add_note(others[number], text="Prefers mornings", by=by, **at)
            merging.merge(others[number], into=enquiry, by=by, **at)
        for attempt in enquiry.call_attempts.all():
            CallOpinion.objects.create(enquiry=enquiry, attempt=attempt, helped="yes", at=now)
        enquiry.refresh_from_db()
        triage.assign(enquiry, to=lead, by=lead, now=now)
        make_callback(enquiry, starts_at=now.replace(minute=0, second=0) + timedelta(hours=30))
        Consent.objects.create(
            enquiry=enquiry, purpose="privacy", given_by="self", channel="form", given_at=now
        )
        if not minor:
            resume = make_resume(enquiry, state="scanning", preview_name="page")
            for _ in range(times):
                ResumeAccess.objects.create(resume=resume, by=lead, at=now, why="To prepare")
            OutboxMessage.objects.create(
                enquiry=enquiry,
                topic="resume_scan",
                dedupe_key=f"scan:{enquiry.pk}",
                last_error="No verdict",
                created_at=now,
                available_at=now,
            )
        Enquiry.objects.filter(pk=enquiry.pk).update(
            flags=["honeypot"],
            legal_hold_since=now.date(),
            needs_agent=True,
        )
        return enquiry

    return fill


def ask(client, address):
    """Ask for a page as the first of its minute does, in a process that has just begun."""
    session = client.session
    sure = {"method": "password", "reauthenticated": True, "at": time.time()}
    session["account_authentication_methods"] = [sure]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session["seen_at"] = time.time() - 100
    session.save()
    forget_offer()
    forget_wordings()
    asked_about.forget_editions()
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200
    assert client.session["seen_at"] > time.time() - 60
    return [query["sql"] for query in queries]


@pytest.fixture
def kept(staff, subtests):
    """Fail a page that asks more than ten times."""

    def kept(name, *, who, address):
        with subtests.test(f"{name}, {who}"):
            queries = ask(staff[who].client, address)
            assert len(queries) <= MOST, "\n".join(queries)

    return kept


@pytest.mark.no_cover  # a sweep over lines that other tests run too
def test_no_page_that_staff_open_asks_more(staff, fill, kept, page_of):
    adult, child = fill(times=2), fill(times=1, minor=True)
    named = {"lead": staff["lead"].pk, "reference": adult.reference,
             "adult": adult.pk, "child": child.pk}  # fmt: skip
    for who, pages in (
        ("adviser", PAGES),
        ("lead", PAGES | OF_LEADS),
        ("auditor", OF_AUDITORS),
    ):
        for name, address in pages.items():
            kept(name, who=who, address=address.format(**named))
    for enquiry in (adult, child):
        kept("an enquiry", who="adviser", address=page_of(enquiry))
        kept("an enquiry", who="lead", address=page_of(enquiry))
        Enquiry.objects.filter(pk=enquiry.pk).update(state="in_call")
        begun = f"{page_of(enquiry)}?canned={CannedReply.objects.earliest('pk').pk}"
        kept("an enquiry in a call, with an e-mail begun", who="lead", address=begun)


def test_more_that_happened_asks_for_no_more(staff, fill, page_of):
    once, often = (ask(staff["lead"].client, page_of(fill(times=times))) for times in (1, 3))
    assert len(once) == len(often)


def test_what_is_read_at_once_is_what_is_stored(fill):
    enquiry = fill(times=2)
    whole = read_whole(enquiry.pk, now=timezone.now())
    assert whole
    gathered = {}
    for field in fields(whole):
        value = getattr(whole, field.name)
        if isinstance(value, tuple):
            gathered[field.name] = value
            for row in value:
                columns = {each.attname for each in row._meta.concrete_fields}
                told = {name: getattr(row, name) for name in columns - row.get_deferred_fields()}
                assert told == type(row).objects.filter(pk=row.pk).values(*told).get()
    assert [name for name, rows in gathered.items() if not rows] == []
    assert whole.newest_change == newest_change(enquiry)
