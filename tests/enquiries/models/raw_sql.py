"""Rows as SQL writes them that knows nothing of Django's models, and why PostgreSQL refuses one."""

from django.db import connection

from enquiries.models import new_reference

NO_GUARDIAN = {
    "guardian_name": "",
    "guardian_relationship": "",
    "guardian_email": "",
    "guardian_phone": "",
    "guardian_phone_typed": "",
}


def insert(fields):
    """Store a row by SQL that knows nothing of Django's models."""
    row = fields | {
        name: fields.get(name, default)
        for name, default in {
            "reference": new_reference(), "own_email": "", "own_phone": "", "own_phone_typed": "",
            "may_name_caller": False, "may_leave_voicemail": False, "language": "",
            "wants_interpreter": False, "accessibility_needs": "", "message": "", "flags": [],
            "state": "new", "hold": "", "link_version": 1, "person_digest": "", "reply": "call",
            "former_contacts": [], "needs_agent": False,
        }.items()
    } | {name: fields.get(name, "") for name in NO_GUARDIAN}  # fmt: skip
    columns = ", ".join(row)
    values = ", ".join(["%s"] * len(row))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO enquiries_enquiry ({columns}) VALUES ({values}) RETURNING is_minor",  # noqa: S608
            list(row.values()),
        )
        return cursor.fetchone()[0]


def refused(error, constraint):
    return error.value.__cause__.diag.constraint_name == constraint
