"""Signing in as staff do: with a password alone, with an app, and with a passkey."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.journeys import desk
from tests.journeys.accessibility import faults

pytestmark = pytest.mark.journeys


def test_an_app_is_set_up_and_asked_for_without_javascript(open_window, site):
    staff = open_window(javascript=False)
    desk.sign_in(staff, site, "second-editor")
    staff.goto("/admin/account/second-factor/")
    staff.get_by_role("link", name="Set up an app").click()
    secret = staff.locator(".code").inner_text()

    def code():
        return format_hotp_value(hotp_value(secret, int(time.time()) // 30))  # noqa: TID251

    staff.get_by_label("Code that the app shows").fill(code())
    staff.get_by_role("button", name="Set it up").click()
    recovery = staff.locator(".recovery-codes .code").first.inner_text()
    staff.get_by_role("link", name="I wrote them down").click()

    again = open_window(javascript=False)
    again.goto("/admin/")
    again.get_by_label("Username").fill("second-editor")
    again.get_by_label("Password").fill(site.staff["second-editor"])
    again.get_by_role("button", name="Log in").click()
    again.get_by_label("Code from your app").fill("000000")
    again.get_by_role("button", name="Sign in").click()
    assert "wrong" in again.locator(".errorlist").inner_text()
    again.get_by_label("Code from your app").fill(recovery)
    again.get_by_role("button", name="Sign in").click()
    again.wait_for_url("**/admin/")


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
    staff.goto("/admin/account/second-factor/")
    assert faults(staff, has_dark=False) == []
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
    staff.get_by_role("button", name="Log out").click()
    staff.goto("/admin/")
    staff.get_by_role("button", name="Use a passkey").click()
    staff.get_by_role("button", name="Log out").wait_for()
    staff.goto("/admin/enquiries/accessrecord/")
    assert "webauthn" in staff.locator("#result_list").inner_text()
    assert faults(staff, has_dark=False) == []
