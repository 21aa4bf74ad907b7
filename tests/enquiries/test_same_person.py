"""One child, two guardians: flagged for staff, and neither learns of the other."""

from dataclasses import replace
from datetime import date
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.urls import reverse

from enquiries import letters, majority
from enquiries.guardian import decide
from enquiries.models import Enquiry, Flag, LinkPurpose, OutboxMessage, sign_link
from enquiries.same_person import others_about, person_digest, was_the_childs
from enquiries.submission import submit_enquiry

pytestmark = pytest.mark.django_db

SYDNEY = ZoneInfo("Australia/Sydney")
OTHERS = {
    "name": "Omar Other",
    "email": "omar@example.org",
    "phone": "+61400000003",
    "phone_typed": "0400 000 003",
}


@pytest.fixture
def submit(make_details, guardian, now):
    """Submit a minor's enquiry by Gina Guardian, or by a guardian altered."""

    def submit(*, child="Cleo", born=date(2012, 5, 17), **altered):
        return submit_enquiry(
            make_details(given_name=child, family_name="Rare", about="child"),
            decision=decide(born=born, now=now, enquirer_zone=SYDNEY, site_zone=SYDNEY),
            submission_key=uuid4(),
            now=now,
            guardian=replace(guardian, **altered),
        )

    return submit


def flagged():
    return set(Enquiry.objects.filter(flags__contains=[Flag.OTHER_GUARDIAN]))


def test_two_guardians_of_one_child_are_flagged_on_both_sides(submit):
    first = submit()
    assert flagged() == set()
    second = submit(child="  CLEO ", **OTHERS)
    assert flagged() == {first, second}
    assert list(others_about(first)) == [second]
    submit(child="Cloe", **OTHERS)
    submit(born=date(2012, 5, 18), **OTHERS)
    assert flagged() == {first, second}


@pytest.mark.parametrize("same", ["email", "phone"])
def test_one_guardian_who_asks_twice_is_not_flagged(submit, guardian, same):
    submit()
    one = {"email": guardian.email.upper(), "phone": guardian.phone}[same]
    submit(**OTHERS | {same: one})
    assert flagged() == set()


def test_a_corrected_birth_date_brings_them_together_or_apart(submit, make_adviser, now):
    first, second = submit(), submit(born=date(2012, 5, 18), **OTHERS)
    correct = {"by": make_adviser(), "now": now}
    majority.change_birth_date(second, born=date(2012, 5, 17), **correct)
    assert flagged() == {first, second}
    majority.change_birth_date(first, born=date(2013, 5, 17), **correct)
    assert flagged() == set()


def test_neither_guardian_sees_the_other(submit, client, now):
    first, second = submit(), submit(**OTHERS)
    pages = []
    for enquiry in (first, second):
        for purpose, name in (
            (LinkPurpose.GUARDIAN_CONFIRMATION, "enquiries:confirm_guardian"),
            (LinkPurpose.RECEIVED, "enquiries:received"),
            (LinkPurpose.ENQUIRY, "enquiry:show"),
        ):
            token = sign_link(enquiry, purpose=purpose, now=now)
            pages.append((enquiry, client.get(reverse(name, args=[token])).content.decode()))
        for message in OutboxMessage.objects.filter(enquiry=enquiry).exclude(topic="staff_notice"):
            mail.outbox.clear()
            letters.send_letter(message, now=now)
            pages += [(enquiry, str(letter.message())) for letter in mail.outbox]
    secrets = {first: ("omar@example.org", "Omar", second.reference, "000 003"),
               second: ("gina@example.org", "Gina", first.reference, "000 002")}  # fmt: skip
    assert len(pages) >= 10
    for enquiry, page in pages:
        assert not [secret for secret in secrets[enquiry] if secret in page]


def test_the_digest_is_keyed_and_folds_names(settings):
    born = date(2012, 5, 17)
    digest = person_digest(name="Zoe\u0308  rare", born=born)
    assert digest == person_digest(name="ZOË Rare ", born=born)
    assert digest != person_digest(name="Zoe Rare", born=born)
    settings.SECRET_KEY = "another"  # noqa: S105 - of a test
    assert digest != person_digest(name="ZOË Rare", born=born)


@pytest.mark.parametrize("turned_out_a_minor", [False, True])
def test_a_contact_that_the_child_used_is_known_again(
    make_enquiry, make_adviser, now, turned_out_a_minor
):
    earlier = make_enquiry()
    if turned_out_a_minor:
        born = date(2012, 5, 17)
        majority.change_birth_date(earlier, born=born, by=make_adviser(), now=now)
    for email, phone, name, was in (
        ("ANN@Example.ORG", "+61400000009", "Ann", True),
        ("ann+x@example.org", "+61400000009", "Ann", False),  # another mailbox, for all we know
        ("new@example.org", "+61400000001", "ANN ", True),
        ("new@example.org", "+61400000009", "Ann", False),
        ("ann@example.org", "+61400000001", "Bea", False),
    ):
        assert was_the_childs(given_name=name, phone=phone, email=email) is was, (email, phone)
