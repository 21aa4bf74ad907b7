import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection

from enquiries import submission
from enquiries.bookings import SlotClosed
from enquiries.guardian import decide
from enquiries.models import (
    Callback,
    Consent,
    Enquiry,
    Event,
    FollowUp,
    OccupationSnapshot,
    OutboxMessage,
    PendingUpload,
    QualificationSnapshot,
    Resume,
    current_wording,
)
from enquiries.submission import GuardianMissing, submit_enquiry
from enquiries.uploads import UploadGone, drop_upload, keep_upload

SYDNEY = ZoneInfo("Australia/Sydney")
ADULT, MINOR = date(1990, 5, 17), date(2012, 5, 17)
EVERYTHING = [Enquiry, Consent, Callback, FollowUp, Event, OutboxMessage, Resume]


@pytest.fixture
def submit(make_details, now):
    """Submit what an adult typed, altered; ``born`` decides whether it is a minor's."""

    def submit(*, born=ADULT, key=None, guardian=None, upload=None, flags=(), **altered):
        details = make_details(**altered)
        return submit_enquiry(
            details,
            decision=decide(
                born=born, now=now, enquirer_zone=ZoneInfo(details.time_zone), site_zone=SYDNEY
            ),
            submission_key=key or uuid4(),
            now=now,
            guardian=guardian,
            upload=upload,
            flags=flags,
        )

    return submit


@pytest.fixture
def keep(now):
    def keep(key, content=b"%PDF-1.7"):
        return keep_upload(
            ContentFile(content), submission_key=key, name="cv.pdf", kind="pdf", now=now
        )

    return keep


def nothing_is_stored():
    return not any(model._default_manager.exists() for model in EVERYTHING)


def topics():
    of_files = ["discard_upload", "resume_preview", "resume_scan"]
    promised = OutboxMessage.objects.exclude(topic__in=of_files)
    return sorted(promised.values_list("topic", flat=True))


@pytest.mark.django_db
def test_an_adults_enquiry_is_stored_with_all_that_belongs_to_it(submit, keep, now):
    key = uuid4()
    starts_at = datetime(2026, 11, 25, 3, 30, tzinfo=UTC)
    enquiry = submit(
        key=key,
        upload=keep(key),
        callback=starts_at,
        time_zone="Asia/Kolkata",
        interests=("working", "living"),
        occupations=(
            OccupationSnapshot(edition="anzsco-2022", code="541111", title="Call centre lead"),
        ),
        qualifications=(QualificationSnapshot(code="BSB40307", title="Customer contact"),),
    )
    enquiry.refresh_from_db()
    assert not enquiry.is_minor
    assert enquiry.interests == ["working", "living"]
    assert (enquiry.own_email, enquiry.own_phone) == ("ann@example.org", "+61400000001")
    assert [each.code for each in enquiry.occupations.all()] == ["541111"]
    assert [each.title for each in enquiry.qualifications.all()] == ["Customer contact"]
    callback = enquiry.callbacks.get()
    assert (callback.starts_at, callback.ends_at) == (starts_at, starts_at + timedelta(minutes=30))
    assert (callback.local_on, f"{callback.local_time:%H:%M}") == (date(2026, 11, 25), "09:00")
    follow_up = enquiry.follow_ups.get()
    assert (follow_up.reason, follow_up.due_at, follow_up.done_at) == (
        "first_call", starts_at, None,
    )  # fmt: skip
    consent = enquiry.consents.get()
    wording = current_wording("privacy", now=now)
    assert (consent.purpose, consent.given_by, consent.wording_digest, consent.given_at) == (
        "privacy", "self", wording.digest, now,
    )  # fmt: skip
    assert enquiry.resume.original_name == "cv.pdf"
    reminders = ["callback_reminder", "staff_reminder"]
    assert topics() == sorted(["acknowledgement", "staff_notice", *reminders])
    assert [event.kind for event in enquiry.events.all()] == ["submitted", "follow_up_scheduled"]


@pytest.mark.django_db
def test_a_call_at_any_time_falls_due_after_the_policys_business_minutes(submit, now):
    enquiry = submit(callback=None)
    assert enquiry.callbacks.get().starts_at is None
    assert enquiry.follow_ups.get().due_at == now + timedelta(hours=4)


@pytest.mark.django_db
def test_of_a_minor_neither_contact_nor_resume_is_stored(submit, keep, guardian):
    key = uuid4()
    enquiry = submit(born=MINOR, key=key, guardian=guardian, upload=keep(key), about="child")
    enquiry.refresh_from_db()
    assert enquiry.is_minor
    assert (enquiry.own_email, enquiry.own_phone, enquiry.own_phone_typed) == ("", "", "")
    assert enquiry.contact_phone == "+61400000002"
    assert not Resume.objects.exists()
    assert not PendingUpload.objects.exists()
    assert topics() == ["acknowledgement", "guardian_confirmation", "staff_notice"]
    assert {
        (consent.purpose, consent.given_by, consent.relationship)
        for consent in enquiry.consents.all()
    } == {("privacy", "guardian", "parent"), ("guardian_declaration", "guardian", "parent")}
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(e)::text FROM enquiries_enquiry e")
        [(row,)] = cursor.fetchall()
    assert "ann@example.org" not in row
    assert "0000001" not in row


@pytest.mark.django_db
def test_without_a_guardian_nothing_of_a_minor_is_stored(submit):
    with pytest.raises(GuardianMissing):
        submit(born=MINOR)
    assert nothing_is_stored()


