"""Corrected dates of birth and 18th birthdays: what goes, what stays, and who must agree."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.files.base import ContentFile

from enquiries import letters, majority
from enquiries.confirmation import NothingToConfirm, confirm_guardian_by_voice
from enquiries.models import (
    Consent,
    Enquiry,
    Erasure,
    Event,
    Flag,
    GuardianRequest,
    LinkExpired,
    LinkPurpose,
    LinkRejected,
    OutboxMessage,
    Resume,
    resume_storage,
    sign_link,
)
from enquiries.triage import add_note

pytestmark = pytest.mark.django_db

MINORS, ADULTS = date(2012, 5, 17), date(1990, 5, 17)
MONTH = timedelta(days=30)


@pytest.fixture
def staff(make_adviser):
    return make_adviser()


@pytest.fixture
def correct(staff, now):
    """Correct the date of birth of an enquiry."""

    def correct(enquiry, *, born, at=now):
        return majority.change_birth_date(enquiry, born=born, by=staff, now=at, why="They told us")

    return correct


@pytest.fixture
def send(now):
    """Send the one letter of a topic that an enquiry promised."""

    def send(enquiry, topic):
        letters.send_letter(OutboxMessage.objects.get(enquiry=enquiry, topic=topic), now=now)
        return mail.outbox[-1]

    return send


def why(enquiry):
    return Event.objects.filter(enquiry=enquiry, kind="birth_date_changed").latest("at").why


class TestAnAdultWhoIsAMinor:
    @pytest.fixture
    def enquiry(self, make_enquiry, make_callback, staff, now):
        enquiry = make_enquiry(state="scheduled", owner=staff, claimed_at=now)
        make_callback(enquiry, starts_at=now + timedelta(days=1))
        return enquiry

    def test_nothing_of_theirs_stays_but_the_one_address(self, enquiry, correct, now):
        changed = correct(enquiry, born=MINORS)
        assert changed.is_minor
        assert (changed.own_email, changed.own_phone, changed.own_phone_typed) == ("", "", "")
        assert (changed.hold, changed.state) == ("needs_guardian", "assigned")
        assert (changed.decided_at, changed.decided_on) == (now, date(2026, 11, 23))
        assert changed.contact_phone == changed.contact_email == ""
        request = GuardianRequest.objects.get()
        assert (request.email, request.expires_at) == ("ann@example.org", now + timedelta(days=7))
        assert why(enquiry) == "From an adult to under 18. They told us"

    def test_what_was_promised_ends(self, enquiry, correct):
        correct(enquiry, born=MINORS)
        assert not enquiry.callbacks.current().exists()
        assert [each.reason for each in enquiry.follow_ups.open()] == ["confirm_guardian"]

    def test_links_that_the_child_holds_open_nothing(self, enquiry, correct):
        assert correct(enquiry, born=MINORS).link_version == enquiry.link_version + 1

    def test_the_resume_is_sealed(self, enquiry, correct, now):
        name = resume_storage().save("sealed", ContentFile(b"x"))
        resume = Resume.objects.create(
            enquiry=enquiry, stored_name=name, original_name="cv +61400000001.pdf", format="pdf",
            size=1, sha256="a" * 64, received_at=now,
        )  # fmt: skip
        correct(enquiry, born=MINORS)
        resume.refresh_from_db()
        assert resume.sealed_at == now
        assert resume.original_name == "cv [contact removed].pdf"
        resume_storage().delete(name)

    def test_the_letter_goes_once_and_its_address_with_it(self, enquiry, correct, send):
        correct(enquiry, born=MINORS)
        letter = send(enquiry, "guardian_request")
        assert letter.to == ["ann@example.org"]
        assert "/contact/guardian/" in letter.body
        assert not GuardianRequest.objects.exists()
        assert len(mail.outbox) == 1
        send(enquiry, "guardian_request")
        assert len(mail.outbox) == 1

    def test_a_closed_enquiry_is_emptied_too_but_nobody_is_written_to(
        self, make_enquiry, correct, now
    ):
        closed = make_enquiry(state="withdrawn", closed_at=now)
        assert correct(closed, born=MINORS).own_phone == ""
        assert not GuardianRequest.objects.exists()
        assert not OutboxMessage.objects.exists()

    def test_corrected_back_the_address_that_still_waits_is_asked(self, enquiry, correct):
        correct(enquiry, born=MINORS)
        back = correct(enquiry, born=ADULTS)
        assert (back.is_minor, back.hold, back.own_email) == (False, "reconsent", "")
        assert back.former_contacts == []
        assert GuardianRequest.objects.get().email == "ann@example.org"

    def test_a_contact_that_staff_wrote_down_goes_too(self, enquiry, correct, staff, now):
        add_note(enquiry, text="Rings 0400-000 001, ANN@example.org", by=staff, now=now)
        correct(enquiry, born=MINORS)
        assert enquiry.notes.get().text == "Rings [contact removed], [contact removed]"


class TestAMinorWhoIsAnAdult:
    def test_the_guardian_goes_and_their_address_gets_one_letter(
        self, make_enquiry, correct, send, now
    ):
        minor = make_enquiry(minor=True, guardian_confirmed_at=now, flags=["other_guardian"])
        changed = correct(minor, born=ADULTS)
        assert (changed.is_minor, changed.hold) == (False, "reconsent")
        assert changed.guardian_email == changed.guardian_phone == changed.guardian_name == ""
        assert changed.guardian_confirmed_at is None
        assert changed.flags == []
        assert changed.contact_phone == changed.contact_email == ""
        letter = send(minor, "reconsent")
        assert letter.to == ["gina@example.org"]
        assert letter.body.startswith("Hello,")
        assert "Ann" not in letter.body
        assert not GuardianRequest.objects.exists()

    def test_without_a_guardian_nobody_is_written_to(self, make_enquiry, correct):
        missing = dict.fromkeys(("name", "relationship", "email", "phone", "phone_typed"), "")
        nobody = {f"guardian_{name}": value for name, value in missing.items()}
        minor = make_enquiry(minor=True, hold="needs_guardian", **nobody)
        assert correct(minor, born=ADULTS).hold == "reconsent"
        assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize(("minor", "born"), [(False, date(1991, 1, 2)), (True, date(2013, 1, 2))])
def test_a_correction_that_changes_no_age_is_simply_recorded(make_enquiry, correct, minor, born):
    enquiry = make_enquiry(minor=minor, decision_zone="Africa/Lagos", rule_version="older")
    changed = correct(enquiry, born=born)
    assert (changed.date_of_birth, changed.is_minor, changed.hold) == (born, minor, "")
    assert (changed.decision_zone, changed.rule_version) == ("Australia/Sydney", "2026-11")
    assert changed.contact_phone == enquiry.contact_phone
    assert changed.person_digest not in {"", enquiry.person_digest}
    assert why(enquiry).startswith("Still ")


class TestAnEighteenthBirthday:
    BORN = date(2008, 11, 24)

    @pytest.fixture
    def minor(self, make_enquiry, make_callback, now):
        enquiry = make_enquiry(
            minor=True, given_name="Cleo", date_of_birth=self.BORN, guardian_confirmed_at=now,
            time_zone="America/Los_Angeles", flags=["guardian_namesake"],
        )  # fmt: skip
        make_callback(enquiry, starts_at=now + timedelta(days=9))
        return enquiry

    @pytest.fixture
    def token(self, minor):
        at = datetime(2026, 11, 25, tzinfo=UTC)
        majority.turn_adults(now=at)
        minor.refresh_from_db()
        return sign_link(minor, purpose=LinkPurpose.RECONSENT, now=at)

    def agree(self, minor, now, **altered):
        typed = {
            "email": "cleo@example.org",
            "phone": "+61400000007",
            "phone_typed": "0400 000 007",
        }
        return majority.agree_anew(minor, now=now + timedelta(days=3), **typed | altered)

    @pytest.mark.parametrize(
        ("at", "turned"),
        [
            (datetime(2026, 11, 23, 13, 0, tzinfo=UTC), 0),  # midnight in Sydney
            (datetime(2026, 11, 24, 7, 59, tzinfo=UTC), 0),  # a minute before it in Los Angeles
            (datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 1),
        ],
    )
    def test_it_comes_when_it_is_on_both_calendars(self, minor, at, turned):
        assert majority.turn_adults(now=at) == turned
        minor.refresh_from_db()
        assert minor.hold == ("reconsent" if turned else "")

    @pytest.mark.usefixtures("token")
    def test_the_call_is_held_back_and_the_guardian_hands_a_link_on(self, minor, send):
        assert majority.turn_adults(now=datetime(2026, 11, 26, tzinfo=UTC)) == 0
        assert not minor.callbacks.current().exists()
        assert minor.contact_phone == ""
        letter = send(minor, "reconsent")
        assert letter.to == ["gina@example.org"]
        assert "C. is now 18 or over" in letter.body
        assert "/contact/agree/" in letter.body

    def test_having_agreed_they_are_an_adult_without_a_guardian(self, minor, token, staff, now):
        add_note(minor, text="Gina rings from 0400 000 002", by=staff, now=now)
        assert majority.enquiry_to_agree(token, now=now).hold == "reconsent"
        agreed = self.agree(minor, now)
        assert (agreed.is_minor, agreed.hold, agreed.about) == (False, "", "me")
        assert (agreed.contact_phone, agreed.contact_email) == ("+61400000007", "cleo@example.org")
        assert agreed.guardian_email == agreed.guardian_name == ""
        assert agreed.decided_at == now + timedelta(days=3)
        assert agreed.flags == []
        assert minor.notes.get().text == "Gina rings from [contact removed]"
        consent = Consent.objects.get()
        assert (consent.purpose, consent.given_by, consent.channel) == (
            "adult_reconsent", "self", "link",
        )  # fmt: skip
        assert agreed.callbacks.current().count() == agreed.follow_ups.open().count() == 1
        with pytest.raises(LinkRejected):
            majority.enquiry_to_agree(token, now=now)

    @pytest.mark.usefixtures("token")
    def test_a_phone_shared_with_the_guardian_is_flagged(self, minor, now):
        agreed = self.agree(minor, now, phone="+61400000002")
        assert agreed.flags == [Flag.GUARDIAN_CONTACT_SEEN]

    def test_nobody_agrees_before_their_time(self, make_enquiry, now):
        minor = make_enquiry(minor=True)
        token = sign_link(minor, purpose=LinkPurpose.RECONSENT, now=now)
        with pytest.raises(majority.NothingToAgree):
            majority.enquiry_to_agree(token, now=now)
        with pytest.raises(majority.NothingToAgree):
            self.agree(minor, now)
        Enquiry.objects.update(hold="reconsent")
        with pytest.raises(majority.NothingToAgree):
            self.agree(minor, now)

    @pytest.mark.usefixtures("token")
    def test_a_birth_date_that_was_wrong_after_all_lifts_the_hold(self, minor, correct):
        assert correct(minor, born=date(2009, 11, 24)).hold == ""
        assert minor.callbacks.current().count() == minor.follow_ups.open().count() == 1

    @pytest.mark.usefixtures("token")
    def test_a_second_birthday_after_a_correction_is_written_about_too(self, minor, correct):
        correct(minor, born=date(2009, 11, 24))
        assert majority.turn_adults(now=datetime(2027, 11, 26, tzinfo=UTC)) == 1
        assert OutboxMessage.objects.filter(enquiry=minor, topic="reconsent").count() == 2

    @pytest.mark.usefixtures("token")
    def test_that_the_guardian_held_their_address_says_nothing_of_the_persons(self, minor, now):
        Enquiry.objects.filter(pk=minor.pk).update(email_confirmed_at=now)
        assert self.agree(minor, now).email_confirmed_at is None

    @pytest.mark.usefixtures("token")
    def test_the_letter_takes_the_call_out_of_the_guardians_calendar(self, minor, send):
        letter = send(minor, "reconsent")
        assert [each.get_param("method") for each in letter.attachments] == ["CANCEL"]

    @pytest.mark.usefixtures("token")
    def test_a_guardian_can_confirm_no_more(self, minor, staff, now):
        Enquiry.objects.filter(pk=minor.pk).update(guardian_confirmed_at=None)
        with pytest.raises(NothingToConfirm):
            confirm_guardian_by_voice(minor, by=staff, script_version="1", now=now)

    def test_after_30_days_without_an_answer_it_is_erased(self, token):
        turned = datetime(2026, 11, 25, tzinfo=UTC)
        with pytest.raises(LinkExpired):
            majority.enquiry_to_agree(token, now=turned + MONTH)
        assert majority.expire_unrenewed(now=turned + MONTH - timedelta(seconds=1)) == 0
        assert majority.expire_unrenewed(now=turned + MONTH) == 1
        assert not Enquiry.objects.exists()
        assert "agree anew" in Erasure.objects.get().why

    @pytest.mark.usefixtures("token")
    def test_what_is_on_legal_hold_stays(self, minor, make_enquiry, now):
        late = datetime(2027, 1, 30, tzinfo=UTC)
        repeat = make_enquiry(
            state="duplicate", closed_at=now, duplicate_of=minor, legal_hold_since=date(2026, 12, 1)
        )
        assert majority.expire_unrenewed(now=late) == 0
        Enquiry.objects.filter(pk=repeat.pk).update(legal_hold_since=None)
        assert majority.expire_unrenewed(now=late) == 1
