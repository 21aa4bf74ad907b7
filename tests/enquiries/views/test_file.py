"""The résumé on the form: kept, refused, or asked for again."""

import io
from contextlib import closing
from datetime import timedelta

import pytest

from enquiries import uploads
from enquiries.models import (
    Enquiry,
    PendingUpload,
    Resume,
    resume_storage,
)
from enquiries.views import streaming
from tests.enquiries.contact_page import MINE, Page, clock
from tests.enquiries.views.form_samples import a_file, everything

pytestmark = pytest.mark.django_db


class TestTheFile:
    def test_it_becomes_the_resume(self, send, stored):
        send(resume=a_file())
        resume = Resume.objects.get()
        assert (resume.original_name, resume.format, resume.size) == ("resume.txt", "txt", 26)
        with resume_storage().open(resume.stored_name) as file:
            assert file.read() == b"I worked in a call centre."
        assert len(stored()) == 1
        assert PendingUpload.objects.count() == 0

    @pytest.mark.usefixtures("stored")
    def test_it_waits_an_hour_for_the_rest_of_its_form(self, send):
        page = Page(send(resume=a_file(), email=""))
        assert "We kept your file resume.txt." in page.form["text"]
        waits = PendingUpload.objects.get().expires_at - clock()
        assert timedelta(minutes=59) < waits <= timedelta(hours=1)
        send()
        assert Resume.objects.get().original_name == "resume.txt"

    @pytest.mark.usefixtures("stored")
    def test_a_form_with_one_that_waits_is_one_enquiry_though_sent_twice(self, send):
        page = Page(send(resume=a_file(), email=""))
        again = {"kept_resume": page.one(name="kept_resume")["value"]}
        first, second = send(**again), send(**again)
        assert first.status_code == second.status_code == 303
        assert Enquiry.objects.count() == Resume.objects.count() == 1

    @pytest.mark.usefixtures("stored")
    def test_one_whose_hour_is_over_is_asked_for_again(self, send):
        page = Page(send(resume=a_file(), email=""))
        again = {"kept_resume": page.one(name="kept_resume")["value"]}
        uploads.discard_expired_uploads(now=clock() + timedelta(hours=2))
        for altered in ({}, {"email": ""}, {"show_times": "1"}):
            page = Page(send(**again, **altered))
            assert "Choose it again" in page.error("resume")
            assert not page.all(name="kept_resume")
        assert Enquiry.objects.count() == 0
        send()
        assert Enquiry.objects.count() == 1

    @pytest.mark.parametrize("said", ["", "x", "\0", "A" * 64])
    def test_one_that_we_never_kept_is_not_missed(self, send, said):
        assert send(kept_resume=said).status_code == 303

    @pytest.mark.usefixtures("stored")
    def test_one_that_waits_can_be_taken_back(self, send):
        page = Page(send(resume=a_file(), email=""))
        assert page.one(name="discard_resume")
        send(discard_resume="on")
        assert Enquiry.objects.count() == 1
        assert Resume.objects.count() == PendingUpload.objects.count() == 0

    @pytest.mark.usefixtures("stored")
    def test_one_that_was_discarded_while_the_form_was_sent_is_asked_for_again(
        self, send, monkeypatch
    ):
        send(resume=a_file(), email="")
        found = uploads.pending_upload

        def found_just_before_its_hour_is_over(key, *, now):
            upload = found(key, now=now)
            uploads.discard_expired_uploads(now=now + timedelta(hours=2))
            return upload

        monkeypatch.setattr(uploads, "pending_upload", found_just_before_its_hour_is_over)
        page = Page(send())
        assert "Choose it again" in page.error("resume")
        assert "We kept your file" not in page.form["text"]
        assert Enquiry.objects.count() == 0

    @pytest.mark.parametrize(
        ("content", "name", "words"),
        [
            (b"", "empty.pdf", "empty"),
            (b"MZ\x90", "resume.exe", "cannot take this kind of file"),
            (b"\xd0\xcf\x11\xe0 old Word", "resume.doc", "Save it as PDF or DOCX"),
            (b"\x89PNG\r\n\x1a\n", "resume.pdf", "not what its name says"),
            (b"%PDF-1.7\nnothing", "resume.pdf", "cannot open this file"),
            (b"PK\x03\x04 cut short", "resume.docx", "cannot open this file"),
            (b"{\\rtf1 {\\object}}", "resume.rtf", "object"),
            (b"x", "n" * 252 + ".txt", ""),
        ],
    )
    def test_one_that_we_cannot_take_is_refused_at_its_field(
        self, send, stored, content, name, words
    ):
        response = send(resume=a_file(content, name))
        if words:
            assert words in Page(response).error("resume")
            assert stored() == []
            assert everything() == []
        else:
            assert response.status_code == 303

    def test_one_over_5_mb_is_refused_and_everything_typed_kept(self, send, stored):
        page = Page(send(resume=a_file(b"a" * (6 * 1024 * 1024), "big.txt")))
        assert "bigger than 5 MB" in page.error("resume")
        assert page.typed()["message"] == [MINE["message"]]
        assert stored() == []

    @pytest.mark.usefixtures("stored")
    def test_one_of_exactly_5_mb_is_taken(self, send):
        send(resume=a_file(b"a" * (5 * 1024 * 1024), "full.txt"))
        assert Resume.objects.get().size == 5 * 1024 * 1024

    def test_no_more_than_the_limit_is_ever_held(self):
        handler = streaming.ResumeUploadHandler()
        handler.new_file("resume", "big.txt", "text/plain", None)
        for start in range(0, 8 * 1024 * 1024, 64 * 1024):
            handler.receive_data_chunk(b"a" * 64 * 1024, start)
        with handler.file_complete(8 * 1024 * 1024) as file:
            assert file.seek(0, io.SEEK_END) == 5 * 1024 * 1024 + 1

    def test_whichever_page_it_is_sent_to_one_file_is_held_and_no_more_than_the_limit(self, rf):
        big = b"a" * (6 * 1024 * 1024)
        files = {"any": a_file(big, "big.csv"), "other": a_file(b"b", "small.csv")}

        with closing(rf.post("/feedback/", files)) as request:
            assert list(request.FILES) == ["any"]
            assert request.FILES["any"].size == len(big)
            assert len(request.FILES["any"].read()) == 5 * 1024 * 1024 + 1

    def test_two_files_are_one_too_many(self, send, stored):
        page = Page(send(resume=[a_file(), a_file(name="second.txt")]))
        assert "Choose one file only" in page.error("resume")
        assert stored() == []

    def test_a_file_in_another_field_is_let_pass(self, send, stored):
        assert send(photo=a_file(name="me.txt")).status_code == 303
        assert stored() == []
