"""What the form says about privacy: the words to agree to, and how long we keep what."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.conf import settings

from enquiries.models import Purpose, RetentionPeriod, Wording
from enquiries.office import site_zone

AGREED_TO = (Purpose.PRIVACY, Purpose.GUARDIAN_DECLARATION)
SIGNS = 16  # of a digest: enough to tell two versions apart
DAYS_A_YEAR = 365


@dataclass(frozen=True)
class Notice:
    """The words in force and the periods of keeping, as the form shows them."""

    texts: tuple[tuple[str, str], ...]
    digests: tuple[tuple[str, str], ...]
    days: tuple[tuple[str, int], ...]
    site_zone: str  # the office's, which the form names

    @property
    def words(self) -> dict[str, str]:
        """The words to agree to, by purpose."""
        return dict(self.texts)

    @property
    def wording(self) -> str:
        """What names these versions in the form: the digests of the words, cut short."""
        return "-".join(digest[:SIGNS] for _, digest in self.digests)

    @cached_property
    def periods(self) -> dict[str, str]:
        """How long we keep what, in words."""
        return {what: in_words(days) for what, days in self.days}

    def changed_since(self, wording: str) -> frozenset[str]:
        """
        Name the purposes whose words are not those that ``wording`` names.

        Whoever sends none did not see our page; they agree to the words in force.
        """
        if not wording:
            return frozenset()
        shown = wording.split("-")
        return frozenset(purpose for purpose, digest in self.digests if digest[:SIGNS] not in shown)


def read_notice(*, now: datetime) -> Notice:
    """
    Read what the form says at ``now``, in two queries.

    :raises LookupError: if there are no words to agree to
    """
    today = now.astimezone(site_zone()).date()
    rows = (
        Wording.objects.filter(purpose__in=AGREED_TO, in_force_on__lte=today)
        .order_by("purpose", "-in_force_on", "-pk")
        .distinct("purpose")
    )
    found = {row.purpose: row for row in rows}
    if missing := set(AGREED_TO) - set(found):
        msg = f"There are no words for {sorted(missing)}."
        raise LookupError(msg)
    return Notice(
        texts=tuple((purpose, found[purpose].text) for purpose in AGREED_TO),
        digests=tuple((purpose, found[purpose].digest) for purpose in AGREED_TO),
        days=tuple(RetentionPeriod.objects.values_list("what", "days")),
        site_zone=settings.SITE_TIME_ZONE,
    )


def in_words(days: int) -> str:
    """Write a period as people say it: whole years as years, all else in days."""
    years, rest = divmod(days, DAYS_A_YEAR)
    number, unit = (years, "year") if years and not rest else (days, "day")
    return f"{number} {unit}{'' if number == 1 else 's'}"
