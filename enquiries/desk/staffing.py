"""The booked calls of the day against the advisers on shift."""

from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce, TruncTime

from enquiries.models import Absence, CallbackSlot, Shift
from enquiries.office import site_zone
from enquiries.slots import DAY, LENGTH


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffed:
    """Half an hour of the day with the calls booked in it, and who can make them."""

    starts_at: datetime
    booked: int
    on_shift: int

    @property
    def over(self) -> int:
        return max(self.booked - self.on_shift, 0)


def staffing(*, now: datetime) -> list[Staffed]:
    """List the rest of the site's day: each half hour in which calls are booked, in one query."""
    zone = site_zone()
    today = now.astimezone(zone).date()
    tonight = datetime.combine(today + DAY, time(), tzinfo=zone)
    away = Absence.objects.between(OuterRef(OuterRef("starts_at")), OuterRef(OuterRef("ends_at")))
    on_shift = (
        Shift.objects.worked(weekday=today.weekday(), clock=OuterRef("shown_at"), away=away)
        .order_by()
        .values("weekday")
        .annotate(advisers=Count("staff", distinct=True))
        .values("advisers")
    )
    booked = (
        CallbackSlot.objects.filter(used__gt=0, starts_at__gt=now - LENGTH, starts_at__lt=tonight)
        .annotate(
            shown_at=TruncTime("starts_at", tzinfo=zone),
            on_shift=Coalesce(Subquery(on_shift, output_field=IntegerField()), 0),
        )
        .order_by("starts_at")
    )
    return [
        Staffed(starts_at=slot.starts_at, booked=slot.used, on_shift=slot.on_shift)
        for slot in booked
    ]
