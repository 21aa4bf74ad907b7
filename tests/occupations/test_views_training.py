"""The list of qualifications, the pages of the sample, filtered tables, and the chain of units."""

import pytest

from occupations.models import Qualification, QualificationMapping, Unit, UnitMapping
from tests.occupations.page_reader import read

pytestmark = pytest.mark.django_db

DASH = "\N{EN DASH}"
TABLE = "Units that this release names"


@pytest.mark.parametrize(
    ("query", "count", "first"),
    [
        ("", "1-20 of 43", "AHC30921"),
        ("?page=3", "41-43 of 43", "TLI40122"),
        ("?per=100", "1-43 of 43", "AHC30921"),
        ("?package=RII", "1-14 of 14", "RII20120"),
        ("?level=4&package=CPC", "1-2 of 2", "CPC40120"),
        ("?usage=superseded", "1-1 of 1", "BSB40307"),
        ("?q=customer+contact&level=4", "1-2 of 2", "BSB40307"),
        ("?q=CPC3", "1-5 of 5", "CPC30220"),
        ("?package=NONE&level=99", "1-20 of 43", "AHC30921"),
    ],
)
def test_the_list_is_filtered_and_turned_by_its_address(client, query, count, first):
    response = client.get(f"/qualifications/{query}")
    page = read(client, f"/qualifications/{query}")

    assert f'<span class="count">{count.replace("-", DASH)}</span>' in response.text
    codes = [item.text for item in page.found(tag="li") if "/qualifications/" in str(item.links)]
    assert any(text.startswith(first) for text in codes)


def test_a_list_that_nothing_fits_says_so(client):
    text = client.get("/qualifications/?q=zebra").text

    assert "No qualification in our copy fits all of this." in text
    assert 'href="/search/?q=zebra"' in text


def test_turning_the_list_keeps_what_was_chosen(client):
    page = read(client, "/qualifications/?package=CPC&level=3&per=20")

    assert "?package=CPC&level=3&per=50&page=1" in page.links


def test_a_sample_says_what_our_copy_holds_and_where_the_rest_is(client):
    page = read(client, "/qualifications/CPC30220/")

    [notice] = [item for item in page.found(tag="p") if "Our copy holds a part" in item.text]
    assert notice.links == ("https://training.gov.au/training/details/CPC30220",)
    assert page.under("Packaging rules") == [
        "34 units in all.",
        "27 of them are core units.",
        "7 of them are electives.",
    ]
    assert "Core units (27)" in page.names("h2")
    assert "Listed elective units (33)" in page.names("h2")
    assert page.under("Releases", tag="td") == ["6 (this release)", "Not stated in our copy"]


@pytest.mark.parametrize(("code", "is_cut"), [("ICT30419", True), ("CPC30220", False)])
def test_a_cut_title_is_flagged(client, code, is_cut):
    found = "Our copy cuts this title short." in client.get(f"/qualifications/{code}/").text

    assert found is is_cut


def test_a_long_list_of_units_folds_into_its_groups(client):
    page = client.get("/qualifications/RII30920/").text

    assert page.count("<summary><h3>") == 36
    assert "<summary><h3>" not in client.get("/qualifications/BSB40307/").text


def test_each_unit_can_be_added_to_a_plan(client):
    page = read(client, "/qualifications/BSB40307/")

    plans = [
        link for link in page.links if link.startswith("/qualifications/BSB40307/packaging/?u=")
    ]
    codes = {link.removesuffix("#choice").rpartition("=")[2] for link in plans if "&" not in link}
    assert len(codes) == 28


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?q=traffic", "1-8 of 8"),
        ("?kind=core", "1-8 of 8"),
        ("?kind=elective&group=Group+A+Asphalt+Surfacing", "1-9 of 9"),
        ("?kind=core&group=Group+A+Asphalt+Surfacing", "0-0 of 0"),
        ("?kind=nothing&group=nothing", "1-10 of 202"),
        ("?per=100&page=3", "201-202 of 202"),
    ],
)
def test_the_unit_table_is_filtered_by_text_kind_and_group(client, query, count):
    text = client.get(f"/qualifications/RII30920/{query}").text
    shown = f'<span class="count">{count.replace("-", DASH)}</span>'

    if count.endswith(" 0"):
        assert "No unit of this release fits." in text
    else:
        assert shown in text


def test_turning_a_filtered_table_keeps_its_filter_and_its_order(client):
    page = read(client, "/qualifications/RII30920/?q=road&sort=title&dir=desc")

    assert "?sort=title&dir=desc&per=10&page=2&q=road#unit-table" in page.links
    assert "?sort=code&dir=asc&per=10&page=1&q=road#unit-table" in page.links


def test_pages_far_away_are_left_out_of_a_long_pager(client):
    text = client.get("/qualifications/RII30920/?page=10").text

    for number in (1, 8, 9, 11, 12, 21):
        assert f"</span>{number}</a>" in text
    assert "</span>5</a>" not in text
    assert text.count('class="gap"') == 2


