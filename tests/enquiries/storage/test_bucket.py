"""Résumés in a bucket of a real S3 service: SeaweedFS."""

from datetime import timedelta
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile

from advisory.private_storage import in_bucket
from enquiries import uploads
from enquiries.models import Resume, ResumeState, resume_storage
from enquiries.opening import open_resume
from enquiries.stored_files import reconcile_files
from tests.enquiries.contact_page import clock
from tests.enquiries.storage.seaweed import BUCKET, KEY, SECRET, seaweed_running

WEEK = timedelta(days=7)
EXAMPLE = "s3://key:secret@s3.example/resumes?region=ap-southeast-2"


@pytest.fixture(scope="module")
def seaweed():
    with seaweed_running() as seaweed:
        yield seaweed


@pytest.fixture
def bucket(seaweed, settings):
    """Keep this test's résumés in a folder of the bucket."""
    folder = uuid4().hex
    address = seaweed.address.removeprefix("http://")
    keys = f"{KEY}:{quote(SECRET, safe='')}"
    url = f"s3+http://{keys}@{address}/{BUCKET}/{folder}?region=us-east-1"
    settings.STORAGES = settings.STORAGES | {"resumes": in_bucket(url)}
    return lambda: [
        each["Key"].removeprefix(f"{folder}/")
        for each in seaweed.client()
        .list_objects_v2(Bucket=BUCKET, Prefix=f"{folder}/")
        .get("Contents", [])
    ]


@pytest.fixture
def keep(now):
    def keep(key, content=b"%PDF-1.7 cv"):
        return uploads.keep_upload(
            ContentFile(content), submission_key=key, name="cv.pdf", kind="pdf", now=now
        )

    return keep


@pytest.mark.django_db
def test_a_resume_goes_into_the_bucket_is_opened_and_goes_for_good(
    *, bucket, seaweed, keep, make_enquiry, make_adviser, now, django_capture_on_commit_callbacks
):
    enquiry = make_enquiry()
    upload = keep(enquiry.submission_key)
    uploads.settle_upload(enquiry, upload=upload, now=now)
    resume = Resume.objects.get()
    assert bucket() == [resume.stored_name]
    with open_resume(resume, by=make_adviser(), now=now, though_unchecked=True) as file:
        assert file.size == 11
        assert file.read() == b"%PDF-1.7 cv"
    with django_capture_on_commit_callbacks(execute=True):
        uploads.discard_files(resume, now=now)
    assert bucket() == []
    uploads.discard_file(f"discard_file:{resume.stored_name}")  # gone already: no fault
    with pytest.raises(FileNotFoundError):
        open_resume(resume, by=make_adviser(), now=now, though_unchecked=True)


@pytest.mark.django_db
def test_nobody_reads_the_bucket_without_the_key(bucket, seaweed, keep):
    stored = keep(uuid4()).stored_name
    address = resume_storage().url(stored).partition("?")[0]
    with pytest.raises(HTTPError) as refused:
        urlopen(address)  # noqa: S310 - our own address
    assert refused.value.code == 403
    refused.value.close()
    wrong = in_bucket(f"s3+http://{KEY}:wrong@127.0.0.1:{seaweed.port}/{BUCKET}?region=us-east-1")
    storage = type(resume_storage())(**wrong["OPTIONS"])
    with pytest.raises(ClientError, match="SignatureDoesNotMatch"):
        storage.save("stranger", ContentFile(b"x"))


@pytest.mark.django_db
def test_files_that_no_row_names_go_and_those_with_a_row_stay(bucket, keep, make_enquiry, now):
    enquiry = make_enquiry()
    uploads.settle_upload(enquiry, upload=keep(enquiry.submission_key), now=now)
    waiting = keep(uuid4())
    resume_storage().save("nobodys", ContentFile(b"lost on its way"))
    assert reconcile_files(now=clock()) == 0
    assert reconcile_files(now=clock() + WEEK) == 1
    assert set(bucket()) == {Resume.objects.get().stored_name, waiting.stored_name}


@pytest.mark.django_db
def test_a_row_whose_file_is_lost_is_reported(bucket, keep, make_enquiry, now, caplog):
    enquiry = make_enquiry()
    uploads.settle_upload(enquiry, upload=keep(enquiry.submission_key), now=now)
    resume = Resume.objects.get()
    assert resume.state == ResumeState.STRUCTURE_OK
    reconcile_files(now=clock() + WEEK)
    assert "lost" not in caplog.text
    resume_storage().delete(resume.stored_name)
    assert bucket() == []
    reconcile_files(now=clock() + WEEK)
    assert f"The file of résumé {resume.pk} is lost" in caplog.text


@pytest.mark.parametrize(
    "url",
    [
        "resumes",
        "https://s3.example/resumes",
        "s3://s3.example",
        "s3:///resumes",
        EXAMPLE + "&acl=public-read",
    ],
)
def test_a_url_that_says_less_is_refused(url):
    with pytest.raises(ImproperlyConfigured, match="must look like s3://"):
        in_bucket(url)


def test_a_url_may_leave_the_key_to_the_machine():
    options = in_bucket("s3://s3.ap-southeast-2.amazonaws.com/resumes/private")["OPTIONS"]
    assert options["access_key"] is options["secret_key"] is None
    assert options["endpoint_url"] == "https://s3.ap-southeast-2.amazonaws.com"
    assert (options["bucket_name"], options["location"]) == ("resumes", "private")
    assert in_bucket(EXAMPLE)["OPTIONS"]["region_name"] == "ap-southeast-2"
