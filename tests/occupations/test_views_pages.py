"""Group, occupation, qualification, unit and search pages, each outcome once."""

import re
from itertools import pairwise

import pytest

from occupations.models import (
    Group,
    PackagingRule,
)
from tests.occupations.page_reader import PageReader, is_there, read

pytestmark = pytest.mark.django_db

QUALIFICATION = "/qualifications/BSB40307/"
ADDRESSES = [
    "/occupations/",
    "/occupations/osca-2024/",
    "/occupations/anzsco-2022/5/",
    "/occupations/anzsco-2022/541/",
    "/occupations/anzsco-2022/5411/",
    "/occupations/anzsco-2022/541111/",
    "/occupations/anzsco-2013/149212/",
    "/occupations/osca-2024/551132/",
    "/occupations/1492/",
    "/occupations/anzsco-2022/changes-from/anzsco-2013/?change=renamed",
    "/qualifications/",
    QUALIFICATION,
    "/qualifications/BSB30207/",
    "/qualifications/ICT30419/",
    "/qualifications/ICT30419/packaging/",
    "/qualifications/BSB40307/packaging/?u=BSBCUS401A&x=BSBRES401A",
    "/units/BSBCCO402A/",
    "/units/RIIWHS204E/",
    "/units/BSBMGT405/",
    "/search/",
    "/search/?q=chef",
    "/search/?q=student",
    "/search/describe/",
    "/about-the-data/",
    "/compare/?o=anzsco-2022:541111&o=anzsco-2013:149212",
    "/glossary/",
    "/occupations/anzsco-2013/a-z/?letter=k",
    "/shortlist/?o=anzsco-2022:541111&o=anzsco-2013:149212",
]


_SERVED: dict[str, str] = {}  # by this run: the pages of a catalogue that no test alters


@pytest.fixture
def served(client):
    """Give the text of a page; what several tests read is asked for once."""

    def served(address):
        if address not in _SERVED:
            response = client.get(address)
            assert response.status_code == 200, (address, response.status_code)
            _SERVED[address] = response.text
        return _SERVED[address]

    return served


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_has_one_h1_and_its_headings_in_order(served, address):
    page = PageReader(served(address))
    depths = [int(tag[1]) for tag, _ in page.headings if tag in {"h1", "h2", "h3", "h4"}]

    assert depths.count(1) == 1
    assert depths[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(depths))


@pytest.mark.no_cover  # a sweep over lines that other tests run too
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_leads_to_an_address_that_is_not_there(client, served, address):
    page = PageReader(served(address))
    inside = {link.partition("#")[0] for link in page.links if link.startswith("/")}

    for link in sorted(inside - {"", "/contact/"}):
        if not link.startswith("/contact/"):
            assert is_there(client, link), link


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/", 3),
        ("/occupations/anzsco-2022/541111/", 6),
        ("/occupations/anzsco-2013/149212/", 6),
        ("/occupations/osca-2024/551132/", 6),
        ("/occupations/anzsco-2022/5411/", 6),
        ("/occupations/anzsco-2022/2/", 6),
        (QUALIFICATION, 15),
        ("/units/BSBCCO402A/", 6),
    ],
)
def test_a_cold_page_asks_the_database_a_fixed_number_of_times(
    client, django_assert_max_num_queries, address, most
):
    with django_assert_max_num_queries(most):
        client.get(address)


@pytest.mark.parametrize("address", ["/", "/about/", *ADDRESSES])
def test_no_page_advises_or_says_who_alone_may_advise(served, address):
    words = " ".join(served(address).split()).lower()
    advice = ("you qualify", "you should", "eligible", "best", "courses", "only a registered")

    assert [phrase for phrase in advice if re.search(rf"\b{phrase}\b", words)] == []


@pytest.mark.parametrize("address", [QUALIFICATION, "/occupations/anzsco-2013/149212/"])
def test_a_source_stands_under_each_block_of_facts(client, address):
    page = read(client, address)
    ours = {
        "What does not add up in the source",
        "In the same unit group",
        "Elsewhere",
        "Talk to someone",
    }
    facts = [name for name in page.names("h2") if name not in ours]

    assert [name for name in facts if not page.under(name, tag="p", css="source")] == []


def test_the_call_to_action_carries_what_the_visitor_looks_at(client):
    occupation = client.get("/occupations/anzsco-2022/541111/").text
    qualification = client.get(QUALIFICATION).text

    assert 'href="/contact/?o=anzsco-2022:541111"' in occupation
    assert 'href="/contact/?q=BSB40307"' in qualification


