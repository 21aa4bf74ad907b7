from datetime import timedelta

import pytest

from enquiries.abuse import (
    FilledTooFast,
    FormExpired,
    check_time,
    count_submission,
    forget_counts,
    network,
    sign_time,
)
from enquiries.models import Flag, SubmissionCount


@pytest.mark.parametrize("seconds", [3, 60, 4 * 3600])
def test_a_form_may_take_from_three_seconds_to_four_hours(now, seconds):
    check_time(sign_time(now), now=now + timedelta(seconds=seconds))


@pytest.mark.parametrize("seconds", [-5, 0, 2])
def test_nobody_fills_the_form_at_once(now, seconds):
    with pytest.raises(FilledTooFast):
        check_time(sign_time(now), now=now + timedelta(seconds=seconds))


def test_the_shortest_time_can_be_turned_off(now, settings):
    settings.ENQUIRY_MIN_FILL_SECONDS = 0
    check_time(sign_time(now), now=now)


def test_a_form_expires_after_four_hours(now):
    with pytest.raises(FormExpired):
        check_time(sign_time(now), now=now + timedelta(hours=4, seconds=1))


@pytest.mark.parametrize("token", ["", "1764000000", "1764000000.forged", "x.y", "\x00", "💥"])
def test_a_time_that_we_did_not_sign_counts_as_expired(now, token):
    with pytest.raises(FormExpired):
        check_time(token, now=now)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::99", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::99", "2001:db8:1:3::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("", "unknown"),
        ("localhost", "unknown"),
    ],
)
def test_an_address_counts_for_its_network(address, expected):
    assert network(address) == expected


@pytest.mark.django_db
def test_over_a_budget_an_enquiry_is_flagged_and_never_refused(now, settings):
    settings.ENQUIRY_BUDGET_PER_ADDRESS = 3
    settings.ENQUIRY_BUDGET_PER_CONTACT = 2

    def count(contact="ann@example.org"):
        return count_submission(address="2001:db8::1", contacts=[contact, ""], now=now)

    assert count() == set()
    assert count("ANN@example.org") == set()
    assert count() == {Flag.CONTACT_BUDGET}
    assert count("bea@example.org") == {Flag.ADDRESS_BUDGET}


@pytest.mark.django_db
def test_a_budget_is_for_an_hour(now, settings):
    settings.ENQUIRY_BUDGET_PER_ADDRESS = 1
    count_submission(address="203.0.113.7", contacts=[], now=now)
    later = now + timedelta(hours=1)
    assert count_submission(address="203.0.113.7", contacts=[], now=later) == set()


@pytest.mark.django_db
def test_a_budget_of_nothing_is_off_and_counts_nothing(now, settings):
    settings.ENQUIRY_BUDGET_PER_ADDRESS = settings.ENQUIRY_BUDGET_PER_CONTACT = 0
    assert count_submission(address="203.0.113.7", contacts=["ann@example.org"], now=now) == set()
    assert not SubmissionCount.objects.exists()


@pytest.mark.django_db
def test_only_keyed_digests_are_kept_and_for_a_day(now):
    count_submission(address="203.0.113.7", contacts=["ann@example.org"], now=now)
    assert all(len(row.digest) == 64 for row in SubmissionCount.objects.all())
    assert forget_counts(now=now + timedelta(hours=23)) == 0
    assert forget_counts(now=now + timedelta(days=2)) == 2
    assert not SubmissionCount.objects.exists()
