"""An editor proposes a table, a second person approves it, the worker loads it and nothing else."""

import shutil
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from occupations.catalogue import load as loading_module
from occupations.catalogue.load import EMBEDDED, load_catalogue
from occupations.catalogue.rows import CatalogueRejected
from occupations.change_log import worded
from occupations.editorial.loading import load_approved, load_shipped, uploads_wait
from occupations.editorial.uploads import (
    SecondPersonNeeded,
    ShrinkNotAccepted,
    TableRejected,
    UploadDecided,
    approve_table,
    propose_table,
    proposed_changes,
    refuse_table,
)
from occupations.models import (
    CatalogueLoad,
    FactChange,
    NzqcfLevel,
    OccupationList,
    Source,
    TableUpload,
    Visa,
)
from occupations.tasks import load_approved_tables

NOON = datetime(2026, 11, 24, 1, tzinfo=UTC)
TODAY = date(2026, 11, 24)
LONG_AGO = date(2001, 1, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def editors(django_user_model):
    """Give an editor, and the second person whom every table needs."""
    make = django_user_model.objects.create
    return make(username="editor"), make(username="second")


@pytest.fixture
def propose(editors):
    """Propose a shipped table with a part of its text replaced."""

    def propose(table="nzqcf_levels", old="10,Doctoral", new="10,Our doctoral", **options):
        text = (EMBEDDED / f"{table}.csv").read_text(encoding="utf-8")
        assert text.count(old) == 1
        values = {
            "content": text.replace(old, new).encode(),
            "as_at_on": TODAY,
            "note": "Because it changed.",
            "by": editors[0],
            "now": NOON,
        }
        return propose_table(table=table, **{**values, **options})

    return propose


def level_ten():
    return NzqcfLevel.objects.get(level=10).qualification_types


class TestProposing:
    def test_a_proposal_keeps_the_file_and_what_it_would_change_and_changes_nothing(self, propose):
        upload = propose()

        upload.refresh_from_db()
        assert upload.state == TableUpload.State.PROPOSED
        assert b"Our doctoral" in bytes(upload.content)
        assert upload.summary["counts"] == {"added": 0, "altered": 1, "withdrawn": 0}
        assert (upload.summary["total"], upload.summary["shrinks"]) == (1, [])
        (change,) = proposed_changes(upload)
        assert (change.table, change.kind, change.key) == ("nzqcf_levels", "altered", {"level": 10})
        assert change.after == {"qualification_types": "Our doctoral Degree"}
        assert str(worded([change])[0]) == (
            "level 10 qualification types Doctoral Degree → Our doctoral Degree"
        )
        assert level_ten() == "Doctoral Degree"
        assert CatalogueLoad.objects.count() == 1
        assert not FactChange.objects.exists()

    def test_every_error_is_named_with_its_place_and_nothing_is_kept(self, propose):
        with pytest.raises(CatalogueRejected) as rejected:
            propose(old="10,Doctoral", new="99,Doctoral")

        assert [str(problem) for problem in rejected.value.problems] == [
            "nzqcf_levels.csv as at 2026-11-24:11:1: level '99' is not a whole number from 1 to 10",
        ]
        assert not TableUpload.objects.exists()

    def test_it_may_name_only_what_the_catalogue_holds(self, propose):
        with pytest.raises(CatalogueRejected, match="reads_edition names anzsco-1066, which"):
            propose("visas", old="482,Skills in Demand,anzsco-2022", new="482,S,anzsco-1066")

    @pytest.mark.parametrize(
        ("options", "reason"),
        [
            ({"new": "10,Doctoral"}, "what the catalogue holds already"),
            ({"as_at_on": TODAY + timedelta(days=1)}, "a day to come"),
            ({"content": b"x" * (5 * 1024 * 1024 + 1)}, "larger than 5 MB"),
        ],
    )
    def test_a_table_that_cannot_serve_is_refused_in_words(self, propose, options, reason):
        with pytest.raises(TableRejected, match=reason):
            propose(**options)

    @pytest.mark.parametrize("table", ["official_texts", "auth_user", ""])
    def test_only_tables_of_the_catalogue_can_be_proposed(self, editors, table):
        with pytest.raises(TableRejected, match="No table of the catalogue is called"):
            propose_table(
                table=table, content=b"", as_at_on=TODAY, note="x", by=editors[0], now=NOON
            )

    def test_a_table_no_newer_than_the_shipped_one_is_refused(self, propose):
        with pytest.raises(TableRejected, match="Our copy is as at 2026-09-14"):
            propose("occupation_lists", old="csol,CSOL", new="csol,C", as_at_on=date(2026, 9, 14))


class TestDeciding:
    def test_whoever_uploaded_a_table_cannot_decide_on_it(self, propose, editors):
        upload = propose()

        for decide in (approve_table, refuse_table):
            with pytest.raises(SecondPersonNeeded):
                decide(upload, by=editors[0], now=NOON)

        assert not uploads_wait()

    def test_the_database_itself_asks_for_a_second_person(self, propose, editors):
        upload = propose()

        with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
            TableUpload.objects.filter(pk=upload.pk).update(state="approved", decided_by=editors[0])

    def test_an_approved_table_waits_for_the_worker(self, propose, editors):
        upload = approve_table(propose(), by=editors[1], now=NOON)

        assert (upload.state, upload.decided_by, upload.decided_at) == (
            TableUpload.State.APPROVED,
            editors[1],
            NOON,
        )
        assert uploads_wait()
        assert level_ten() == "Doctoral Degree"

    def test_a_refused_table_is_never_loaded(self, propose, editors):
        upload = refuse_table(propose(), by=editors[1], now=NOON, reason="Not what they publish.")

        assert upload.problems == "Not what they publish."
        assert not uploads_wait()
        with pytest.raises(UploadDecided):
            approve_table(upload, by=editors[1], now=NOON)

    def test_a_table_that_withdraws_much_needs_a_word_more(self, propose, editors):
        lines = (EMBEDDED / "occupation_licences.csv").read_bytes().splitlines(keepends=True)
        upload = propose(
            "occupation_licences", old="edition,", new="edition,", content=b"".join(lines[:10])
        )
        (shrink,) = upload.summary["shrinks"]
        assert "occupation_licences of anzsco-2022 would be withdrawn" in shrink

        with pytest.raises(ShrinkNotAccepted):
            approve_table(upload, by=editors[1], now=NOON)
        approve_table(upload, by=editors[1], now=NOON, accept_shrink=True)

        assert [one.state for one in load_approved(now=NOON)] == [TableUpload.State.LOADED]


class TestLoading:
    def test_the_worker_loads_an_approved_table_with_a_change_log(self, propose, editors):
        upload = approve_table(propose(), by=editors[1], now=NOON)

        load_approved_tables()

        upload.refresh_from_db()
        assert upload.state == TableUpload.State.LOADED
        assert upload.loaded_at is not None
        assert level_ten() == "Our doctoral Degree"
        fact = FactChange.objects.get()
        assert (fact.load, fact.table) == (CatalogueLoad.objects.latest(), "nzqcf_levels")
        assert not uploads_wait()

    def test_a_table_that_no_longer_fits_says_why_and_holds_up_no_other(self, propose, editors):
        bad = approve_table(propose(), by=editors[1], now=NOON)
        TableUpload.objects.filter(pk=bad.pk).update(content=b"level\nx\n")
        good = approve_table(
            propose("visas", old="482,Skills in Demand", new="482,Another"),
            by=editors[1],
            now=NOON + timedelta(minutes=1),
        )

        assert load_approved(now=NOON) == [good]

        bad.refresh_from_db()
        assert bad.state == TableUpload.State.FAILED
        assert "the column qualification_types is missing" in bad.problems
        assert Visa.objects.get(subclass="482").title == "Another"
        assert not uploads_wait()

    def test_an_upload_outranks_the_shipped_table_at_every_later_load(self, propose, editors):
        approve_table(propose(), by=editors[1], now=NOON)
        load_approved(now=NOON)

        loaded = load_catalogue(EMBEDDED, now=NOON, write=True)

        assert loaded.changes == {}
        assert level_ten() == "Our doctoral Degree"

    @pytest.mark.no_cover  # a whole load, of lines that other tests run too
    def test_the_shipped_table_stands_again_once_it_is_newer(
        self, propose, editors, tmp_path, monkeypatch
    ):
        upload = propose("visas", old="482,Skills in Demand", new="482,Another")
        approve_table(upload, by=editors[1], now=NOON)
        load_approved(now=NOON)
        release = shutil.copytree(EMBEDDED, tmp_path / "release")
        monkeypatch.setattr(loading_module, "EMBEDDED", release)
        later = TODAY + timedelta(days=30)
        sources = release / "sources.csv"
        text = sources.read_text(encoding="utf-8")
        sources.write_text(
            f"{text}next-list,Next list,Department,,{later},yes,,,\n", encoding="utf-8"
        )
        pairs = release / "table_sources.csv"
        pairs.write_text(f"{pairs.read_text(encoding='utf-8')}visas,next-list\n", encoding="utf-8")

        load_catalogue(release, now=NOON, write=True)

        assert Visa.objects.get(subclass="482").title == "Skills in Demand"

    def test_a_loaded_table_that_is_refused_is_taken_back(self, propose, editors):
        upload = approve_table(propose(), by=editors[1], now=NOON)
        load_approved(now=NOON)

        refuse_table(upload, by=editors[1], now=NOON, reason="A mistake.")
        assert uploads_wait()
        load_approved(now=NOON)

        assert level_ten() == "Doctoral Degree"
        assert not uploads_wait()
        assert CatalogueLoad.objects.count() == 3

    @pytest.mark.no_cover  # a whole load, of lines that other tests run too
    def test_sources_are_joined_so_that_a_release_may_ship_new_ones(self, propose, editors):
        header = (EMBEDDED / "sources.csv").read_text(encoding="utf-8").splitlines()[0]
        assert header.startswith("slug,title,publisher,licence,as_at_on,is_official,url,note")
        row = "list-of-november,List of November,Department,,2026-11-23,yes,,,"
        shipped = Source.objects.count()
        upload = propose("sources", old=header, new=header, content=f"{header}\n{row}\n".encode())
        assert upload.summary["counts"] == {"added": 1, "altered": 0, "withdrawn": 0}
        approve_table(upload, by=editors[1], now=NOON)

        load_approved(now=NOON)

        assert Source.objects.count() == shipped + 1
        assert load_catalogue(EMBEDDED, now=NOON, write=True).changes == {}

    def test_a_table_as_at_an_earlier_day_than_a_loaded_one_is_refused(self, propose, editors):
        approve_table(propose(), by=editors[1], now=NOON)
        load_approved(now=NOON)

        with pytest.raises(TableRejected, match="A table as at 2026-11-24 is loaded"):
            propose(new="10,Their doctoral", as_at_on=TODAY - timedelta(days=1))

        again = approve_table(propose(new="10,Their doctoral"), by=editors[1], now=NOON)
        assert load_approved(now=NOON + timedelta(minutes=1)) == [again]
        assert level_ten() == "Their doctoral Degree"

    @pytest.mark.no_cover  # a whole load, of lines that other tests run too
    def test_an_upload_that_a_new_release_contradicts_is_set_aside_and_the_site_starts(
        self, propose, editors
    ):
        upload = approve_table(propose(), by=editors[1], now=NOON)
        load_approved(now=NOON)
        TableUpload.objects.filter(pk=upload.pk).update(content=b"level\n10\n")
        with pytest.raises(CatalogueRejected):
            load_shipped(EMBEDDED, now=NOON)

        load_shipped(EMBEDDED, now=NOON, write=True)

        upload.refresh_from_db()
        assert upload.state == TableUpload.State.FAILED
        assert "2026-11-24:1:2: the column qualification_types is missing" in upload.problems
        assert level_ten() == "Doctoral Degree"

    def test_a_folder_of_an_operator_is_loaded_as_it_is(self, propose, editors, tmp_path):
        approve_table(propose(), by=editors[1], now=NOON)
        load_approved(now=NOON)
        shutil.copy(EMBEDDED / "nzqcf_levels.csv", tmp_path)

        load_catalogue(tmp_path, now=NOON, write=True)

        assert level_ten() == "Doctoral Degree"
        assert OccupationList.objects.exists()