def test_a_table_without_essential_units_sorts_by_core_and_elective(client):
    page = read(client, "/qualifications/CPC30220/?sort=kind")

    heads = page.under(TABLE, tag="th")[:4]
    assert heads == ["Code", "Title", "Usage recommendation", "Core or elective"]
    assert page.under(TABLE, tag="td")[2::3] == ["Core"] * 10


def test_prerequisites_stand_on_the_page_of_their_release(client):
    page = read(client, "/qualifications/AHC30921/")

    rows = page.under("Units with a prerequisite", tag="th")
    assert any(text.startswith("AHCLSC312") for text in rows)


def test_a_qualification_shows_the_whole_chain_of_what_replaced_it(client):
    older, newer = (Qualification.objects.get(code=code) for code in ("BSB40311", "BSB50307"))
    QualificationMapping.objects.create(
        from_qualification=older, to_qualification=newer, is_equivalent=False
    )

    page = read(client, "/qualifications/BSB40307/")
    assert page.under("Summary", "Later still", tag="p") == [
        "BSB40311 is superseded by BSB50307 Diploma of Customer Contact, not equivalent."
    ]
    assert "is superseded by BSB40311" in " ".join(
        read(client, "/qualifications/BSB50307/").under("Who names it")
    )


def test_a_unit_shows_usage_release_package_and_field_of_education(client):
    page = read(client, "/units/RIIWHS204E/")

    def fact(name):
        return page.under("Summary", name, tag="dd")[0]

    assert fact("Usage recommendation") == "Current, from 23 September 2020"
    assert fact("Release") == "1, 23 September 2020"
    assert fact("Training package") == "RII Resources and Infrastructure Industry"
    assert fact("Field of education") == (
        "06 Health 0613 Public Health 061301 Occupational Health and Safety"
    )


def test_a_unit_shows_every_step_of_its_mapping_with_equivalence_and_date(client):
    page = read(client, "/units/RIIWHS204E/")
    caption = "Every step that our copy names, the oldest first"

    assert [text.split()[0] for text in page.under(caption, tag="th")[4:]] == [
        "RIIOHS204A",
        "RIIWHS204D",
    ]
    assert page.under(caption, tag="td")[3:] == [
        "RIIWHS204E This unit",
        "Equivalent",
        "22 September 2020",
    ]


def test_a_circle_of_units_still_has_its_pages(client):
    first, second = (Unit.objects.get(code=code) for code in ("BSBCUS401A", "BSBCCO402A"))
    UnitMapping.objects.create(from_unit=first, to_unit=second, is_equivalent=None)
    UnitMapping.objects.create(from_unit=second, to_unit=first, is_equivalent=False)

    text = client.get("/units/BSBCUS401A/").text
    assert "Not equivalent" in text
    assert "This unit is superseded." in text


def test_a_unit_that_is_only_named_has_a_page_that_says_so(client):
    page = read(client, "/units/BSBMGT405/")

    assert page.names("h1") == ["BSBMGT405"]
    assert any(text.startswith("Our copy ends here.") for text in page.under(tag="p"))
    assert "/units/BSBLDR411/" in page.links
    assert "https://training.gov.au/training/details/BSBMGT405" in page.links


def test_a_unit_in_many_qualifications_turns_their_pages(client):
    page = read(client, "/units/RIIWHS204E/?page=2")

    assert len([text for text in page.under("Qualifications that hold it") if ":" in text]) == 2
    assert "?per=10&page=1#held-by" in page.links


def test_a_unit_names_what_comes_before_and_after_it(client):
    after = read(client, "/units/AHCLSC312/").under("Prerequisites")
    before = read(client, "/units/AHCLSC317/").under("Prerequisites")

    assert any("this comes first: AHCLSC317" in text for text in after)
    assert any("it comes before AHCLSC312" in text for text in before)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("/qualifications/cpc 30220/", "/qualifications/CPC30220/"),
        ("/units/rii-whs204e/", "/units/RIIWHS204E/"),
    ],
)
def test_codes_of_the_sample_are_forgiven_too(client, typed, address):
    response = client.get(typed)

    assert (response.status_code, response["Location"]) == (301, address)


@pytest.mark.parametrize("code", ["PPM", "BSB"])
def test_a_training_package_without_a_known_title_is_named_once(client, code):
    unit = Unit.objects.filter(training_package__code=code)[0]
    [named] = read(client, unit.get_absolute_url()).under("Summary", "Training package", tag="dd")

    assert named == ("PPM" if code == "PPM" else "BSB Business Services")


def test_a_unit_without_a_title_still_has_words_to_follow(client):
    said = "Only its code is in our copy"

    assert f'<a href="/units/BSBMGT405/">{said}</a>' in client.get("/search/?q=BSBMGT405").text
    assert said in client.get("/units/BSBMGT4/").text
