"""Many callers at once, in one thread: a client that leaves the processors to the server."""

import socket
import time
from collections.abc import Sequence
from selectors import EVENT_READ, DefaultSelector

_REQUEST = "GET {} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n"
_END = b"\r\n\r\n"
_OK = b"HTTP/1.1 200"
_PATIENCE = 60.0  # seconds without any answer


class _Caller:
    """One kept-alive connection, which asks again as soon as it is answered; or anew, if asked."""

    def __init__(self, port: int) -> None:
        self._came_at: float | None = time.perf_counter()
        self.line = socket.create_connection(("127.0.0.1", port))
        self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.asked_at = 0.0
        self._read = b""

    def ask(self, path: str) -> None:
        self._read = b""
        self.asked_at = self._came_at or time.perf_counter()  # to connect takes time too
        self._came_at = None
        self.line.sendall(_REQUEST.format(path).encode())

    def is_told_to_leave(self) -> bool:
        """Tell whether the answer asks us to connect anew."""
        return b"connection: close" in self._read.partition(_END)[0].lower()

    def has_answer(self) -> bool:
        """Read what has come, and tell whether the answer is whole."""
        part = self.line.recv(1 << 18)
        if not part:
            raise ConnectionError("The server hung up")
        self._read += part
        head, end, body = self._read.partition(_END)
        if not end:
            return False
        if not head.startswith(_OK):
            raise RuntimeError(f"Answered with {head.splitlines()[0].decode()}")
        return len(body) == _length(head)


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise RuntimeError("An answer without its length")


def milliseconds_each(port: int, paths: Sequence[str], *, callers: int) -> list[float]:
    """
    Ask for each path once, so many at any moment, and give the milliseconds of every answer.

    What is measured goes from the first byte sent to the last byte read. The order is that of the
    answers. :raises RuntimeError: for an answer that is not 200, or has not all its bytes.
    """
    left = iter(paths)
    taken: list[float] = []
    with DefaultSelector() as selector:

        def come(path: str | None) -> None:
            if path is not None:
                caller = _Caller(port)
                selector.register(caller.line, EVENT_READ, caller)
                caller.ask(path)

        for _ in range(callers):
            come(next(left, None))
        while len(taken) < len(paths):
            ready = selector.select(_PATIENCE)
            if not ready:
                raise RuntimeError("The server does not answer")
            for key, _ in ready:
                caller = key.data
                if not caller.has_answer():
                    continue
                taken.append((time.perf_counter() - caller.asked_at) * 1000)
                path = next(left, None)
                if path is not None and not caller.is_told_to_leave():
                    caller.ask(path)
                else:
                    selector.unregister(caller.line)
                    caller.line.close()
                    come(path)
    return taken
