"""A session ends by time, by hand or with a right that is gone, and loses nothing typed."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse

from advisory.sign_in.session_store import SessionStore
from tests.advisory.sign_in.desk import (
    DESK,
    LOGIN,
    PASSWORD,
    QUEUE,
    SECRET,
    code,
    let_pass,
    sign_in,
    text,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        ({"idle": timedelta(minutes=31)}, "30 minutes without a click"),
        ({"since": timedelta(hours=12)}, "after 12 hours"),
    ],
)
def test_a_session_ends_and_says_why_and_leads_back(client, mia, passed, said):
    sign_in(client)
    let_pass(client, **passed)
    ended = client.get("/admin/password_change/?a=1", follow=True)
    assert ended.redirect_chain == [(f"{LOGIN}?next=%2Fadmin%2Fpassword_change%2F%3Fa%3D1", 302)]
    assert said in text(ended)
    assert client.get(DESK)["Location"].startswith(LOGIN)


WITHDRAWN = {  # from who is at the queue: what a hand writes past the site, and what comes next
    "the account": ("UPDATE auth_user SET is_active = false WHERE id = %s", LOGIN),
    "the desk": ("UPDATE auth_user SET is_staff = false WHERE id = %s", LOGIN),
    "the password": ("UPDATE auth_user SET password = 'another' WHERE id = %s", LOGIN),
    "the role": ("DELETE FROM auth_user_groups WHERE user_id = %s", 403),
    "a right of the role": ("DELETE FROM auth_group_permissions WHERE %s > 0", 403),
    "the second factor": ("DELETE FROM mfa_authenticator WHERE user_id = %s", "mfa_index"),
}


@pytest.fixture
def at_the_queue(client, mia, app, settings):
    """Sign in who may see the queue by their role, with a second factor; give that role."""
    settings.STAFF_SECOND_FACTOR = True
    role = Group.objects.create(name="Readers")
    role.permissions.add(Permission.objects.get(codename="view_enquiry"))
    mia.groups.add(role)
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert client.get(QUEUE).status_code == 200
    return role


def is_let_go_on(client, *, to):
    answers = [client.get(QUEUE), client.post(QUEUE)]
    if to == 403:
        return any(answer.status_code != 403 for answer in answers)
    return any(not answer["Location"].startswith(to) for answer in answers)


@pytest.mark.usefixtures("at_the_queue")
@pytest.mark.parametrize("what", WITHDRAWN)
def test_what_is_withdrawn_past_the_site_is_gone_with_the_next_request(client, mia, what):
    statement, to = WITHDRAWN[what]
    with connection.cursor() as cursor:
        cursor.execute(statement, [mia.pk])
    assert not is_let_go_on(client, to=reverse(to) if to == "mfa_index" else to)


@pytest.mark.parametrize("kept", ["role", "account"])
def test_what_the_admin_withdraws_is_gone_with_the_next_request(
    client, mia, at_the_queue, admin_user, kept
):
    boss = Client()
    boss.force_login(admin_user)
    TOTP.activate(admin_user, SECRET)
    person = {"username": "mia", "is_staff": "on", "date_joined_0": "2026-11-22",
              "date_joined_1": "09:00:00"}  # fmt: skip
    person |= {"groups": at_the_queue.pk} if kept == "role" else {"is_active": "on"}
    saved = boss.post(reverse("admin:auth_user_change", args=[mia.pk]), person)
    assert saved.status_code == 302
    assert not is_let_go_on(client, to=LOGIN if kept == "role" else 403)


@pytest.mark.usefixtures("at_the_queue")
def test_signing_out_in_one_tab_ends_the_other_and_nothing_brings_it_back(client):
    tab, key = Client(), client.session.session_key
    tab.cookies[settings.SESSION_COOKIE_NAME] = key
    assert tab.get(QUEUE).status_code == 200
    under_way = SessionStore(key)
    under_way["seen_at"] = 0.0
    client.post(reverse("account_logout"))
    assert not is_let_go_on(tab, to=LOGIN)
    with pytest.raises(UpdateError):
        under_way.save()
    assert not Session.objects.filter(pk=key).exists()


def test_words_of_a_search_stand_in_no_way_back(client, mia):
    queue, reference = QUEUE, "WXRY3467"
    words = f"{queue}?country=PH&q=ann%40example.org"
    narrowed = f"{LOGIN}?next=%2Fadmin%2Fenquiries%2Fenquiry%2F%3Fcountry%3DPH"
    asked = client.get(words)  # nobody is signed in
    assert asked["Location"] == f"{queue}?country=PH"
    for address, back in [
        (words, narrowed),
        (f"{queue}?country=PH&q=~0123456789ab", narrowed),
        (f"{queue}?country=PH&q={reference}", f"{narrowed}%26q%3D{reference}"),
        (f"{queue}?country=PH&_changelist_filters=q%3Dann", narrowed),
    ]:
        sign_in(client)
        let_pass(client, idle=timedelta(hours=1))
        assert client.get(address)["Location"] == back


def test_what_a_page_fetches_by_itself_keeps_no_session_alive(client, mia):
    sign_in(client)
    let_pass(client, idle=timedelta(minutes=29))
    client.get("/admin/jsi18n/", headers={"Sec-Fetch-Mode": "cors"})
    let_pass(client, idle=timedelta(minutes=2))
    assert client.get(DESK).status_code == 302
    sign_in(client)
    let_pass(client, idle=timedelta(minutes=29))
    client.get(DESK)
    let_pass(client, idle=timedelta(minutes=2))
    assert client.get(DESK).status_code == 200


def test_what_was_typed_when_a_session_ended_is_given_back_to_its_writer_alone(client, mia):
    User.objects.create_user("tom", password=PASSWORD, is_staff=True)
    typed = {"text": "A long <b>note</b>", "old_password": "secret-of-mine", "many": ["1", "2"]}
    typed |= {"due_on": "2099-01-05", "seen": "71", "key": "0b8f2c1e"}
    for name, given in [("tom", False), ("mia", True)]:
        sign_in(client)
        let_pass(client, idle=timedelta(hours=1))
        ended = client.post("/admin/auth/user/add/", typed, follow=True)
        assert "What you typed is kept" in text(ended)
        answer = client.post(
            ended.redirect_chain[-1][0], {"login": name, "password": PASSWORD}, follow=True
        )
        page = text(answer)
        assert ("A long &lt;b&gt;note&lt;/b&gt;" in page) is given
        assert ('action="/admin/auth/user/add/"' in page) is given
        assert "secret-of-mine" not in page
        shown = re.findall("<dt>(.+)</dt>", page)
        assert shown == (["Text", "Many", "Many", "Due on"] if given else [])
        assert ('name="key" value="0b8f2c1e"' in page) is given  # it is sent again, unseen
        assert "A long" not in text(client.get(reverse("account_typed"), follow=True))
        client.post("/admin/logout/")


def test_no_code_and_no_word_of_signing_in_is_kept_when_a_session_ends(client, mia, app):
    for page in ("mfa_reauthenticate", "account_reauthenticate", "mfa_activate_totp"):
        client.force_login(mia)
        let_pass(client, idle=timedelta(hours=1))
        sent = {"code": "123456", "password": PASSWORD, "next": DESK}
        ended = client.post(reverse(page), sent, follow=True)
        assert "You were signed out" in text(ended)
        assert "What you typed is kept" not in text(ended)
        assert "typed" not in client.session
