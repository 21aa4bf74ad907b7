"""The search page as it was read soon after our copy was made, and the index behind it."""

import pytest

from occupations.search import current_index
from tests.occupations.conftest import READ_ON
from tests.occupations.page_reader import read


@pytest.fixture
def index():
    return current_index()


@pytest.fixture
def page(client, read_on):
    read_on(READ_ON)
    return lambda query: read(client, f"/search/?{query}")
