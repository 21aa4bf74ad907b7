"""Staff sign in with a second factor; who fails too often is locked out; sessions end."""

import json
import re
import time
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from advisory.sign_in.attempts import PATIENCE, LockedOut, Origin, attempt
from advisory.sign_in.session_store import SessionStore
from enquiries.models import AccessRecord

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/"
DESK = "/admin/"
QUEUE = "/admin/enquiries/enquiry/"
PASSWORD = "a-long-password-of-staff"  # noqa: S105
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105


@pytest.fixture
def mia():
    return User.objects.create_user("mia", password=PASSWORD, is_staff=True)


@pytest.fixture
def app(mia):
    return TOTP.activate(mia, SECRET).instance


def sign_in(client, name="mia", password=PASSWORD, **more):
    return client.post(LOGIN, {"login": name, "password": password}, **more)


def kinds():
    return list(AccessRecord.objects.order_by("id").values_list("kind", flat=True))


def code(secret=SECRET, *, steps=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))  # noqa: TID251


def text(answer):
    return answer.content.decode()


def test_staff_sign_in_with_their_password_and_come_back_to_their_page(client, mia):
    page = client.get("/admin/auth/")
    assert page["Location"] == f"{LOGIN}?next=/admin/auth/"
    assert sign_in(client)["Location"] == DESK
    assert client.get(DESK).status_code == 200
    record = AccessRecord.objects.get()
    assert (record.kind, record.by, record.what) == ("signed_in", mia, "password")


def test_where_to_go_next_is_kept_and_stays_on_the_site(client, mia):
    page = client.get(f"{LOGIN}?next=/admin/password_change/")
    assert 'name="next" value="/admin/password_change/"' in text(page)
    answer = client.post(
        LOGIN, {"login": "mia", "password": PASSWORD, "next": "/admin/password_change/"}
    )
    assert answer["Location"] == "/admin/password_change/"
    elsewhere = {"login": "mia", "password": PASSWORD, "next": "https://evil.example/"}
    assert Client().post(LOGIN, elsewhere)["Location"] == DESK


def test_what_staff_may_do_is_read_at_once_from_themselves_and_their_roles(
    mia, django_assert_num_queries
):
    role = Group.objects.create(name="Readers")
    role.permissions.add(Permission.objects.get(codename="view_enquiry"))
    mia.groups.add(role)
    mia.user_permissions.add(Permission.objects.get(codename="add_note"))
    with django_assert_num_queries(1):
        assert mia.has_perms(["enquiries.view_enquiry", "enquiries.add_note"])
        assert not mia.has_perm("enquiries.export_enquiry")
    User.objects.update(is_active=False)
    assert not User.objects.get().has_perm("enquiries.view_enquiry")


@pytest.mark.parametrize("altered", [{"is_active": False}, {"is_staff": False}])
def test_who_may_not_sign_in_is_answered_like_a_wrong_password(client, mia, altered):
    User.objects.update(**altered)
    refused = sign_in(client)
    assert "is wrong" in text(refused)
    assert kinds() == ["sign_in_failed"]


def test_nobody_signs_up_and_no_password_is_asked_back(client):
    for address in ("signup/", "password/reset/", "account/signup/", "account/password/reset/"):
        assert client.get(f"/admin/{address}", follow=True).redirect_chain[-1][0].startswith(LOGIN)
        assert client.get(f"/{address}").status_code == 404


@pytest.mark.parametrize("name", ["mia", "nobody-of-this-name"])
def test_an_account_is_locked_after_five_failures_whether_it_exists_or_not(client, mia, name):
    for _ in range(5):
        assert "is wrong" in text(sign_in(client, name, "x" * 12))
    for password in ("x" * 12, PASSWORD):
        assert "Wait 15 minutes" in text(sign_in(client, name, password))
    assert kinds() == ["sign_in_failed"] * 5 + ["locked_out"]
    assert "nobody-of-this-name" not in str(list(AccessRecord.objects.values()))
    assert AccessRecord.objects.earliest("id").by == (mia if name == "mia" else None)


@pytest.mark.parametrize("same", ["MIA", " mia ", "m\u0131a"])
def test_another_way_to_write_a_name_is_no_way_round_its_lock(client, mia, same):
    for _ in range(5):
        sign_in(client, "mia", "x" * 12)
    assert "Wait 15 minutes" in text(sign_in(client, same, PASSWORD))


