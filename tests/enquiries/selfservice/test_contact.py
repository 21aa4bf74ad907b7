"""Correcting how we reach someone: the new address must prove itself, the old one is told."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.serializers import serialize

from enquiries import guardianship, letters, scanning, selfservice
from enquiries.confirmation import confirm_guardian
from enquiries.followups import EnquiryClosed
from enquiries.models import (
    Event,
    FormerAddress,
    LinkPurpose,
    LinkRejected,
    OutboxMessage,
    Resume,
    sign_link,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
NEW = {"email": "", "phone": "", "phone_typed": ""}


@pytest.fixture
def correct(now):
    def correct(enquiry, **altered):
        return selfservice.correct_contact(enquiry, now=now, **NEW | altered)

    return correct


def test_another_address_is_unconfirmed_and_revokes_older_links(
    make_enquiry, correct, promised, now
):
    enquiry = make_enquiry(email_confirmed_at=now)
    token = sign_link(enquiry, purpose=LinkPurpose.ENQUIRY, now=now)
    corrected = correct(enquiry, email="new@example.org")
    assert (corrected.own_email, corrected.email_confirmed_at) == ("new@example.org", None)
    with pytest.raises(LinkRejected):
        selfservice.visit(token, now=now)
    assert promised(enquiry) == ["contact_changed", "enquiry_link"]


def test_the_old_address_is_told_without_the_new_one(make_enquiry, correct, now):
    enquiry = correct(make_enquiry(), email="new@example.org")
    for message in OutboxMessage.objects.order_by("pk"):
        letters.send_letter(message, now=now)
    assert sorted(email.to[0] for email in mail.outbox) == ["ann@example.org", "new@example.org"]
    [notice] = [email for email in mail.outbox if email.to == ["ann@example.org"]]
    assert "new@example.org" not in notice.message().as_string()
    assert "/enquiry/" not in notice.body
    assert not FormerAddress.objects.filter(enquiry=enquiry).exists()


def test_the_history_copies_no_contact(make_enquiry, correct):
    enquiry = correct(
        make_enquiry(), email="new@example.org", phone="+61400000009", phone_typed="0400 000 009"
    )
    history = serialize("json", [*Event.objects.all(), *OutboxMessage.objects.all()])
    for contact in ("new@example.org", "ann@example.org", "0400", "+614"):
        assert contact not in history
    assert [event.why for event in enquiry.events.all()] == ["Phone, e-mail"]


def test_another_number_needs_no_link(make_enquiry, correct, promised, now):
    enquiry = make_enquiry(email_confirmed_at=now)
    corrected = correct(enquiry, phone="+61400000009", phone_typed="0400 000 009")
    assert (corrected.own_phone, corrected.own_phone_typed) == ("+61400000009", "0400 000 009")
    assert corrected.email_confirmed_at == now
    assert promised(enquiry) == []


def test_the_same_contact_again_changes_nothing(make_enquiry, correct, promised, events):
    enquiry = make_enquiry()
    correct(enquiry, email="ann@example.org", phone="+61400000001", phone_typed="0400 000 001")
    assert promised(enquiry) == events(enquiry) == []


def test_two_changes_in_a_row_tell_both_former_addresses(make_enquiry, correct, now):
    enquiry = correct(make_enquiry(), email="second@example.org")
    correct(enquiry, email="third@example.org")
    for message in OutboxMessage.objects.filter(topic="contact_changed"):
        letters.send_letter(message, now=now)
    assert {email.to[0] for email in mail.outbox} == {"ann@example.org", "second@example.org"}
    assert not FormerAddress.objects.exists()


def test_of_a_minor_only_the_guardians_contact_changes(make_enquiry, correct, promised):
    minor = make_enquiry(minor=True)
    corrected = correct(
        minor, email="new@example.org", phone="+61400000009", phone_typed="0400 000 009"
    )
    assert (corrected.guardian_email, corrected.guardian_phone) == (
        "new@example.org",
        "+61400000009",
    )
    assert corrected.own_email == corrected.own_phone == corrected.own_phone_typed == ""
    assert promised(minor) == ["contact_changed", "enquiry_link", "guardian_confirmation"]


class TestAGuardianWhoConfirmed:
    @pytest.fixture
    def minor(self, make_enquiry, now):
        """Store a minor's enquiry, confirmed by its guardian 20 days after it was made."""
        return make_enquiry(
            minor=True,
            created_at=now - 21 * DAY,
            guardian_link_renewed_at=now - 5 * DAY,
            guardian_confirmed_at=now - DAY,
        )

    @pytest.fixture
    def resume(self, minor, now):
        return Resume.objects.create(
            enquiry=minor,
            stored_name="cv",
            original_name="cv.pdf",
            format="pdf",
            size=8,
            sha256="0" * 64,
            received_at=now,
        )

    @pytest.fixture
    def confirm(self, minor, now):
        def confirm():
            minor.refresh_from_db()
            token = sign_link(minor, purpose=LinkPurpose.GUARDIAN_CONFIRMATION, now=now)
            return confirm_guardian(token, now=now + DAY)

        return confirm

    def test_another_address_must_be_confirmed_anew(self, minor, correct, promised, confirm, now):
        corrected = correct(minor, email="new@example.org")
        assert (corrected.guardian_confirmed_at, corrected.guardian_link_renewed_at) == (None, None)
        assert corrected.email_confirmed_at is None
        assert promised(minor) == ["contact_changed", "enquiry_link", "guardian_confirmation"]
        assert confirm().guardian_confirmed_at == now + DAY

    def test_the_days_to_do_so_count_from_the_correction(self, minor, correct, now):
        correct(minor, email="new@example.org")
        assert guardianship.expire_unconfirmed(now=now + 13 * DAY) == 0
        assert guardianship.expire_unconfirmed(now=now + 14 * DAY) == 1

    def test_until_then_nobody_opens_the_resume(self, minor, resume, correct, confirm):
        correct(minor, email="new@example.org")
        resume = Resume.objects.get()
        assert scanning.why_closed(resume) == "A parent or guardian has not confirmed yet."
        assert not selfservice.may_add_resume(selfservice.Visit(enquiry=minor, by_letter=True))
        confirm()
        assert scanning.why_closed(Resume.objects.get()) == ""

    def test_what_was_sealed_before_stays_so(self, minor, resume, correct, confirm, now):
        resume.sealed_at = now - 2 * DAY
        resume.save()
        correct(minor, email="new@example.org")
        confirm()
        assert scanning.why_closed(Resume.objects.get()).startswith("It is sealed")

    @pytest.mark.parametrize(
        "altered",
        [
            {"email": "Gina@example.org"},
            {"phone": "+61400000009", "phone_typed": "0400 000 009"},
        ],
    )
    def test_another_number_or_the_same_address_needs_no_more(
        self, minor, resume, correct, altered, now
    ):
        assert correct(minor, **altered).guardian_confirmed_at == now - DAY
        resume.refresh_from_db()
        assert resume.sealed_at is None


