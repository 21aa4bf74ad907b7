"""The words that a guardian confirms on the phone, read along with what else a page shows."""

from datetime import datetime

from enquiries.desk.gathering import Gathering
from enquiries.models import Purpose, Wording


def declaration(*, now: datetime) -> Gathering:
    """Gather the words in force on the site's day of ``now``."""
    in_force = Wording.objects.in_force(now=now)
    return Gathering(rows=in_force.filter(purpose=Purpose.GUARDIAN_CONFIRMATION)[:1])