def test_twenty_failures_lock_a_network_out_and_no_other(client, mia):
    for number in range(20):
        sign_in(client, f"name{number}", REMOTE_ADDR="2001:db8::1")
    for address, locked in [("2001:db8::ffff", True), ("2001:db8:1::1", False)]:
        answer = sign_in(client, REMOTE_ADDR=address)
        assert ("Wait 15 minutes" in text(answer)) is locked


def try_once(now, *, right=False, how="Password", **origin):
    def check():
        return User.objects.get() if right else None

    given = {"address": "10.0.0.1"} | origin
    return attempt("mia", origin=Origin(**given), now=now, how=how, check=check)


def is_locked(now, **given):
    try:
        return try_once(now, right=True, **given) is None
    except LockedOut:
        return True


NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(("failed", "locked"), [(4, False), (5, True)])
def test_five_failures_from_a_network_lock_the_account_for_it_alone(mia, failed, locked):
    for _ in range(failed):
        try_once(NOW)
    assert is_locked(NOW) is locked
    assert not is_locked(NOW, address="10.0.0.2")
    assert not is_locked(NOW, device="hers")


@pytest.mark.parametrize(
    ("how", "failed", "locked"),
    [("Password", 49, False), ("Password", 50, True), ("Code", 9, False), ("Code", 10, True)],
)
def test_many_failures_from_many_networks_lock_the_account_but_for_a_device_it_knows(
    mia, how, failed, locked
):
    for number in range(failed):
        try_once(NOW, address=f"10.1.{number}.1", how=how)
    assert is_locked(NOW, address="10.2.0.1", how=how) is locked
    assert not is_locked(NOW, address="10.2.0.1", device="hers", how=how)


def test_a_device_that_is_known_is_locked_by_its_own_failures_alone(mia):
    for number in range(20):
        try_once(NOW, address="10.0.0.1", device=f"other {number}")
    for _ in range(4):
        try_once(NOW, device="hers")
    assert not is_locked(NOW, device="hers")
    try_once(NOW, device="hers")
    assert is_locked(NOW + PATIENCE - INSTANT, device="hers")
    assert not is_locked(NOW + PATIENCE, device="hers")


def test_a_stranger_cannot_lock_out_a_browser_that_signed_in_before(client, mia, app):
    sign_in(client)
    assert "known_device" not in client.cookies  # not before the second factor
    client.post(reverse("mfa_authenticate"), {"code": code()})
    cookie = client.cookies["known_device"]
    assert (cookie["httponly"], cookie["path"], cookie["samesite"]) == (True, "/admin/", "Lax")
    client.post("/admin/logout/")
    stranger = Client()
    for _ in range(6):
        answer = sign_in(stranger, password="x" * 12)
    assert "Wait 15 minutes" in text(answer)
    assert sign_in(client)["Location"] == reverse("mfa_authenticate")
    forged = Client()
    forged.cookies["known_device"] = cookie.value[:-1] + ("A" if cookie.value[-1] != "A" else "B")
    assert "Wait 15 minutes" in text(sign_in(forged))
    User.objects.create_user("tom", password=PASSWORD, is_staff=True)
    for _ in range(5):
        sign_in(Client(), "tom", "x" * 12)
    known = Client()
    known.cookies["known_device"] = cookie.value
    assert "Wait 15 minutes" in text(sign_in(known, "tom"))  # it signed in as somebody else


def test_whoever_was_tried_is_told_when_they_sign_in(client, mia):
    sign_in(client)
    client.post("/admin/logout/")
    for _ in range(3):
        sign_in(Client(), password="x" * 12, REMOTE_ADDR="203.0.113.9")
    sign_in(client, password="x" * 12)  # their own slip
    sign_in(client)
    told = text(client.get(DESK))
    assert "3 tries to sign in as you failed elsewhere since you last did" in told
    assert "tell a lead" in told
    client.post("/admin/logout/")
    sign_in(client)
    assert "failed elsewhere" not in text(client.get(DESK))


