"""Group, occupation, qualification, unit and search pages, each outcome once."""

import re
from itertools import pairwise

import pytest

from occupations.models import (
    Correspondence,
    Group,
    Occupation,
    PackagingRule,
    Visa,
)
from tests.occupations.page_reader import read

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
    "/qualifications/",
    QUALIFICATION,
    "/qualifications/BSB30207/",
    "/units/BSBCCO402A/",
    "/search/",
    "/search/?q=chef",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_has_one_h1_and_its_headings_in_order(client, address):
    page = read(client, address)
    depths = [int(tag[1]) for tag, _ in page.headings if tag in {"h1", "h2", "h3", "h4"}]

    assert depths.count(1) == 1
    assert depths[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(depths))


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_leads_to_an_address_that_is_not_there(client, address):
    page = read(client, address)
    inside = {link.partition("#")[0] for link in page.links if link.startswith("/")}

    for link in sorted(inside - {"", "/contact/"}):
        if not link.startswith("/contact/"):
            assert client.get(link).status_code in {200, 301, 302}, link


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
def test_no_page_advises_or_says_who_alone_may_advise(client, address):
    words = " ".join(client.get(address).text.split()).lower()
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


def test_an_occupation_s_edition_stands_one_tap_from_2013_and_2022(client):
    page = read(client, "/occupations/anzsco-2019/541111/")

    for year in (2013, 2021, 2022):
        assert f"/occupations/anzsco-{year}/541111/" in page.links
    assert "This is not the latest release." in client.get("/occupations/anzsco-2019/541111/").text


VISAS = "Visas and the edition each one reads"


def test_each_visa_has_a_line_below_the_edition_that_it_reads(client):
    page = read(client, "/occupations/anzsco-2022/541111/")
    here, older = "ANZSCO 2022: 541111", "ANZSCO 2013: 541111"

    assert [text for text in page.names("h3") if text.startswith("ANZSCO")] == [here, older]
    assert page.under(VISAS, here) == [
        "Not named 186 Employer Nomination Scheme",
        "Not named 482 Skills in Demand",
    ]
    assert len(page.under(VISAS, older)) == 8
    assert [line for line in page.under(VISAS, older) if line.startswith("Named")] == [
        "Named 494 Skilled Employer Sponsored Regional (Provisional), on the ROL"
    ]


def test_the_visas_stand_first_and_carry_the_date_of_our_copy_and_where_to_check_it(client):
    page = read(client, "/occupations/anzsco-2022/541111/")

    assert page.names("h2")[0] == VISAS
    for year in (2013, 2022):
        assert page.under(VISAS, f"ANZSCO {year}: 541111", tag="p", css="note") == [
            "Our copy of its lists is as at 14 September 2026."
        ]
    assert page.under(VISAS, tag="p", css="source") == [
        "Unofficial copy, with the date shown above. Check the Department of Home Affairs."
    ]


def test_a_closed_visa_stands_last_and_is_said_to_be_closed(client):
    page = read(client, "/occupations/anzsco-2013/149212/")

    lines = page.under(VISAS, "ANZSCO 2013: 149212")
    assert [line.split()[:2] for line in lines[-2:]] == [["Closed", "187"], ["Closed", "489"]]
    assert all(line.endswith(", to new applications") for line in lines[-2:])
    assert [line.split()[1] for line in lines if line.startswith("Named")] == [
        "190",
        "407",
        "491",
        "494",
    ]


def test_a_visa_whose_edition_has_nothing_for_the_occupation_says_so(client):
    page = read(client, "/occupations/anzsco-2013/223211/")

    assert page.under(VISAS, "ANZSCO 2022: no code", tag="p", css="note") == [
        "Nothing stands for this occupation there."
    ]


def test_a_split_occupation_names_every_code_that_a_visa_may_read(client):
    page = read(client, "/occupations/anzsco-2013/139914/")

    assert len(page.under(VISAS, "ANZSCO 2022: 139916 or 139917")) == 2
    assert "several occupations" in page.under("In other editions", "ANZSCO 2022", tag="dd")[0]