def test_a_guardians_contact_that_was_the_childs_is_flagged(make_enquiry, correct):
    make_enquiry(given_name="Cleo", own_email="cleo@example.org")
    minor = make_enquiry(minor=True, given_name="Cleo")
    assert "guardian_contact_seen" in correct(minor, email="cleo@example.org").flags


def test_after_a_confirmation_the_page_after_sending_corrects_nothing(make_enquiry, now):
    for fields, may in [
        ({}, True),
        ({"minor": True}, True),
        ({"email_confirmed_at": now}, False),
        ({"minor": True, "guardian_confirmed_at": now}, False),
    ]:
        enquiry = make_enquiry(**fields)
        assert selfservice.Visit(enquiry=enquiry, by_letter=False).may_correct_contact is may
        assert selfservice.Visit(enquiry=enquiry, by_letter=True).may_correct_contact


def test_without_a_contact_there_is_nothing_to_correct(make_enquiry, correct, now):
    with pytest.raises(EnquiryClosed):
        correct(make_enquiry(state="withdrawn", closed_at=now), email="new@example.org")
    missing = make_enquiry(minor=True, hold="needs_guardian", guardian_email="", guardian_phone="")
    with pytest.raises(selfservice.NotNow):
        correct(missing, email="new@example.org")


def test_once_the_person_is_18_a_guardian_can_ask_for_nothing(make_enquiry):
    grown = make_enquiry(minor=True, hold="reconsent")
    visit = selfservice.Visit(enquiry=grown, by_letter=True)
    assert not visit.may_correct_contact
    assert not visit.may_ask_for_data
    assert not selfservice.may_add_resume(visit)


def test_a_former_address_lives_on_for_7_days_at_most(make_enquiry, correct, now):
    correct(make_enquiry(), email="new@example.org")
    assert selfservice.forget_former_addresses(now=now + timedelta(days=6)) == 0
    assert selfservice.forget_former_addresses(now=now + timedelta(days=7)) == 1
    assert not FormerAddress.objects.exists()


def test_an_address_is_confirmed_once(make_enquiry, events, now):
    enquiry = make_enquiry()
    selfservice.confirm_email(enquiry, now=now)
    again = selfservice.confirm_email(enquiry, now=now + timedelta(days=1))
    assert again.email_confirmed_at == now
    assert events(enquiry) == ["email_confirmed"]