def test_a_lock_out_ends_and_signing_in_forgives(mia):
    now = NOW
    for _ in range(5):
        try_once(now, right=False)
    assert is_locked(now + PATIENCE - INSTANT)
    assert try_once(now + PATIENCE, right=True) == mia
    for _ in range(4):
        try_once(now + timedelta(minutes=16), right=False)
    AccessRecord.objects.create(at=now + timedelta(minutes=17), by=mia, kind="signed_in")
    for _ in range(4):
        try_once(now + timedelta(minutes=18), right=False)
    assert try_once(now + timedelta(minutes=18), right=True) == mia


def test_a_second_factor_is_asked_after_the_password(client, mia, app):
    assert sign_in(client)["Location"] == reverse("mfa_authenticate")
    assert client.get(DESK).status_code == 302  # not yet
    enter = reverse("mfa_authenticate")
    assert client.get(enter).status_code == 200
    assert "code is wrong" in text(client.post(enter, {"code": "000000"}))
    assert client.post(enter, {"code": code()})["Location"] == DESK
    assert client.get(DESK).status_code == 200
    assert kinds() == ["sign_in_failed", "signed_in"]
    assert AccessRecord.objects.latest("id").what == "password, totp"


def test_guessed_codes_lock_the_account_as_well(client, mia, app):
    sign_in(client)
    enter = reverse("mfa_authenticate")
    for _ in range(5):
        client.post(enter, {"code": "000000"})
    assert "Wait 15 minutes" in text(client.post(enter, {"code": code()}))
    assert client.get(DESK).status_code == 302
    assert "Wait 15 minutes" in text(sign_in(Client()))


def test_what_lies_in_the_database_opens_no_second_factor(client, mia, settings):
    sign_in(client)
    [secret] = re.findall(
        r'class="code">([A-Z2-7]+)<', text(client.get(reverse("mfa_activate_totp")))
    )
    client.post(reverse("mfa_activate_totp"), {"code": code(secret, steps=-1)})
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, data::text FROM mfa_authenticator ORDER BY type")
        rows = dict(cursor.fetchall())
    assert set(rows) == {"totp", "recovery_codes"}
    sealed = [value for row in rows.values() for value in json.loads(row).values()]
    assert [each for each in sealed if isinstance(each, str) and not each.startswith("gAAAA")] == []
    assert secret not in "".join(rows.values())
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-that-is-as-long-as-a-real-one-would-have-to-be"  # noqa: S105
    again = Client()
    sign_in(again)
    assert again.post(reverse("mfa_authenticate"), {"code": code(secret)})["Location"] == DESK
    settings.SECRET_KEY_FALLBACKS = []
    lost = Client()
    sign_in(lost)
    for tried in (code(secret, steps=1), code("", steps=1)):  # no secret is no empty one
        assert "code is wrong" in text(lost.post(reverse("mfa_authenticate"), {"code": tried}))


def test_a_code_serves_once_whichever_process_is_asked(client, mia, app):
    used = code()
    sign_in(client)
    assert client.post(reverse("mfa_authenticate"), {"code": used})["Location"] == DESK
    cache.clear()  # as another process, which remembers nothing of this one
    other = Client()
    sign_in(other)
    for replayed in (used, code(steps=-1)):
        answer = other.post(reverse("mfa_authenticate"), {"code": replayed})
        assert "it was used before" in text(answer)
    assert other.post(reverse("mfa_authenticate"), {"code": code(steps=1)})["Location"] == DESK


def test_the_code_that_set_an_app_up_signs_nobody_in(client, mia):
    sign_in(client)
    [secret] = re.findall(
        r'class="code">([A-Z2-7]+)<', text(client.get(reverse("mfa_activate_totp")))
    )
    used = code(secret)
    client.post(reverse("mfa_activate_totp"), {"code": used})
    other = Client()
    sign_in(other)
    answer = other.post(reverse("mfa_authenticate"), {"code": used})
    assert "it was used before" in text(answer)
    later = {"code": code(secret, steps=1)}
    assert other.post(reverse("mfa_authenticate"), later)["Location"] == DESK


