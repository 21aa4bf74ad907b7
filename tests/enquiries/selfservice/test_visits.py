"""Who may open an enquiry by which link, and for how long."""

from datetime import timedelta

import pytest

from enquiries import selfservice
from enquiries.models import LinkExpired, LinkPurpose, LinkRejected, OutboxMessage, sign_link

pytestmark = pytest.mark.django_db


def test_the_link_of_a_letter_proves_the_address_and_the_one_after_sending_does_not(
    make_enquiry, now
):
    enquiry = make_enquiry()
    for purpose, by_letter in [(LinkPurpose.ENQUIRY, True), (LinkPurpose.RECEIVED, False)]:
        visit = selfservice.visit(sign_link(enquiry, purpose=purpose, now=now), now=now)
        assert (visit.enquiry, visit.by_letter) == (enquiry, by_letter)


@pytest.mark.parametrize(
    "purpose", sorted(set(LinkPurpose) - {LinkPurpose.ENQUIRY, LinkPurpose.RECEIVED})
)
def test_a_link_for_another_purpose_opens_nothing(make_enquiry, now, purpose):
    token = sign_link(make_enquiry(), purpose=purpose, now=now)
    with pytest.raises(LinkRejected):
        selfservice.visit(token, now=now)


def test_a_forged_link_opens_nothing(make_enquiry, now):
    mine, other = make_enquiry(), make_enquiry()
    token = sign_link(mine, purpose=LinkPurpose.ENQUIRY, now=now)
    said, _, seal = token.rpartition(".")
    for forged in (
        "",
        "nonsense",
        said,
        f"{said}.x",
        f"{other.pk}{said[len(str(mine.pk)) :]}.{seal}",
    ):
        with pytest.raises(LinkRejected):
            selfservice.visit(forged, now=now)


def test_it_works_for_90_days(make_enquiry, now):
    token = sign_link(make_enquiry(), purpose=LinkPurpose.ENQUIRY, now=now)
    assert selfservice.visit(token, now=now + timedelta(days=89)).by_letter
    with pytest.raises(LinkExpired):
        selfservice.visit(token, now=now + timedelta(days=90))


def test_a_raised_version_revokes_it(make_enquiry, now):
    enquiry = make_enquiry()
    token = sign_link(enquiry, purpose=LinkPurpose.ENQUIRY, now=now)
    type(enquiry).objects.update(link_version=2)
    with pytest.raises(LinkRejected):
        selfservice.visit(token, now=now)


def test_of_an_erased_enquiry_it_opens_nothing(make_enquiry, now):
    enquiry = make_enquiry()
    token = sign_link(enquiry, purpose=LinkPurpose.ENQUIRY, now=now)
    enquiry.delete()
    with pytest.raises(LinkRejected):
        selfservice.visit(token, now=now)


def test_a_new_link_goes_to_the_address_that_belongs_to_the_reference(make_enquiry, now):
    mine, minor = make_enquiry(), make_enquiry(minor=True)
    for reference, email in [
        (mine.reference, "gina@example.org"),
        (minor.reference, "ann@example.org"),
        ("XXXXXXXX", "ann@example.org"),
        (mine.reference, ""),
    ]:
        selfservice.ask_for_link(reference=reference, email=email, now=now)
    assert OutboxMessage.objects.count() == 0
    selfservice.ask_for_link(reference=mine.reference.lower(), email=" ANN@example.org ", now=now)
    selfservice.ask_for_link(reference=minor.reference, email="gina@example.org", now=now)
    assert {each.enquiry for each in OutboxMessage.objects.all()} == {mine, minor}


def test_one_new_link_an_hour_is_enough(make_enquiry, now):
    enquiry = make_enquiry()
    for minutes in 0, 1, 59, 60, 61:
        asked_at = now + timedelta(minutes=minutes)
        selfservice.ask_for_link(reference=enquiry.reference, email="ann@example.org", now=asked_at)
    assert OutboxMessage.objects.count() == 2
