"""From a stored file to a verdict: quarantine while there is none, and recovery."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.db.models.functions import Now

from enquiries import outbox, scanning, tasks, uploads
from enquiries.models import (
    Event,
    EventKind,
    OfficeHours,
    OutboxMessage,
    Resume,
    ResumeState,
    Topic,
    resume_storage,
)
from enquiries.outbox import NotYet
from enquiries.scanning import why_closed
from enquiries.triage import claim
from tests.enquiries.contact_page import clock
from tests.enquiries.resumes.files import make_pdf
from tests.enquiries.scanning.scanner import EICAR, talker
from tests.enquiries.usual_office import SYDNEY
from tests.processes import free_port

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stored_here(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "resumes": settings.STORAGES["resumes"]
        | {"OPTIONS": {"location": tmp_path, "base_url": None}}
    }


@pytest.fixture
def add(make_enquiry, now):
    """Store a file as the résumé of an enquiry, as their link does."""

    def add(content=b"Kailani, manager", kind="txt", enquiry=None):
        enquiry = enquiry or make_enquiry()
        upload = uploads.keep_upload(
            ContentFile(content),
            submission_key=enquiry.submission_key,
            name=f"cv.{kind}",
            kind=kind,
            now=now,
        )
        for earlier in Resume.objects.filter(enquiry=enquiry):
            uploads.discard_files(earlier, now=now)
            earlier.delete()
        uploads.settle_upload(enquiry, upload=upload, now=now)
        return Resume.objects.get(enquiry=enquiry)

    return add


@pytest.fixture
def deliver(django_capture_on_commit_callbacks):
    """Deliver what waits of a topic, as a worker does."""

    def deliver(topic):
        waiting = OutboxMessage.objects.waiting().filter(topic=topic)
        waiting.update(available_at=Now(), claimed_until=None)
        for message_id in waiting.values_list("pk", flat=True):
            with django_capture_on_commit_callbacks(execute=True):
                tasks.deliver(message_id)

    return deliver


@pytest.fixture
def scan(deliver):
    """Deliver the scans that wait, and give the résumé anew."""

    def scan(resume):
        deliver(Topic.RESUME_SCAN)
        return Resume.objects.select_related("enquiry").get(pk=resume.pk)

    return scan


@pytest.mark.usefixtures("clamd")
def test_an_honest_resume_is_closed_until_it_is_found_clean(add, deliver, scan):
    resume = add(make_pdf(), "pdf")
    assert resume.state == ResumeState.SCANNING
    assert why_closed(resume)
    resume = scan(resume)
    assert resume.state == ResumeState.CLEAN
    assert resume.scanned_at
    assert why_closed(resume) == ""
    assert Event.objects.get(kind=EventKind.RESUME_CHECKED).why == "No virus found"
    deliver(Topic.RESUME_PREVIEW)
    resume.refresh_from_db()
    with resume_storage().open(resume.preview_name) as picture:
        assert picture.read(3) == b"\xff\xd8\xff"


@pytest.mark.usefixtures("clamd")
def test_eicar_is_found_its_bytes_are_deleted_and_a_neutral_letter_goes_out(add, deliver, scan):
    resume = add(EICAR)
    assert resume_storage().exists(resume.stored_name)
    resume = scan(resume)
    assert resume.state == ResumeState.INFECTED
    assert resume.finding.startswith("Eicar-Test")
    assert resume.deleted_at
    assert not resume_storage().exists(resume.stored_name)
    assert Event.objects.get(kind=EventKind.RESUME_CHECKED).why == "Infected, deleted"
    deliver(Topic.RESUME_REFUSED)
    letter = mail.outbox[-1]
    assert letter.to == ["ann@example.org"]
    assert "We could not keep the file" in letter.body
    assert "virus" not in str(letter.message()).lower()
    assert "Eicar" not in str(letter.message())


@pytest.mark.usefixtures("clamd")
def test_after_an_infected_one_another_can_be_added(add, scan):
    first = scan(add(EICAR))
    second = scan(add(b"Kailani anew", enquiry=first.enquiry))
    assert second.state == ResumeState.CLEAN
    assert second.deleted_at is None
    with resume_storage().open(second.stored_name) as file:
        assert file.read() == b"Kailani anew"


def test_whatever_the_scanner_does_the_file_stays_closed_until_it_recovers(
    *, add, clamd, settings, monkeypatch, make_adviser, deliver, scan
):
    """Down, hung, answering ERROR: then up again."""
    OfficeHours.objects.all().delete()  # no hours, no night
    monkeypatch.setattr(scanning.clamd, "SECONDS_TO_ANSWER", 0.5)
    resume = add()
    real = settings.CLAMAV_URL

    def still_closed():
        began = clock()
        found = scan(resume)
        message = OutboxMessage.objects.get(topic=Topic.RESUME_SCAN)
        assert found.state == ResumeState.SCANNING
        assert why_closed(found)
        assert resume_storage().exists(found.stored_name)
        assert message.last_error == "ScannerFailed"
        assert message.done_at is None
        assert message.available_at > began
        return message.attempts

    settings.CLAMAV_URL = f"tcp://127.0.0.1:{free_port()}"
    assert still_closed() == 1
    settings.CLAMAV_URL = real
    clamd.pause()
    try:
        assert still_closed() == 2
    finally:
        clamd.resume()
    with talker(b"stream: Can't allocate memory ERROR\0") as settings.CLAMAV_URL:
        assert still_closed() == 3

    enquiry = claim(resume.enquiry, by=make_adviser(), now=resume.received_at)
    assert enquiry.state == "assigned"
    deliver(Topic.SCANNER_ALERT)
    alerts = [each for each in mail.outbox if "virus scanner" in each.subject]
    assert [each.to for each in alerts] == [[settings.STAFF_EMAIL]]
    assert "Résumés that wait: 1." in alerts[0].body

    settings.CLAMAV_URL = real
    assert scan(resume).state == ResumeState.CLEAN


def test_a_scanner_that_is_stopped_and_started_again_takes_up_its_work(add, clamd, scan):
    resume = add()
    clamd.stop()
    assert scan(resume).state == ResumeState.SCANNING
    clamd.start()
    assert scan(resume).state == ResumeState.CLEAN


def test_nobody_is_alerted_of_a_scanner_that_has_recovered(add, clamd, deliver, scan):
    resume = add()
    clamd.stop()
    scan(resume)
    clamd.start()
    scan(resume)
    deliver(Topic.SCANNER_ALERT)
    assert mail.outbox == []


def test_of_a_scanner_that_fails_at_night_staff_read_once_by_day(add, clamd, scan, monkeypatch):
    resume = add()
    clamd.stop()
    scan(resume)
    clamd.start()
    failed = OutboxMessage.objects.get(topic=Topic.RESUME_SCAN)
    OutboxMessage.objects.filter(topic=Topic.SCANNER_ALERT).delete()
    opening = datetime(2026, 11, 23, 9, tzinfo=SYDNEY)
    for hours in (10, 2, -1):
        scanning.alert_if_scans_fail(failed.pk, now=opening - timedelta(hours=hours))
    alert = OutboxMessage.objects.get(topic=Topic.SCANNER_ALERT)
    with pytest.raises(NotYet) as later:
        scanning.send_alert(now=opening - timedelta(hours=10))
    assert later.value.until == opening
    assert mail.outbox == []
    assert alert.available_at - clock() > timedelta(hours=9)
    scanning.send_alert(now=opening)
    assert len(mail.outbox) == 1


def test_what_the_scanner_cannot_look_into_stays_closed_for_good(add, settings, scan):
    with talker(b"INSTREAM size limit exceeded. ERROR\0") as settings.CLAMAV_URL:
        resume = scan(add())
    assert resume.state == ResumeState.UNSCANNABLE
    settings.CLAMAV_URL = ""
    assert "could not look into it" in why_closed(resume)


def test_without_a_scanner_nothing_is_queued_and_a_picture_is_drawn_at_once(add, deliver):
    resume = add(make_pdf(), "pdf")
    assert resume.state == ResumeState.STRUCTURE_OK
    assert not OutboxMessage.objects.filter(topic=Topic.RESUME_SCAN).exists()
    deliver(Topic.RESUME_PREVIEW)
    resume.refresh_from_db()
    assert resume.preview_name


def test_once_there_is_a_scanner_what_came_before_is_scanned_too(add, clamd, settings, now, scan):
    url, settings.CLAMAV_URL = settings.CLAMAV_URL, ""
    resume = add()
    assert scanning.scan_what_waits(now=now) == 0
    settings.CLAMAV_URL = url
    assert why_closed(resume)
    assert scanning.scan_what_waits(now=now) == 1
    assert scanning.scan_what_waits(now=now) == 0
    assert scan(resume).state == ResumeState.CLEAN


def test_a_scan_that_comes_due_without_a_scanner_gives_the_file_back(
    add, clamd, settings, now, scan
):
    url = settings.CLAMAV_URL
    resume = add()
    settings.CLAMAV_URL = ""
    assert scan(resume).state == ResumeState.STRUCTURE_OK
    settings.CLAMAV_URL = url
    assert scanning.scan_what_waits(now=now + timedelta(minutes=10)) == 1
    assert scan(resume).state == ResumeState.CLEAN


@pytest.mark.usefixtures("clamd")
def test_a_scan_of_a_file_that_was_replaced_or_deleted_is_let_go(add, now, scan, deliver):
    first = add(EICAR)
    second = add(b"Kailani anew", enquiry=first.enquiry)
    deliver(Topic.DISCARD_FILE)
    assert not resume_storage().exists(first.stored_name)
    assert scan(second).state == ResumeState.CLEAN
    third = add()
    Resume.objects.filter(pk=third.pk).update(deleted_at=now)
    assert scan(third).state == ResumeState.SCANNING
    assert not OutboxMessage.objects.waiting().filter(topic=Topic.RESUME_SCAN).exists()


@pytest.mark.usefixtures("clamd")
def test_a_file_that_the_storage_has_lost_is_tried_again_and_then_set_aside(add, scan):
    resume = add()
    resume_storage().delete(resume.stored_name)
    for _ in range(outbox.MOST_ATTEMPTS):
        scan(resume)
    message = OutboxMessage.objects.get(topic=Topic.RESUME_SCAN)
    assert message.set_aside_at
    assert message.last_error == "FileNotFoundError"


def test_a_picture_is_not_drawn_of_what_was_sealed(add, now, deliver):
    resume = add(make_pdf(), "pdf")
    Resume.objects.filter(pk=resume.pk).update(sealed_at=now)
    deliver(Topic.RESUME_PREVIEW)
    resume.refresh_from_db()
    assert resume.preview_name == ""
