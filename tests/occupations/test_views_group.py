"""The page of a group: where it stands in other editions."""

import pytest

from tests.occupations.page_reader import read

pytestmark = pytest.mark.django_db


def switch_of(client, address):
    """Map each other edition's badge on a page to its address; none where nothing is linked."""
    page = read(client, address)
    badges = [item for item in page.items if item.tag == "li" and "SCO 20" in item.text[:10]]
    badges += [item for item in page.items if item.tag == "li" and item.text.startswith("OSCA 20")]
    return {item.text.split(",")[0]: (item.links or ("",))[0] for item in badges}


def test_a_group_is_linked_to_the_same_code_in_its_own_classification(client):
    badges = switch_of(client, "/occupations/anzsco-2022/5411/")

    assert badges["ANZSCO 2013"] == "/occupations/anzsco-2013/5411/"
    assert badges["ANZSCO 2019"] == "/occupations/anzsco-2019/5411/"
    assert badges["OSCA 2024: no group with the same meaning"] == ""


def test_a_group_whose_code_changed_is_linked_by_its_title(client):
    badges = switch_of(client, "/occupations/anzsco-2013/8412/")
    banner = [
        item.text
        for item in read(client, "/occupations/anzsco-2013/8412/").items
        if item.text.startswith("This is not the latest release")
    ]

    assert badges["ANZSCO 2022: 8422"] == "/occupations/anzsco-2022/8422/"
    assert badges["ANZSCO 2021: 8422"] == "/occupations/anzsco-2021/8422/"
    assert "ANZSCO 2022 has another code for the same title." in banner[0]


def test_a_group_that_has_nothing_like_it_says_so(client):
    badges = switch_of(client, "/occupations/anzsco-2013/2232/")

    assert badges["ANZSCO 2022: no group with the same meaning"] == ""


def test_the_same_digits_in_osca_are_no_counterpart_but_the_same_title_is(client):
    digits = switch_of(client, "/occupations/osca-2024/5411/")
    title = switch_of(client, "/occupations/osca-2024/1492/")
    both = switch_of(client, "/occupations/osca-2024/8/")

    assert digits["ANZSCO 2022: no group with the same meaning"] == ""
    assert title["ANZSCO 2022: 1391"] == "/occupations/anzsco-2022/1391/"
    assert both["ANZSCO 2013"] == "/occupations/anzsco-2013/8/"


def test_a_group_borrows_words_from_its_counterpart_alone(client):
    label = "Plain-English summary, not the official definition."

    assert label not in client.get("/occupations/osca-2024/5411/").text
    assert "Written for ANZSCO 2022." in client.get("/occupations/anzsco-2019/5411/").text
    assert "Written for" not in client.get("/occupations/anzsco-2022/5411/").text
    assert label in client.get("/occupations/osca-2024/8114/").text


def test_sentences_on_occupations_are_told_as_ours_and_for_which_edition_once(client):
    ours = "The sentences are our own plain words, not the official definitions."
    own, other, bare = (
        client.get(f"/occupations/{address}/").text
        for address in ("anzsco-2022/5411", "anzsco-2013/5411", "anzsco-2013/2613")
    )

    assert f"{ours}</p>" in own
    assert f"{ours} Written for ANZSCO 2022; this page shows ANZSCO 2013.</p>" in other
    assert ours not in bare
