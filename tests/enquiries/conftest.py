"""Test data for enquiries, with sensible defaults."""

import contextlib
import itertools
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile

from advisory.programs import relay, worker
from enquiries import office, slots
from enquiries.guardian import decide
from enquiries.models import (
    Callback,
    CallbackSlot,
    Enquiry,
    EnquiryDetails,
    GuardianDetails,
    OccupationSnapshot,
    QualificationSnapshot,
    Relationship,
    forget_wordings,
)
from enquiries.submission import submit_enquiry
from enquiries.uploads import keep_upload
from tests import processes as processes_of_the_site
from tests.processes import Logs, running

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday, 13:00 in Sydney
GUARDIAN = {
    "guardian_name": "Gina Guardian",
    "guardian_relationship": "parent",
    "guardian_email": "gina@example.org",
    "guardian_phone": "+61400000002",
    "guardian_phone_typed": "0400 000 002",
}
OWN_CONTACT = {
    "own_email": "ann@example.org",
    "own_phone": "+61400000001",
    "own_phone_typed": "0400 000 001",
}


@pytest.fixture(autouse=True)
def fresh_offer():
    """Let no test see the times on offer in another's office, nor another's words."""
    office.forget_offer()
    forget_wordings()


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def enquiry_fields():
    """Give the columns of an adult's enquiry, or with ``minor=True`` a minor's, altered."""

    def fields(*, minor=False, **altered):
        contact = GUARDIAN if minor else OWN_CONTACT
        return (
            {
                "submission_key": uuid4(),
                "content_digest": uuid4().hex,
                "about": "child" if minor else "me",
                "interests": ["working"],
                "given_name": "Ann",
                "family_name": "Example",
                "date_of_birth": date(2012, 5, 17) if minor else date(1990, 5, 17),
                "decided_at": NOW,
                "decided_on": date(2026, 11, 23),
                "decision_zone": "Australia/Sydney",
                "site_zone": "Australia/Sydney",
                "rule_version": "2026-11",
                "country": "AU",
                "time_zone": "Australia/Sydney",
                "fallback": "email",
                "created_at": NOW,
                "last_contact_at": NOW,
            }
            | contact
            | altered
        )

    return fields


@pytest.fixture
def make_enquiry(db, enquiry_fields):
    """Store an adult's enquiry, or with ``minor=True`` a minor's, with columns altered."""

    def make(*, minor=False, **altered):
        forgotten = altered.get("date_of_birth", "") is None  # of a closed adult, later
        if forgotten:
            del altered["date_of_birth"]
        enquiry = Enquiry.objects.create(**enquiry_fields(minor=minor, **altered))
        if forgotten:
            Enquiry.objects.filter(pk=enquiry.pk).update(date_of_birth=None)
            enquiry.refresh_from_db()
        return enquiry

    return make


@pytest.fixture
def make_callback(db):
    """Store an enquiry's callback, at any time or with ``starts_at``, holding its place."""

    def make(enquiry, *, starts_at=None, zone="Australia/Sydney", **altered):
        fields: dict[str, Any] = {"tzdata_version": "2026a", "created_at": NOW, "zone": zone}
        if starts_at:
            ends_at, local = starts_at + slots.LENGTH, starts_at.astimezone(ZoneInfo(zone))
            slot, _ = CallbackSlot.objects.get_or_create(
                starts_at=starts_at, defaults={"ends_at": ends_at, "capacity": 9}
            )
            CallbackSlot.objects.filter(pk=slot.pk).update(used=slot.used + 1)
            fields |= {"slot": slot, "starts_at": starts_at, "ends_at": ends_at}
            fields |= {"local_on": local.date(), "local_time": local.time()}
        fields["sequence"] = enquiry.callbacks.count()
        return Callback.objects.create(enquiry=enquiry, **fields | altered)

    return make


@pytest.fixture
def make_details():
    """Give what an adult typed into the form, altered."""

    def make(**altered):
        return EnquiryDetails(
            **{
                "about": "me",
                "interests": ("working",),
                "given_name": "Ann",
                "family_name": "Example",
                "email": "ann@example.org",
                "phone": "+61400000001",
                "phone_typed": "0400 000 001",
                "country": "AU",
                "time_zone": "Australia/Sydney",
            }
            | altered
        )

    return make


@pytest.fixture
def submit_whole(make_details):
    """Submit an adult's enquiry with a call, a résumé, an occupation and a qualification."""

    def submit(**altered):
        key, zone = uuid4(), ZoneInfo("Australia/Sydney")
        file = ContentFile(b"%PDF-1.7")
        upload = keep_upload(file, submission_key=key, name="cv.pdf", kind="pdf", now=NOW)
        asked = {
            "callback": datetime(2026, 11, 23, 5, 0, tzinfo=UTC),
            "message": "Could I come tomorrow?",
            "occupations": (
                OccupationSnapshot(edition="anzsco-2022", code="541111", title="Operator"),
            ),
            "qualifications": (QualificationSnapshot(code="BSB40307", title="Contact"),),
        }
        return submit_enquiry(
            make_details(**asked | altered),
            decision=decide(born=date(1990, 5, 17), now=NOW, enquirer_zone=zone, site_zone=zone),
            submission_key=key,
            now=NOW,
            upload=upload,
        )

    return submit


@pytest.fixture
def guardian():
    return GuardianDetails(
        name="Gina Guardian",
        relationship=Relationship.PARENT,
        email="gina@example.org",
        phone="+61400000002",
        phone_typed="0400 000 002",
    )


@pytest.fixture
def make_adviser(db):
    """Make a member of staff; each one has a name of their own."""
    numbers = itertools.count(1)

    def make(**altered):
        name = f"adviser{next(numbers)}"
        fields: dict[str, Any] = {
            "username": name,
            "email": f"{name}@example.org",
            "is_staff": True,
        }
        return get_user_model().objects.create_user(**fields | altered)

    return make


@pytest.fixture
def mail_sink():
    """Run a real mail server on a port of its own."""
    with processes_of_the_site.mail_sink() as sink:
        yield sink


@pytest.fixture
def mail_by_smtp(mail_sink, settings):
    """Send this test's letters to the mail sink."""
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": mail_sink.port, "timeout": 10},
        }
    }
    return mail_sink


@pytest.fixture
def processes(database_url, valkey, mail_sink, tmp_path):
    """Start the programs behind the site; whatever still runs at the end is ended."""
    logs = Logs(tmp_path)
    environment = {
        "DATABASE_URL": database_url,
        "REDIS_URL": valkey.url,
        "EMAIL_URL": mail_sink.url,
    }
    with contextlib.ExitStack() as started:

        def start(name):
            program = {"relay": relay, "worker": worker}[name](logs)
            started.enter_context(running(program, environment=environment))
            return program

        yield start
    print(logs.text())  # noqa: T201 - shown when it fails


@pytest.fixture
def submit_now(make_details):
    """Submit an enquiry by the clock on the wall, for processes that read it too."""

    def submit(number=0, *, born=date(1990, 5, 17), guardian=None):
        now = datetime.now(UTC)  # noqa: TID251 - a test is an edge
        zone = ZoneInfo("Australia/Sydney")
        return submit_enquiry(
            make_details(message=f"Enquiry {number}"),
            decision=decide(born=born, now=now, enquirer_zone=zone, site_zone=zone),
            submission_key=uuid4(),
            now=now,
            guardian=guardian,
        )

    return submit


@pytest.fixture
def eventually():
    """Wait until something is true, ``within`` so many seconds."""
    return processes_of_the_site.eventually
