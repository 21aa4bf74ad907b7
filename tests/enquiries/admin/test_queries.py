"""How often the daily pages of the desk ask the database: ten times at most, whatever happened."""

import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from enquiries import calls, followups, merging, replies, triage
from enquiries.admin import asked_about
from enquiries.models import (
    Adviser,
    CallOpinion,
    CallOutcome,
    CannedReply,
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
}
OF_AUDITORS = {
    "changes": "/admin/enquiries/changerecord/",
    "accesses": ACCESSES,
    "whose data a person opened": f"{ACCESSES}of-person/?person={{lead}}&{PERIOD}",
    "who opened an enquiry": f"{ACCESSES}of-enquiry/?reference={{adult}}",
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

    def fill(*, times, minor=False, in_call=False):
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
            **({"state": "in_call"} if in_call else {}),
        )
        return enquiry

    return fill


def ask(client, address):
    """Ask for a page as the first of its minute does, in a process that has just begun."""
    session = client.session
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


def is_kept(queries):
    return len(queries) <= MOST


@pytest.mark.parametrize("minor", [False, True], ids=["adult", "minor"])
@pytest.mark.parametrize("in_call", [False, True], ids=["at rest", "in a call"])
def test_the_page_of_an_enquiry(staff, fill, page_of, minor, in_call):
    enquiry = fill(times=4, minor=minor, in_call=in_call)
    canned = CannedReply.objects.earliest("pk")
    for who in ("lead", "adviser"):
        for query in ("", f"?canned={canned.pk}"):
            queries = ask(staff[who].client, f"{page_of(enquiry)}{query}")
            assert is_kept(queries), "\n".join(queries)


def test_more_that_happened_asks_for_no_more(staff, fill, page_of):
    once, often = (ask(staff["lead"].client, page_of(fill(times=times))) for times in (1, 5))
    assert len(once) == len(often)


def test_every_other_page_that_staff_open_daily(staff, fill, subtests):
    adult = fill(times=3)
    fill(times=2, minor=True)
    named = {"lead": staff["lead"].pk, "adult": adult.reference}
    for who, pages in (
        ("adviser", PAGES),
        ("lead", PAGES | OF_LEADS),
        ("auditor", OF_AUDITORS),
    ):
        for name, address in pages.items():
            with subtests.test(f"{name}, {who}"):
                queries = ask(staff[who].client, address.format(**named))
                assert is_kept(queries), "\n".join(queries)
