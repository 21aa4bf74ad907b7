import threading
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from occupations.catalogue.load import EMBEDDED, ImplausibleShrink, load_catalogue
from occupations.catalogue.rows import CatalogueRejected
from occupations.catalogue.stored import read_stored
from occupations.catalogue.tables import TABLES
from occupations.models import (
    CatalogueLoad,
    Edition,
    FactChange,
    Group,
    Occupation,
    OtherTitle,
    PackagedUnit,
    Qualification,
    Source,
    TrainingPackage,
    Unit,
    UnitMapping,
)
from tests.occupations.small_catalogue import SMALL, write_tables

# Half past ten at night in Sydney, of the same day in Greenwich.
NOW = datetime(2026, 11, 21, 11, 30, tzinfo=UTC)
# Two hours later it is tomorrow in Sydney, but not yet in Greenwich.
LATER = datetime(2026, 11, 21, 13, 30, tzinfo=UTC)


@pytest.fixture
def empty_catalogue(db):
    """Take the embedded catalogue away for this test."""
    names = connection.introspection.django_table_names()
    tables = ", ".join(name for name in names if name.startswith("occupations_"))
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables} CASCADE")


@pytest.fixture
def load(tmp_path):
    """Load tables from a fresh folder."""
    numbers = iter(range(100))

    def load(*, now=NOW, write=True, allow_shrink=False, **tables):
        folder = write_tables(tmp_path / f"tables-{next(numbers)}", tables)
        return load_catalogue(folder, now=now, write=write, allow_shrink=allow_shrink)

    return load


def counts(loaded):
    return {name: change.counts() for name, change in loaded.changes.items()}


def added(number):
    return {"added": number, "altered": 0, "withdrawn": 0}


def everything():
    return {table.name: read_stored(table).rows for table in TABLES}


