"""Made-up enquiries by the thousand, to see how the desk works when it is full; no real people."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import batched
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import connection, transaction
from django.db.models import Model
from psycopg import sql

from enquiries.management.seeding.making import Maker, Setting
from enquiries.models import Callback, CallbackSlot, Enquiry, Purpose, current_wording
from enquiries.roles import ADVISER

BATCH = 5_000
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
    setting = Setting(
        count=count,
        open_count=open_count,
        now=now,
        zone=ZoneInfo(settings.SITE_TIME_ZONE),
        staff=_advisers(min(MOST_ADVISERS, 3 + open_count // OPEN_EACH)),
        wordings={purpose: current_wording(purpose, now=now) for purpose in _PURPOSES},
    )
    maker = Maker(setting)
    for numbers in batched(range(1, count + 1), BATCH, strict=False):
        with transaction.atomic():
            _store(maker, numbers)
        told(numbers[-1])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


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


def _store(maker: Maker, numbers: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '128MB'")  # for the index of words
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('enquiries_enquiry', 'id'))"
            " FROM generate_series(1, %s)",
            [len(numbers)],
        )
        keys = [key for (key,) in cursor.fetchall()]
    for number, key in zip(numbers, keys, strict=True):
        maker.make(number, key=key)
    rows, maker.rows = maker.rows, {}
    _take_places([row for row in rows.get(Callback, []) if isinstance(row, Callback)])
    for model in sorted(rows, key=lambda model: model is not Enquiry):
        _copy(model, rows[model])


def _take_places(callbacks: Iterable[Callback]) -> None:
    """Make the slots of the chosen times as large as need be, and take the places in them."""
    chosen = [each for each in callbacks if each.starts_at and each.ends_at]
    used: dict[datetime, int] = {}
    for each in chosen:
        if each.starts_at:
            used[each.starts_at] = used.get(each.starts_at, 0) + (each.cancelled_at is None)
    ends = {each.starts_at: each.ends_at for each in chosen}
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO enquiries_callbackslot AS slot (starts_at, ends_at, used, capacity)"
            " SELECT *, greatest(taken, 2) FROM"
            " unnest(%s::timestamptz[], %s::timestamptz[], %s::int[]) AS new (s, e, taken)"
            " ON CONFLICT (starts_at) DO UPDATE SET used = slot.used + excluded.used,"
            " capacity = greatest(slot.capacity, slot.used + excluded.used)",
            [list(used), [ends[start] for start in used], list(used.values())],
        )
    slots = CallbackSlot.objects.filter(starts_at__in=list(used))
    keys = dict(slots.values_list("starts_at", "pk"))
    for each in chosen:
        if each.starts_at:
            each.slot_id = keys[each.starts_at]


def _copy(model: type[Model], rows: Iterable[Model]) -> None:
    """Copy rows of one model into its table; those without a key get one from the table."""
    fields = [
        field
        for field in model._meta.concrete_fields
        if not field.generated and (model is Enquiry or not field.primary_key)
    ]
    names = [field.attname for field in fields]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(sql.Identifier(str(field.column)) for field in fields),
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            values = row.__dict__
            copy.write_row([values[name] for name in names])
