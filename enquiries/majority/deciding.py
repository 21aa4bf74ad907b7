"""What a new decision about a person's age writes, empties and ends, whatever led to it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User

from enquiries import bookings, places
from enquiries.closing import end_promises
from enquiries.followups import schedule_follow_up
from enquiries.guardian import GuardianDecision
from enquiries.models import Enquiry, Flag, FollowUpReason, FormerAddress
from enquiries.office import answer_by, site_zone
from enquiries.same_person import person_digest
from enquiries.transitions import State

NO_LONGER = {State.SCHEDULED, State.IN_CALL, State.FOLLOW_UP}  # once promises have ended
ABOUT_GUARDIANS = {Flag.GUARDIAN_NAMESAKE, Flag.GUARDIAN_CONTACT_SEEN, Flag.OTHER_GUARDIAN}


def zone_of(enquiry: Enquiry) -> ZoneInfo:
    """Give the zone where the person is; ours if this machine no longer knows it."""
    return places.zone_named(enquiry.time_zone) or site_zone()


def write_decision(enquiry: Enquiry, decision: GuardianDecision) -> None:
    """Write a decision and all it was drawn from into the columns of ``enquiry``."""
    enquiry.date_of_birth = decision.born
    enquiry.decided_at, enquiry.decided_on = decision.decided_at, decision.decided_on
    enquiry.decision_zone, enquiry.site_zone = decision.enquirer_zone, decision.site_zone
    enquiry.rule_version = decision.rule_version
    enquiry.person_digest = person_digest(name=enquiry.person_name, born=decision.born)


def drop_guardian(enquiry: Enquiry) -> list[str]:
    """Empty every column about a guardian, and give the contacts to forget elsewhere."""
    contacts = [enquiry.guardian_email, enquiry.guardian_phone, *_former_address(enquiry)]
    enquiry.guardian_name = enquiry.guardian_relationship = ""
    enquiry.guardian_email = enquiry.guardian_phone = enquiry.guardian_phone_typed = ""
    enquiry.guardian_confirmed_at = enquiry.guardian_link_renewed_at = None
    enquiry.email_confirmed_at = None  # it was the guardian's
    enquiry.may_name_caller = enquiry.may_leave_voicemail = False
    enquiry.former_contacts = []
    enquiry.flags = [flag for flag in enquiry.flags if flag not in ABOUT_GUARDIANS]
    return contacts


def drop_own_contact(enquiry: Enquiry) -> list[str]:
    """Empty every column with a person's own contact, and give them to forget elsewhere."""
    contacts = [enquiry.own_email, enquiry.own_phone, *_former_address(enquiry)]
    enquiry.own_email = enquiry.own_phone = enquiry.own_phone_typed = ""
    enquiry.email_confirmed_at = None
    enquiry.may_name_caller = enquiry.may_leave_voicemail = False
    return contacts


def step_back(enquiry: Enquiry, *, by: User | None, now: datetime) -> None:
    """End what was promised, and leave the states that stand on a promise."""
    end_promises(enquiry, by=by, now=now)
    if enquiry.state in NO_LONGER:
        enquiry.state = State.ASSIGNED if enquiry.owner_id else State.NEW
    if enquiry.state == State.NEW:
        enquiry.claimed_at = None


def promise_call(enquiry: Enquiry, *, now: datetime) -> None:
    """Promise the first call anew, at any time of the person's day."""
    bookings.book(enquiry, starts_at=None, now=now)
    schedule_follow_up(
        enquiry,
        due_at=answer_by(now=now, zone=zone_of(enquiry)),
        reason=FollowUpReason.FIRST_CALL,
        now=now,
        owner=enquiry.owner,
    )


def _former_address(enquiry: Enquiry) -> list[str]:
    """Take away the address that was kept for the notice of its change."""
    former = FormerAddress.objects.filter(enquiry=enquiry)
    addresses = list(former.values_list("email", flat=True))
    former.delete()
    return addresses
