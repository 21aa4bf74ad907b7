"""Signing in as staff do: with a password alone, with an app, and with a passkey."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from tests.journeys import desk
from tests.journeys.accessibility import faults

pytestmark = pytest.mark.journeys


@pytest.fixture(autouse=True)
def _password_alone_again(site):
    """Leave staff as they were: the journeys of a worker share them, and come in any order."""
    yield
    site.rows("DELETE FROM mfa_authenticator RETURNING id")


def test_an_app_is_set_up_and_asked_for_without_javascript(open_window, site):
    staff = open_window(javascript=False)
    desk.sign_in(staff, site, "second-editor")
    staff.goto("/admin/account/second-factor/")
    with staff.expect_navigation():
        staff.get_by_role("link", name="Set up an app").click()
    secret = staff.locator(".code").inner_text()

    def code():
        return format_hotp_value(hotp_value(secret, int(time.time()) // 30))  # noqa: TID251

    staff.get_by_label("Code that the app shows").fill(code())
    with staff.expect_navigation():
        staff.get_by_role("button", name="Set it up").click()
    recovery = staff.locator(".recovery-codes .code").first.inner_text()
    with staff.expect_navigation():
        staff.get_by_role("link", name="I wrote them down").click()

    again = open_window(javascript=False)
    again.goto("/admin/")
    again.get_by_label("Username").fill("second-editor")
    again.get_by_label("Password").fill(site.staff["second-editor"])
    with again.expect_navigation():
        again.get_by_role("button", name="Log in").click()
    again.get_by_label("Code from your app").fill("000000")
    with again.expect_navigation():
        again.get_by_role("button", name="Sign in").click()
    expect(again.locator(".errorlist")).to_contain_text("wrong")
    again.get_by_label("Code from your app").fill(recovery)
    with again.expect_navigation():
        again.get_by_role("button", name="Sign in").click()
    expect(again.get_by_role("button", name="Log out")).to_be_visible()


def test_a_passkey_is_added_and_lets_its_owner_in_without_a_password(open_window, site):
    staff = open_window()
    tool = staff.context.new_cdp_session(staff)
    tool.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tool.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    desk.sign_in(staff, site, "auditor")
    expect(staff.get_by_role("link", name="Whose data did a person open?")).to_be_visible()
    expect(staff.get_by_role("link", name="View", exact=True)).to_have_count(0)
    assert faults(staff, has_dark=False) == []
    staff.goto("/admin/account/second-factor/")
    assert faults(staff, has_dark=False) == []
    with staff.expect_navigation():
        staff.get_by_role("link", name="Add a passkey").click()
    assert faults(staff, has_dark=False) == []
    staff.get_by_label("Sign in with it alone").check()
    staff.get_by_role("button", name="Add it").click()
    staff.wait_for_url("**/codes/")
    assert faults(staff, has_dark=False) == []
    staff.goto("/admin/account/second-factor/app/")
    assert faults(staff, has_dark=False) == []
    staff.goto("/admin/enquiries/accessrecord/of-person/")
    assert faults(staff, has_dark=False) == []
    with staff.expect_navigation():
        staff.get_by_role("button", name="Log out").click()
    staff.goto("/admin/")
    with staff.expect_navigation():
        staff.get_by_role("button", name="Use a passkey").click()
    expect(staff.get_by_role("button", name="Log out")).to_be_visible()
    staff.goto("/admin/enquiries/accessrecord/")
    expect(staff.locator("#result_list")).to_contain_text("webauthn")
    assert faults(staff, has_dark=False) == []
