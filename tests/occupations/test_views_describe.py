"""Describe what you do: five occupations, what matched, and nothing kept."""

import pytest
from django.test import override_settings

from occupations.models import OccupationSummary, SpecialistTask, Task
from occupations.search import Index, current_index, describe, find
from occupations.search.description import LONGEST, MOST
from tests.occupations.hostile import HOSTILE
from tests.occupations.page_reader import read
from tests.occupations.search_gates import gather_some

pytestmark = pytest.mark.django_db

FEW_GROUPS = {"8114", "8112", "8113", "8423", "1213", "3632", "3622", "6311", "6211", "3513"}
PATH = "/search/describe/"
HOTEL = (
    "Each shift I clean fourteen hotel rooms. I strip the beds and make them again, clean the"
    " bath, vacuum the carpet and put out towels."
)
DAIRY = (
    "I milk the cows twice a day, feed the calves, and look after the dairy herd and the pasture."
)


@pytest.fixture
def index():
    return current_index()


@pytest.fixture
def answer(client):
    return lambda text: client.post(PATH, {"text": text})


def test_a_paragraph_gives_up_to_five_occupations(index):
    found = describe(HOTEL, index=index)

    assert 1 <= len(found) <= MOST
    assert {one.page.kind for one in found} == {"occupation"}
    assert {one.page.edition for one in found} == {"anzsco-2022"}
    assert len({one.page.code for one in found}) == len(found)


@pytest.mark.parametrize(("text", "code"), [(HOTEL, "811411"), (DAIRY, "363213")])
def test_words_alone_find_the_work_among_the_five(index, text, code):
    assert code in {one.page.code for one in describe(text, index=index)}


def test_a_match_is_a_line_of_ours_beside_a_part_of_the_text(index):
    ours = {
        *Task.objects.values_list("text", flat=True),
        *OccupationSummary.objects.values_list("text", flat=True),
        *SpecialistTask.objects.values_list("text", flat=True),
    }
    found = {one.page.code: one for one in describe(HOTEL, index=index)}
    matches = found["811411"].matches

    assert 1 <= len(matches) <= 3
    assert len({match.line for match in matches}) == len({match.part for match in matches})
    for match in matches:
        assert match.part in HOTEL
        assert any(match.line in line for line in ours) or index.lines.count(match.line) == 1


@pytest.fixture(scope="session")  # its vectors take long: made once a worker
def few_groups(django_db_setup, django_db_blocker):
    """Give an index of a few unit groups with the vectors of all their names and lines."""
    with django_db_blocker.unblock(), override_settings(SEARCH_BY_MEANING=True):
        return Index(gather_some(FEW_GROUPS), most_new=None)


@pytest.fixture
def by_meaning(settings, few_groups):
    settings.SEARCH_BY_MEANING = True
    return few_groups


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (HOTEL, "811411"),
        ("I write the menu, order fish and herbs, and run the line on a busy Saturday.", "351311"),
        ("Guests come to my till, I scan what they buy and take their money or card.", "6311"),
    ],
)
def test_by_meaning_the_work_stands_first(by_meaning, text, code):
    found = describe(text, index=by_meaning)

    assert found[0].page.code.startswith(code)
    assert all(match.likeness >= 0.4 for one in found for match in one.matches)
    assert found[0].matches


def test_a_line_need_not_share_a_word_to_match(by_meaning):
    found = describe("I look after the cows. I get them into the shed at dawn.", index=by_meaning)
    matches = [match for one in found for match in one.matches]

    assert "cattle" in " ".join(match.line.lower() for match in matches)


@pytest.mark.parametrize("written", HOSTILE.values(), ids=HOSTILE)
def test_whatever_is_written_has_a_meaning_or_none(by_meaning, written):
    assert len(describe(written, index=by_meaning)) <= MOST


@pytest.mark.parametrize("text", ["", " \n", "student", "retired", "💩" * 50, "\0", "qwx zzv"])
def test_what_is_no_work_gives_nothing(index, text):
    assert describe(text, index=index) == ()


def test_the_form_comes_empty_or_with_what_was_searched(client):
    empty = client.get(PATH)
    filled = client.get(PATH, {"q": HOTEL})

    assert '<textarea id="text" name="text"' in empty.text
    assert f"\n{HOTEL}</textarea>" in filled.text
    assert filled.headers["Cache-Control"] == "private, no-store"
    assert "public" in empty.headers["Cache-Control"]


def test_the_answer_shows_each_occupation_its_summary_and_what_matched(client, answer):
    page = read(client, PATH)
    assert "nearest" not in " ".join(text for _, text in page.headings)

    text = answer(HOTEL).text
    summary = find("811411").hits[0].summary.replace("'", "&#x27;")

    assert "The nearest occupations" in text
    assert '<a href="/occupations/anzsco-2022/811411/">Commercial Housekeeper</a>' in text
    assert summary in text
    assert "What matched:" in text
    assert "Near to your words “" in text
    assert 'href="/compare/?o=anzsco-2022:' in text


def test_what_is_written_stays_out_of_caches_cookies_and_addresses(answer):
    response = answer(HOTEL)

    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "csrf" not in response.text
    assert 'name="text"' in response.text
    assert f"q={HOTEL[:5]}" not in response.text


def test_a_form_without_a_token_is_answered(client):
    client.handler.enforce_csrf_checks = True

    assert client.post(PATH, {"text": HOTEL}).status_code == 200


def test_nothing_written_is_said_beside_the_field(answer):
    text = answer(" \r\n ").text

    assert "Write a few sentences first." in text
    assert 'aria-invalid="true"' in text
    assert "<title>Error:" in text


def test_what_finds_nothing_leads_on(answer):
    text = answer("qwx zzv").text

    assert "We found no occupation in this" in text
    assert 'href="/contact/"' in text
    assert 'href="/occupations/"' in text


def test_a_longer_text_is_cut_and_that_is_said(answer):
    text = answer(f"{HOTEL} " * 20).text

    assert f"We read the first {LONGEST} characters." in text


@pytest.mark.parametrize("written", HOSTILE.values(), ids=HOSTILE)
def test_whatever_is_written_is_answered(client, written):
    encoded = written.encode("utf-8", "surrogatepass")
    response = client.post(PATH, {"text": encoded})

    assert response.status_code in {200, 400}
    assert "<script>" not in response.text


def test_a_description_asks_the_database_once(client, django_assert_max_num_queries):
    find("chef")  # whoever asks first builds the index
    with django_assert_max_num_queries(1):
        client.post(PATH, {"text": HOTEL})


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client, method):
    assert getattr(client, method)(PATH).status_code == 405


@pytest.mark.parametrize("address", ["/", "/search/", "/search/?q=xyzzyq", "/search/?q=chef"])
def test_the_page_is_offered_where_a_title_is_asked_for(client, address):
    assert PATH in read(client, address).links
