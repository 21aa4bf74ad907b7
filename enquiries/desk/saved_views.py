"""Saved views: keeping a part of the queue under a name, and letting it go."""

from django.contrib.auth.models import User
from django.http import QueryDict

from enquiries.desk.searched_words import WORDS
from enquiries.models import SavedView

MOST_VIEWS = 12  # of one member of staff, so that a page can count them all
_PASSING = ("p", "page", "after", "before", "e", "_changelist_filters")  # where one stood, not what


class TooManyViews(Exception):
    """They have as many views as a page can show."""


def save_view(*, by: User, name: str, query: str, is_shared: bool) -> SavedView:
    """
    Keep the query of a queue's address under a name; the same name again replaces it.

    :raises TooManyViews: if they have twelve others
    """
    name = " ".join(name.split())[:40]
    others = SavedView.objects.filter(by=by).exclude(name=name)
    if others.count() >= MOST_VIEWS:
        raise TooManyViews
    view, _ = SavedView.objects.update_or_create(
        by=by, name=name, defaults={"query": _lasting(query), "is_shared": is_shared}
    )
    return view


def delete_view(pk: int, *, by: User) -> bool:
    """Let a view of one's own go; False if there is none."""
    deleted, _ = SavedView.objects.filter(pk=pk, by=by).delete()
    return bool(deleted)


def _lasting(query: str) -> str:
    """Keep what narrows the queue, and leave out where in it one stood and whom one looked for."""
    kept = QueryDict(query[:500], mutable=True)
    for passing in (*_PASSING, WORDS):
        kept.pop(passing, None)
    return kept.urlencode()[:500]
