"""What every page of visas, lists and self-checks keeps: headings, links, weight, its place."""

import gzip
import json
import re
from itertools import pairwise

import pytest

from tests.occupations.page_reader import is_there, read

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/visas/",
    "/visas/187/",
    "/visas/482/?per=100",
    "/visas/491/?q=manager",
    "/lists/",
    "/lists/csol/?per=100",
    "/lists/pmsol/",
    "/lists/rsms-rol/",
    "/points/",
    "/points/?6d-1=45-or-over&6d-3=overseas-8-years",
    "/assessment/anzsco-2013/149212/",
    "/assessment/anzsco-2013/149212/?level=5&before=x",
    "/assessment/anzsco-2013/221111/",
    "/assessment/osca-2024/551132/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_has_one_h1_and_its_headings_in_order(client, address):
    depths = [int(tag[1]) for tag, _ in read(client, address).headings if tag[0] == "h"]

    assert depths.count(1) == 1
    assert depths[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(depths))


@pytest.mark.no_cover  # a sweep over lines that other tests run too
@pytest.mark.parametrize("address", [one for one in ADDRESSES if "per=100" not in one])
def test_no_page_leads_to_an_address_that_is_not_there(client, address):
    page = read(client, address)
    inside = {link.partition("#")[0] for link in page.links if link.startswith("/")}

    for link in sorted(inside - {""}):
        assert is_there(client, link), link


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_id_stands_twice_and_every_label_has_its_field(client, address):
    text = client.get(address).text
    ids = re.findall(r'\sid="([^"]+)"', text)

    assert sorted(ids) == sorted(set(ids))
    assert set(re.findall(r'<label[^>]* for="([^"]+)"', text)) <= set(ids)
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(ids)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_weighs_little_and_holds_no_style_of_its_own(client, address):
    response = client.get(address)

    assert len(gzip.compress(response.content)) < 60 * 1024
    assert 'style="' not in response.text
    assert "csrfmiddlewaretoken" not in response.text


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_says_where_it_stands(client, address):
    text = client.get(address).text
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)

    assert "BreadcrumbList" in {node["@type"] for node in json.loads(found)["@graph"]}
