"""How old a person is and where they are, as a form tells; read before the rest of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from django.http import QueryDict

from enquiries.forms import AgeForm
from enquiries.guardian import GuardianDecision, decide
from enquiries.office import site_zone

LAST_ON_EARTH = timezone(timedelta(hours=-12))  # where each date ends last


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """The person's zone and the guardian decision, where they are known, and their day."""

    zone: ZoneInfo | None
    decision: GuardianDecision | None
    today: date


def read_age(typed: QueryDict, *, now: datetime) -> Age:
    """Read it; the guardian decision is made here, once, to be handed on to form and domain."""
    today = now.astimezone(LAST_ON_EARTH).date()
    form = AgeForm(typed, today=today)
    form.full_clean()
    born = form.cleaned_data.get("date_of_birth")
    if born is None:
        return Age(zone=form.zone, decision=None, today=today)
    ours = site_zone()
    decision = decide(born=born, now=now, enquirer_zone=form.zone or ours, site_zone=ours)
    return Age(zone=form.zone, decision=decision, today=decision.decided_on)