@pytest.mark.usefixtures("empty_catalogue")
class TestSmallCatalogue:
    def test_a_load_into_nothing_adds_every_row(self, load):
        loaded = load(**SMALL)

        assert counts(loaded) == {
            name: added(len(text.splitlines()) - 1) for name, text in SMALL.items()
        }
        revision = CatalogueLoad.objects.get()
        assert loaded.revision == revision.pk
        assert revision.loaded_at == NOW
        assert revision.changes["occupations"] == {**added(3), "first": True}

    def test_rows_name_each_other_and_fold_their_titles(self, load):
        load(**SMALL)

        occupation = Occupation.objects.get(
            code="149211", edition__slug="second", unit_group__parent__parent__parent__code="1"
        )
        assert occupation.unit_group.title == "Call Centre Managers"
        assert occupation.edition.supersedes.get().slug == "first"
        assert occupation.title_folded == "call or contact centre manager"
        assert occupation.skill_level_nz == 3
        assert Group.objects.get(code="1", edition__slug="first").parent is None

    def test_a_dry_load_writes_nothing(self, load):
        loaded = load(write=False, **SMALL)

        assert counts(loaded)["occupations"] == added(3)
        assert loaded.revision is None
        assert not any(everything().values())
        assert not CatalogueLoad.objects.exists()

    def test_the_second_load_changes_nothing(self, load):
        first = load(**SMALL)

        again = load(**SMALL)

        assert again.changes == {}
        assert again.revision == first.revision
        assert CatalogueLoad.objects.count() == 1

    def test_rows_are_compared_again_when_a_file_reads_differently(self, load):
        load(**SMALL)

        loaded = load(**{**SMALL, "units": SMALL["units"].replace("\n", "\r\n")})

        assert loaded.changes == {}
        assert CatalogueLoad.objects.count() == 1

    def test_an_error_leaves_everything_untouched(self, load):
        load(**SMALL)
        before = everything()
        titles = f"{SMALL['other_titles']}second,149211,alternative,Boss\nsecond,1,alternative,X\n"

        with pytest.raises(CatalogueRejected) as rejected:
            load(**{**SMALL, "other_titles": titles})

        assert [str(problem) for problem in rejected.value.problems] == [
            "other_titles.csv:4:2: occupation '1' is not a code of 6 digits"
        ]
        assert everything() == before
        assert CatalogueLoad.objects.count() == 1

    def test_a_folder_in_the_place_of_a_file_is_an_error(self, tmp_path):
        (tmp_path / "units.csv").mkdir()

        with pytest.raises(CatalogueRejected, match=r"units\.csv:1:1: .* Is a directory"):
            load_catalogue(tmp_path, now=NOW, write=True)

    def test_a_folder_that_is_not_there_is_an_error(self, tmp_path):
        with pytest.raises(CatalogueRejected, match="there is no table of the catalogue"):
            load_catalogue(tmp_path / "nowhere", now=NOW, write=True)

    def test_a_table_without_a_file_stays_untouched(self, load):
        load(**SMALL)

        loaded = load(other_titles=f"{SMALL['other_titles']}second,149211,alternative,Boss\n")

        assert counts(loaded) == {"other_titles": added(1)}
        assert Occupation.objects.count() == 3

    def test_a_cell_that_changes_alters_its_row_in_place(self, load):
        load(**SMALL)
        before = Occupation.objects.get(code="149212")
        renamed = SMALL["occupations"].replace("Customer Service Manager,1492,2", "Boss,1492,3")

        loaded = load(occupations=renamed)

        assert loaded.changes["occupations"].altered == {
            ("second", "149212"): ("title", "skill_level", "title_folded")
        }
        after = Occupation.objects.get(code="149212")
        assert (after.pk, after.title, after.title_folded) == (before.pk, "Boss", "boss")
        assert after.skill_level == 3

    def test_two_rows_may_swap_their_places(self, load):
        load(**SMALL)
        swapped = SMALL["packaged_units"].replace("core,,1", "core,,3")
        swapped = swapped.replace("core,,2", "core,,1").replace("core,,3", "core,,2")

        loaded = load(packaged_units=swapped)

        assert counts(loaded) == {"packaged_units": {"added": 0, "altered": 2, "withdrawn": 0}}
        order = PackagedUnit.objects.order_by("seq").values_list("unit__code", flat=True)
        assert list(order) == ["BSBCUS401A", "BSBCCO402A"]

    def test_an_occupation_left_out_keeps_its_row_as_withdrawn(self, load):
        load(**SMALL)
        without = SMALL["occupations"].replace("first,149211,Call Centre Manager,1492,2,2,no\n", "")
        links = SMALL["correspondences"].splitlines()[0]

        loaded = load(now=LATER, allow_shrink=True, occupations=without, correspondences=links)

        assert loaded.changes["occupations"].withdrawn == (("first", "149211"),)
        withdrawn = Occupation.objects.get(edition__slug="first", code="149211")
        assert withdrawn.withdrawn_on == date(2026, 11, 22), "the day in Sydney"
        assert withdrawn not in Occupation.objects.current()

    def test_a_withdrawn_occupation_comes_back_when_it_is_published_again(self, load):
        load(**SMALL)
        before = Occupation.objects.get(edition__slug="first")
        without = SMALL["occupations"].replace("first,149211,Call Centre Manager,1492,2,2,no\n", "")
        links = SMALL["correspondences"].splitlines()[0]
        load(allow_shrink=True, occupations=without, correspondences=links)

        loaded = load(**SMALL)

        assert counts(loaded) == {"occupations": added(1), "correspondences": added(1)}
        after = Occupation.objects.get(edition__slug="first")
        assert (after.pk, after.withdrawn_on) == (before.pk, None)

    def test_a_withdrawn_occupation_is_not_withdrawn_twice(self, load):
        load(**SMALL)
        without = SMALL["occupations"].replace("first,149211,Call Centre Manager,1492,2,2,no\n", "")
        links = SMALL["correspondences"].splitlines()[0]
        tables = {**SMALL, "occupations": without, "correspondences": links}
        load(allow_shrink=True, **tables)

        loaded = load(now=LATER, **{**tables, "units": SMALL["units"].replace("Gather", "Get")})

        assert counts(loaded) == {"units": {"added": 0, "altered": 1, "withdrawn": 0}}
        assert Occupation.objects.get(edition__slug="first").withdrawn_on == NOW.date()

    def test_a_unit_left_out_is_withdrawn_and_a_title_left_out_is_gone(self, load):
        load(**SMALL)

        loaded = load(
            other_titles=SMALL["other_titles"].splitlines()[0],
            packaged_units=SMALL["packaged_units"].rpartition("BSB40307")[0],
            units=SMALL["units"].replace("BSBCUS401A,Coordinate customer service,,,,,,,yes\n", ""),
        )

        assert not OtherTitle.objects.exists()
        assert Unit.objects.get(code="BSBCUS401A").withdrawn_on == NOW.date()
        assert loaded.changes["units"].withdrawn == (("BSBCUS401A",),)

    def test_too_many_withdrawals_are_refused(self, load):
        load(**SMALL)
        before = everything()
        without = SMALL["occupations"].replace("first,149211,Call Centre Manager,1492,2,2,no\n", "")
        links = SMALL["correspondences"].splitlines()[0]

        with pytest.raises(ImplausibleShrink) as refused:
            load(occupations=without, correspondences=links)

        assert refused.value.shrinks == ("1 of 1 occupations of first would be withdrawn",)
        assert everything() == before

    def test_what_a_table_without_a_file_names_cannot_be_left_out(self, load):
        load(**SMALL)

        with pytest.raises(CatalogueRejected) as rejected:
            load(sources=SMALL["sources"].splitlines()[0])

        assert [str(problem) for problem in rejected.value.problems] == [
            "sources.csv:1:1: anzsco is left out, but stored rows of list_memberships still name it"
        ]
        assert Source.objects.count() == 1

    def test_what_a_withdrawn_row_names_cannot_be_left_out(self, load):
        load(**SMALL)
        headers = {name: text.splitlines()[0] for name, text in SMALL.items()}
        for kept in ("groups", "occupations", "qualifications", "units"):
            headers[kept] = SMALL[kept].splitlines()[0]

        with pytest.raises(CatalogueRejected) as rejected:
            load(allow_shrink=True, **headers)

        assert sorted({problem.message for problem in rejected.value.problems}) == [
            "BSB is left out, but stored rows of qualifications still name it",
            "first is left out, but stored rows of groups still name it",
            "first is left out, but stored rows of occupations still name it",
            "second is left out, but stored rows of groups still name it",
            "second is left out, but stored rows of occupations still name it",
        ]

    def test_a_row_may_leave_once_the_rows_that_named_it_name_another(self, load):
        load(**SMALL)

        load(
            training_packages="code,title\nICT,Information Technology\n",
            qualifications=SMALL["qualifications"].replace(",BSB,", ",ICT,"),
        )

        assert Qualification.objects.get().training_package.code == "ICT"
        assert [package.code for package in TrainingPackage.objects.all()] == ["ICT"]

    def test_an_edition_may_come_between_two_others(self, load):
        load(**SMALL)
        editions = SMALL["editions"].replace("2013-06-26,second", "2013-06-26,middle")
        editions += "middle,ANZSCO,Middle,Middle,Statistics,CC BY 4.0,2019-11-05,second,,\n"

        loaded = load(editions=editions)

        assert counts(loaded) == {"editions": {"added": 1, "altered": 1, "withdrawn": 0}}
        chain = Edition.objects.order_by("released_on").values_list("slug", "superseded_by__slug")
        assert list(chain) == [("first", "middle"), ("middle", "second"), ("second", None)]

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

    def test_what_is_unknown_stays_unknown(self, load):
        mappings = "from_unit,to_unit,is_equivalent\nBSBCCO402A,BSBCUS401A,\n"

        load(units=SMALL["units"], unit_mappings=mappings)

        assert UnitMapping.objects.get().is_equivalent is None
        assert load(write=False, unit_mappings=mappings).changes == {}


