"""Two editions side by side: every occupation of the older one, and what is new."""

from collections import Counter

import pytest

from occupations.correspondence import Change, LevelChange, Origin, differences
from occupations.models import Edition, Occupation

pytestmark = pytest.mark.django_db


@pytest.fixture
def compare():
    """Compare two editions, named by their slugs, the older one first."""
    editions = list(Edition.objects.all())
    by_slug = {edition.slug: edition for edition in editions}
    return lambda older, newer: differences(by_slug[older], by_slug[newer], editions=editions)


def row_of(rows, code):
    return next(row for row in rows if row.older is not None and row.older.code == code)


def codes(row):
    return [place.code for place in row.newer]


@pytest.mark.parametrize(
    ("older", "newer", "counts"),
    [
        ("anzsco-2013", "anzsco-2019", {"same": 1007, "respelt": 16}),
        (
            "anzsco-2013",
            "anzsco-2022",
            {
                "same": 932,
                "respelt": 26,
                "renamed": 10,
                "recoded": 40,
                "split": 12,
                "merged": 2,
                "gone": 1,
                "new": 40,
            },
        ),
        ("anzsco-2021", "anzsco-2022", {"same": 1060, "renamed": 5, "split": 5}),
        (
            "anzsco-2022",
            "osca-2024",
            {"recoded": 731, "split": 178, "merged": 166, "renamed": 1},
        ),
    ],
)
def test_each_kind_of_change_is_counted(compare, older, newer, counts):
    assert Counter(row.change.value for row in compare(older, newer)) == counts


def test_every_occupation_of_both_editions_stands_in_a_row(compare):
    rows = compare("anzsco-2013", "anzsco-2022")
    older = {row.older.code for row in rows if row.older}
    newer = {code for row in rows for code in codes(row)}

    live = Occupation.objects.filter(retired=False)
    assert older == set(live.filter(edition__slug="anzsco-2013").values_list("code", flat=True))
    assert newer == set(live.filter(edition__slug="anzsco-2022").values_list("code", flat=True))


def test_of_the_54_codes_that_left_since_2013_one_alone_is_unresolved(compare):
    newest = set(
        Occupation.objects.filter(edition__slug="anzsco-2022").values_list("code", flat=True)
    )
    left = [
        row
        for row in compare("anzsco-2013", "anzsco-2022")
        if row.older and row.older.code not in newest
    ]

    assert len(left) == 54
    assert Counter(row.change for row in left) == {
        Change.RECODED: 40,
        Change.SPLIT: 12,
        Change.MERGED: 1,
        Change.GONE: 1,
    }
    assert [row.older.title for row in left if not row.newer] == ["Mixed Crop Farmer"]


def test_the_ten_that_kept_their_code_and_were_renamed(compare):
    renamed = [
        row.older.code
        for row in compare("anzsco-2013", "anzsco-2022")
        if row.change is Change.RENAMED
    ]

    assert renamed == [
        "311313",
        "311399",
        "322211",
        "323315",
        "332211",
        "333211",
        "333212",
        "334113",
        "452318",
        "599514",
    ]


def test_a_skill_level_that_changed_names_its_country(compare):
    rows = compare("anzsco-2013", "anzsco-2022")

    assert row_of(rows, "351411").level_changes == (LevelChange("New Zealand", 3, 4),)
    assert row_of(rows, "521111").level_changes == (
        LevelChange("Australia", 3, 2),
        LevelChange("New Zealand", 3, 2),
    )
    assert row_of(rows, "149212").level_changes == ()
    assert sum(bool(row.level_changes) for row in rows) == 114


def test_an_occupation_has_moved_unless_its_group_kept_code_or_title(compare):
    rows = compare("anzsco-2013", "anzsco-2022")

    assert [place.group_code for place in row_of(rows, "361211").moved] == ["3633"]
    assert [place.group_code for place in row_of(rows, "121213").moved] == ["1216"]
    assert [place.group_code for place in row_of(rows, "121299").moved] == ["1215", "1216"]
    assert row_of(rows, "841511").moved == ()  # Livestock Farm Workers, 8415 then 8423
    assert row_of(rows, "332211").moved == ()  # 3322, with another title
    assert sum(bool(row.moved) for row in rows) == 22


def test_a_title_that_came_with_a_new_code_is_marked(compare):
    rows = compare("anzsco-2013", "anzsco-2022")

    assert row_of(rows, "311111").is_retitled
    assert not row_of(rows, "121211").is_retitled
    assert not row_of(rows, "121213").is_retitled


def test_the_way_to_osca_is_published_from_2022_and_derived_from_2013(compare):
    published = row_of(compare("anzsco-2022", "osca-2024"), "149212")
    derived = row_of(compare("anzsco-2013", "osca-2024"), "149212")

    assert (published.change, published.origin) == (Change.RECODED, Origin.PUBLISHED)
    assert (derived.change, derived.origin) == (Change.RECODED, Origin.DERIVED)
    assert codes(published) == codes(derived) == ["172132"]


def test_what_is_new_has_no_older_side(compare):
    new = [row for row in compare("anzsco-2013", "anzsco-2022") if row.older is None]

    assert {row.change for row in new} == {Change.NEW}
    assert all((row.origin, len(row.newer)) == (None, 1) for row in new)
    assert "261316" in {row.newer[0].code for row in new}


def test_it_takes_two_queries_for_any_two_editions(django_assert_num_queries):
    editions = list(Edition.objects.all())
    for older, newer in ((0, 1), (0, 4)):
        with django_assert_num_queries(2):
            differences(editions[older], editions[newer], editions=editions)
