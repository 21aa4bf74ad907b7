"""What the tests of calls read and write: times in Sydney, events and what is promised."""

from datetime import datetime
from zoneinfo import ZoneInfo

from enquiries.models import Event, FollowUp

SYDNEY = ZoneInfo("Australia/Sydney")


def here(text):
    return datetime.fromisoformat(text).replace(tzinfo=SYDNEY)


def events(enquiry):
    return [event.kind for event in Event.objects.filter(enquiry=enquiry)]


def promised(enquiry):
    return [(each.reason, each.due_at) for each in FollowUp.objects.open().filter(enquiry=enquiry)]
