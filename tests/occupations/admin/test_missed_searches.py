"""Editors read what people searched for in vain, add a word for it, or set it aside."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group

from enquiries.roles import ADVISER, EDITOR, LEAD
from occupations.editorial.missed_searches import note_missed
from occupations.models import LayWord, MissedSearch

LIST = "/admin/occupations/missedsearch/"
FIRST = date(2026, 11, 23)
pytestmark = pytest.mark.django_db


@pytest.fixture
def sign_in(client, django_user_model):
    def sign_in(role):
        user = django_user_model.objects.create_user(role, is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def desk(sign_in):
    return sign_in(EDITOR)


def miss(question, *, times=5, is_near=False):
    for number in range(times):
        note_missed(question, is_near=is_near, on=FIRST + timedelta(days=number))
    return MissedSearch.objects.filter(words=question).first()


def listed(desk, query=""):
    return [str(each) for each in desk.get(f"{LIST}?{query}").context["cl"].result_list]


def act(desk, action, *chosen, query=""):
    typed = {"action": action, "_selected_action": [each.pk for each in chosen]}
    return desk.post(f"{LIST}?{query}", typed, follow=True)


def test_the_most_frequent_come_first_and_rare_ones_not_at_all(desk):
    miss("zorb rider")
    miss("zorb wrangler", times=7)
    miss("zorb herder", times=4)
    assert listed(desk) == ["zorb wrangler", "zorb rider"]


def test_the_page_says_how_many_are_not_shown(desk):
    miss("zorb rider")
    miss("jo@example.org", times=3)
    page = desk.get(LIST).content.decode()
    assert "Searches without an answer: 8. Not shown in words: 3," in page
    assert "example.org" not in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", ["zorb rider", "zorb wrangler"]),
        ("found__exact=nothing", ["zorb rider"]),
        ("found__exact=near", ["zorb wrangler"]),
        ("state=aside", ["zorb noise"]),
        ("q=wrangler", ["zorb wrangler"]),
    ],
)
def test_the_list_is_narrowed_by_what_was_found_and_whether_it_is_noise(desk, query, words):
    miss("zorb rider")
    miss("zorb wrangler", is_near=True)
    act(desk, "set_aside", miss("zorb noise"))
    assert sorted(listed(desk, query)) == words


def test_the_parts_of_the_list_tell_how_many_they_hold(desk):
    miss("zorb rider")
    miss("zorb wrangler", is_near=True)
    act(desk, "set_aside", miss("zorb noise"))
    parts = desk.get(f"{LIST}?state=aside").context["quick_views"]
    assert [(part.label, part.count, part.is_current) for part in parts] == [
        ("To look at", 2, False),
        ("No result", 1, False),
        ("Near titles only", 1, False),
        ("Set aside", 1, True),
    ]


def test_the_form_for_a_lay_word_opens_with_the_word(desk):
    miss("butcher's zorb")
    page = desk.get(LIST).content.decode()
    address = "/admin/occupations/layword/add/?word=butcher%27s+zorb"
    assert f'href="{address}"' in page
    form = desk.get(address)
    fields = form.context["adminform"].form
    assert fields["word"].value() == "butcher's zorb"
    assert fields["edition"].field.choices[0] == ("anzsco-2022", "ANZSCO 2022")
    assert "six digits" in fields["code"].help_text
    typed = {"word": "butcher's zorb", "edition": "anzsco-2022", "code": "351211"}
    assert desk.post(address, typed).status_code == 302
    assert LayWord.objects.get().word == "butcher's zorb"


def test_noise_is_set_aside_with_who_and_when_and_put_back(desk):
    noise = miss("zorb noise")
    answer = act(desk, "set_aside", noise)
    assert "1 search set aside." in answer.content.decode()
    noise.refresh_from_db()
    assert noise.set_aside_by.get_username() == EDITOR
    assert noise.set_aside_at is not None
    aside = desk.get(f"{LIST}?state=aside").content.decode()
    by_whom = f'<td data-label="Set aside" class="field-aside"><span class="line">{EDITOR}</span>'
    assert by_whom in aside
    assert "Add a lay word<" not in aside
    act(desk, "put_back", noise, query="state=aside")
    assert listed(desk) == ["zorb noise"]


def test_words_that_will_be_forgotten_are_not_kept_in_the_log(desk):
    noise = miss("zorb noise")
    act(desk, "set_aside", noise)
    act(desk, "put_back", noise, query="state=aside")
    assert not LogEntry.objects.exists()


def test_a_search_is_looked_at_and_never_written(desk):
    seen = miss("zorb wrangler")
    act(desk, "set_aside", seen)
    page = desk.get(f"{LIST}{seen.pk}/change/")
    assert page.status_code == 200
    assert EDITOR in page.content.decode()
    assert seen.digest not in page.content.decode()
    for place in ("add/", f"{seen.pk}/change/", f"{seen.pk}/delete/"):
        assert desk.post(f"{LIST}{place}", {"words": "other"}).status_code == 403
    assert MissedSearch.objects.get().words == "zorb wrangler"


def test_a_question_without_words_has_no_page(desk):
    miss("zorb wrangler", times=1)
    hidden = MissedSearch.objects.get()
    assert desk.get(f"{LIST}{hidden.pk}/change/").status_code == 302


@pytest.mark.parametrize("role", [ADVISER, LEAD])
def test_other_staff_do_not_see_what_people_search_for(sign_in, role):
    miss("zorb wrangler")
    client = sign_in(role)
    assert client.get(LIST).status_code == 403
    assert "missedsearch" not in client.get("/admin/").content.decode()


def test_who_may_only_look_sets_nothing_aside(client, django_user_model):
    group = Group.objects.get(name=EDITOR)
    group.permissions.remove(group.permissions.get(codename="set_aside_missedsearch"))
    user = django_user_model.objects.create_user("reader", is_staff=True)
    user.groups.add(group)
    client.force_login(user)
    act(client, "set_aside", miss("zorb wrangler"))
    assert MissedSearch.objects.get().set_aside_at is None


def test_the_desk_names_the_list_among_editors_tables(desk):
    rooms = desk.get("/admin/").content.decode()
    assert rooms.index("Missed searches") < rooms.index("Catalogue (read-only)")


def test_the_list_asks_a_constant_number_of_queries(desk, django_assert_max_num_queries):
    for number in ("one", "two", "three", "four", "five", "six"):
        miss(f"zorb {number}")
    with django_assert_max_num_queries(9):
        assert len(listed(desk)) == 6
