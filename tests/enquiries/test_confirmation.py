from datetime import timedelta

import pytest

from enquiries.confirmation import (
    NothingToConfirm,
    RenewalRefused,
    confirm_guardian,
    confirm_guardian_by_voice,
    enquiry_to_confirm,
    renew_link,
)
from enquiries.models import (
    Consent,
    Event,
    LinkExpired,
    LinkPurpose,
    LinkRejected,
    OutboxMessage,
    Wording,
    sign_link,
)

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)


@pytest.fixture
def enquiry(make_enquiry):
    return make_enquiry(minor=True)


@pytest.fixture
def token(enquiry, now):
    return sign_link(enquiry, purpose=LinkPurpose.GUARDIAN_CONFIRMATION, now=now)


def test_looking_at_the_link_confirms_nothing(enquiry, token, now):
    assert enquiry_to_confirm(token, now=now) == enquiry
    enquiry.refresh_from_db()
    assert enquiry.guardian_confirmed_at is None
    assert not Consent.objects.exists()


def test_confirming_is_recorded_once(enquiry, token, now):
    confirm_guardian(token, now=now)
    confirm_guardian(token, now=now + timedelta(hours=1))
    enquiry.refresh_from_db()
    assert enquiry.guardian_confirmed_at == now
    consent = Consent.objects.get()
    assert (consent.purpose, consent.given_by, consent.relationship, consent.channel) == (
        "guardian_confirmation", "guardian", "parent", "link",
    )  # fmt: skip
    assert Event.objects.get().kind == "guardian_confirmed"


def test_an_adviser_records_a_confirmation_by_voice(enquiry, make_adviser, now):
    adviser = make_adviser()
    confirm_guardian_by_voice(enquiry, by=adviser, script_version="2026-11", now=now)
    enquiry.refresh_from_db()
    assert enquiry.guardian_confirmed_at == now
    assert Consent.objects.get().channel == "voice"
    event = Event.objects.get()
    assert event.by == adviser
    assert event.why == "By voice, number ending 002, script 2026-11"


def test_by_voice_they_agree_to_the_words_that_were_read_out(enquiry, make_adviser, now):
    newer = {"version": "new", "text": "New words.", "in_force_on": now.date()}
    Wording.objects.create(purpose="guardian_confirmation", **newer)
    confirm_guardian_by_voice(enquiry, by=make_adviser(), script_version="2026-11", now=now)
    assert Consent.objects.get().wording_version == "2026-11"


def test_the_link_lives_for_seven_days(token, now):
    with pytest.raises(LinkExpired):
        confirm_guardian(token, now=now + WEEK)


def test_an_expired_link_brings_a_new_one_once(enquiry, token, now):
    renew_link(token, now=now + WEEK)
    message = OutboxMessage.objects.get()
    assert message.topic == "guardian_confirmation"
    with pytest.raises(LinkRejected):  # the first link is worth nothing now
        renew_link(token, now=now + WEEK)
    enquiry.refresh_from_db()
    second = sign_link(enquiry, purpose=LinkPurpose.GUARDIAN_CONFIRMATION, now=now + WEEK)
    with pytest.raises(RenewalRefused):
        renew_link(second, now=now + 2 * WEEK)
    assert OutboxMessage.objects.count() == 1
    confirm_guardian(second, now=now + WEEK + timedelta(days=6))


def test_a_link_that_still_works_is_not_renewed(token, now):
    with pytest.raises(RenewalRefused):
        renew_link(token, now=now)


def test_after_the_confirmation_no_link_is_renewed(token, now):
    confirm_guardian(token, now=now)
    with pytest.raises(RenewalRefused):
        renew_link(token, now=now + WEEK)


def test_a_closed_enquiry_has_nothing_to_confirm(enquiry, token, make_adviser, now):
    enquiry.state, enquiry.closed_at = "withdrawn", now
    enquiry.save()
    with pytest.raises(NothingToConfirm):
        confirm_guardian(token, now=now)
    with pytest.raises(NothingToConfirm):
        renew_link(token, now=now + WEEK)
    with pytest.raises(NothingToConfirm):
        confirm_guardian_by_voice(enquiry, by=make_adviser(), script_version="1", now=now)


def test_an_adults_enquiry_has_nothing_to_confirm(make_enquiry, make_adviser, now):
    with pytest.raises(NothingToConfirm):
        confirm_guardian_by_voice(make_enquiry(), by=make_adviser(), script_version="1", now=now)


def test_a_link_to_another_purpose_confirms_nothing(enquiry, now):
    token = sign_link(enquiry, purpose=LinkPurpose.RECEIVED, now=now)
    with pytest.raises(LinkRejected):
        confirm_guardian(token, now=now)
