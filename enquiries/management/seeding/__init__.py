"""Made-up enquiries by the thousand, to see how the desk works when it is full; no real people."""

from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import batched
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import connection, transaction

from enquiries.management.seeding import copying
from enquiries.management.seeding.making import Maker, Setting
from enquiries.models import Enquiry, Purpose, current_wording
from enquiries.roles import ADVISER

MOST_MADE, BATCH = 20_000, 25_000  # enquiries; beyond so many, they are copied
OPEN_PART = 10  # one in so many is open, unless told otherwise
MOST_ADVISERS, OPEN_EACH = 40, 50
_PURPOSES = (Purpose.PRIVACY, Purpose.GUARDIAN_DECLARATION, Purpose.GUARDIAN_CONFIRMATION)


class SeedingRefused(Exception):
    """Made-up enquiries have no place here; the message says why in a sentence."""


def seed(
    count: int,
    *,
    open_count: int | None = None,
    more: bool = False,
    now: datetime,
    told: Callable[[int], None] = lambda _: None,
) -> None:
    """
    Store ``count`` made-up enquiries of the last two years, ``open_count`` of them open.

    Each batch is a transaction of its own, past every constraint and trigger; ``told`` hears after
    each how many there are. No letter is promised to anybody.

    :raises SeedingRefused: on a real site, and where there are enquiries unless ``more``
    """
    if settings.SITE_URL.startswith("https:"):
        msg = "This is a real site: its address begins with https."
        raise SeedingRefused(msg)
    if not more and Enquiry.objects.exists():
        msg = "There are enquiries already. Say --more to add to them."
        raise SeedingRefused(msg)
    if open_count is None:
        open_count = count // OPEN_PART
    if not 0 <= open_count <= count:
        msg = "There cannot be more open enquiries than enquiries."
        raise SeedingRefused(msg)
    made = min(count, MOST_MADE)
    setting = Setting(
        count=made,
        open_count=_part(open_count, of=count, made=made),
        now=now,
        zone=ZoneInfo(settings.SITE_TIME_ZONE),
        staff=_advisers(min(MOST_ADVISERS, 3 + open_count // OPEN_EACH)),
        wordings={purpose: current_wording(purpose, now=now) for purpose in _PURPOSES},
    )
    copying.lay_out()
    _make(setting, shares={True: open_count, False: count - open_count})
    stored = 0
    for places in batched(range(1, made + 1), max(1, BATCH * made // count), strict=False):
        with transaction.atomic():
            stored += copying.copy_out(places[0], places[-1])
        told(stored)
    copying.clear_away()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _part(open_count: int, *, of: int, made: int) -> int:
    """Tell how many of those made are open, so that there are open and closed ones to copy."""
    return min(max(open_count * made // of, min(open_count, 1)), made - min(of - open_count, 1))


def _make(setting: Setting, *, shares: Mapping[bool, int]) -> None:
    """Make up enquiries, and plan how often each is copied, so that ``shares`` come out."""
    maker = Maker(setting)
    of = {True: setting.open_count, False: setting.count - setting.open_count}
    seen = {True: 0, False: 0}
    for numbers in batched(range(1, setting.count + 1), BATCH, strict=False):
        for number in numbers:
            maker.make(number, key=number)
        rows, maker.rows = maker.rows, {}
        planned = []
        for enquiry in rows[Enquiry]:
            if isinstance(enquiry, Enquiry):
                is_open = enquiry.is_open
                before = seen[is_open] * shares[is_open] // of[is_open]
                seen[is_open] += 1
                planned.append((enquiry, seen[is_open] * shares[is_open] // of[is_open] - before))
        copying.put_down(rows)
        copying.plan(planned, of=setting.count, now=setting.now)
    copying.index_copies()


def _advisers(number: int) -> list[int]:
    """Make so many advisers who cannot sign in, or find those of an earlier time."""
    group = Group.objects.filter(name=ADVISER).first()
    keys = []
    for place in range(1, number + 1):
        user, is_new = User.objects.get_or_create(
            username=f"made-up-adviser-{place}",
            defaults={"first_name": "Adviser", "last_name": f"No. {place}", "is_staff": True},
        )
        if is_new:
            user.set_unusable_password()
            user.save()
            if group:
                user.groups.add(group)
        keys.append(user.pk)
    return keys
