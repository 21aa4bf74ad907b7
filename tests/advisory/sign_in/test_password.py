"""Staff sign in with their password, and go where they were going."""

import re

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from enquiries.models import AccessRecord
from tests.advisory.sign_in.desk import DESK, LOGIN, PASSWORD, code, kinds, sign_in, text

pytestmark = pytest.mark.django_db


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
