"""What staff find an enquiry by: one column of folded text, and how a typed word is folded."""

from django.db.models import F, Func, TextField, Value
from django.db.models.expressions import Combinable

_COLUMNS = (
    "reference",
    "given_name",
    "family_name",
    "guardian_name",
    "own_email",
    "guardian_email",
    "own_phone",
    "guardian_phone",
)


def folded(text: Combinable) -> Func:
    r"""
    Give the SQL of a text in small letters, and every sign beyond ASCII as its bytes (``\303``).

    PostgreSQL sees no letters beyond ASCII where its locale is C, so that without this the index
    of trigrams would hold no name in Chinese, Arabic or Cyrillic.
    """
    return Func(
        text,
        template=r"encode(replace(lower(%(expressions)s), '\', '\\')::bytea, 'escape')",
        output_field=TextField(),
    )


def searched() -> Func:
    """Give the SQL of the column: reference, names, e-mails, phones, a space around each word."""
    text: Combinable = Value(" ")
    for column in _COLUMNS:
        text = Func(text, F(column), Value(" "), template="(%(expressions)s)", arg_joiner=" || ")
    return folded(text)
