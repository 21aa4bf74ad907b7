"""Adding a résumé later: of a minor only once, and by whom, the guardian confirmed."""

import threading
from io import BytesIO

import pytest
from django.core.files.base import File
from django.db import connection

from enquiries import selfservice
from enquiries.followups import EnquiryClosed
from enquiries.models import PendingUpload, Resume, ResumeAccess

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stored(settings, tmp_path):
    resumes = settings.STORAGES["resumes"]
    folder = tmp_path / "resumes"
    settings.STORAGES = settings.STORAGES | {
        "resumes": resumes | {"OPTIONS": resumes["OPTIONS"] | {"location": folder}}
    }
    return lambda: [each.name for each in folder.glob("**/*") if each.is_file()]


@pytest.fixture
def add(now, django_capture_on_commit_callbacks):
    def add(enquiry, *, content=b"I lead a team."):
        file = File(BytesIO(content), name="cv.txt")
        with django_capture_on_commit_callbacks(execute=True):
            selfservice.add_resume(enquiry, file=file, name="C:\\me\\cv.txt", kind="txt", now=now)

    return add


def test_it_becomes_the_resume_of_the_enquiry(make_enquiry, add, stored, events):
    enquiry = make_enquiry()
    add(enquiry)
    resume = Resume.objects.get(enquiry=enquiry)
    assert (resume.original_name, resume.format, resume.size) == ("cv.txt", "txt", 14)
    assert stored() == [resume.stored_name]
    assert events(enquiry) == ["resume_added"]
    assert not PendingUpload.objects.exists()


def test_a_second_one_is_refused_and_not_kept(make_enquiry, add, stored):
    enquiry = make_enquiry()
    add(enquiry)
    with pytest.raises(selfservice.ResumeThere):
        add(enquiry, content=b"Another one.")
    assert len(stored()) == 1


def test_it_takes_the_place_of_a_deleted_one(make_enquiry, add, now):
    enquiry = make_enquiry()
    add(enquiry)
    Resume.objects.update(deleted_at=now, state="infected")
    add(enquiry, content=b"A clean one.")
    assert Resume.objects.get(enquiry=enquiry).deleted_at is None


def test_the_log_of_who_opened_a_deleted_one_stays(make_enquiry, make_adviser, add, stored, now):
    enquiry, adviser = make_enquiry(), make_adviser()
    add(enquiry)
    resume = Resume.objects.get(enquiry=enquiry)
    ResumeAccess.objects.create(resume=resume, by=adviser, at=now)
    Resume.objects.update(deleted_at=now, state="infected", finding="Eicar", scanned_at=now)
    add(enquiry, content=b"A clean one.")
    later = Resume.objects.get(enquiry=enquiry)
    assert list(later.accesses.values_list("by", flat=True)) == [adviser.pk]
    assert (later.state, later.finding, later.scanned_at) == ("structure_ok", "", None)
    assert later.stored_name != resume.stored_name
    assert later.stored_name in stored()


def test_of_a_closed_enquiry_it_is_not_kept(make_enquiry, add, stored, now):
    enquiry = make_enquiry(state="withdrawn", closed_at=now)
    with pytest.raises(EnquiryClosed):
        add(enquiry)
    open_before = make_enquiry()
    type(enquiry).objects.filter(pk=open_before.pk).update(state="withdrawn", closed_at=now)
    with pytest.raises(EnquiryClosed):
        add(open_before)
    assert stored() == []


def test_of_a_minor_it_waits_for_the_guardian(make_enquiry, add, stored, now):
    minor = make_enquiry(minor=True)
    with pytest.raises(selfservice.NotNow):
        add(minor)
    assert stored() == []
    minor.guardian_confirmed_at = now
    minor.save()
    add(minor)
    assert len(stored()) == 1


def test_who_may_add_one(make_enquiry, now):
    told = {
        (minor, confirmed, by_letter): selfservice.may_add_resume(
            selfservice.Visit(
                enquiry=make_enquiry(
                    minor=minor, guardian_confirmed_at=now if minor and confirmed else None
                ),
                by_letter=by_letter,
            )
        )
        for minor in (False, True)
        for confirmed in (False, True)
        for by_letter in (False, True)
    }
    assert [case for case, may in told.items() if may] == [
        (False, False, False),
        (False, False, True),
        (False, True, False),
        (False, True, True),
        (True, True, True),
    ]


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_kept(make_enquiry, stored, now):
    enquiry = make_enquiry()
    together, kept = threading.Barrier(2), []

    def send(content):
        try:
            together.wait(10)
            file = File(BytesIO(content), name="cv.txt")
            selfservice.add_resume(enquiry, file=file, name="cv.txt", kind="txt", now=now)
            kept.append(content)
        except selfservice.ResumeThere:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[each]) for each in (b"One.", b"Two.")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept) == 1
    assert stored() == [Resume.objects.get(enquiry=enquiry).stored_name]
