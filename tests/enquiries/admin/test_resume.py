"""Downloading a résumé: asked for twice, logged first, and harmless to the browser."""

from urllib.parse import unquote

import pytest
from django.urls import reverse

from enquiries.admin.resume import attachment
from enquiries.models import AccessRecord, ResumeAccess, resume_storage

KNOWING = {"though_unchecked": "on"}


@pytest.fixture
def resume(make_enquiry, make_resume):
    return make_resume(make_enquiry())


@pytest.fixture
def address():
    return lambda resume: reverse("admin:enquiries_resume_download", args=[resume.pk])


def test_looking_asks_first_and_opens_nothing(adviser, resume, address):
    answer = adviser.client.get(address(resume))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Not virus-checked" in text
    assert "Download it anyway" in text
    assert not ResumeAccess.objects.exists()
    seen = AccessRecord.objects.get()  # the page names the person
    assert (seen.by, seen.kind, seen.enquiry_number) == (adviser, "opened", resume.enquiry_id)


def test_confirming_logs_who_and_why_and_hands_the_file_over(adviser, resume, address):
    answer = adviser.client.post(address(resume), KNOWING | {"why": " To prepare "})
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 hello"
    access = ResumeAccess.objects.get()
    assert (access.by, access.resume, access.why) == (adviser, resume, "To prepare")


def test_the_access_is_logged_before_the_first_byte(adviser, resume, address):
    answer = adviser.client.post(address(resume), KNOWING)
    assert ResumeAccess.objects.count() == 1
    answer.close()


def test_a_browser_may_only_save_it(adviser, resume, address):
    answer = adviser.client.post(address(resume), KNOWING)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="cv.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Length"] == "14"
    answer.close()


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Résumé 李伟.pdf", id="other scripts"),
        pytest.param('a"; filename="b.exe', id="a second name"),
        pytest.param("a\r\nSet-Cookie: x=1.pdf", id="a second header"),
        pytest.param("~/../etc/passwd.pdf", id="a path"),
    ],
)
def test_a_file_s_name_stays_a_name(adviser, make_enquiry, make_resume, address, name):
    resume = make_resume(make_enquiry(), name=name)
    answer = adviser.client.post(address(resume), KNOWING)
    header = answer["Content-Disposition"]
    answer.close()
    assert header.startswith("attachment; filename")
    assert "\r" not in header
    assert "\n" not in header
    assert "Set-Cookie" not in answer


def test_a_name_of_another_script_has_a_plain_one_beside_it():
    header = attachment("Résumé.pdf", plain_name="resume-ABCD3467.pdf")
    plain, starred = header.removeprefix("attachment; ").split("; ")
    assert plain == 'filename="resume-ABCD3467.pdf"'
    assert unquote(starred.removeprefix("filename*=utf-8''")) == "Résumé.pdf"


def test_a_lost_file_is_told_and_not_logged_as_opened(adviser, resume, address):
    resume_storage().delete(resume.stored_name)
    answer = adviser.client.post(address(resume), KNOWING)
    assert answer.status_code == 404
    assert "The file is missing from the storage." in answer.content.decode()
    assert not ResumeAccess.objects.exists()


def test_one_that_no_scanner_saw_opens_only_for_those_who_know_it(adviser, resume, address):
    answer = adviser.client.post(address(resume), {"why": "To prepare"})
    assert answer.status_code == 422
    assert "Say that you know this" in answer.content.decode()
    assert not ResumeAccess.objects.exists()


@pytest.mark.parametrize("why", ["x" * 201, "a\x00b"])
def test_a_reason_that_cannot_be_kept_opens_nothing(adviser, resume, address, why):
    assert adviser.client.post(address(resume), KNOWING | {"why": why}).status_code == 422
    assert not ResumeAccess.objects.exists()


def test_only_those_with_the_permission_may_ask(make_staff, client, resume, address):
    assert make_staff(role=None).client.post(address(resume), KNOWING).status_code == 403
    assert client.post(address(resume))["Location"].startswith("/admin/login/")
    assert not ResumeAccess.objects.exists()


def test_an_unknown_resume_is_not_found(adviser):
    assert adviser.client.get("/admin/enquiries/resume/999999/download/").status_code == 404


def test_resumes_have_no_list(admin_client):
    assert admin_client.get("/admin/enquiries/resume/").status_code == 404
