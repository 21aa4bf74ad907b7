"""What staff find an enquiry by: the parts of its names, and how its phone numbers end."""

from django.contrib.postgres.search import SearchVectorField
from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Reverse
from django.db.models.lookups import Exact, StartsWith

_NAMES = ("given_name", "family_name", "guardian_name")
PHONES = ("own_phone", "guardian_phone")


def searched() -> Func:
    """Give the SQL of the column: every word of the names and every end of one, folded."""
    text: Combinable = F(_NAMES[0])
    for column in _NAMES[1:]:
        text = Func(text, Value(" "), F(column), template="(%(expressions)s)", arg_joiner=" || ")
    return Func(text, function="enquiries_name_parts", output_field=SearchVectorField())


def is_named(typed: str, *, whole: bool = False) -> Q:
    """
    Say that each word of ``typed`` stands in a name: in any order, whatever its accents.

    Unless they are to be ``whole`` names, three letters may stand inside one, fewer begin it.
    """
    query = Func(Value(typed), Value(whole), function="enquiries_name_query")
    holds = Func(
        F("searched"),
        query,
        template="(%(expressions)s)",
        arg_joiner=" @@ ",
        output_field=BooleanField(),
    )
    return Q(holds)


def ends_in(column: str, digits: str) -> Q:
    """Say that a phone number ends in ``digits``; the index holds each from its last digit on."""
    return ~Q(**{column: ""}) & Q(StartsWith(Reverse(column), digits[::-1]))


def is_phone(column: str, phone: str) -> Q:
    """Say that a column holds this phone number in E.164, by the same index."""
    return ~Q(**{column: ""}) & Q(Exact(Reverse(column), phone[::-1]))
