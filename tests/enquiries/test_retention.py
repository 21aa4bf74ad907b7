"""Nothing is kept longer than we say, to the minute, and nothing shorter."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction

from enquiries import erasure, retention
from enquiries.models import Enquiry, Erasure, Event, Kept, OutboxMessage, Resume, RetentionPeriod
from enquiries.retention import keep_periods, over

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def closed(ago, **altered):
    return {"state": "withdrawn", "closed_at": NOW - ago} | altered


@pytest.mark.parametrize("what", [Kept.RESUME, Kept.ENQUIRY, Kept.SILENT_ENQUIRY])
def test_a_period_ends_at_its_last_minute_and_not_before(submit_whole, what):
    days = timedelta(days=RetentionPeriod.objects.get(what=what).days)
    enquiry = submit_whole()
    since = NOW - days
    for instant, ended in ((since + timedelta(minutes=1), False), (since, True)):
        fields: dict[str, object] = {"last_contact_at": instant}
        if what is not Kept.SILENT_ENQUIRY:
            fields |= {"state": "withdrawn", "closed_at": instant}
        Enquiry.objects.filter(pk=enquiry.pk).update(**fields)
        assert over(what, now=NOW).exists() is ended


def test_an_adults_birth_date_goes_when_the_enquiry_closes(make_enquiry):
    enquiry = make_enquiry(**closed(timedelta(0)))
    minor = make_enquiry(minor=True, **closed(timedelta(0)))
    assert keep_periods(now=NOW) == 1
    enquiry.refresh_from_db()
    minor.refresh_from_db()
    assert (enquiry.date_of_birth, enquiry.is_minor) == (None, False)
    assert minor.date_of_birth == date(2012, 5, 17)
    assert keep_periods(now=NOW) == 0


def test_an_open_enquiry_keeps_its_birth_date(make_enquiry):
    make_enquiry()
    assert keep_periods(now=NOW) == 0


def test_a_resume_goes_after_its_period_and_the_enquiry_stays(submit_whole):
    enquiry = submit_whole()
    Enquiry.objects.filter(pk=enquiry.pk).update(**closed(timedelta(days=90), date_of_birth=None))
    stored = enquiry.resume.stored_name
    assert keep_periods(now=NOW) == 1
    resume = Resume.objects.get()
    assert (resume.deleted_at, resume.original_name) == (NOW, "Deleted")
    assert OutboxMessage.objects.filter(dedupe_key=f"discard_file:{stored}").exists()
    assert Event.objects.filter(kind="resume_deleted").exists()


def test_an_enquiry_goes_after_its_period(make_enquiry):
    make_enquiry(**closed(timedelta(days=731)))
    keep_periods(now=NOW)
    assert not Enquiry.objects.exists()
    assert Erasure.objects.get().why == Kept.ENQUIRY.label


def test_an_enquiry_that_nobody_answered_closes(make_enquiry):
    enquiry = make_enquiry(last_contact_at=NOW - timedelta(days=180))
    keep_periods(now=NOW)
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.closed_at) == ("closed_unreached", NOW)
    assert enquiry.events.get().why == "No contact for 180 days"


def test_a_legal_hold_stops_every_period(make_enquiry):
    held = {"legal_hold_since": date(2026, 1, 1)}
    make_enquiry(**closed(timedelta(days=5000), **held))
    make_enquiry(last_contact_at=NOW - timedelta(days=5000), **held)
    assert keep_periods(now=NOW) == 0


def test_the_periods_are_data(make_enquiry):
    make_enquiry(**closed(timedelta(days=10), date_of_birth=None))
    assert keep_periods(now=NOW) == 0
    RetentionPeriod.objects.filter(what=Kept.ENQUIRY).update(days=10)
    assert keep_periods(now=NOW) == 1


def test_a_child_without_a_confirmed_guardian_is_kept_for_14_days_at_most():
    periods = RetentionPeriod.objects.filter(what=Kept.UNCONFIRMED_GUARDIAN)
    with pytest.raises(IntegrityError, match="at_most_14_days"), transaction.atomic():
        periods.update(days=15)


def test_what_a_run_does_not_get_to_waits_for_the_next(make_enquiry, monkeypatch):
    monkeypatch.setattr(erasure, "MOST_AT_ONCE", 1)
    make_enquiry(**closed(timedelta(0)))
    make_enquiry(**closed(timedelta(0)))
    assert [keep_periods(now=NOW) for _ in range(3)] == [1, 1, 0]


def test_a_session_goes_when_it_is_over_with_what_was_typed_in_it():
    for key, ends in [("over", NOW - timedelta(seconds=1)), ("lasts", NOW + timedelta(seconds=1))]:
        Session.objects.create(session_key=key, session_data="typed", expire_date=ends)
    assert retention.forget_sessions(now=NOW) == 1
    assert Session.objects.get().session_key == "lasts"
