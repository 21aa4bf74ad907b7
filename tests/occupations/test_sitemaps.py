"""The map of the site: every page once, none that is gone, each with the day it changed."""

import re
from datetime import UTC, date, datetime

import pytest

from occupations.models import (
    CatalogueLoad,
    Edition,
    FactChange,
    Group,
    Occupation,
    Qualification,
    QualificationRelease,
    Unit,
)

pytestmark = pytest.mark.django_db

SITE = "http://localhost:8000"
EDITIONS = ["anzsco-2013", "anzsco-2019", "anzsco-2021", "anzsco-2022", "osca-2024"]


def read(client, address):
    """Map the addresses in a part of the map to their days."""
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    found = re.findall(r"<loc>(.*?)</loc>\s*(?:<lastmod>(.*?)</lastmod>)?", response.text)
    assert len({location for location, _ in found}) == len(found)
    assert all(location.startswith(f"{SITE}/") for location, _ in found)
    return {location.removeprefix(SITE): day for location, day in found}


def test_the_map_leads_to_sections_that_are_there(client):
    sections = read(client, "/sitemap.xml")

    assert set(sections) == {
        f"/sitemap-{name}.xml"
        for name in ("pages", *EDITIONS, "qualifications", "units", "self-checks")
    }
    for section, day in sections.items():
        assert read(client, section)
        assert day


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_code_of_an_edition_is_on_the_map(client, edition):
    found = read(client, f"/sitemap-{edition}.xml")
    codes = [
        *Group.objects.current().filter(edition__slug=edition).values_list("code", flat=True),
        *Occupation.objects.current().filter(edition__slug=edition).values_list("code", flat=True),
    ]

    assert len(codes) > 1000
    assert {f"/occupations/{edition}/{code}/" for code in codes} <= set(found)
    assert len(found) == len(codes) + 2


def test_every_qualification_and_unit_is_on_the_map(client):
    qualifications = read(client, "/sitemap-qualifications.xml")
    units = read(client, "/sitemap-units.xml")

    assert {one.get_absolute_url() for one in Qualification.objects.all()} <= set(qualifications)
    assert "/qualifications/BSB40307/packaging/" in qualifications
    assert "/qualifications/BSB30207/packaging/" not in qualifications  # only its name is held
    assert {one.get_absolute_url() for one in Unit.objects.all()} == set(units)


