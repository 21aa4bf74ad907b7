"""Résumés that nobody may open, and the picture of the first page."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from enquiries.models import (
    OutboxMessage,
    ResumeAccess,
    ResumeState,
    Topic,
    resume_storage,
)
from enquiries.opening import ResumeClosed, open_preview, open_resume
from enquiries.resumes import ResumeFormat

PICTURE = b"\xff\xd8\xff a picture"


@pytest.fixture
def with_scanner(settings):
    settings.CLAMAV_URL = "tcp://127.0.0.1:3310"


@pytest.fixture
def pictured(make_enquiry, make_resume):
    """Store a clean résumé with the picture of its first page."""

    def make(**altered):
        resume = make_resume(make_enquiry(), **{"state": ResumeState.CLEAN} | altered)
        resume.preview_name = resume_storage().save("preview", ContentFile(PICTURE))
        resume.save()
        return resume

    return make


@pytest.mark.usefixtures("with_scanner")
@pytest.mark.parametrize("state", [each for each in ResumeState if each != ResumeState.CLEAN])
def test_with_a_scanner_nothing_but_clean_opens(adviser, make_enquiry, make_resume, now, state):
    deleted_at = now if state == ResumeState.INFECTED else None
    resume = make_resume(make_enquiry(), state=state, deleted_at=deleted_at)
    address = reverse("admin:enquiries_resume_download", args=[resume.pk])
    for answer in (adviser.client.get(address), adviser.client.post(address, {"why": ""})):
        assert answer.status_code == 409
        assert '<form method="post">' not in answer.content.decode()
    with pytest.raises(ResumeClosed):
        open_resume(resume, by=adviser, now=now, though_unchecked=True)
    assert not ResumeAccess.objects.exists()


@pytest.mark.usefixtures("with_scanner")
def test_a_clean_one_opens_without_another_question(adviser, make_enquiry, make_resume, now):
    resume = make_resume(make_enquiry(), state=ResumeState.CLEAN, scanned_at=now)
    address = reverse("admin:enquiries_resume_download", args=[resume.pk])
    page = adviser.client.get(address).content.decode()
    assert "No virus found, on 23 November 2026." in page
    assert "though_unchecked" not in page
    answer = adviser.client.post(address)
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 hello"


def test_a_sealed_one_stays_closed_to_everyone(adviser, make_enquiry, make_resume, now):
    resume = make_resume(make_enquiry(), state=ResumeState.CLEAN, sealed_at=now)
    for way in (open_resume, open_preview):
        with pytest.raises(ResumeClosed, match="sealed"):
            way(resume, by=adviser, now=now)


def test_a_minor_s_stays_closed_until_the_guardian_has_confirmed(
    adviser, make_enquiry, make_resume, now
):
    enquiry = make_enquiry(minor=True, guardian_confirmed_at=now)
    resume = make_resume(enquiry, state=ResumeState.CLEAN)
    open_resume(resume, by=adviser, now=now).close()
    enquiry.guardian_confirmed_at = None
    with pytest.raises(ResumeClosed, match="not confirmed"):
        open_resume(resume, by=adviser, now=now)


def test_the_page_says_why_one_cannot_be_opened(
    adviser, make_enquiry, make_resume, page_of, settings
):
    settings.CLAMAV_URL = "unix:///nowhere"
    enquiry = make_enquiry()
    make_resume(enquiry, state=ResumeState.SCANNING)
    page = adviser.client.get(page_of(enquiry)).content.decode()
    assert "Until then nobody can open it" in page
    assert "Download…" not in page


def test_the_page_says_that_the_scanner_fails_and_when_it_is_asked_again(
    *, adviser, make_enquiry, make_resume, page_of, settings, now
):
    settings.CLAMAV_URL = "unix:///nowhere"
    enquiry = make_enquiry()
    make_resume(enquiry, state=ResumeState.SCANNING)
    scan = OutboxMessage.objects.create(
        topic=Topic.RESUME_SCAN,
        enquiry=enquiry,
        dedupe_key="scan",
        created_at=now,
        available_at=timezone.now(),
        attempts=2,
        last_error="ScannerFailed",
    )
    page = adviser.client.get(page_of(enquiry)).content.decode()
    assert "The virus scanner has failed 2 times. It is asked again soon." in page
    scan.set_aside_at = now
    scan.save()
    assert "failed too often" in adviser.client.get(page_of(enquiry)).content.decode()


def test_staff_see_the_first_page_as_a_picture_and_each_look_is_logged(adviser, pictured, page_of):
    resume = pictured()
    address = reverse("admin:enquiries_resume_preview", args=[resume.pk])
    assert address in adviser.client.get(page_of(resume.enquiry)).content.decode()
    assert not ResumeAccess.objects.exists()
    answer = adviser.client.get(address)
    assert b"".join(answer.streaming_content) == PICTURE
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in answer["Cache-Control"]
    access = ResumeAccess.objects.get()
    assert (access.by, access.why) == (adviser, "Looked at the picture of page 1")


def test_the_picture_of_a_closed_resume_is_closed_too(adviser, pictured, now):
    resume = pictured(sealed_at=now)
    address = reverse("admin:enquiries_resume_preview", args=[resume.pk])
    assert adviser.client.get(address).status_code == 403
    assert not ResumeAccess.objects.exists()


def test_the_picture_needs_the_permission_to_download(make_staff, client, pictured):
    address = reverse("admin:enquiries_resume_preview", args=[pictured().pk])
    assert make_staff(role=None).client.get(address).status_code == 403
    assert client.get(address).status_code == 302


def test_without_a_picture_there_is_none(adviser, make_enquiry, make_resume, page_of):
    resume = make_resume(make_enquiry(), format=ResumeFormat.TXT)
    address = reverse("admin:enquiries_resume_preview", args=[resume.pk])
    assert adviser.client.get(address).status_code == 404
    assert "Look at page 1" not in adviser.client.get(page_of(resume.enquiry)).content.decode()
