"""A part of the site that runs as a process of its own and can be started again."""

from collections.abc import Mapping, Sequence
from typing import IO

from advisory.tether import Tethered


class Service:
    """Started and stopped by its owner, and gone when the owner is."""

    name: str
    running: Tethered | None = None

    def start(self) -> None:
        """Start it, and return when it is of use to the parts started after it."""
        raise NotImplementedError

    def exit_code(self) -> int | None:
        """Give the exit code of a service that has ended by itself, else None."""
        return self.running.exit_code() if self.running else None

    def let_go(self) -> None:
        """Ask it to stop, without waiting."""
        if self.running:
            self.running.let_go()

    def stop(self) -> None:
        """Stop it; the next start finds its data."""
        if self.running:
            self.running.stop()
            self.running = None

    def kill(self) -> None:
        """End it at once, as a crash would."""
        if self.running:
            self.running.kill()
            self.running = None


class Program(Service):
    """A command of ours, such as the web server."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        environment: Mapping[str, str],
        output: IO[bytes],
    ) -> None:
        self.name = name
        self.command = command
        self.environment = environment
        self.output = output

    def start(self) -> None:
        self.running = Tethered(
            self.name, self.command, environment=self.environment, output=self.output
        )
