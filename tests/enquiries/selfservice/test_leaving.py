"""Withdrawing, and saying "this was not me"."""

import pytest
from django.core import mail

from enquiries import letters, selfservice
from enquiries.followups import EnquiryClosed
from enquiries.models import (
    CallbackSlot,
    LinkPurpose,
    LinkRejected,
    Suppression,
    contact_digest,
    sign_link,
)

pytestmark = pytest.mark.django_db


def test_withdrawing_closes_the_enquiry_and_cancels_the_call(booked, promised, now, noon):
    enquiry = booked()
    selfservice.withdraw(enquiry, now=now)
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.closed_at) == ("withdrawn", now)
    assert not enquiry.callbacks.current().exists()
    assert not enquiry.follow_ups.open().exists()
    assert CallbackSlot.objects.get(starts_at=noon).used == 0
    assert promised(enquiry) == ["withdrawal"]
    event = enquiry.events.get(kind="state_changed")
    assert (event.to_state, event.by, event.why) == ("withdrawn", None, "By their link")


def test_withdrawing_twice_is_refused(booked, promised, now):
    enquiry = booked()
    selfservice.withdraw(enquiry, now=now)
    with pytest.raises(EnquiryClosed):
        selfservice.withdraw(enquiry, now=now)
    assert promised(enquiry) == ["withdrawal"]


def test_who_says_that_it_was_not_them_gets_no_letter_ever_again(booked, make_enquiry, events, now):
    enquiry = booked()
    selfservice.disown(enquiry, now=now)
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.flags) == ("withdrawn", ["disowned"])
    assert events(enquiry) == ["disowned", "state_changed"]
    assert Suppression.objects.get().digest == contact_digest("Ann@Example.ORG")
    for message in enquiry.outbox_messages.all():
        letters.send_letter(message, now=now)
    selfservice.ask_for_link(reference=enquiry.reference, email="ann@example.org", now=now)
    for message in enquiry.outbox_messages.filter(topic="enquiry_link"):
        letters.send_letter(message, now=now)
    assert mail.outbox == []


def test_of_such_a_contact_staff_see_that_it_was_disowned(make_enquiry, submit_now, now):
    selfservice.disown(make_enquiry(), now=now)
    assert "disowned" in submit_now().flags


def test_only_the_digest_of_the_address_is_kept(make_enquiry, now):
    selfservice.disown(make_enquiry(), now=now)
    assert "ann" not in str(Suppression.objects.values().get())


def test_a_closed_enquiry_can_be_disowned_too_and_keeps_its_state(make_enquiry, promised, now):
    enquiry = make_enquiry(state="spam", closed_at=now)
    selfservice.disown(enquiry, now=now)
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.flags) == ("spam", ["disowned"])
    assert promised(enquiry) == []


def test_a_second_time_changes_nothing(booked, events, now):
    enquiry = booked()
    for _ in range(2):
        selfservice.disown(enquiry, now=now)
    assert events(enquiry).count("disowned") == 1
    assert Suppression.objects.count() == 1


def test_an_address_that_was_corrected_after_one_was_disowned_can_be_disowned(
    make_enquiry, submit_now, now
):
    selfservice.disown(make_enquiry(), now=now)
    again = submit_now()
    selfservice.correct_contact(again, email="new@example.org", phone="", phone_typed="", now=now)
    again.refresh_from_db()
    assert not selfservice.is_disowned(again)
    selfservice.disown(again, now=now)
    again.refresh_from_db()
    assert selfservice.is_disowned(again)
    assert again.state == "withdrawn"


def test_it_revokes_the_other_links_but_can_still_be_opened(make_enquiry, now):
    enquiry = make_enquiry()
    tokens = {
        purpose: sign_link(enquiry, purpose=purpose, now=now)
        for purpose in (LinkPurpose.DISOWN, LinkPurpose.ENQUIRY, LinkPurpose.RECEIVED)
    }
    selfservice.disown(enquiry, now=now)
    assert selfservice.visit_to_disown(tokens.pop(LinkPurpose.DISOWN), now=now) == enquiry
    for token in tokens.values():
        with pytest.raises(LinkRejected):
            selfservice.visit(token, now=now)


def test_the_link_of_a_replaced_address_disowns_nothing(make_enquiry, now):
    enquiry = make_enquiry()
    token = sign_link(enquiry, purpose=LinkPurpose.DISOWN, now=now)
    selfservice.correct_contact(enquiry, email="new@example.org", phone="", phone_typed="", now=now)
    with pytest.raises(LinkRejected):
        selfservice.visit_to_disown(token, now=now)
