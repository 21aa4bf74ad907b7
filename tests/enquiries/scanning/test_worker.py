"""The whole way behind the site: outbox, relay, worker, scanner, and a picture at the end."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import transaction

from enquiries import uploads
from enquiries.models import OfficeHours, OutboxMessage, Resume, ResumeState, Topic, resume_storage
from tests.enquiries.contact_page import clock
from tests.enquiries.resumes.files import make_pdf
from tests.enquiries.scanning.scanner import EICAR
from tests.processes import free_port

PATIENCE_SECONDS = 300.0


@pytest.fixture
def add(submit_now):
    """Add a file to an enquiry by the clock on the wall."""

    def add(number, content, kind):
        enquiry, now = submit_now(number), clock()
        upload = uploads.keep_upload(
            ContentFile(content),
            submission_key=enquiry.submission_key,
            name=f"cv.{kind}",
            kind=kind,
            now=now,
        )
        with transaction.atomic():
            uploads.settle_upload(enquiry, upload=upload, now=now)
        return Resume.objects.get(enquiry=enquiry)

    return add


def test_a_worker_finds_what_is_clean_and_what_is_not_and_waits_while_clamd_is_down(
    *, clamd, settings, monkeypatch, add, processes, eventually, mail_sink
):
    OfficeHours.objects.all().delete()  # no hours, no night: staff are told whenever this runs
    monkeypatch.setenv("CLAMAV_URL", f"tcp://127.0.0.1:{free_port()}")
    clean, infected = add(1, make_pdf(), "pdf"), add(2, EICAR, "txt")
    relay, worker = processes("relay"), processes("worker")
    scans = OutboxMessage.objects.filter(topic=Topic.RESUME_SCAN)
    eventually(
        lambda: scans.filter(last_error="ScannerFailed").count() == 2, within=PATIENCE_SECONDS
    )
    assert not Resume.objects.exclude(state=ResumeState.SCANNING).exists()
    alerts = OutboxMessage.objects.filter(topic=Topic.SCANNER_ALERT)
    eventually(lambda: alerts.filter(done_at__isnull=False).count() == 1, within=PATIENCE_SECONDS)

    worker.kill()
    monkeypatch.setenv("CLAMAV_URL", clamd.url)
    scans.update(available_at=clock() - timedelta(seconds=1))
    processes("worker")

    def settled():
        clean.refresh_from_db()
        infected.refresh_from_db()
        return clean.preview_name and infected.deleted_at

    eventually(settled, within=PATIENCE_SECONDS)
    assert (clean.state, infected.state) == (ResumeState.CLEAN, ResumeState.INFECTED)
    with resume_storage().open(clean.preview_name) as picture:
        assert picture.read(3) == b"\xff\xd8\xff"
    eventually(lambda: not resume_storage().exists(infected.stored_name), within=PATIENCE_SECONDS)
    reference = infected.enquiry.reference
    eventually(
        lambda: any("Your file" in letter["Subject"] for letter in mail_sink.about(reference)),
        within=PATIENCE_SECONDS,
    )
    assert relay.name == "relay"
