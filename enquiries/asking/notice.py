"""What the form says about privacy: the words to agree to, and how long we keep what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.conf import settings

from enquiries.models import Purpose, RetentionPeriod, current_wording, forget_wordings

AGREED_TO = (Purpose.PRIVACY, Purpose.GUARDIAN_DECLARATION)
SIGNS = 16  # of a digest: enough to tell two versions apart
DAYS_A_YEAR = 365


@dataclass(frozen=True)
class Words:
    """The words in force that people agree to, as the form shows them."""

    texts: tuple[tuple[str, str], ...]
    digests: tuple[tuple[str, str], ...]

    @property
    def words(self) -> dict[str, str]:
        """The words to agree to, by purpose."""
        return dict(self.texts)

    @property
    def wording(self) -> str:
        """What names these versions in the form: the digests of the words, cut short."""
        return "-".join(digest[:SIGNS] for _, digest in self.digests)

    def changed_since(self, wording: str) -> frozenset[str]:
        """
        Name the purposes whose words are not those that ``wording`` names.

        Whoever sends none did not see our page; they agree to the words in force.
        """
        if not wording:
            return frozenset()
        shown = wording.split("-")
        return frozenset(purpose for purpose, digest in self.digests if digest[:SIGNS] not in shown)


@dataclass(frozen=True)
class Notice(Words):
    """The words in force and the periods of keeping, as the form shows them."""

    days: tuple[tuple[str, int], ...]
    site_zone: str  # the office's, which the form names

    @cached_property
    def periods(self) -> dict[str, str]:
        """How long we keep what, in words."""
        return {what: in_words(days) for what, days in self.days}


def read_words(*, now: datetime, shown: str = "", purposes: Sequence[Purpose] = AGREED_TO) -> Words:
    """
    Give the words in force at ``now``; each process reads them once a minute.

    If a page that was sent has ``shown`` others, they are read anew: another process may have
    shown what this one has not read yet.

    :raises LookupError: if there are no words to agree to
    """
    words = _words(purposes, now=now)
    if words.changed_since(shown):
        forget_wordings()
        words = _words(purposes, now=now)
    return words


def read_notice(*, now: datetime, shown: str = "") -> Notice:
    """
    Give what the form says at ``now``, the words as ``read_words``; the periods are read anew.

    :raises LookupError: if there are no words to agree to
    """
    words = read_words(now=now, shown=shown)
    return Notice(
        texts=words.texts,
        digests=words.digests,
        days=tuple(RetentionPeriod.objects.values_list("what", "days")),
        site_zone=settings.SITE_TIME_ZONE,
    )


def in_words(days: int) -> str:
    """Write a period as people say it: whole years as years, all else in days."""
    years, rest = divmod(days, DAYS_A_YEAR)
    number, unit = (years, "year") if years and not rest else (days, "day")
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _words(purposes: Sequence[Purpose], *, now: datetime) -> Words:
    found = {purpose: current_wording(purpose, now=now) for purpose in purposes}
    return Words(
        texts=tuple((purpose, wording.text) for purpose, wording in found.items()),
        digests=tuple((purpose, wording.digest) for purpose, wording in found.items()),
    )