@pytest.mark.django_db
def test_an_adults_enquiry_carries_no_guardian(submit, guardian):
    assert submit(guardian=guardian).guardian_name == ""


@pytest.mark.django_db
def test_the_same_key_and_content_give_the_same_enquiry(submit, keep):
    key = uuid4()
    first = submit(key=key, upload=keep(key))
    again = submit(key=key, upload=keep(key))
    assert again == first
    assert Enquiry.objects.count() == FollowUp.objects.count() == 1
    assert Consent.objects.count() == Resume.objects.count() == 1
    assert not PendingUpload.objects.exists()
    assert topics() == ["acknowledgement", "staff_notice"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "altered",
    [
        {"message": "One more thing"},
        {"born": date(1990, 5, 18)},
        {"phone": "+61400000009"},
        {"callback": datetime(2026, 11, 24, 23, 0, tzinfo=UTC)},
    ],
)
def test_the_same_key_with_other_content_gives_a_new_enquiry(submit, altered):
    key = uuid4()
    assert submit(key=key) != submit(key=key, **altered)


@pytest.mark.django_db
def test_another_file_is_other_content(submit, keep):
    key = uuid4()
    first = submit(key=key)
    second = submit(key=key, upload=keep(key))
    third = submit(key=key, upload=keep(key, content=b"%PDF-1.7 better"))
    assert len({first, second, third}) == 3


@pytest.mark.django_db
def test_of_a_minor_only_what_is_stored_counts_as_content(submit, guardian):
    key = uuid4()
    first = submit(born=MINOR, key=key, guardian=guardian)
    assert submit(born=MINOR, key=key, guardian=guardian, email="other@example.org") == first
    assert submit(born=MINOR, key=key, guardian=replace(guardian, name="Gus")) != first


@pytest.mark.django_db
def test_the_digest_of_the_content_is_keyed(submit, settings):
    key = uuid4()
    first = submit(key=key)
    settings.SECRET_KEY = settings.SECRET_KEY[::-1]
    assert submit(key=key).content_digest != first.content_digest


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("altered", "flags"),
    [
        ({"message": "Grüße, señor! Ça va? 10 km² ½"}, []),
        ({"message": "Hello, 你好"}, ["other_script"]),
        ({"message": "Привет"}, ["other_script"]),
        ({"flags": {"honeypot", "address_budget"}}, ["address_budget", "honeypot"]),
    ],
)
def test_what_staff_look_at_twice_is_flagged(submit, altered, flags):
    assert submit(**altered).flags == flags


@pytest.mark.django_db
def test_a_guardian_with_the_childs_name_is_flagged(submit, guardian):
    enquiry = submit(born=MINOR, guardian=replace(guardian, name=" ann  EXAMPLE"))
    assert enquiry.flags == ["guardian_namesake"]


@pytest.mark.django_db
@pytest.mark.parametrize("earlier", [{"email": "Gina@example.org"}, {"phone": "+61400000002"}])
def test_a_guardians_contact_that_the_child_used_is_flagged(submit, guardian, earlier):
    submit(**earlier)
    assert submit(born=MINOR, guardian=guardian).flags == ["guardian_contact_seen"]


@pytest.mark.django_db
def test_a_file_that_was_discarded_meanwhile_stores_nothing(submit, keep):
    key = uuid4()
    upload = keep(key)
    drop_upload(key)
    OutboxMessage.objects.all().delete()
    with pytest.raises(UploadGone):
        submit(key=key, upload=upload)
    assert nothing_is_stored()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "starts_at",
    [
        pytest.param(datetime(2026, 11, 23, 2, 30, tzinfo=UTC), id="without an hour's notice"),
        pytest.param(datetime(2026, 11, 24, 12, 0, tzinfo=UTC), id="at night in Sydney"),
        pytest.param(datetime(2026, 11, 24, 2, 15, tzinfo=UTC), id="between two slots"),
    ],
)
def test_a_time_that_is_not_open_stores_nothing(submit, starts_at):
    with pytest.raises(SlotClosed):
        submit(callback=starts_at)
    assert nothing_is_stored()


@pytest.mark.django_db
def test_what_breaks_a_rule_stores_nothing(submit):
    with pytest.raises(IntegrityError, match="enquiry_adult_has_a_contact"):
        submit(email="", phone="")
    assert nothing_is_stored()


@pytest.mark.django_db
def test_a_reference_that_is_taken_is_drawn_again(submit, monkeypatch):
    taken = submit().reference
    draws = iter([taken, "9CQRTWXY"])
    reference = Enquiry._meta.get_field("reference")
    monkeypatch.setattr(reference, "_get_default", lambda: next(draws))
    assert submit().reference == "9CQRTWXY"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("with_file", [False, True])
def test_many_clicks_at_once_store_one_enquiry(submit, keep, with_file):
    key = uuid4()
    together = threading.Barrier(6)
    references, errors = [], []

    def click():
        try:
            together.wait(10)
            upload = keep(key) if with_file else None
            references.append(submit(key=key, upload=upload).reference)
        except Exception as error:  # noqa: BLE001 - shown by the assertion below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(set(references)) == 1
    assert Enquiry.objects.count() == FollowUp.objects.count() == 1
    assert topics() == ["acknowledgement", "staff_notice"]
    assert Resume.objects.count() == with_file
    assert not PendingUpload.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_failure_in_the_middle_leaves_nothing(submit, monkeypatch):
    def fail(*_args, **_kwargs):
        raise ConnectionResetError

    monkeypatch.setattr(submission, "settle_upload", fail)
    with pytest.raises(ConnectionResetError):
        submit()
    assert nothing_is_stored()
