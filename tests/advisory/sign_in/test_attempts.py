"""Whoever fails too often is locked out, and nobody else is."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from advisory.sign_in.attempts import PATIENCE, LockedOut, Origin, attempt
from enquiries.models import AccessRecord
from tests.advisory.sign_in.desk import DESK, PASSWORD, code, kinds, sign_in, text

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


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


def test_guessed_codes_lock_the_account_as_well(client, mia, app):
    sign_in(client)
    enter = reverse("mfa_authenticate")
    for _ in range(5):
        client.post(enter, {"code": "000000"})
    assert "Wait 15 minutes" in text(client.post(enter, {"code": code()}))
    assert client.get(DESK).status_code == 302
    assert "Wait 15 minutes" in text(sign_in(Client()))
