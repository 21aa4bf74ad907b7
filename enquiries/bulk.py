"""Many enquiries at once: each by itself, and only while it stands as it was seen."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from django.db import transaction

from enquiries.events import Standing
from enquiries.models import Enquiry

_SEEN = re.compile(r"(\d{1,18}):([a-z_]{1,20}):(\d{0,18}):([a-z_]{0,20})", re.ASCII)


class ChangedMeanwhile(Exception):
    """An enquiry no longer stands as it was seen; ``enquiry`` is how it stands now."""

    def __init__(self, enquiry: Enquiry) -> None:
        super().__init__(enquiry.pk)
        self.enquiry = enquiry


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An enquiry as a member of staff saw it: its number, and where it stood."""

    pk: int
    standing: Standing

    @classmethod
    def of(cls, enquiry: Enquiry) -> Self:
        """Take down how an enquiry stands while it is shown."""
        return cls(pk=enquiry.pk, standing=Standing.of(enquiry))

    @classmethod
    def read(cls, written: str) -> Self | None:
        """Read what ``str`` writes; None for anything else."""
        found = _SEEN.fullmatch(written)
        if found is None:
            return None
        pk, state, owner, hold = found.groups()
        standing = Standing(state=state, owner_id=int(owner) if owner else None, hold=hold)
        return cls(pk=int(pk), standing=standing)

    def __str__(self) -> str:
        owner = self.standing.owner_id or ""
        return f"{self.pk}:{self.standing.state}:{owner}:{self.standing.hold}"


@transaction.atomic
def act_on_seen[Answer](seen: Seen, *, act: Callable[[Enquiry], Answer]) -> Answer:
    """
    Do ``act`` to an enquiry that nobody else can change meanwhile, and give what it answers.

    :raises ChangedMeanwhile: if its state, owner or hold is no longer as it was seen
    :raises Enquiry.DoesNotExist: if it was deleted meanwhile
    """
    # Without the owner beside it, which would be the one from before the wait.
    enquiry = Enquiry.objects.select_for_update().get(pk=seen.pk)
    if Seen.of(enquiry) != seen:
        raise ChangedMeanwhile(enquiry)
    return act(enquiry)
