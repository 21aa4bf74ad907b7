"""
Many enquiries out of few: made-up ones are laid out in tables of their own and copied from there.

Copies of one enquiry differ in who asks and when. PostgreSQL writes them, tens of thousands in a
statement, past every constraint and trigger like all others.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import DateTimeField, Field, Model

from enquiries.management.seeding.countries import COUNTRIES
from enquiries.management.seeding.making import SPREAD, person_number, reference_of
from enquiries.management.seeding.people import Person, person
from enquiries.models import (
    CallAttempt,
    Callback,
    Consent,
    Enquiry,
    Event,
    FollowUp,
    Note,
    OccupationOfInterest,
    Resume,
)
from enquiries.same_person import person_digest
from enquiries.transitions import Hold

MODELS: tuple[type[Model], ...] = (
    Enquiry,
    Callback,
    FollowUp,
    CallAttempt,
    Consent,
    Note,
    OccupationOfInterest,
    Resume,
    Event,
)
_BIRTHDAYS = 60  # days apart, so that nobody grows up by it
_COUNTRIES = {each.code: each for each in COUNTRIES}
_COPY = {
    "place": "int",
    "turn": "int",
    "id": "bigint",
    "reference": "text",
    "behind": "interval",
    "born_on": "date",
    "digest": "text",
    "given": "text",
    "family": "text",
    "relative": "text",
    "email": "text",
    "relative_email": "text",
    "phone": "text",
    "relative_phone": "text",
}
_ITS_OWN = "CASE WHEN x.{{0}} = '' THEN '' ELSE {} END"
_OWN_PHONE, _RELATIVE_PHONE = _ITS_OWN.format("c.phone"), _ITS_OWN.format("c.relative_phone")
# Of these columns, how a copy differs; its instants all lie a little earlier.
_OWN: dict[str, str] = {
    "enquiry.id": "c.id",
    "enquiry.reference": "c.reference",
    "enquiry.submission_key": "md5(x.submission_key::text || c.id)::uuid",
    "enquiry.content_digest": "encode(sha256((x.content_digest || c.id)::bytea), 'hex')",
    "enquiry.date_of_birth": "c.born_on",
    "enquiry.person_digest": "c.digest",
    "enquiry.decided_on": "least("
    "((x.decided_at - c.behind) AT TIME ZONE x.decision_zone)::date,"
    " ((x.decided_at - c.behind) AT TIME ZONE x.site_zone)::date)",
    "enquiry.given_name": "c.given",
    "enquiry.family_name": "c.family",
    "enquiry.guardian_name": _ITS_OWN.format("c.relative"),
    "enquiry.own_email": _ITS_OWN.format("c.email"),
    "enquiry.guardian_email": _ITS_OWN.format("c.relative_email"),
    "enquiry.own_phone": _OWN_PHONE,
    "enquiry.own_phone_typed": _ITS_OWN.format("'00' || substr(c.phone, 2)"),
    "enquiry.guardian_phone": _RELATIVE_PHONE,
    "enquiry.guardian_phone_typed": _RELATIVE_PHONE,
    "enquiry.duplicate_of_id": "(SELECT o.id FROM made_copy AS o WHERE o.place = x.duplicate_of_id"
    " AND o.turn <= c.turn ORDER BY o.turn DESC LIMIT 1)",
    "callback.slot_id": "(SELECT s.id FROM enquiries_callbackslot AS s"
    " WHERE s.starts_at = x.starts_at)",
    "callback.starts_at": "x.{}",
    "callback.ends_at": "x.{}",
    # What was promised for a time that was chosen stays with it.
    "followup.due_at": "CASE WHEN extract(epoch FROM x.{0}) %% 1800 = 0 THEN x.{0}"
    " ELSE x.{0} - c.behind END",
    "callattempt.number_ending": _ITS_OWN.format(
        "right(CASE WHEN x.to_guardian THEN c.relative_phone ELSE c.phone END, 3)"
    ),
    "resume.stored_name": "md5(x.stored_name || c.turn) || left(x.stored_name, 8)",
}
_TAKE_PLACES = """
INSERT INTO enquiries_callbackslot AS slot (starts_at, ends_at, used, capacity)
SELECT starts_at, max(ends_at), count(*) FILTER (WHERE cancelled_at IS NULL),
       greatest(2, count(*) FILTER (WHERE cancelled_at IS NULL))
FROM made_callback JOIN made_copy ON place = enquiry_id
WHERE starts_at IS NOT NULL AND place BETWEEN %s AND %s
GROUP BY starts_at ORDER BY starts_at
ON CONFLICT (starts_at) DO UPDATE SET used = slot.used + excluded.used,
    capacity = greatest(slot.capacity, slot.used + excluded.used)
