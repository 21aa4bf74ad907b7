"""A load keeps each fact that it changed, for the change log."""

import pytest

from occupations.models import CatalogueLoad, FactChange, Unit
from tests.occupations.load.loads import added
from tests.occupations.small_catalogue import SMALL


@pytest.mark.usefixtures("empty_catalogue")
class TestFacts:
    def test_the_first_load_of_a_table_is_counted_and_not_listed(self, load):
        load(**{**SMALL, "visas": None, "list_memberships": None})
        assert not FactChange.objects.exists()

        load(visas=SMALL["visas"], units=f"{SMALL['units']}BSBNEW,New unit,,,,,,,yes\n")

        assert CatalogueLoad.objects.latest().changes == {
            "visas": {**added(1), "first": True},
            "units": added(1),
        }
        assert [(fact.table, fact.code) for fact in FactChange.objects.all()] == [
            ("units", "BSBNEW")
        ]

    def test_the_change_log_keeps_each_fact_with_its_subject(self, load):
        load(**SMALL)
        tables = {
            "list_memberships": SMALL["list_memberships"].replace("482|482S", "482"),
            "other_titles": SMALL["other_titles"].replace("Client Service", "Service"),
            "packaged_units": SMALL["packaged_units"].rpartition("BSB40307")[0],
            "instruments": SMALL["instruments"].replace("2024-12-07", "2024-12-06"),
        }

        loaded = load(**tables)

        facts = FactChange.objects.filter(load=loaded.revision).order_by("table", "kind")
        assert [
            (one.table, one.kind, one.edition, one.code, one.before, one.after) for one in facts
        ] == [
            (
                "instruments",
                "altered",
                "",
                "",
                {"in_force_to_on": "2024-12-07"},
                {"in_force_to_on": "2024-12-06"},
            ),
            (
                "list_memberships",
                "altered",
                "second",
                "149212",
                {"visas": ["482", "482S"]},
                {"visas": ["482"]},
            ),
            ("other_titles", "added", "second", "149212", None, {}),
            ("other_titles", "withdrawn", "second", "149212", {}, None),
            (
                "packaged_units",
                "withdrawn",
                "",
                "BSB40307",
                {
                    "kind": "core",
                    "seq": 2,
                    "table_seq": None,
                    "table_title": "",
                    "essential": "",
                },
                None,
            ),
        ]
        assert facts.get(table="list_memberships").key == {
            "list": "csol",
            "edition": "second",
            "occupation": "149212",
            "source": "anzsco",
        }

    def test_a_refused_load_leaves_no_trace_in_the_change_log(self, load, monkeypatch):
        load(**SMALL)

        def fail(*_arguments, **_options):
            raise RuntimeError

        monkeypatch.setattr(FactChange.objects, "bulk_create", fail)
        with pytest.raises(RuntimeError):
            load(units=SMALL["units"].replace("Gather", "Get"))

        assert CatalogueLoad.objects.count() == 1
        assert Unit.objects.get(code="BSBCCO402A").title == "Gather and record information"
