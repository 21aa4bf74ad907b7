"""Each page about a source document shows all of its items; remove any one and it shows."""

import pytest
from django.db import transaction
from django.db.models import ProtectedError

from occupations import models
from tests.occupations.seed_counts import COUNTS
from tests.occupations.seed_inventory import heading_of
from tests.occupations.seed_occupations import GROUP_1492, GROUP_5411, MANAGER
from tests.occupations.seed_pages import INVENTORIES, lacking
from tests.occupations.seed_qualifications import QUALIFICATION
from tests.occupations.test_seed_inventory import CATALOGUE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_on")]


@pytest.mark.parametrize("address", INVENTORIES)
def test_the_page_shows_every_item_of_its_document(client, address):
    assert list(lacking(client, address)) == []


@pytest.mark.parametrize(
    "address", ["/occupations/anzsco-2013/1492/", "/occupations/anzsco-2019/1492/"]
)
def test_older_releases_say_so_and_link_their_counterpart(client, address):
    response = client.get(address)

    assert "This is not the latest release." in response.text
    assert 'href="/occupations/anzsco-2022/1492/"' in response.text


RELEASE = {"qualification": "release__qualification__code", "release": "release__release"}
OCCUPATION = {"edition": "occupation__edition__slug", "occupation": "occupation__code"}
GROUP = {"edition": "group__edition__slug"}
# For each table: its model, and where the columns that name a row stand in it.
PLACES = {
    "group_summaries": (models.GroupSummary, GROUP | {"code": "group__code"}),
    "occupation_summaries": (
        models.OccupationSummary,
        {"edition": "occupation__edition__slug", "code": "occupation__code"},
    ),
    "tasks": (models.Task, GROUP | {"group": "group__code", "seq": "seq"}),
    "qualification_releases": (
        models.QualificationRelease,
        {"qualification": "qualification__code", "release": "release"},
    ),
    "qualification_mappings": (
        models.QualificationMapping,
        {"from_qualification": "from_qualification__code"},
    ),
    "release_statements": (
        models.ReleaseStatement,
        RELEASE | {"section": "section", "seq": "seq"},
    ),
    "qualification_classifications": (
        models.QualificationClassification,
        {"qualification": "qualification__code", "seq": "seq"},
    ),
    "units": (models.Unit, {"code": "code"}),
    "packaging_rules": (models.PackagingRule, RELEASE | {"seq": "seq"}),
    "packaged_units": (models.PackagedUnit, RELEASE | {"unit": "unit__code"}),
    "example_selections": (models.ExampleSelection, RELEASE | {"seq": "seq"}),
    "example_units": (
        models.ExampleUnit,
        {"selection_seq": "selection__seq", "unit": "unit__code"},
    ),
    "instruments": (models.Instrument, {"slug": "slug"}),
    "caveats": (models.Caveat, {"instrument": "instrument__slug", "key": "key"}),
    "caveat_memberships": (
        models.CaveatMembership,
        OCCUPATION | {"caveat_key": "caveat__key"},
    ),
    "assessment_criteria": (
        models.AssessmentCriterion,
        {"authority": "authority__slug", "group": "group", "seq": "seq"},
    ),
    "assessment_notes": (models.AssessmentNote, OCCUPATION | {"section": "section", "seq": "seq"}),
    "not_considered_titles": (models.NotConsideredTitle, OCCUPATION | {"seq": "seq"}),
    "occupation_links": (models.OccupationLink, OCCUPATION | {"seq": "seq"}),
}
OF_PAGES = {
    "anzsco-2021": GROUP_1492,
    "anzsco-2022": GROUP_5411,
    "anzsco-2013": MANAGER,
}


def page_of(row):
    """Name the page whose inventory holds a row."""
    if "edition" in row:
        return OF_PAGES[row["edition"]]
    return MANAGER if {"instrument", "authority", "in_force_to_on"} & row.keys() else QUALIFICATION


def is_on_its_page(row):
    # 1492 is shown at 2021; its rows of 2022 stand on no page that a document describes.
    return (row.get("edition"), (row.get("code") or row.get("group") or "")[:4]) != (
        "anzsco-2022",
        "1492",
    )


def remove(rows):
    """Delete rows, with those that hold them fast."""
    try:
        rows.delete()
    except ProtectedError as error:
        for holder in error.protected_objects:
            remove(type(holder)._base_manager.filter(pk=holder.pk))
        remove(rows.model._base_manager.filter(pk__in=rows.values("pk")))


@pytest.mark.no_cover  # a sweep over lines that other tests run too
@pytest.mark.parametrize(
    ("table", "row"),
    [
        pytest.param(table, row, id=f"{table}-{place}")
        for table in PLACES
        for place, row in enumerate(CATALOGUE[table])
        if heading_of(table, row) in COUNTS[table][1] and is_on_its_page(row)
    ],
)
def test_a_page_without_one_of_its_items_is_noticed(client, table, row):
    model, columns = PLACES[table]
    found = model._base_manager.filter(**{path: row[column] for column, path in columns.items()})
    assert found.count() == 1

    with transaction.atomic():
        remove(found)
        lacked = list(lacking(client, page_of(row)))
        transaction.set_rollback(True)

    assert lacked


TITLES = [
    ("anzsco-2022", "541111", "alternative", "Call Centre Supervisor", GROUP_5411),
    ("anzsco-2022", "541111", "alternative", "Contact Centre Supervisor", GROUP_5411),
    ("anzsco-2022", "541111", "specialisation", "Call or Contact Centre Coach", GROUP_5411),
    (
        "anzsco-2022",
        "541111",
        "specialisation",
        "Call or Contact Centre Workforce Planner",
        GROUP_5411,
    ),
    ("anzsco-2021", "149212", "alternative", "Client Service Manager", GROUP_1492),
    ("anzsco-2021", "149212", "alternative", "Service Manager", GROUP_1492),
    ("anzsco-2013", "149212", "alternative", "Client Service Manager", MANAGER),
    ("anzsco-2013", "149212", "alternative", "Service Manager", MANAGER),
    ("anzsco-2013", "149212", "assessor", "Customer Experience Manager", MANAGER),
]


@pytest.mark.parametrize("stored", TITLES)
def test_a_page_without_one_of_its_titles_is_noticed(client, stored):
    edition, code, kind, title, address = stored
    found = models.OtherTitle.objects.filter(
        occupation__edition__slug=edition, occupation__code=code, kind=kind, title=title
    )
    assert found.delete()[0] == 1

    assert list(lacking(client, address))


def test_a_page_without_its_list_membership_or_assessing_authority_is_noticed(client):
    here = {"occupation__edition__slug": "anzsco-2013", "occupation__code": "149212"}
    today = models.ListMembership.objects.filter(source__slug="home-affairs-list-2026-09-14")
    for stored in (today, models.Assessment.objects.all()):
        with transaction.atomic():
            assert stored.filter(**here).delete()[0] == 1
            assert list(lacking(client, MANAGER))
            transaction.set_rollback(True)
