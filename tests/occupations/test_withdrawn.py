"""What a load withdraws keeps its address: page and API say since when, and what is next."""

from datetime import date

import pytest

from occupations.models import Group, Occupation, Qualification, Unit, UnitMapping

pytestmark = pytest.mark.django_db

SINCE = date(2026, 11, 1)
WITHDRAWN = [
    (Occupation, "anzsco-2022", "541111", "/occupations/anzsco-2022/541111/", "occupations"),
    (Group, "anzsco-2022", "5411", "/occupations/anzsco-2022/5411/", "groups"),
    (Qualification, "", "BSB40307", "/qualifications/BSB40307/", "qualifications"),
    (Unit, "", "BSBCCO402A", "/units/BSBCCO402A/", "units"),
]


@pytest.fixture(params=WITHDRAWN, ids=lambda one: one[-1])
def withdrawn(request):
    model, edition, code, path, kind = request.param
    rows = model.objects.filter(code=code, **({"edition__slug": edition} if edition else {}))
    assert rows.update(withdrawn_on=SINCE) == 1
    return path, "/api/v1/" + "/".join(filter(None, (kind, edition, code)))


def test_its_page_stays_and_says_since_when(client, withdrawn):
    path, _ = withdrawn

    response = client.get(path)

    assert response.status_code == 200
    assert "was withdrawn on 1 November 2026" in response.text
    assert f'<link rel="canonical" href="http://localhost:8000{path}">' in response.text


def test_the_api_stays_and_says_since_when(client, withdrawn):
    _, address = withdrawn

    response = client.get(address)

    assert response.status_code == 200
    assert response.json()["withdrawn_on"] == "2026-11-01"


def test_an_occupation_that_is_withdrawn_leads_to_what_stands_for_it(client):
    Occupation.objects.filter(edition__slug="osca-2024", code="551132").update(withdrawn_on=SINCE)

    page = client.get("/occupations/osca-2024/551132/").text

    assert 'href="/occupations/anzsco-2022/541111/"' in page


def test_a_qualification_that_is_withdrawn_leads_to_what_replaced_it(client):
    Qualification.objects.filter(code="BSB40307").update(withdrawn_on=SINCE)

    assert 'href="/qualifications/BSB40311/"' in client.get("/qualifications/BSB40307/").text


def test_a_unit_that_is_withdrawn_leads_to_what_replaced_it(client):
    mapping = UnitMapping.objects.select_related("from_unit", "to_unit")[0]
    found, after = mapping.from_unit, mapping.to_unit
    Unit.objects.filter(pk=found.pk).update(withdrawn_on=SINCE)

    page = client.get(found.get_absolute_url()).text

    assert "was withdrawn on 1 November 2026" in page
    assert f'href="{after.get_absolute_url()}"' in page


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("/occupations/2022/", "/occupations/anzsco-2022/"),
        ("/occupations/2022/541111/", "/occupations/anzsco-2022/541111/"),
        ("/occupations/anzsco2022/541111/", "/occupations/anzsco-2022/541111/"),
        ("/occupations/anzsco 2013/5411/", "/occupations/anzsco-2013/5411/"),
        ("/occupations/ANZSCO/", "/occupations/anzsco-2022/"),
        ("/occupations/osca/551132/", "/occupations/osca-2024/551132/"),
        ("/occupations/2024/5 511/", "/occupations/osca-2024/5511/"),
    ],
)
def test_an_edition_is_found_however_it_is_typed(client, typed, address):
    response = client.get(typed)

    assert (response.status_code, response["Location"]) == (301, address)
    assert client.get(address).status_code == 200
