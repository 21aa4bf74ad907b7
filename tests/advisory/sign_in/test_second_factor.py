"""A second factor is asked for, set up, kept safe and taken away."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from enquiries.models import AccessRecord
from tests.advisory.sign_in.desk import DESK, SECRET, code, kinds, sign_in, text

pytestmark = pytest.mark.django_db


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
