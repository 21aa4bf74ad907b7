"""Editors' dated notices on visas and lists, while they are current."""

from datetime import date

from django.db.models import Q, QuerySet

from occupations.models import Notice


def current_notices(subject: str, *, key: str | None, on: date) -> QuerySet[Notice]:
    """
    Find the notices of a visa or list that are current on a day, and those of every such page.

    Without a key, find those of every visa or every list.
    """
    its_own = Q(subject=subject) if key is None else Q(subject=subject, key__iexact=key)
    return Notice.objects.filter(
        its_own | Q(subject="site"),
        Q(shown_until_on=None) | Q(shown_until_on__gte=on),
        dated_on__lte=on,
    )
