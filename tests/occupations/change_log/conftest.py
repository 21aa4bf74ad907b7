"""A load that changed something."""

from datetime import UTC, datetime

import pytest

from occupations.models import CatalogueLoad

NOON = datetime(2026, 11, 24, 1, tzinfo=UTC)


@pytest.fixture
def load():
    return CatalogueLoad.objects.create(
        loaded_at=NOON,
        digest="x",
        changes={
            "list_memberships": {"added": 0, "altered": 1, "withdrawn": 0},
            "visas": {"added": 9, "altered": 0, "withdrawn": 0, "first": True},
        },
    )
