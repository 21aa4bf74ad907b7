"""A load writes what its tables hold, all or nothing, and only what differs."""

import threading

import pytest
from django.db import connection

from occupations.catalogue.load import EMBEDDED, load_catalogue
from occupations.catalogue.rows import CatalogueRejected
from occupations.models import CatalogueLoad, Edition, Group, Occupation, PackagedUnit, UnitMapping
from tests.occupations.load.loads import NOW, added, counts, everything
from tests.occupations.small_catalogue import SMALL, write_tables


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

    def test_an_edition_may_come_between_two_others(self, load):
        load(**SMALL)
        editions = SMALL["editions"].replace("2013-06-26,second", "2013-06-26,middle")
        editions += "middle,ANZSCO,Middle,Middle,Statistics,CC BY 4.0,2019-11-05,second,,\n"

        loaded = load(editions=editions)

        assert counts(loaded) == {"editions": {"added": 1, "altered": 1, "withdrawn": 0}}
        chain = Edition.objects.order_by("released_on").values_list("slug", "superseded_by__slug")
        assert list(chain) == [("first", "middle"), ("middle", "second"), ("second", None)]

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
