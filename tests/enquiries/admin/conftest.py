"""Staff in their roles, signed in, and what they look at."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enquiries.models import Resume, new_stored_name, resume_storage
from enquiries.roles import ADVISER, AUDITOR, LEAD
from enquiries.triage import claim


@pytest.fixture
def make_staff(make_adviser):
    """Make a member of staff in a role, with a browser of their own that is signed in."""

    def make(role=ADVISER, **altered):
        user = make_adviser(**altered)
        if role:
            user.groups.set([Group.objects.get(name=role)])
        user.client = Client()
        user.client.force_login(user)
        return user

    return make


@pytest.fixture
def adviser(make_staff):
    return make_staff(first_name="Mia", last_name="Chen")


@pytest.fixture
def lead(make_staff):
    return make_staff(LEAD, first_name="Tom", last_name="Okafor")


@pytest.fixture
def auditor(make_staff):
    return make_staff(AUDITOR)


@pytest.fixture
def read(auditor):
    """Read a page as an auditor."""

    def read(address, **asked):
        answer = auditor.client.get(address, asked)
        assert answer.status_code == 200
        return answer.content.decode()

    return read


@pytest.fixture
def make_resume(settings, tmp_path, now):
    """Store a résumé for an enquiry."""
    settings.STORAGES = settings.STORAGES | {
        "resumes": settings.STORAGES["resumes"]
        | {"OPTIONS": {"location": tmp_path, "base_url": None}}
    }

    def make(enquiry, *, content=b"%PDF-1.7 hello", name="cv.pdf", **altered):
        stored_name = resume_storage().save(new_stored_name(), ContentFile(content))
        return Resume.objects.create(
            enquiry=enquiry,
            stored_name=stored_name,
            original_name=name,
            **{"format": "pdf"} | altered,
            size=len(content),
            sha256="a" * 64,
            received_at=now,
        )

    return make


@pytest.fixture
def page_of():
    """Give the address of an enquiry's page."""
    return lambda enquiry: reverse("admin:enquiries_enquiry_change", args=[enquiry.pk])


@pytest.fixture
def do(page_of):
    """Send one action on an enquiry, as its form does, and follow to where it leads."""

    def do(user, name, enquiry, **typed):
        answer = user.client.post(f"{page_of(enquiry)}{name}/", typed, follow=True)
        answer.said = told(answer)
        return answer

    return do


@pytest.fixture
def make_claimed(make_enquiry):
    """Store an enquiry that a member of staff has claimed."""

    def make(by, **altered):
        now = timezone.now()
        return claim(make_enquiry(created_at=now, **altered), by=by, now=now)

    return make


@pytest.fixture
def said():
    """Give what the site told a member of staff on a page."""
    return told


def told(answer):
    """Give what the site told the member of staff after an action."""
    return [str(message) for message in (answer.context or {}).get("messages", [])]
