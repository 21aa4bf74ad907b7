"""An enquiry: who asks, about what, how to reach them, and where it stands."""

import secrets
from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import Coalesce

from enquiries.models.age import age_constraints, eighteenth_birthday, is_minor
from enquiries.models.choices import About, Fallback, Flag, Interest, Relationship, Reply
from enquiries.models.queue import queue_indexes
from enquiries.models.searched import is_phone, searched
from enquiries.models.standing import OPEN, standing_constraints
from enquiries.transitions import OPEN_STATES, Hold, State

REFERENCE_SIGNS = "346789CDFGHJKMNPQRTWXY"  # no vowels, no look-alikes
REFERENCE_LENGTH = 8


def new_reference() -> str:
    """Make a reference of 8 signs that cannot be misread."""
    return "".join(secrets.choice(REFERENCE_SIGNS) for _ in range(REFERENCE_LENGTH))


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def with_repeats(self, number: int | OuterRef) -> Self:
        """Give the enquiry of this number, and those that were merged into it."""
        return self.filter(Q(pk=number) | Q(duplicate_of=number))

    def unconfirmed(self) -> Self:
        """Minors' enquiries that no guardian has confirmed, open or closed."""
        return self.filter(is_minor=True, guardian_confirmed_at=None)

    def waiting_since(self, instant: datetime) -> Self:
        """Who was asked for a guardian, or at 18 to agree anew, at ``instant`` or earlier."""
        return self.alias(since=Coalesce("consent_asked_at", "created_at")).filter(
            since__lte=instant
        )

    def reached_by(self, *, phone: str, email: str) -> Self:
        """Whose own phone (in E.164) or own e-mail this is; both columns are indexed for it."""
        owned = Q(own_email__iexact=email) & ~Q(own_email="")
        return self.filter(is_phone("own_phone", phone) | owned)


