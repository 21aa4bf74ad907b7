"""How the index of the admin parts the lists of enquiries."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from enquiries.roles import ADVISER, LEAD

pytestmark = pytest.mark.django_db


@pytest.fixture
def rooms(client, django_user_model):
    """Read the headings of the lists, and the lists of enquiries under each, for a role."""

    def rooms(*roles):
        user = django_user_model.objects.create_user("somebody", is_staff=True)
        user.groups.set(Group.objects.filter(name__in=roles))
        client.force_login(user)
        page = client.get(reverse("admin:index")).content.decode()
        found = {}
        for part in page.split("<caption>")[1:]:
            (name,) = re.findall(r">\s*([^<]+?)\s*</a>", part.partition("</caption>")[0])
            found[name] = re.findall(r'id="enquiries-(\w+)"', part)
        return found

    return rooms


def test_a_lead_finds_daily_work_first_and_each_list_once(rooms):
    found = rooms(LEAD)
    assert list(found)[:4] == [
        "People and their enquiries",
        "The office and its staff",
        "Words and periods",
        "Records",
    ]
    assert found["People and their enquiries"][:2] == ["enquiry", "followup"]
    listed = [name for names in found.values() for name in names]
    assert len(listed) == len(set(listed))
    assert "officehours" in found["The office and its staff"]
    assert "erasure" in found["Records"]


def test_an_adviser_sees_no_room_that_is_empty(rooms):
    found = rooms(ADVISER)
    assert found["People and their enquiries"][:2] == ["enquiry", "followup"]
    of_enquiries = found.keys() & {"The office and its staff", "Words and periods", "Records"}
    assert [room for room in of_enquiries if not found[room]] == []