def test_staff_are_led_to_a_second_factor_before_anything_else(client, mia, settings):
    settings.STAFF_SECOND_FACTOR = True
    sign_in(client)
    index = reverse("mfa_index")
    for page in (DESK, "/admin/enquiries/enquiry/", "/admin/password_change/"):
        assert client.get(page)["Location"] == index
    assert "before you go on" in text(client.get(index))
    set_up = text(client.get(reverse("mfa_activate_totp")))
    assert "<svg" in set_up
    [secret] = re.findall(r'class="code">([A-Z2-7]+)<', set_up)
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "code is wrong" in text(wrong)
    done = client.post(reverse("mfa_activate_totp"), {"code": code(secret)}, follow=True)
    codes = re.findall(r'<li class="code">(\d{8})<', text(done))
    assert len(codes) == 10
    assert client.get(DESK).status_code == 200
    assert codes[0] not in text(client.get(reverse("mfa_view_recovery_codes")))
    assert Authenticator.objects.filter(user=mia).count() == 2
    again = Client()
    sign_in(again)
    assert again.post(reverse("mfa_authenticate"), {"code": codes[0]})["Location"] == DESK
    once_more = Client()
    sign_in(once_more)
    assert "wrong" in text(once_more.post(reverse("mfa_authenticate"), {"code": codes[0]}))


def test_the_last_second_factor_stays(client, mia, app, settings):
    settings.STAFF_SECOND_FACTOR = True
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code()})
    remove = reverse("mfa_deactivate_totp")
    assert "one second factor" in text(client.get(remove))
    client.post(remove)
    assert Authenticator.objects.filter(type="totp").exists()
    settings.STAFF_SECOND_FACTOR = False
    assert client.post(remove)["Location"] == reverse("mfa_index")
    assert not Authenticator.objects.exists()
    assert "second_factor_changed" in kinds()


def let_pass(client, *, idle=timedelta(), since=timedelta()):
    session = client.session
    session["seen_at"] -= idle.total_seconds()
    session["signed_in_at"] -= since.total_seconds()
    session.save()


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


@pytest.mark.parametrize("credential", ["", "x", "{}", '{"id": "x"}'])
def test_a_passkey_that_is_not_accepted_is_told_as_that(client, mia, app, credential):
    given = {"credential": credential}
    said = "The passkey was not accepted. Try again, or choose another way."
    assert said in text(client.post(reverse("mfa_login_webauthn"), given, follow=True))
    sign_in(client)
    entrance = text(client.post(reverse("mfa_authenticate"), given))
    assert f'role="alert">{said}' in entrance
    assert "code is wrong" not in entrance
    client.post(reverse("mfa_authenticate"), {"code": code()})
    added = text(client.post(reverse("mfa_add_webauthn"), given))
    assert "The passkey was not added. Try again, or set up an app instead." in added


def test_recovery_codes_come_with_a_second_factor(client, mia):
    sign_in(client)
    page = client.post(reverse("mfa_generate_recovery_codes"), follow=True)
    assert "Set up an app or a passkey first." in text(page)


def test_a_second_factor_that_is_lost_is_taken_away_by_a_superuser(admin_client, app):
    page = reverse("admin:mfa_authenticator_changelist")
    assert "mia" in text(admin_client.get(page))
    shown = text(admin_client.get(reverse("admin:mfa_authenticator_change", args=[app.pk])))
    assert SECRET not in shown
    gone = reverse("admin:mfa_authenticator_delete", args=[app.pk])
    admin_client.post(gone, {"post": "yes"})
    assert not Authenticator.objects.exists()
    assert kinds() == ["second_factor_changed"]


def test_every_page_of_signing_in_keeps_to_the_strict_policy(client, mia, app):
    pages = [text(client.get(LOGIN))]
    sign_in(client)
    pages.append(text(client.get(reverse("mfa_authenticate"))))
    client.post(reverse("mfa_authenticate"), {"code": code()})
    names = (
        "mfa_index", "mfa_add_webauthn", "mfa_deactivate_totp", "mfa_generate_recovery_codes",
        "account_reauthenticate", "mfa_reauthenticate",
    )  # fmt: skip
    for name in names:
        answer = client.get(reverse(name))
        assert answer.status_code == 200, name
        assert "data:" not in answer["Content-Security-Policy"]
        pages.append(text(answer))
    for page in pages:
        assert " style=" not in page
        assert not re.search(r"<script(?![^>]*(src=|application/json))", page)