class Enquiry(models.Model):
    """One person's wish to be called back about Australia."""

    reference = models.CharField(max_length=REFERENCE_LENGTH, default=new_reference)
    submission_key = models.UUIDField(editable=False)
    content_digest = models.CharField(max_length=64, editable=False)

    about = models.CharField(max_length=10, choices=About)
    interests = ArrayField(models.CharField(max_length=10, choices=Interest))
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100, blank=True)

    person_digest = models.CharField(max_length=64, blank=True, editable=False)
    date_of_birth = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField()
    decided_on = models.DateField()
    decision_zone = models.CharField("enquirer's zone at the decision", max_length=64)
    site_zone = models.CharField("site's zone at the decision", max_length=64)
    rule_version = models.CharField(max_length=20)
    eighteenth_birthday_on = models.GeneratedField(
        expression=eighteenth_birthday(), output_field=models.DateField(), db_persist=True
    )
    is_minor = models.GeneratedField(
        expression=is_minor(),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    own_email = models.EmailField(blank=True)
    own_phone = models.CharField(max_length=16, blank=True)
    own_phone_typed = models.CharField(max_length=40, blank=True)
    country = models.CharField("country of residence", max_length=2)
    time_zone = models.CharField(max_length=64)

    guardian_name = models.CharField(max_length=200, blank=True)
    guardian_relationship = models.CharField(max_length=10, blank=True, choices=Relationship)
    guardian_email = models.EmailField(blank=True)
    guardian_phone = models.CharField(max_length=16, blank=True)
    guardian_phone_typed = models.CharField(max_length=40, blank=True)
    guardian_confirmed_at = models.DateTimeField(null=True, blank=True)
    guardian_link_renewed_at = models.DateTimeField(null=True, blank=True)

    consent_asked_at = models.DateTimeField(null=True, blank=True)
    former_contacts = ArrayField(
        models.CharField(max_length=64), default=list, blank=True, editable=False
    )  # keyed digests of what a child used before their age was known

    email_confirmed_at = models.DateTimeField(null=True, blank=True)

    reply = models.CharField(max_length=10, choices=Reply, default=Reply.CALL)
    fallback = models.CharField(max_length=10, choices=Fallback)
    may_name_caller = models.BooleanField(default=False)
    may_leave_voicemail = models.BooleanField(default=False)
    language = models.CharField(max_length=60, blank=True)
    wants_interpreter = models.BooleanField(default=False)
    accessibility_needs = models.CharField(max_length=500, blank=True)
    message = models.TextField(max_length=4000, blank=True)

    flags = ArrayField(models.CharField(max_length=30, choices=Flag), default=list, blank=True)
    state = models.CharField(
        max_length=20,
        default=State.NEW.value,
        choices=[(state.value, state.label) for state in State],
    )
    hold = models.CharField(
        max_length=20,
        default=Hold.NONE.value,
        blank=True,
        choices=[(hold.value, hold.label) for hold in Hold],
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="enquiries",
        db_index=False,  # enquiry_by_owner begins with it
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    duplicate_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="duplicates"
    )
    link_version = models.PositiveSmallIntegerField(default=1, editable=False)
    created_at = models.DateTimeField()
    last_contact_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    legal_hold_since = models.DateField(null=True, blank=True)
    needs_agent = models.BooleanField("needs a registered agent", default=False)
    advice_given_at = models.DateTimeField(null=True, blank=True)
    advice_given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    searched = models.GeneratedField(
        expression=searched(), output_field=SearchVectorField(), db_persist=True
    )

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "enquiries"
        ordering = ["-created_at", "-id"]
        permissions = [
            ("claim_enquiry", "Can claim and release enquiries"),
            ("reassign_enquiry", "Can give an enquiry to another adviser"),
            ("close_as_spam", "Can close an enquiry as spam"),
            ("export_enquiry", "Can export enquiries"),
            ("erase_enquiry", "Can erase an enquiry"),
            ("hold_enquiry", "Can put an enquiry on legal hold"),
            ("merge_enquiry", "Can merge an enquiry into another"),
            ("view_dashboard", "Can see the dashboard"),
        ]
        indexes = [
            *queue_indexes(),
            models.Index("person_digest", condition=~Q(person_digest=""), name="enquiry_by_person"),
            models.Index(
                "eighteenth_birthday_on",
                condition=Q(state__in=OPEN, is_minor=True),
                name="enquiry_open_minor_by_majority",
            ),
            models.Index(
                "created_at",
                condition=Q(is_minor=True, guardian_confirmed_at=None),
                name="enquiry_unconfirmed_minor",
            ),
            models.Index(
                "consent_asked_at",
                condition=Q(hold=Hold.RECONSENT.value),
                name="enquiry_to_agree_anew",
            ),
            GinIndex(fields=["former_contacts"], name="enquiry_by_former_contacts"),
            models.Index(
                "closed_at", condition=Q(closed_at__isnull=False), name="enquiry_closed_by_instant"
            ),
        ]
        constraints = [
            *age_constraints(),
            models.UniqueConstraint(fields=["reference"], name="enquiry_reference_once"),
            models.UniqueConstraint(
                fields=["submission_key", "content_digest"], name="enquiry_submitted_once"
            ),
            models.CheckConstraint(
                condition=Q(interests__contained_by=Interest.values, interests__len__gte=1),
                name="enquiry_interests_are_known",
                violation_error_message="Choose one or more interests from the list.",
            ),
            models.CheckConstraint(
                condition=Q(flags__contained_by=Flag.values), name="enquiry_flags_are_known"
            ),
            models.CheckConstraint(
                condition=Q(own_phone__regex=r"^(\+[1-9]\d{6,14})?$")
                & Q(guardian_phone__regex=r"^(\+[1-9]\d{6,14})?$"),
                name="enquiry_phones_are_e164",
                violation_error_message="A phone number starts with + and the country's number.",
            ),
            models.CheckConstraint(
                condition=Q(hold__in=[hold.value for hold in Hold]), name="enquiry_hold_is_known"
            ),
            *standing_constraints(),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def contact_name(self) -> str:
        """The person to ask for: a minor's guardian, else the enquirer once they agreed."""
        if self.is_minor:
            return self.guardian_name
        return "" if self.hold == Hold.RECONSENT else self.person_name

    @property
    def contact_phone(self) -> str:
        """The only number to call, in E.164; empty while a guardian or an agreement is missing."""
        if self.hold == Hold.RECONSENT:
            return ""
        return self.guardian_phone if self.is_minor else self.own_phone

    @property
    def contact_email(self) -> str:
        """The only address to write to; empty while a guardian is missing."""
        return self.guardian_email if self.is_minor else self.own_email

    @property
    def person_name(self) -> str:
        """The name of the person whom the enquiry is about."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def is_open(self) -> bool:
        return State(self.state) in OPEN_STATES
