"""Atom feeds of the change log: of every load, and of what changed for one subject."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, override
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from occupations.change_log import (
    About,
    Entry,
    about_subject,
    begins_at,
    changes_of,
    entries,
    newest_entries,
)
from occupations.codes import tidy_code, tidy_edition
from occupations.facts.addresses import whole
from occupations.models import CatalogueLoad

LOADS = 20  # entries of a feed, at most
FACTS = 30  # of an entry that tells of a whole load
SUBJECT_FACTS = 200  # of one subject, the newest
_NO_LOAD = datetime.fromisoformat("2026-01-01T00:00:00Z")  # a site without any data yet


@dataclass(frozen=True)
class FeedItem:
    """An entry of a feed, with the query that shows the same on the page of changes."""

    entry: Entry
    query: dict[str, str]
    place: str


class DatedAtom(Atom1Feed):
    """An Atom feed whose date is that of its data, also when it has no entry."""

    @override
    def latest_post_date(self) -> datetime:
        begins: datetime = self.feed["begins_at"]
        return max((item["updateddate"] for item in self.items), default=begins)


class ChangeFeed(Feed):
    """What changed in the catalogue, or for one group, occupation, qualification or unit."""

    feed_type = DatedAtom
    author_name = settings.FIRM["name"]

    @override
    def get_object(self, request: HttpRequest, edition: str = "", code: str = "") -> About | None:
        """
        Find what the feed is about, if not everything.

        :raises Http404: if we hold nothing with this code
        """
        if not code:
            return None
        key = ":".join(filter(None, (tidy_edition(edition), tidy_code(code))))
        about = about_subject(key)
        if about is None:
            msg = "We hold nothing with this code."
            raise Http404(msg)
        return about

    def title(self, about: About | None) -> str:
        return f"Changes: {about.title}" if about else "Changes in the catalogue"

    def subtitle(self, about: About | None) -> str:
        subject = "for this page" if about else "in our catalogue"
        return f"What each load added, altered and withdrew {subject}. Facts, not migration advice."

    @override
    def link(self, about: About | None) -> str:
        return whole(about.url if about else reverse("occupations:changes"))

    def feed_url(self, about: About | None) -> str:
        return whole(f"{about.url}changes.atom" if about else reverse("occupations:changes_feed"))

    def feed_guid(self, about: About | None) -> str:
        return _tag(_place(about), at=begins_at() or _NO_LOAD)

    @override
    def feed_extra_kwargs(self, about: About | None) -> dict[str, Any]:
        return {"begins_at": begins_at() or _NO_LOAD}

    @override
    def items(self, about: About | None) -> Sequence[FeedItem]:
        if about is None:
            loads = list(CatalogueLoad.objects.all()[:LOADS])
            found = newest_entries(loads, most_facts=FACTS)
        else:
            found = entries(changes_of(about=about)[:SUBJECT_FACTS])[:LOADS]
        return [
            FeedItem(
                entry,
                {"revision": str(entry.load.pk)} | ({"about": about.key} if about else {}),
                f"{_place(about)}/{entry.load.pk}",
            )
            for entry in found
        ]

    @override
    def item_title(self, item: FeedItem) -> str:
        return f"{item.entry.load}: {item.entry.summary}"

    @override
    def item_description(self, item: FeedItem) -> str:
        return render_to_string("occupations/changes.html#feed_entry", {"entry": item.entry})

    @override
    def item_link(self, item: FeedItem) -> str:
        return whole(f"{reverse('occupations:changes')}?{urlencode(item.query)}")

    def item_guid(self, item: FeedItem) -> str:
        return _tag(item.place, at=item.entry.load.loaded_at)

    def item_pubdate(self, item: FeedItem) -> datetime:
        return item.entry.load.loaded_at

    def item_updateddate(self, item: FeedItem) -> datetime:
        return item.entry.load.loaded_at


def _place(about: About | None) -> str:
    return f"changes/{about.key}" if about else "changes"


def _tag(place: str, *, at: datetime) -> str:
    """Name something for ever: a tag URI of RFC 4151 under the name of this site."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{at:%Y-%m-%d}:{place}"
