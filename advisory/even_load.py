"""Requests spread evenly over the web processes, wherever the connections that they come by led."""

import fcntl
import mmap
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

UNEVEN = 2  # requests at work more than another process has
_PLACES = 64  # for processes, a byte each
_NOBODY, _IDLE, _MOST = 0, 1, 255  # what a byte says: else one more than are at work

type _Write = Callable[[bytes], object]


class AtWork:
    """
    How many requests each web process has at work, in memory that all of them share.

    A process has its place as long as it lives, by a lock that the system takes back from whoever
    ends. The system would also do so if the process closed the file, by whatever descriptor, or
    asked again for its own place.
    """

    def __init__(self, file: Path) -> None:
        """
        Take a place in ``file``, which is made if there is none.

        :raises OSError: if the file cannot be written, or every place is taken
        """
        file.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        # Behind the places, where nobody counts: a full disk says so here, and kills nobody later.
        if os.fstat(self._file).st_size < _PLACES:
            os.pwrite(self._file, bytes(_PLACES), _PLACES)
        self._counts = mmap.mmap(self._file, _PLACES)
        self._guard = Lock()
        self._requests = 0
        free = (place for place in range(_PLACES) if self._take(place))
        self.place = next(free, _PLACES)
        if self.place == _PLACES:
            msg = f"{_PLACES} web processes have their places in {file} already."
            raise OSError(msg)
        self._counts[self.place] = _IDLE

    @contextmanager
    def one_more(self) -> Iterator[None]:
        """Count a request while it is at work."""
        self._add(1)
        try:
            yield
        finally:
            self._add(-1)

    def is_uneven(self) -> bool:
        """Tell whether another process has clearly less to do than this one."""
        counts = self._counts[:]  # read at one moment: our own place is never less than ours
        ours = counts[self.place]
        return any(
            theirs != _NOBODY and ours - theirs > UNEVEN and self._is_taken(place)
            for place, theirs in enumerate(counts)
        )

    def _add(self, more: int) -> None:
        with self._guard:
            self._requests += more
            self._counts[self.place] = min(_IDLE + self._requests, _MOST)

    def _is_taken(self, place: int) -> bool:
        """Tell whether the process of a place lives; one that is gone leaves it empty."""
        with self._guard:  # a lock is the process's: two of its threads would have it at once
            if not self._take(place):
                return True
            self._counts[place] = _NOBODY
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, place)
            return False

    def _take(self, place: int) -> bool:
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
        except OSError:
            return False
        return True


class EvenLoad:
    """
    A WSGI application whose busier process asks callers to connect anew.

    A connection stays with the process that took it, and chance gives one process fifteen of
    twenty: their callers would wait three times as long as the others. Who comes anew comes to
    another process every second time, until there is little between them.
    """

    def __init__(self, application: WSGIApplication, at_work: AtWork) -> None:
        self._application = application
        self._at_work = at_work

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def answer(status: str, headers: list[tuple[str, str]], *rest: Any) -> _Write:
            # Only this version keeps connections unless told otherwise, and may be told so.
            if environ["SERVER_PROTOCOL"] == "HTTP/1.1" and self._at_work.is_uneven():
                headers = [*headers, ("Connection", "close")]
            return start_response(status, headers, *rest)

        with self._at_work.one_more():
            return self._application(environ, answer)
