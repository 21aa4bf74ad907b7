"""What the API tells of each subject: its facts, with their days and where they come from."""

from datetime import UTC, datetime

import pytest

from occupations.models import CatalogueLoad, FactChange, Occupation
from tests.occupations.api_reader import get

pytestmark = pytest.mark.django_db


def test_an_occupation_carries_its_lists_caveats_and_assessor_with_their_days(client):
    body = get(client, "occupations/anzsco-2013/149212")
    current = {one["acronym"]: one for one in body["lists"] if one["is_current"]}
    read = {one["edition"]: one["visas"] for one in body["visas"]}
    named = {one["subclass"] for one in read["anzsco-2013"] if one["standing"] == "named"}
    ended = [one for one in body["caveats"] if one["has_ended"]]

    assert set(current) == {"STSOL"}
    assert current["STSOL"]["source"]["as_at_on"] == "2026-09-14"
    assert named == {"190", "407", "491", "494"}
    assert {one["subclass"] for one in read["anzsco-2022"] if one["standing"] == "named"} == set()
    assert [one["number"] for one in ended[0]["caveats"]] == [2, 11, 19]
    assert ended[0]["in_force_to_on"] == "2024-12-07"
    assert body["assessments"][0]["authorities"][0]["acronym"] == "VETASSESS"
    assert body["assessments"][0]["authorities"][0]["group"] == "C"
    assert len(body["not_considered"][0]["titles"]) == 9


def test_a_group_holds_its_occupations_with_levels_and_titles(client):
    body = get(client, "groups/anzsco-2022/5411")
    leader = body["occupations"][0]

    assert (body["level"], body["title"]) == ("unit", "Call or Contact Centre Workers")
    assert [one["place"]["code"] for one in body["groups"]] == ["5", "54", "541", "5411"]
    assert [one["place"]["code"] for one in body["occupations"]] == ["541111", "541112"]
    assert [(one["country"], one["level"]) for one in leader["skill_levels"]] == [
        ("Australia", 3),
        ("New Zealand", 3),
    ]
    assert leader["alternatives"] == ["Call Centre Supervisor", "Contact Centre Supervisor"]
    assert len(body["tasks"]["tasks"]) == 11
    assert body["summary"]["status"] == "reviewed"
    assert body["summary"]["written_for"] is None
    assert leader["words"]["text"] == leader["summary"]
    assert leader["words"]["reviewed_on"] == body["summary"]["reviewed_on"]
    assert leader["summary_written_for"] == ""
    assert {one["edition"] for one in body["not_to_be_confused"]["places"]} == {"anzsco-2022"}
    assert body["namesake"]["edition"] == "osca-2024"


def test_a_group_of_another_edition_says_for_which_one_its_words_were_written(client):
    newer, older = (get(client, f"groups/anzsco-{year}/5411") for year in (2022, 2013))

    for one, other in zip(newer["occupations"], older["occupations"], strict=True):
        assert one["summary"] == other["summary"] == other["words"]["text"]
        assert (one["summary_written_for"], other["summary_written_for"]) == ("", "ANZSCO 2022")
        assert other["words"]["written_for"]["edition"] == "anzsco-2022"


def test_a_group_that_has_no_words_of_ours_says_so(client):
    body = get(client, "groups/anzsco-2013/2613")

    assert (body["summary"], body["tasks"], body["not_to_be_confused"]) == (None, None, None)
    assert {(one["summary"], one["words"]) for one in body["occupations"]} == {("", None)}


def test_a_group_above_the_unit_groups_holds_groups(client):
    body = get(client, "groups/anzsco-2022/54")

    assert [one["code"] for one in body["children"]] == ["541", "542"]
    assert body["occupations"] == []


def test_a_qualification_carries_its_units_rules_and_what_replaced_it(client):
    body = get(client, "qualifications/BSB40307")
    kinds = [one["kind"] for one in body["release"]["units"]]

    assert (kinds.count("core"), kinds.count("elective")) == (7, 21)
    assert {one["kind"]: one["number"] for one in body["release"]["rules"]}["total"] == 13
    assert [one["code"] for one in body["replaced_by"]] == ["BSB40311"]
    assert body["replaced_by"][0]["mapped_on"] == "2011-11-27"
    assert body["occupations"][0]["code"] == "541111"
    assert body["occupations"][0]["starts_on"] == "2008-09-03"
    assert [one["name"] for one in body["release"]["examples"]][:2] == ["Analyst", "Scheduler"]


def test_a_qualification_that_is_only_named_has_no_release(client):
    body = get(client, "qualifications/BSB40311")

    assert body["is_held"] is False
    assert body["release"] is None
    assert [one["code"] for one in body["replaces"]] == ["BSB40307"]


def test_a_unit_names_the_qualifications_that_hold_it(client):
    body = get(client, "units/BSBCCO402A")

    assert [one["qualification"]["code"] for one in body["packaged_in"]] == ["BSB40307"]
    assert body["packaged_in"][0]["kind"] == "core"


def test_links_between_editions_name_their_origin(client):
    body = get(client, "correspondence/anzsco-2022/541111")
    links = {one["edition"]: one for one in body["counterparts"]}

    assert links["anzsco-2021"]["origin"] == "published"
    assert links["anzsco-2013"]["origin"] == "derived"
    assert links["osca-2024"]["occupations"][0]["code"] == "551132"
    assert body["isco"]


def test_a_retired_code_corresponds_to_nothing(client):
    code = Occupation.objects.filter(edition__slug="anzsco-2013", retired=True)[0].code

    body = get(client, f"correspondence/anzsco-2013/{code}")

    assert body["retired"] is True
    assert {one["change"] for one in body["counterparts"]} == {"gone"}


def test_editions_name_the_visas_that_read_them(client):
    readers = {
        one["slug"]: {visa["subclass"] for visa in one["visas"]}
        for one in get(client, "editions")["editions"]
    }

    assert readers["anzsco-2022"] == {"186", "482"}
    assert "491" in readers["anzsco-2013"]
    assert readers["osca-2024"] == set()


def test_changes_begin_at_the_day_or_instant_that_is_asked_for(client):
    CatalogueLoad.objects.update(loaded_at=datetime(2026, 11, 1, tzinfo=UTC))
    load = CatalogueLoad.objects.create(
        loaded_at=datetime(2026, 11, 24, 1, tzinfo=UTC),
        digest="new",
        changes={"list_memberships": {"added": 0, "altered": 1, "withdrawn": 0}},
    )
    FactChange.objects.create(
        load=load,
        table="list_memberships",
        kind="altered",
        key={"list": "stsol", "edition": "anzsco-2013", "occupation": "149212"},
        edition="anzsco-2013",
        code="149212",
        before={"visas": ["190"]},
        after={"visas": ["190", "491S"]},
    )

    for since in ("2026-11-24", "2026-11-24T01:00:00Z", "2026-11-24T12:00:00%2B11:00"):
        body = get(client, f"changes?since={since}")
        assert [one["revision"] for one in body["loads"]] == [load.pk]
        assert [one["code"] for one in body["changes"]] == ["149212"]
        assert body["changes"][0]["after"] == {"visas": ["190", "491S"]}
        assert body["total"] == 1
    assert get(client, "changes?since=2026-11-24T01:00:01Z")["loads"] == []
    assert len(get(client, "changes")["loads"]) == 2
