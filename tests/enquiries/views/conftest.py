"""Ways to send the contact form, and a folder for the files that come with it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from enquiries import abuse
from enquiries.asking import times
from tests.enquiries.contact_page import MINE, clock
from tests.enquiries.views.form_samples import ADDRESS


@pytest.fixture(autouse=True)
def _database(db):
    """Let every view read the database: the words to agree to are in it."""


@pytest.fixture(autouse=True)
def _office():
    """Let each test see the free times as they are, not as they were for the one before."""
    times.forget_offers()


@pytest.fixture
def stored(settings, tmp_path):
    """Keep the résumés of a test in a folder of its own, and list their names."""
    resumes = settings.STORAGES["resumes"]
    settings.STORAGES = settings.STORAGES | {
        "resumes": resumes | {"OPTIONS": resumes["OPTIONS"] | {"location": tmp_path / "resumes"}}
    }
    return lambda: [each.name for each in (tmp_path / "resumes").glob("**/*") if each.is_file()]


@pytest.fixture
def opened():
    """Open the form some time ago, as a person does who types."""

    def ago(**passed):
        return abuse.sign_time(clock() - timedelta(**(passed or {"minutes": 3})))

    return ago


@pytest.fixture
def send(client, opened):
    """Send the form as an adult fills it in, altered; a value of None leaves a field out."""
    key = str(uuid4())

    def post(*, by=client, **altered):
        typed = MINE | {"submission_key": key, "opened": opened()} | altered
        return by.post(ADDRESS, {name: each for name, each in typed.items() if each is not None})

    return post
