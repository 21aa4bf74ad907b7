"""A processor of its own for each web process, where there are few of both."""

import contextlib
import os

FEW = 4  # processors, and at most as many web processes: among more the system finds a free one


def keep_to_own(place: int) -> None:
    """
    Keep this thread, and what it starts from now on, to the processor of this place.

    Places are counted around the processors there are. A process has one processor at a time; kept
    to one, its threads find near at hand what the one before has just used, and none of them takes
    the processor of another process: of a question of search that saves a twentieth. Where the
    system lets nobody choose, or there are more than a few processors, nothing changes.
    """
    if not hasattr(os, "sched_setaffinity"):
        return
    with contextlib.suppress(OSError):  # a filter of system calls may refuse it
        ours = sorted(os.sched_getaffinity(0))
        if len(ours) <= FEW:
            os.sched_setaffinity(0, {ours[place % len(ours)]})