def test_a_group_without_a_counterpart_in_the_newest_edition_leads_to_that_edition(client):
    page = read(client, "/occupations/anzsco-2013/1212/")

    banner = [item for item in page.items if item.text.startswith("This is not the latest release")]
    assert banner[0].links == ("/occupations/anzsco-2022/",)


def test_a_group_with_another_title_in_the_newest_edition_says_so(client):
    assert (
        "the same code with another title: Painters"
        in client.get("/occupations/anzsco-2013/3322/").text
    )


def test_groups_lead_up_down_and_sideways(client):
    page = read(client, "/occupations/anzsco-2022/54/")
    beside = page.under("Groups in 5 Clerical and Administrative Workers")

    assert "/occupations/anzsco-2022/5/" in page.links
    assert any(text.startswith("541 ") for text in page.under("Groups inside"))
    assert any(text.startswith("55 ") for text in beside)


@pytest.mark.parametrize("code", ["1", "311", "3111", "8411"])
def test_a_group_has_a_page_in_every_edition_that_holds_it(client, code):
    for group in Group.objects.filter(code=code).select_related("edition"):
        assert read(client, group.get_absolute_url()).names("h1") == [group.title]


@pytest.mark.parametrize(
    ("query", "shown", "code"),
    [
        ("", (1, 10), "BSBADM409A"),
        ("?page=4", (31, 31), "THHGLE05B"),
        ("?page=99", (31, 31), "THHGLE05B"),
        ("?page=0", (1, 10), "BSBADM409A"),
        ("?per=20", (1, 20), "BSBADM409A"),
        ("?per=50", (1, 31), "BSBADM409A"),
        ("?per=100", (1, 31), "BSBADM409A"),
        ("?per=7&page=x", (1, 10), "BSBADM409A"),
        ("?sort=code&dir=desc", (1, 10), "THHGLE05B"),
        ("?sort=title", (1, 10), "BSBCCO401A"),
        ("?sort=title&dir=desc&per=20&page=2", (21, 31), "BSBSUS301A"),
        ("?sort=usage&dir=desc", (1, 10), "BSBADM409A"),
        ("?sort=essential&dir=desc", (1, 10), "BSBADM409A"),
        ("?sort=nothing", (1, 10), "BSBADM409A"),
    ],
)
def test_the_unit_table_keeps_its_state_in_the_address(client, query, shown, code):
    response = client.get(QUALIFICATION + query)
    page = read(client, QUALIFICATION + query)

    first, last = shown
    assert f'<span class="count">{first}\N{EN DASH}{last} of 31</span>' in response.text
    assert page.under("Units that this release names", tag="th")[4] == code


def test_a_sorted_column_says_so_and_turns_round(client):
    text = client.get(QUALIFICATION + "?sort=title").text

    assert 'aria-sort="ascending"><a href="?sort=title&amp;dir=desc' in text
    assert text.count('aria-sort="none"') == 3


def test_an_example_says_nothing_of_electives_left_if_the_rules_are_not_known(client):
    PackagingRule.objects.filter(kind="elective").delete()

    assert "still to choose" not in client.get(QUALIFICATION).text


def test_a_unit_names_the_qualifications_that_hold_it_and_as_what(client):
    core = read(client, "/units/BSBCCO402A/")
    example = read(client, "/units/THHGLE05B/")

    assert "Core: Contact Centre Operations." in core.under("Qualifications that hold it")[0]
    assert "Only in an example." in example.under("Qualifications that hold it")[0]
    assert example.under("Example selections that hold it") == [
        "Scheduler, in BSB40307 Certificate IV in Customer Contact"
    ]


def test_search_without_a_question_explains_itself(client):
    assert "Type a title" in client.get("/search/").text


def test_search_without_a_good_match_says_so(client):
    assert "We found no good match." in client.get("/search/?q=customer+zebra+manager").text
    assert "We found nothing for this." in client.get("/search/?q=xyzzyq").text


def test_search_turns_its_pages_and_keeps_what_was_chosen(client):
    response = client.get("/search/?q=manager&kind=occupation&edition=anzsco-2013&page=2")
    page = read(client, "/search/?q=manager&kind=occupation&edition=anzsco-2013&page=2")

    assert '<option value="occupation" selected>' in response.text
    assert '<option value="anzsco-2013" selected>' in response.text
    assert "/search/?q=manager&kind=occupation&edition=anzsco-2013&page=1" in page.links
    hits = [item for item in page.items if item.tag == "h3"]
    assert len(hits) == 10
    assert all(one.links[0].startswith("/occupations/anzsco-2013/") for one in hits)


def test_search_writes_what_was_typed_as_text(client):
    text = client.get("/search/?q=<script>alert(1)</script>").text

    assert "<script>" not in text
    assert "&lt;script&gt;" in text
