"""Ask a running server over and over, and read from the kernel what that cost its processes."""

import os
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread

TICKS = os.sysconf("SC_CLK_TCK")
ACCEPT = {"Host": "localhost", "Accept-Encoding": "gzip"}


@dataclass(frozen=True)
class Cost:
    """What many requests to one address took, in all."""

    requests: int
    seconds: float
    server_seconds: float  # processor time of the server's processes

    @property
    def rate(self) -> float:
        """Give the requests a second, as the clients saw it."""
        return self.requests / self.seconds

    @property
    def server_rate(self) -> float:
        """Give the requests a second of processor time, the clients' own work left out."""
        return self.requests / self.server_seconds


def many(
    port: int,
    path: str,
    *,
    headers: dict[str, str],
    status: int,
    clients: int,
    each: int,
) -> Cost:
    """Send ``each`` requests from each of so many kept-alive connections at once."""
    before, began = server_seconds(), time.perf_counter()
    failures: list[int] = []

    def ask() -> None:
        line = HTTPConnection("127.0.0.1", port, timeout=30)
        for _ in range(each):
            line.request("GET", path, headers=ACCEPT | headers)
            answer = line.getresponse()
            answer.read()
            if answer.status != status:
                failures.append(answer.status)
        line.close()

    _together(ask, clients=clients)
    if failures:
        raise RuntimeError(f"{path} answered {failures[0]}, not {status}")
    taken = time.perf_counter() - began
    return Cost(clients * each, taken, max(server_seconds() - before, 1 / TICKS))


def _together(ask: Callable[[], None], *, clients: int) -> None:
    threads = [Thread(target=ask) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def etag(port: int, path: str) -> str:
    """Ask for a page once, so that it is warm, and give its ETag."""
    line = HTTPConnection("127.0.0.1", port, timeout=30)
    line.request("GET", path, headers=ACCEPT)
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.headers["ETag"] or ""


def each_in_turn(port: int, paths: Sequence[str]) -> tuple[float, float]:
    """Ask for each address once, one after another; give the p50 and p95 in milliseconds."""
    line = HTTPConnection("127.0.0.1", port, timeout=30)
    taken = []
    for path in paths:
        began = time.perf_counter()
        line.request("GET", path, headers=ACCEPT)
        line.getresponse().read()
        taken.append((time.perf_counter() - began) * 1000)
    line.close()
    return middle_and_slow(taken)


def memory() -> list[float]:
    """Give what each process that answers requests holds of its own memory and shares, in MB."""
    kilobytes = [
        int(line.split()[1]) / 1024
        for pid in _web_server()[1:]
        if b"enquiries.checking" not in Path(f"/proc/{pid}/cmdline").read_bytes()
        for line in Path(f"/proc/{pid}/status").read_text().splitlines()
        if line.startswith("VmRSS:")
    ]
    return sorted(kilobytes)


def middle_and_slow(taken: Sequence[float]) -> tuple[float, float]:
    """Give the p50 and the p95."""
    cuts = statistics.quantiles(taken, n=20)
    return statistics.median(taken), cuts[18]


def server_seconds() -> float:
    """Add up the processor time of the web server and of all that it started."""
    return sum(_ticks(pid) for pid in _web_server()) / TICKS


def _web_server() -> list[int]:
    parents = {}
    for folder in Path("/proc").iterdir():
        with suppress(OSError):
            if folder.name.isdigit():
                parents[int(folder.name)] = int(_stat(int(folder.name))[1])
    ours = _family(os.getpid(), parents)
    root = next(pid for pid in ours if b"granian" in Path(f"/proc/{pid}/cmdline").read_bytes())
    return _family(root, parents)


def _family(root: int, parents: Mapping[int, int]) -> list[int]:
    family = [root]
    for pid in family:
        family.extend(child for child, parent in parents.items() if parent == pid)
    return family


def _ticks(pid: int) -> int:
    with suppress(OSError):
        stat = _stat(pid)
        return int(stat[11]) + int(stat[12])
    return 0


def _stat(pid: int) -> list[str]:
    """Give the fields after the name of a process, which may hold anything."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
