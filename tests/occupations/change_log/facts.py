"""A changed fact, as a load keeps it."""

from occupations.models import FactChange


def fact(load, **fields):
    values = {
        "table": "list_memberships",
        "kind": "altered",
        "edition": "anzsco-2013",
        "code": "149212",
        "key": {
            "list": "stsol",
            "edition": "anzsco-2013",
            "occupation": "149212",
            "source": "home-affairs-list-2026-09-14",
        },
        "before": {"visas": ["190", "407"]},
        "after": {"visas": ["190"]},
    }
    return FactChange.objects.create(load=load, **{**values, **fields})