@pytest.mark.no_cover  # a sweep over lines that other tests run too
@pytest.mark.parametrize("section", ["pages", "qualifications", "self-checks"])
def test_each_page_of_a_section_answers_and_names_itself_as_the_place_to_come_back_to(
    client, section
):
    addresses = sorted(read(client, f"/sitemap-{section}.xml"))
    if section != "pages":
        addresses = addresses[:: len(addresses) // 10]
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        assert f'<link rel="canonical" href="{SITE}{address}">' in response.text
        assert 'content="noindex' not in response.text


def test_the_latest_release_leads_to_the_page_of_its_qualification(client):
    text = client.get("/qualifications/BSB40307/1/").text

    assert f'<link rel="canonical" href="{SITE}/qualifications/BSB40307/">' in text
    assert f'property="og:url" content="{SITE}/qualifications/BSB40307/"' in text
    assert "/qualifications/BSB40307/1/" not in read(client, "/sitemap-qualifications.xml")


def test_an_earlier_release_is_a_page_of_its_own(client):
    QualificationRelease.objects.create(
        qualification=Qualification.objects.get(code="BSB40307"),
        release=2,
        released_on=date(2010, 1, 1),
    )

    text = client.get("/qualifications/BSB40307/1/").text
    assert f'<link rel="canonical" href="{SITE}/qualifications/BSB40307/1/">' in text
    found = read(client, "/sitemap-qualifications.xml")
    assert "/qualifications/BSB40307/1/" in found
    assert "/qualifications/BSB40307/2/" not in found


def test_the_map_names_the_self_checks_that_hold_pathways_and_editions_side_by_side(client):
    self_checks = read(client, "/sitemap-self-checks.xml")

    assert "/assessment/anzsco-2013/149212/" in self_checks
    assert "/assessment/anzsco-2022/541111/" not in self_checks
    assert "/occupations/anzsco-2022/changes-from/anzsco-2013/" in read(
        client, "/sitemap-pages.xml"
    )


def test_a_page_of_some_tables_bears_the_day_on_which_one_of_them_changed(client):
    CatalogueLoad.objects.update(loaded_at=datetime(2026, 11, 1, tzinfo=UTC))
    CatalogueLoad.objects.create(
        loaded_at=datetime(2026, 11, 24, tzinfo=UTC),
        digest="new",
        changes={"caveats": {"added": 1, "altered": 0, "withdrawn": 0}},
    )

    found = read(client, "/sitemap-pages.xml")

    assert found["/lists/stsol/"] == found["/changes/"] == "2026-11-24"
    assert found["/points/"] == found["/glossary/"] == "2026-11-01"
    assert found["/privacy/"] == ""


def test_what_is_withdrawn_is_not_on_the_map(client):
    Occupation.objects.filter(edition__slug="anzsco-2022", code="541111").update(
        withdrawn_on=date(2026, 11, 1)
    )

    found = read(client, "/sitemap-anzsco-2022.xml")

    assert "/occupations/anzsco-2022/541111/" not in found
    assert "/occupations/anzsco-2022/541112/" in found


def test_a_page_bears_the_day_of_the_load_that_changed_it(client):
    CatalogueLoad.objects.update(loaded_at=datetime(2026, 11, 1, tzinfo=UTC))
    load = CatalogueLoad.objects.create(loaded_at=datetime(2026, 11, 24, tzinfo=UTC), digest="new")
    for edition, code in (("anzsco-2022", "541111"), ("anzsco-2022", "1492"), ("", "BSB40307")):
        FactChange.objects.create(
            load=load, table="tasks", kind="altered", key={}, edition=edition, code=code
        )

    found = read(client, "/sitemap-anzsco-2022.xml")
    trained = read(client, "/sitemap-qualifications.xml")

    changed = {address.split("/")[3] for address, day in found.items() if day == "2026-11-24"} - {
        ""
    }
    assert changed == {
        "a-z",
        "541111",
        *("5", "54", "541", "5411"),
        *("1", "14", "149", "1492", "149211", "149212"),
    }
    assert found["/occupations/anzsco-2022/541112/"] == "2026-11-01"
    assert read(client, "/sitemap-anzsco-2013.xml")["/occupations/anzsco-2013/541111/"] == (
        "2026-11-01"
    )
    assert trained["/qualifications/BSB40307/"] == "2026-11-24"


def test_the_map_asks_the_database_a_fixed_number_of_times(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get("/sitemap-anzsco-2022.xml")
    with django_assert_max_num_queries(14 + 4 * Edition.objects.count()):
        client.get("/sitemap.xml")


def test_a_section_that_is_not_there_is_a_404(client):
    assert client.get("/sitemap-anzsco-1986.xml").status_code == 404


def test_robots_are_led_to_the_map_and_kept_from_what_is_private(client):
    text = client.get("/robots.txt").text

    assert f"Sitemap: {SITE}/sitemap.xml" in text
    assert "Disallow: /admin/\n" in text
    assert "Disallow: /\n" not in text
    assert "Disallow: /occupations" not in text


def test_security_txt_names_whom_the_operator_names(client, settings):
    settings.SECURITY_CONTACT = "mailto:security@example.org"

    text = client.get("/.well-known/security.txt").text

    assert "Contact: mailto:security@example.org\n" in text
    (expires,) = re.findall(r"Expires: (.*)\n", text)
    assert datetime.fromisoformat(expires) > CatalogueLoad.objects.latest().loaded_at


def test_security_txt_is_absent_where_nobody_is_named(client):
    assert client.get("/.well-known/security.txt").status_code == 404
