import stat
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.db import DataError

from enquiries import tasks
from enquiries.models import OutboxMessage, PendingUpload, Resume, Topic, resume_storage
from enquiries.uploads import (
    UploadGone,
    discard_expired_uploads,
    drop_upload,
    harmless_name,
    keep_upload,
    pending_upload,
    settle_upload,
)

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def keep(now):
    def keep(key=None, content=b"%PDF-1.7 cv", **altered):
        return keep_upload(
            ContentFile(content),
            submission_key=key or uuid4(),
            **{"name": "cv.pdf", "kind": "pdf", "now": now} | altered,
        )

    return keep


def stored(upload):
    return resume_storage().exists(upload.stored_name)


def test_a_file_waits_an_hour_for_its_form(keep, now):
    upload = keep()
    assert pending_upload(upload.submission_key, now=now + HOUR - timedelta(seconds=1)) == upload
    assert pending_upload(upload.submission_key, now=now + HOUR) is None
    assert pending_upload(uuid4(), now=now) is None
    assert upload.size == len(b"%PDF-1.7 cv")
    assert len(upload.sha256) == 64
    with resume_storage().open(upload.stored_name) as file:
        assert file.read() == b"%PDF-1.7 cv"


def test_a_stored_file_is_private(keep):
    path = resume_storage().path(keep().stored_name)
    assert stat.filemode(Path(path).stat().st_mode) == "-rw-------"


def test_a_second_file_makes_the_first_go(keep, django_capture_on_commit_callbacks):
    key = uuid4()
    first = keep(key)
    with django_capture_on_commit_callbacks(execute=True):
        second = keep(key, content=b"%PDF-1.7 better")
    assert list(PendingUpload.objects.all()) == [second]
    assert not stored(first)
    assert stored(second)


def test_a_dropped_file_is_deleted_at_once(keep, django_capture_on_commit_callbacks):
    upload = keep()
    with django_capture_on_commit_callbacks(execute=True):
        drop_upload(upload.submission_key)
    assert not PendingUpload.objects.exists()
    assert not stored(upload)


def test_a_file_that_cannot_be_deleted_takes_nothing_back(
    keep, make_enquiry, now, django_capture_on_commit_callbacks
):
    upload = keep()
    path = Path(resume_storage().path(upload.stored_name))
    path.unlink()
    (path / "in the way").mkdir(parents=True)
    with django_capture_on_commit_callbacks(execute=True):
        settle_upload(make_enquiry(submission_key=upload.submission_key), upload=None, now=now)
    assert stored(upload)
    assert not PendingUpload.objects.exists()


def test_when_its_hour_is_over_the_worker_deletes_the_file(
    keep, now, django_capture_on_commit_callbacks
):
    old, young = keep(now=now - timedelta(days=30)), keep(now=now)
    message = OutboxMessage.objects.get(dedupe_key=f"{Topic.DISCARD_UPLOAD}:{old.stored_name}")
    assert message.available_at - message.created_at > HOUR / 2
    with django_capture_on_commit_callbacks(execute=True):
        discard_expired_uploads(now=now)
    assert list(PendingUpload.objects.all()) == [young]
    assert not stored(old)
    assert stored(young)


def test_the_task_discards_by_its_own_clock(keep, now, django_capture_on_commit_callbacks):
    old = keep(now=now - timedelta(days=30))
    message = OutboxMessage.objects.get()
    OutboxMessage.objects.update(available_at=now - timedelta(days=30))
    with django_capture_on_commit_callbacks(execute=True):
        tasks.deliver(message.pk)
    assert not stored(old)
    message.refresh_from_db()
    assert message.done_at


def test_a_file_whose_row_cannot_be_stored_is_deleted(keep):
    before = set(resume_storage().listdir("")[1])
    with pytest.raises(DataError):
        keep(kind="a format that no column holds")
    assert set(resume_storage().listdir("")[1]) == before


def test_a_file_becomes_the_resume_of_its_enquiry(keep, make_enquiry, now):
    upload = keep(name="my cv.pdf")
    enquiry = make_enquiry(submission_key=upload.submission_key)
    settle_upload(enquiry, upload=upload, now=now)
    resume = Resume.objects.get()
    assert resume.enquiry == enquiry
    assert (resume.original_name, resume.format, resume.sha256, resume.state) == (
        "my cv.pdf", "pdf", upload.sha256, "structure_ok",
    )  # fmt: skip
    assert stored(resume)
    assert not PendingUpload.objects.exists()


def test_a_file_that_no_longer_waits_is_an_error(keep, make_enquiry, now):
    upload = keep()
    drop_upload(upload.submission_key)
    with pytest.raises(UploadGone):
        settle_upload(make_enquiry(submission_key=upload.submission_key), upload=upload, now=now)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("cv.pdf", "cv.pdf"),
        ("C:\\Users\\Ann\\cv.pdf", "cv.pdf"),
        ("../../etc/passwd", "passwd"),
        ("my  cv\r\n.pdf", "my cv.pdf"),
        ("cv\u202efdp.exe", "cvfdp.exe"),
        ("履歴書.pdf", "履歴書.pdf"),
        ("a" * 300 + ".pdf", "a" * 196 + ".pdf"),
        ("", "resume"),
        ("/", "resume"),
    ],
)
def test_a_files_name_is_kept_without_harm(sent, kept):
    assert harmless_name(sent) == kept
