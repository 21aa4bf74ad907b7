"""Two editors, and whoever else signs in."""

import pytest
from django.contrib.auth.models import Group

from enquiries.roles import EDITOR
from tests.occupations.admin.editors import Staff


@pytest.fixture
def sign_in(django_user_model):
    """Sign somebody in, with a role or none; give their browser."""

    def sign_in(name, role=EDITOR):
        user = django_user_model.objects.create_user(name, is_staff=True)
        user.groups.set([Group.objects.get(name=role)] if role else [])
        return Staff(user)

    return sign_in


@pytest.fixture
def editor(sign_in):
    return sign_in("editor")


@pytest.fixture
def second(sign_in):
    return sign_in("second-editor")
