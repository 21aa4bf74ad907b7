"""Who sends: counted by the nearest address that is not ours, and never logged."""

import pytest

from enquiries.views.client import client_address

pytestmark = pytest.mark.django_db


def test_nothing_personal_is_logged(send, caplog):
    caplog.set_level("DEBUG")
    send()
    send(email="")
    send(date_of_birth_year="2012")
    for typed in ("ann@example.org", "Ann", "400000001", "0400"):
        assert typed not in caplog.text


@pytest.mark.parametrize(
    ("remote", "forwarded", "counted"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "192.0.2.66, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("2001:db8::1", "198.51.100.1", "2001:db8::1"),
        ("", "198.51.100.1", ""),
    ],
)
def test_the_budget_counts_the_nearest_address_that_is_not_our_proxy(
    rf, settings, remote, forwarded, counted
):
    settings.TRUSTED_PROXIES = ["10.0.0.0/24"]
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    assert client_address(rf.get("/", headers=headers, REMOTE_ADDR=remote)) == counted