"""


def lay_out() -> None:
    """Make the tables that hold for a while what copies are made of."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {', '.join(['made_copy', *map(_made, MODELS)])}")
        columns = ", ".join(f"{name} {kind}" for name, kind in _COPY.items())
        cursor.execute(f"CREATE TEMP TABLE made_copy ({columns})")
        for model in MODELS:
            table = model._meta.db_table
            cursor.execute(f"CREATE TEMP TABLE {_made(model)} AS TABLE {table} WITH NO DATA")


def clear_away() -> None:
    """Drop what ``lay_out`` made."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {', '.join(['made_copy', *map(_made, MODELS)])}")


def put_down(rows: Mapping[type[Model], Iterable[Model]]) -> None:
    """Put made-up rows into the tables they are copied from."""
    for model, made in rows.items():
        names = [field.attname for field in _fields(model)]
        with connection.cursor() as cursor:
            statement = f"COPY {_made(model)} ({', '.join(names)}) FROM STDIN"
            with cursor.copy(statement) as copy:
                for row in made:
                    values = row.__dict__
                    copy.write_row([values[name] for name in names])


def plan(enquiries: Iterable[tuple[Enquiry, int]], *, of: int, now: datetime) -> None:
    """
    Name the copies of each of these enquiries, so many of it, the earliest first.

    There are ``of`` enquiries in two years, one after the other; the copies of each lie between
    the one before and itself.
    """
    apart, today = SPREAD / of, now.date()
    wanted = list(enquiries)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('enquiries_enquiry', 'id'))"
            " FROM generate_series(1, %s)",
            [sum(copies for _, copies in wanted)],
        )
        keys = (key for (key,) in cursor.fetchall())
        with cursor.copy(f"COPY made_copy ({', '.join(_COPY)}) FROM STDIN") as copy:
            for enquiry, copies in wanted:
                for turn in reversed(range(copies)):
                    who = person(
                        person_number(enquiry.pk) + turn * of,
                        today=today,
                        country=_COUNTRIES[enquiry.country],
                    )
                    behind = apart * turn / copies
                    copy.write_row(_copied(enquiry, turn, who=who, key=next(keys), behind=behind))


def index_copies() -> None:
    """Let PostgreSQL find copies by what they are made of."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX ON made_copy (place, turn)")
        cursor.execute(f"ANALYZE {', '.join(['made_copy', *map(_made, MODELS)])}")


def copy_out(first: int, last: int) -> int:
    """Store the copies of the enquiries made up under these keys, and say how many they are."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '128MB'")
        cursor.execute(_TAKE_PLACES, [first, last])
        stored: list[int] = []
        for model in MODELS:
            cursor.execute(_statement(model), [first, last])
            stored.append(cursor.rowcount)
    return stored[0]


def _copied(
    enquiry: Enquiry, turn: int, *, who: Person, key: int, behind: timedelta
) -> list[object]:
    born_on, digest = enquiry.date_of_birth, enquiry.person_digest
    if born_on and turn:
        grown = enquiry.hold == Hold.RECONSENT  # on a day that their birth must not move
        born_on -= timedelta(days=0 if grown else turn % _BIRTHDAYS)
        digest = person_digest(name=who.name, born=born_on)
    return [
        *(enquiry.pk, turn, key, reference_of(key), behind, born_on, digest),
        *(who.given, who.family, who.relative, who.email, who.relative_email),
        *(who.phone, who.relative_phone),
    ]


def _statement(model: type[Model]) -> str:
    key = "id" if model is Enquiry else "enquiry_id"
    fields = _fields(model)
    columns = ", ".join(field.attname for field in fields)
    values = ", ".join(_value(model, field) for field in fields)
    return (
        f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {values}"  # noqa: S608 - no input
        f" FROM {_made(model)} AS x JOIN made_copy AS c ON c.place = x.{key}"
        " WHERE c.place BETWEEN %s AND %s ORDER BY c.id"
    )


def _value(model: type[Model], field: Field) -> str:
    name = field.attname
    if name == "enquiry_id":
        return "c.id"
    if own := _OWN.get(f"{model._meta.model_name}.{name}"):
        return own.format(name)
    return f"x.{name} - c.behind" if isinstance(field, DateTimeField) else f"x.{name}"


def _fields(model: type[Model]) -> list[Field]:
    return [
        field
        for field in model._meta.concrete_fields
        if not field.generated and (model is Enquiry or not field.primary_key)
    ]


def _made(model: type[Model]) -> str:
    return f"made_{model._meta.model_name}"