@pytest.mark.django_db(transaction=True)
def test_loads_wait_for_one_another(tmp_path):
    levels = (EMBEDDED / "nzqcf_levels.csv").read_text(encoding="utf-8")
    tables = {"nzqcf_levels": levels.replace("1,Certificate", "1,Another")}
    folder = write_tables(tmp_path / "tables", tables)
    first_is_in, first_may_end = threading.Event(), threading.Event()
    results = {}

    def hold(execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        if "INSERT INTO" in sql and "catalogueload" in sql:
            first_is_in.set()
            assert first_may_end.wait(20)
        return answer

    def first():
        with connection.execute_wrapper(hold):
            results["first"] = load_catalogue(folder, now=NOW, write=True)
        connection.close()

    def second():
        results["second"] = load_catalogue(folder, now=NOW, write=True)
        connection.close()

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    threads[0].start()
    assert first_is_in.wait(20)
    threads[1].start()
    threads[1].join(0.5)
    assert threads[1].is_alive(), "the second load waits for the first one's end"
    first_may_end.set()
    for thread in threads:
        thread.join(20)

    assert counts(results["first"]) == {"nzqcf_levels": {"added": 0, "altered": 1, "withdrawn": 0}}
    assert results["second"].changes == {}
    assert results["second"].revision == results["first"].revision
