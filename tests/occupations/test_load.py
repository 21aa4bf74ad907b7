import shutil
import threading
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models

from occupations.catalogue.load import EMBEDDED, ImplausibleShrink, load_catalogue
from occupations.catalogue.rows import CatalogueRejected
from occupations.catalogue.stored import MODELS, lookup, read_stored
from occupations.catalogue.tables import TABLES
from occupations.models import (
    CatalogueLoad,
    Edition,
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


@pytest.fixture
def embedded_copy(tmp_path):
    """Copy the embedded tables, to change a line or two of one of them."""
    folder = tmp_path / "copy"
    shutil.copytree(EMBEDDED, folder)

    def change(table, old, new):
        path = folder / f"{table}.csv"
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")
        return folder

    return change


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
        assert revision.changes["occupations"] == added(3)

    def test_rows_name_each_other_and_fold_their_titles(self, load):
        load(**SMALL)

        occupation = Occupation.objects.get(code="149211", edition__slug="second")
        assert occupation.unit_group.title == "Call Centre Managers"
        assert occupation.unit_group.parent.parent.parent.code == "1"
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
            units=SMALL["units"].replace("BSBCUS401A,Coordinate customer service,\n", ""),
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
        assert Edition.objects.get(slug="first").superseded_by.superseded_by.slug == "second"

    def test_what_is_unknown_stays_unknown(self, load):
        mappings = "from_unit,to_unit,is_equivalent\nBSBCCO402A,BSBCUS401A,\n"

        load(units=SMALL["units"], unit_mappings=mappings)

        assert UnitMapping.objects.get().is_equivalent is None
        assert load(write=False, unit_mappings=mappings).changes == {}


@pytest.mark.django_db
class TestEmbeddedCatalogue:
    def test_it_is_loaded_and_the_next_load_changes_nothing(self):
        loaded = load_catalogue(EMBEDDED, now=NOW, write=True)

        assert loaded.changes == {}
        assert loaded.revision == CatalogueLoad.objects.get().pk

    def test_comparing_every_row_finds_no_change(self, embedded_copy):
        folder = embedded_copy("visas", "subclass,title", '"subclass",title')

        assert load_catalogue(folder, now=NOW, write=True).changes == {}
        assert CatalogueLoad.objects.count() == 1

    def test_one_altered_cell_is_the_only_change(self, embedded_copy):
        folder = embedded_copy("visas", "482,Skills in Demand", "482,Temporary Skill Shortage")

        loaded = load_catalogue(folder, now=NOW, write=True)

        assert {name: change.altered for name, change in loaded.changes.items()} == {
            "visas": {("482",): ("title",)}
        }
        assert loaded.revision == CatalogueLoad.objects.latest().pk
        assert CatalogueLoad.objects.count() == 2

    def test_one_row_left_out_is_the_only_change(self, embedded_copy):
        row = "anzsco-2022,541111,alternative,Contact Centre Supervisor\n"

        loaded = load_catalogue(embedded_copy("other_titles", row, ""), now=NOW, write=True)

        assert counts(loaded) == {"other_titles": {"added": 0, "altered": 0, "withdrawn": 1}}
        titles = OtherTitle.objects.filter(
            occupation__code="541111", occupation__edition__slug="anzsco-2022"
        )
        assert "Contact Centre Supervisor" not in titles.values_list("title", flat=True)
        assert titles.count() == 3

    def test_an_edition_cut_short_is_refused(self, embedded_copy):
        lines = (
            (EMBEDDED / "other_titles.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        )
        half = "".join(lines[len(lines) // 2 :])

        with pytest.raises(ImplausibleShrink, match=r"\d+ of 2193 other_titles of anzsco-2022"):
            load_catalogue(embedded_copy("other_titles", half, ""), now=NOW, write=True)

        assert OtherTitle.objects.filter(occupation__edition__slug="anzsco-2022").count() == 2193


@pytest.mark.django_db(transaction=True)
def test_loads_wait_for_one_another(tmp_path):
    package = "code,title\nBSB,Business Services\nICT,Information Technology\n"
    folder = write_tables(tmp_path / "tables", {"training_packages": package})
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

    assert counts(results["first"]) == {"training_packages": added(1)}
    assert results["second"].changes == {}
    assert results["second"].revision == results["first"].revision


@pytest.mark.django_db
class TestCommand:
    def run(self, *arguments):
        out = StringIO()
        call_command("load_catalogue", *arguments, stdout=out)
        return out.getvalue().splitlines()

    def test_it_says_that_nothing_changed(self):
        revision = CatalogueLoad.objects.latest().pk

        assert self.run() == [f"No change; the catalogue stays at revision {revision}."]

    def test_it_counts_what_would_change_and_writes_nothing(self, embedded_copy):
        folder = embedded_copy("visas", "482,Skills in Demand", "482,Temporary Skill Shortage")

        assert self.run("--from", str(folder)) == [
            "table                              added  altered  withdrawn",
            "visas                                  0        1          0",
            "Nothing was written; --write does.",
        ]
        assert CatalogueLoad.objects.count() == 1

    def test_it_says_which_revision_it_wrote(self, embedded_copy):
        folder = embedded_copy("visas", "482,Skills in Demand", "482,Temporary Skill Shortage")

        last = self.run("--write", "--from", str(folder))[-1]

        revision = CatalogueLoad.objects.latest().pk
        assert last == f"Written: the catalogue is now at revision {revision}."

    def test_it_is_silent_when_asked(self):
        assert self.run("--verbosity", "0") == []

    def test_it_lists_every_error(self, embedded_copy):
        embedded_copy("visas", "482,Skills in Demand,anzsco-2022", "482,,anzsco-1066")
        folder = embedded_copy("units", "BSBADM409A,", "bsbadm409a,")

        with pytest.raises(CommandError) as error:
            self.run("--write", "--from", str(folder))

        assert str(error.value).splitlines() == [
            "example_units.csv:6:5: unit names BSBADM409A, which units.csv does not hold",
            "packaged_units.csv:31:3: unit names BSBADM409A, which units.csv does not hold",
            "units.csv:2:1: code 'bsbadm409a' is not a code of at most 14 capitals and digits",
            "visas.csv:7:2: title is empty",
            "visas.csv:7:3: reads_edition names anzsco-1066, which editions.csv does not hold",
            "Errors in the tables: 5. Nothing was written.",
        ]

    def test_it_refuses_a_shrink_unless_told(self, embedded_copy):
        lines = (
            (EMBEDDED / "other_titles.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        )
        folder = embedded_copy("other_titles", "".join(lines[-200:]), "")

        with pytest.raises(CommandError, match="--allow-shrink writes it all the same"):
            self.run("--write", "--from", str(folder))

        last = self.run("--write", "--allow-shrink", "--from", str(folder))[-1]
        assert last.startswith("Written:")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_and_its_model_agree(table):
    model = MODELS[table.name]
    model_fields = model._meta.concrete_fields  # noqa: SLF001
    behind_references = {
        name for reference in table.references if reference.field for name in reference.columns
    }
    columns = {column.name: column for column in table.columns}
    fields = {
        field.name: field
        for field in model_fields
        if not field.primary_key and field.name != "withdrawn_on"
    }

    own = {name for name in table.names if name not in behind_references}
    named = {reference.field for reference in table.references if reference.field}
    assert own | named == fields.keys()
    assert table.is_kept == any(field.name == "withdrawn_on" for field in model_fields)
    for name in own & columns.keys():
        column, field = columns[name], fields[name]
        if field.choices:
            assert set(column.options) == {value for value, _ in field.flatchoices}
        elif isinstance(field, models.CharField):
            assert column.most <= field.max_length
        if column.optional and column.empty is None:
            assert field.null
    for name in behind_references:
        assert lookup(table, name).count("__") >= 1
