"""A Monday, who owns which enquiry on it, and who is away."""

from datetime import UTC, datetime, timedelta

from enquiries.models import Absence, Enquiry

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday, 13:00 in Sydney
LATER = NOW + timedelta(minutes=30)
TOMORROW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def away(user, *, since=NOW, until=TOMORROW):
    return Absence.objects.create(staff=user, starts_at=since, ends_at=until)


def owners():
    return list(Enquiry.objects.order_by("pk").values_list("owner", flat=True))
