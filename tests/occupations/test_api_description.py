"""The API keeps to its own description, whatever is asked of it; and the description is valid."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from openapi_spec_validator import validate
from schemathesis import GenerationMode

EXAMPLES = 25  # an address and mode
PLAIN = {"Accept-Encoding": "identity"}


@pytest.fixture
def described(db):
    """Give the API of the WSGI application; its requests share this test's connection."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.no_cover  # a sweep over lines that other tests run too
@pytest.mark.parametrize("mode", list(GenerationMode))
def test_the_api_answers_as_it_is_described(described, mode):
    for found in described.get_all_operations():
        operation = found.ok()

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            deadline=None,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def answers(case):
            case.call_and_validate(headers=PLAIN)

        try:
            answers()
        except Unsatisfiable:
            assert mode is GenerationMode.NEGATIVE  # any text may stand in a path
            assert not operation.query


@pytest.mark.django_db
def test_the_description_is_valid_openapi(client):
    validate(client.get("/api/v1/openapi.json").json())


@pytest.mark.django_db
def test_the_description_says_what_every_parameter_and_field_means(client):
    description = client.get("/api/v1/openapi.json").json()
    operations = [one for path in description["paths"].values() for one in path.values()]
    fields = [
        (name, field)
        for name, schema in description["components"]["schemas"].items()
        for field in schema.get("properties", {}).values()
    ]

    assert len(operations) == 9
    for operation in operations:
        assert operation["summary"]
        assert operation["description"]
        assert operation["responses"]["200"]
        for parameter in operation["parameters"]:
            assert parameter["description"], (operation["operationId"], parameter["name"])
    assert len(fields) > 150
    assert [(name, field) for name, field in fields if not field.get("description")] == []
