"""How rows name themselves, and the adjective that finds enquiries."""

import pytest

from enquiries.models import (
    CallAttempt,
    Callback,
    Enquiry,
    Event,
    Note,
    OccupationOfInterest,
    QualificationOfInterest,
    Resume,
    ResumeAccess,
    SubmissionCount,
)

pytestmark = pytest.mark.django_db


def test_open_enquiries_are_those_that_someone_waits_for(make_enquiry, make_adviser, now):
    new = make_enquiry()
    assigned = make_enquiry(minor=True, state="assigned", owner=make_adviser())
    make_enquiry(state="spam", closed_at=now)
    assert set(Enquiry.objects.open()) == {new, assigned}


def test_rows_name_themselves_without_a_contact(make_enquiry, make_adviser, now):
    enquiry, adviser = make_enquiry(), make_adviser()
    resume = Resume(enquiry=enquiry, original_name="cv.pdf", pk=1)
    named = {
        str(enquiry): enquiry.reference,
        str(Callback(enquiry=enquiry)): "any time",
        str(Callback(enquiry=enquiry, starts_at=now)): "2026-11-23 02:00 UTC",
        str(CallAttempt(outcome="busy", at=now)): "Busy (2026-11-23 02:00)",
        str(Event(kind="claimed")): "Claimed",
        str(Note(text="Prefers mornings")): "Prefers mornings",
        str(OccupationOfInterest(edition="osca-2024", code="1", title="A")): "osca-2024:1 A",
        str(QualificationOfInterest(code="BSB40307", title="B")): "BSB40307 B",
        str(resume): "cv.pdf",
        str(ResumeAccess(resume=resume, by=adviser)): f"1 by {adviser.pk}",
        str(SubmissionCount(count=2, hour_starts_at=now)): "2 at 2026-11-23 02:00",
    }
    assert list(named) == list(named.values())
