"""Résumés in a folder: files and rows are compared both ways."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile

from enquiries import uploads
from enquiries.models import Resume, resume_storage
from enquiries.stored_files import reconcile_by_night, reconcile_files
from tests.enquiries.contact_page import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "resumes": settings.STORAGES["resumes"]
        | {"OPTIONS": {"location": tmp_path / "resumes", "base_url": None}}
    }
    return tmp_path / "resumes"


def test_where_nothing_was_ever_stored_there_is_nothing_to_do():
    assert reconcile_files(now=clock()) == 0


def test_what_no_row_names_goes_after_a_day(folder, make_enquiry, now, caplog):
    enquiry = make_enquiry()
    upload = uploads.keep_upload(
        ContentFile(b"%PDF-1.7"),
        submission_key=enquiry.submission_key,
        name="cv.pdf",
        kind="pdf",
        now=now,
    )
    uploads.settle_upload(enquiry, upload=upload, now=now)
    resume = Resume.objects.get()
    resume.preview_name = resume_storage().save("picture", ContentFile(b"RIFF"))
    resume.save()
    stranger = resume_storage().save(uuid4().hex, ContentFile(b"lost on its way"))
    assert reconcile_files(now=clock() + timedelta(hours=23)) == 0
    assert reconcile_files(now=clock() + timedelta(hours=25)) == 1
    assert f"nothing named: {stranger}" in caplog.text
    assert {each.name for each in folder.iterdir()} == {resume.stored_name, "picture"}
    assert "lost" not in caplog.text
    for name in (resume.stored_name, "picture"):
        (folder / name).rename(folder.parent / name)
    reconcile_files(now=clock())
    assert f"The file of résumé {resume.pk} is lost: {resume.stored_name}" in caplog.text
    assert f"The preview of résumé {resume.pk} is lost: picture" in caplog.text
    for name in (resume.stored_name, "picture"):
        (folder.parent / name).rename(folder / name)
    Resume.objects.update(deleted_at=now)
    assert reconcile_files(now=clock() + timedelta(hours=25)) == 2


def test_it_is_done_by_night_only(folder):
    resume_storage().save("stranger", ContentFile(b"x"))
    assert reconcile_by_night(now=datetime(2099, 6, 1, 2, 0, tzinfo=UTC)) == 0  # noon in Sydney
    assert reconcile_by_night(now=datetime(2099, 6, 1, 17, 30, tzinfo=UTC)) == 1
