"""Events: the timeline of an enquiry, one row for each change."""

from django.conf import settings
from django.db import models

from enquiries.models.enquiry import Enquiry
from enquiries.transitions import Hold, State

STATES = [(state.value, state.label) for state in State]
HOLDS = [(hold.value, hold.label) for hold in Hold if hold]


class EventKind(models.TextChoices):
    SUBMITTED = "submitted", "Submitted"
    CLAIMED = "claimed", "Claimed"
    RELEASED = "released", "Released"
    ASSIGNED = "assigned", "Given to someone"
    STATE_CHANGED = "state_changed", "State changed"
    HOLD_CHANGED = "hold_changed", "Hold changed"
    NOTE_ADDED = "note_added", "Note added"
    CALL_RECORDED = "call_recorded", "Call recorded"
    FOLLOW_UP_SCHEDULED = "follow_up_scheduled", "Follow-up scheduled"
    FOLLOW_UP_CLOSED = "follow_up_closed", "Follow-up closed"
    GUARDIAN_CONFIRMED = "guardian_confirmed", "Guardian confirmed"
    CONFIRMATION_SENT_AGAIN = "confirmation_sent_again", "New confirmation link asked for"
    GUARDIAN_REMINDED = "guardian_reminded", "Guardian reminded to confirm"
    BIRTH_DATE_CHANGED = "birth_date_changed", "Date of birth changed"
    TURNED_ADULT = "turned_adult", "Turned 18"
    RECONSENTED = "reconsented", "Agreed anew at 18"
    GUARDIAN_GIVEN = "guardian_given", "A guardian completed the enquiry"
    CALLBACK_BOOKED = "callback_booked", "Time of the call chosen"
    CALLBACK_CANCELLED = "callback_cancelled", "Time of the call cancelled"
    CONTACT_CORRECTED = "contact_corrected", "Contact corrected"
    RESUME_ADDED = "resume_added", "Résumé added"
    RESUME_CHECKED = "resume_checked", "Résumé checked for viruses"
    RESUME_SEALED = "resume_sealed", "Résumé sealed"
    RESUME_DELETED = "resume_deleted", "Résumé deleted"
    DATA_REQUESTED = "data_requested", "Asked for their data, or for deletion"
    DISOWNED = "disowned", "Said: this was not me"
    EMAIL_CONFIRMED = "email_confirmed", "E-mail address confirmed"
    RESUME_OPENED = "resume_opened", "Résumé opened"
    LETTER_SENT = "letter_sent", "E-mail sent"
    LETTER_FAILED = "letter_failed", "E-mail refused"
    CHANGE_UNDONE = "change_undone", "Change undone"
    CALL_STARTED = "call_started", "Call started"
    RETURNED = "returned", "Back in the queue"
    ESCALATED = "escalated", "Escalated"
    MERGED = "merged", "Merged"
    REPLY_WRITTEN = "reply_written", "E-mail written"
    AGENT_NEEDED = "agent_needed", "Needs a registered agent"
    AGENT_NOT_NEEDED = "agent_not_needed", "Needs no registered agent"
    ADVICE_GIVEN = "advice_given", "Advice given by a registered agent"
    OPINION_GIVEN = "opinion_given", "Said whether the call helped"
    HELD_BY_LAW = "held_by_law", "Put on legal hold"
    RELEASED_BY_LAW = "released_by_law", "Legal hold ended"


class Event(models.Model):
    """Something that happened to an enquiry; it never copies a contact."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=30, choices=EventKind)
    from_state = models.CharField(max_length=20, blank=True, choices=STATES)
    to_state = models.CharField(max_length=20, blank=True, choices=STATES)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="by (empty: the site itself)",
    )
    from_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    to_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    from_hold = models.CharField(max_length=20, blank=True, choices=HOLDS)
    to_hold = models.CharField(max_length=20, blank=True, choices=HOLDS)
    undoes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="undone_by"
    )
    at = models.DateTimeField()
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.get_kind_display()
