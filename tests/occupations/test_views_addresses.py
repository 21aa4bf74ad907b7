"""Addresses are a contract: forgiving, canonical, and helpful when nothing is there."""

import re

import pytest

from occupations.models import Occupation, Qualification, QualificationRelease

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "status", "target"),
    [
        ("/occupations/541112/", 302, "/occupations/anzsco-2022/541112/"),
        ("/occupations/139914/", 302, "/occupations/anzsco-2021/139914/"),
        ("/occupations/223211/", 302, "/occupations/anzsco-2019/223211/"),
        ("/occupations/551132/", 302, "/occupations/osca-2024/551132/"),
        ("/occupations/541/", 200, None),
        ("/occupations/149/", 200, None),
        ("/occupations/541 112/", 301, "/occupations/541112/"),
        ("/occupations/5411.12/", 301, "/occupations/541112/"),
        ("/occupations/ANZSCO-2022/541111/", 301, "/occupations/anzsco-2022/541111/"),
        ("/occupations/anzsco 2022/541 111/", 301, "/occupations/anzsco-2022/541111/"),
        ("/occupations/Anzsco_2013/", 301, "/occupations/anzsco-2013/"),
        ("/qualifications/bsb 40307/", 301, "/qualifications/BSB40307/"),
        ("/qualifications/bsb+40307/", 301, "/qualifications/BSB40307/"),
        ('/qualifications/"BSB40307",/', 301, "/qualifications/BSB40307/"),
        ("/occupations/ 541112)/", 301, "/occupations/541112/"),
        ("/occupations/anzsco-2022/541111,/", 301, "/occupations/anzsco-2022/541111/"),
        ("/qualifications/bsb40307/01/", 301, "/qualifications/BSB40307/1/"),
        ("/qualifications/bsb40307/?per=20", 301, "/qualifications/BSB40307/?per=20"),
        ("/units/bsbcco 402a/", 301, "/units/BSBCCO402A/"),
    ],
)
def test_a_forgiving_address_leads_to_the_canonical_one(client, address, status, target):
    response = client.get(address)

    assert response.status_code == status
    assert response.get("Location") == target


@pytest.mark.parametrize(
    ("code", "meanings"),
    [
        ("1492", ["Call or Contact Centre and Customer Service Managers", "Commissioned Officers"]),
        ("5411", ["Call or Contact Centre Workers", "Accounts Clerks"]),
        ("14", ["Hospitality, Retail and Service Managers"]),
    ],
)
def test_a_code_with_two_meanings_shows_both_and_guesses_none(client, code, meanings):
    response = client.get(f"/occupations/{code}/")

    assert response.status_code == 200
    for meaning in meanings:
        assert meaning in response.text
    assert ".." not in response.text
    for slug in ("anzsco-2022", "osca-2024"):
        assert f'href="/occupations/{slug}/{code}/"' in response.text


@pytest.mark.parametrize(
    ("address", "said", "link"),
    [
        ("/occupations/anzsco-2022/541119/", "No edition", "/occupations/anzsco-2022/541111/"),
        ("/occupations/54a/", "one to four digits", "/occupations/anzsco-2022/54/"),
        ("/qualifications/BSB40399/1/", "no qualification", "/qualifications/BSB40307/"),
        ("/occupations/999999/", "No edition", "/search/"),
        (
            "/occupations/anzsco-2013/139916/",
            "ANZSCO 2013 has no code 139916",
            "/occupations/anzsco-2022/139916/",
        ),
        ("/occupations/anzsco-2022/12345/", "one to four digits", "/occupations/anzsco-2022/"),
        ("/occupations/anzsco-2022/z-a/", "one to four digits", "/search/"),
        ("/occupations/anzsco-1999/", "no edition named", "/occupations/anzsco-2013/"),
        (
            "/occupations/anzsco-1999/541111/",
            "no edition named",
            "/occupations/anzsco-2013/541111/",
        ),
        ("/qualifications/BSB40399/", "no qualification", "/qualifications/BSB40307/"),
        ("/qualifications/%27;--/", "no qualification", "/search/"),
        ("/qualifications/%00/", "no qualification", "/search/"),
        ("/qualifications/%00/packaging/", "no qualification", "/search/"),
        ("/qualifications/BSB40307/2/", "no release", "/qualifications/BSB40307/"),
        ("/qualifications/BSB40307/latest/", "no release", "/qualifications/BSB40307/"),
        ("/qualifications/BSB40307/99999999999999999999/", "no release", "/search/"),
        ("/units/BSBCCO499A/", "no unit", "/units/BSBCCO402A/"),
        ("/units/%00/", "no unit", "/search/"),
        ("/occupations/anz%00/541111/", "no edition named", "/occupations/anzsco-2013/541111/"),
        ("/occupations/anzsco-2022/%00/", "one to four digits", "/search/"),
        ("/occupations/anzsco-2022/٥٤١١/", "one to four digits", "/search/"),
    ],
)
def test_what_is_not_there_is_a_404_that_helps(client, address, said, link):
    response = client.get(address)

    assert response.status_code == 404
    assert said in response.text
    assert f'"{link}' in response.text


def test_an_unknown_edition_leads_only_to_pages_that_are_there(client):
    response = client.get("/occupations/anzsco-2099/149212/")
    links = re.findall(r'href="(/occupations/[^"]+/149212/)"', response.text)

    assert response.status_code == 404
    assert links[0] == "/occupations/anzsco-2022/149212/"
    assert len(links) == 4
    assert {client.get(link).status_code for link in links} == {200}


@pytest.mark.parametrize("address", ["/occupations/anzsco-2099/", "/occupations/anzsco-2099/1/"])
def test_an_unknown_edition_leads_to_those_we_hold(client, address):
    assert "OSCA 2024" in client.get(address).text


@pytest.mark.parametrize("address", ["/occupations/541111", "/qualifications/BSB40307", "/search"])
def test_an_address_without_its_last_slash_is_completed(client, address):
    assert client.get(address)["Location"] == f"{address}/"


def test_a_withdrawn_page_keeps_its_address_and_says_since_when(client):
    for model, lookup, address in (
        (
            Occupation,
            {"edition__slug": "anzsco-2022", "code": "541111"},
            "/occupations/anzsco-2022/541111/",
        ),
        (Qualification, {"code": "BSB40307"}, "/qualifications/BSB40307/"),
    ):
        model.objects.filter(**lookup).update(withdrawn_on="2026-11-24")

        assert "withdrawn on 24 November 2026" in client.get(address).text


def test_an_older_release_links_the_latest(client):
    qualification = Qualification.objects.get(code="BSB40307")
    QualificationRelease.objects.create(
        qualification=qualification, release=2, released_on="2010-05-01"
    )

    older = client.get("/qualifications/BSB40307/1/").text
    latest = client.get("/qualifications/BSB40307/").text

    assert "This is not the latest release." in older
    assert "This is not the latest release." not in latest
    assert "2 (this release)" in latest
    assert 'href="/qualifications/BSB40307/1/"' in latest
