"""A member of staff, and the app that shows their codes."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import User

from tests.advisory.sign_in.desk import PASSWORD, SECRET


@pytest.fixture
def mia():
    return User.objects.create_user("mia", password=PASSWORD, is_staff=True)


@pytest.fixture
def app(mia):
    return TOTP.activate(mia, SECRET).instance