def test_authorities_that_two_editions_share_are_named_once(client):
    page = read(client, "/occupations/anzsco-2022/221111/")

    authorities = page.under("Skills assessment", tag="p")
    assert [text.split()[2].rstrip(",") for text in authorities] == ["CAANZ", "CPAA", "IPA"]
    for text in authorities:
        assert text.endswith("It assesses 221111 of ANZSCO 2022 and 221111 of ANZSCO 2013.")


def test_each_part_of_an_assessment_names_its_own_source(client):
    page = read(client, "/occupations/anzsco-2013/149212/")

    said = page.under("Skills assessment", tag="p", css="source")
    listed = page.under("Titles not considered under this code", tag="p", css="source")
    assert [text.split(":")[1].split(",")[0].strip() for text in said] == [
        "Assessing authorities",
        "Customer Service Manager",
    ]
    assert listed == said[1:]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/occupations/anzsco-2013/411512/", "spells the title another way"),
        ("/occupations/anzsco-2013/311313/", "same code with another title"),
        ("/occupations/anzsco-2013/362212/", "another code for it"),
        ("/occupations/anzsco-2013/223211/", "We find nothing in ANZSCO 2022"),
        ("/occupations/anzsco-2022/139917/", "one wider occupation"),
        ("/occupations/anzsco-2013/131111/", "This code is retired."),
    ],
)
def test_the_difference_between_editions_is_said_in_words(client, address, said):
    assert said in " ".join(client.get(address).text.split())


def test_a_partial_link_is_said_to_be_partial(client):
    link = Correspondence.objects.filter(
        is_partial=True, from_occupation__edition__slug="osca-2024"
    )[0]

    page = client.get(link.from_occupation.get_absolute_url()).text

    assert "it holds for a part of the work" in page


def test_migration_facts_of_2013_stand_on_the_page_of_2022_with_their_edition(client):
    page = read(client, "/occupations/anzsco-2022/149212/")

    assert len(page.under("Titles not considered under this code")) == 9
    assert any("149212 of ANZSCO 2013" in text for text in page.under("Caveats", tag="p"))


def test_titles_of_2022_are_marked_on_other_editions(client):
    page = read(client, "/occupations/anzsco-2019/541111/")

    assert page.under("At a glance", "Alternative titles") == [
        "Call Centre Supervisor",
        "Contact Centre Supervisor",
    ]
    assert "Stated in ANZSCO 2022." in page.under("At a glance", "Alternative titles", tag="p")


def test_levels_that_differ_between_the_countries_are_both_shown(client):
    differing = Occupation.objects.filter(
        edition__slug="anzsco-2022", skill_level=3, skill_level_nz=4
    ).first()
    assert differing is not None

    page = read(client, differing.get_absolute_url())
    levels = " ".join(page.under("At a glance", "Skill level", tag="p"))

    assert "Australia: skill level 3." in levels
    assert "New Zealand: skill level 4." in levels
    assert "may stand in for that in Australia." in levels


def test_the_call_to_action_carries_what_the_visitor_looks_at(client):
    occupation = client.get("/occupations/anzsco-2022/541111/").text
    qualification = client.get(QUALIFICATION).text

    assert 'href="/contact/?o=anzsco-2022:541111"' in occupation
    assert 'href="/contact/?q=BSB40307"' in qualification


def test_a_group_without_its_code_in_the_newest_edition_leads_to_that_edition(client):
    page = read(client, "/occupations/anzsco-2013/8411/")

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
    assert "?q=manager&kind=occupation&edition=anzsco-2013&page=1" in page.links
    hits = [link for link in page.links if link.startswith("/occupations/anzsco-2013/")]
    assert len(hits) == 20


def test_search_writes_what_was_typed_as_text(client):
    text = client.get("/search/?q=<script>alert(1)</script>").text

    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_an_occupation_without_any_visa_or_level_still_has_its_page(client):
    Visa.objects.all().delete()
    Occupation.objects.filter(code="541111").update(skill_level=None, skill_level_nz=None)

    page = read(client, "/occupations/anzsco-2022/541111/")

    assert not {VISAS, "Skill level"} & {text for _, text in page.headings}
