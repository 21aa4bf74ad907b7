"""Keeps the parts of the site running: says what they say, starts again what ends, stops all."""

import os
import sys
import threading
import time
from collections.abc import Iterable
from typing import BinaryIO

from advisory.service import Program, Service

CALM_SECONDS = 30.0
LONGEST_PAUSE_SECONDS = 30.0
NAME_WIDTH = 8


class Speaker:
    """Prints whole lines, each with the name of the part that says it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def say(self, line: str, *, name: str = "up") -> None:
        """Print one line."""
        with self._lock:
            sys.stdout.write(f"{name:<{NAME_WIDTH}} | {line}\n")
            sys.stdout.flush()

    def pipe(self, name: str) -> BinaryIO:
        """Give a file for a part's output: each line in it is printed under the part's name."""
        reading, writing = os.pipe()

        def repeat() -> None:
            with os.fdopen(reading, errors="replace") as lines:
                for line in filter(str.strip, lines):
                    self.say(line.rstrip(), name=name)

        threading.Thread(target=repeat, name=f"output of {name}", daemon=True).start()
        return os.fdopen(writing, "wb")


class Supervisor:
    """Starts parts in order, and stops them in the reverse order."""

    def __init__(self, speaker: Speaker) -> None:
        self.speaker = speaker
        self.hurried = False
        self._parts: list[_Part] = []

    def start(self, service: Service, *, ends: bool = False) -> None:
        """Start a part, and keep it running from now on; one that ``ends`` until it has done."""
        self._parts.append(_Part(service, ends=ends))
        service.start()

    def first_ended(self) -> Service | None:
        """Give a part that has ended by itself, if there is one."""
        services = (part.service for part in self._parts)
        return next((service for service in services if service.exit_code() is not None), None)

    def look_after(self) -> None:
        """Start again what has ended: at once, then after 1, 2, 4 … and at most 30 seconds."""
        for part in list(self._parts):
            code = part.service.exit_code()
            if code == 0 and part.ends:
                part.service.stop()
                self._parts.remove(part)
                continue
            if code is None or not part.may_start():
                continue
            self.speaker.say(f"{part.service.name} ended with exit code {code}: starting it again.")
            part.service.stop()
            part.service.start()

    def stop(self) -> None:
        """Stop everything: first all that serve people, together, then the servers below them."""
        services = [part.service for part in reversed(self._parts)]
        above: list[Service] = [part for part in services if isinstance(part, Program)]
        for service in above:
            service.let_go()
        self._wait_for(above)
        for service in services:
            if self.hurried:
                service.kill()
            service.stop()
        self._parts.clear()

    def _wait_for(self, services: Iterable[Service]) -> None:
        waiting = list(services)
        while waiting and not self.hurried:
            waiting = [service for service in waiting if service.exit_code() is None]
            time.sleep(0.02)


class _Part:
    """A service, and when it may be started again."""

    def __init__(self, service: Service, *, ends: bool) -> None:
        self.service = service
        self.ends = ends
        self._started = time.monotonic()
        self._pause = 0.0

    def may_start(self) -> bool:
        now = time.monotonic()
        if now - self._started > max(CALM_SECONDS, self._pause * 2):
            self._pause = 0.0
        if now - self._started < self._pause:
            return False
        self._started = now
        self._pause = min(max(1.0, self._pause * 2), LONGEST_PAUSE_SECONDS)
        return True
