"""One made-up enquiry after another, with the rows that belong to each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Model

from enquiries.guardian import RULE_VERSION
from enquiries.management.seeding.people import Person, person
from enquiries.management.seeding.standing import Standing, repeats, standing
from enquiries.management.seeding.words import MESSAGES, OCCUPATIONS
from enquiries.management.seeding.work import promises, resume, work
from enquiries.models import (
    REFERENCE_LENGTH,
    REFERENCE_SIGNS,
    Channel,
    Consent,
    ConsentGiver,
    Enquiry,
    Event,
    EventKind,
    OccupationOfInterest,
    Purpose,
    Wording,
)
from enquiries.same_person import person_digest
from enquiries.transitions import State

SPREAD = timedelta(days=730)
_REFERENCES = len(REFERENCE_SIGNS) ** REFERENCE_LENGTH
_STEP = 20_260_419_087  # shares no factor with the number of references: none comes twice
_ASKS_AGAIN_IN, _AGAIN_AFTER = 20, 19
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What made-up enquiries share: how many there are, who works on them, which words."""

    count: int
    open_count: int
    now: datetime
    zone: ZoneInfo
    staff: Sequence[int]
    wordings: Mapping[Purpose, Wording]


class Maker:
    """Makes enquiries, the oldest first; ``rows`` holds what was made since it was emptied."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.chance = Random(setting.count)  # noqa: S311 - no secret
        self.rows: dict[type[Model], list[Model]] = {}
        self.minors = self.previous = 0

    def make(self, number: int, *, key: int) -> None:
        """Make the enquiry ``number`` of all, under the primary key ``key``."""
        given = self.setting
        who = person(person_number(number), today=given.now.date())
        created_at = given.now - SPREAD * (1 - (number - self.chance.random()) / given.count)
        self.minors += who.is_child
        stands = standing(
            number,
            of=given.count,
            open_count=given.open_count,
            minor=self.minors if who.is_child else None,
            created_at=created_at,
            now=given.now,
            staff=given.staff,
            chance=self.chance,
        )
        enquiry = self._enquiry(key, who=who, stands=stands, created_at=created_at)
        self._add(enquiry)
        self._add(
            Event(enquiry_id=key, kind=EventKind.SUBMITTED.value, to_state="new", at=created_at)
        )
        for row in (
            *self._interests(enquiry),
            *self._consents(enquiry),
            *promises(enquiry, stands=stands, office=given.zone, chance=self.chance),
            *resume(enquiry, now=given.now, chance=self.chance),
            *work(enquiry, stands=stands, now=given.now, chance=self.chance),
        ):
            self._add(row)
        self.previous = key

    def _add(self, row: Model) -> None:
        self.rows.setdefault(type(row), []).append(row)

    def _enquiry(self, key: int, *, who: Person, stands: Standing, created_at: datetime) -> Enquiry:
        chance, zone = self.chance, self.setting.zone
        born_on = stands.born_on or who.born_on
        return Enquiry(
            pk=key,
            reference=reference_of(key),
            submission_key=UUID(int=chance.getrandbits(128)),
            content_digest=f"{chance.getrandbits(256):064x}",
            about="child" if who.is_child else "me",
            interests=chance.sample(("visiting", "studying", "working", "living"), k=2),
            given_name=who.given,
            family_name=who.family,
            person_digest=person_digest(name=who.name, born=born_on),
            date_of_birth=born_on,
            decided_at=created_at,
            decided_on=min(
                created_at.astimezone(each).date() for each in (zone, ZoneInfo(who.zone))
            ),
            decision_zone=who.zone,
            site_zone=zone.key,
            rule_version=RULE_VERSION,
            country=who.country.code,
            time_zone=who.zone,
            reply="email" if chance.random() < 0.1 else "call",  # noqa: PLR2004
            fallback=chance.choice(("email", "email", "sms", "whatsapp")),
            may_leave_voicemail=chance.random() < 0.6,  # noqa: PLR2004
            wants_interpreter=chance.random() < 0.04,  # noqa: PLR2004
            message=chance.choice(MESSAGES),
            flags=list(stands.flags),
            state=stands.state.value,
            hold=stands.hold.value,
            owner_id=stands.owner,
            claimed_at=stands.claimed_at,
            duplicate_of_id=self.previous if stands.state is State.DUPLICATE else None,
            needs_agent=chance.random() < 0.05,  # noqa: PLR2004
            consent_asked_at=stands.consent_asked_at,
            email_confirmed_at=created_at + _HOUR if chance.getrandbits(1) else None,
            created_at=created_at,
            last_contact_at=stands.claimed_at or created_at,
            closed_at=stands.closed_at,
            **_contact(who, stands=stands),
        )

    def _interests(self, enquiry: Enquiry) -> list[Model]:
        code, title = self.chance.choice(OCCUPATIONS)
        edition = "anzsco-2022"
        return [
            OccupationOfInterest(enquiry_id=enquiry.pk, edition=edition, code=code, title=title)
        ]

    def _consents(self, enquiry: Enquiry) -> list[Model]:
        by_guardian = bool(enquiry.guardian_relationship)
        given = [(Purpose.PRIVACY, Channel.FORM, enquiry.created_at)]
        if by_guardian:
            given.append((Purpose.GUARDIAN_DECLARATION, Channel.FORM, enquiry.created_at))
        if enquiry.guardian_confirmed_at:
            at = enquiry.guardian_confirmed_at
            given.append((Purpose.GUARDIAN_CONFIRMATION, Channel.LINK, at))
        wordings = self.setting.wordings
        return [
            Consent(
                enquiry_id=enquiry.pk,
                purpose=purpose.value,
                given_by=(ConsentGiver.GUARDIAN if by_guardian else ConsentGiver.SELF).value,
                relationship=enquiry.guardian_relationship,
                wording_version=wordings[purpose].version,
                wording_digest=wordings[purpose].digest,
                channel=channel.value,
                given_at=at,
            )
            for purpose, channel, at in given
        ]


def _contact(who: Person, *, stands: Standing) -> dict[str, object]:
    """Give the columns of whom we may reach: the person, or of a child the guardian alone."""
    if not who.is_child:
        return {
            "own_email": who.email,
            "own_phone": who.phone,
            "own_phone_typed": who.phone.replace("+", "00", 1),
        }
    if stands.lacks_guardian:
        return {}
    return {
        "guardian_name": who.relative,
        "guardian_relationship": "guardian" if who.phone.endswith("7") else "parent",
        "guardian_email": who.relative_email,
        "guardian_phone": who.relative_phone,
        "guardian_phone_typed": who.relative_phone,
        "guardian_confirmed_at": stands.confirmed_at,
    }


def person_number(number: int) -> int:
    """Name who asks: now and then somebody who asked before."""
    if repeats(number):
        return number - 1
    if number % _ASKS_AGAIN_IN == 0 and number > _AGAIN_AFTER:
        return number - _AGAIN_AFTER
    return number


def reference_of(key: int) -> str:
    """Make the reference of a primary key, so that none comes twice."""
    left = key * _STEP % _REFERENCES
    signs = []
    for _ in range(REFERENCE_LENGTH):
        left, sign = divmod(left, len(REFERENCE_SIGNS))
        signs.append(REFERENCE_SIGNS[sign])
    return "".join(signs)
