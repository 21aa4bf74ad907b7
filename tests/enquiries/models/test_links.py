"""A link names its enquiry, for one purpose and for a time."""

from datetime import UTC, datetime, timedelta

import pytest

from enquiries.models import LinkExpired, LinkPurpose, LinkRejected, read_link, sign_link

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def test_a_link_tells_its_enquiry_until_its_time_is_over(make_enquiry):
    enquiry = make_enquiry(link_version=3)
    purpose = LinkPurpose.GUARDIAN_CONFIRMATION
    token = sign_link(enquiry, purpose=purpose, now=NOW)
    last = NOW + timedelta(days=7)
    claim = read_link(token, purpose=purpose, now=last - timedelta(seconds=1))
    assert (claim.enquiry_id, claim.version) == (enquiry.pk, 3)
    with pytest.raises(LinkExpired) as expired:
        read_link(token, purpose=purpose, now=last)
    assert expired.value.claim == claim


@pytest.mark.parametrize("change", ["", "x", "1-1-99999999999", "1.2", "\x00", "💥"])
def test_a_link_that_we_did_not_make_is_rejected(make_enquiry, change):
    with pytest.raises(LinkRejected):
        read_link(change, purpose=LinkPurpose.RECEIVED, now=NOW)


def test_a_link_is_worth_nothing_for_another_purpose(make_enquiry):
    token = sign_link(make_enquiry(), purpose=LinkPurpose.RECEIVED, now=NOW)
    with pytest.raises(LinkRejected):
        read_link(token, purpose=LinkPurpose.GUARDIAN_CONFIRMATION, now=NOW)
