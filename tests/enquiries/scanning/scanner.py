"""A real clamd with a signature of one line, and a talker that says whatever a test wants."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from tests.processes import free_port

# Written in halves: whole, it would have this file locked away on many machines.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SETTINGS = """\
Foreground yes
LogFile {folder}/clamd.log
DatabaseDirectory {folder}/signatures
LocalSocket {folder}/clamd.ctl
TCPSocket {port}
TCPAddr 127.0.0.1
StreamMaxLength {longest}
AlertExceedsMax yes
MaxThreads 2
"""
START_SECONDS = 120.0


def find_clamd():
    """Give the path of clamd, or None."""
    return shutil.which("clamd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


class Clamd:
    """One clamd of this test's own, to pause, resume, stop and start again."""

    _process: subprocess.Popen

    def __init__(self, program, folder, *, longest="6M"):
        self._program, self._folder = program, folder
        self._port = free_port()
        self.socket_url = f"unix://{folder}/clamd.ctl"
        self.url = f"tcp://127.0.0.1:{self._port}"
        (folder / "signatures").mkdir()
        (folder / "signatures/test.ndb").write_text(f"Eicar-Test:0:*:{EICAR.hex()}\n")
        (folder / "clamd.conf").write_text(
            SETTINGS.format(folder=folder, port=self._port, longest=longest)
        )

    def start(self):
        self._process = subprocess.Popen(
            [self._program, f"--config-file={self._folder / 'clamd.conf'}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + START_SECONDS
        while not self._answers():
            assert self._process.poll() is None, (self._folder / "clamd.log").read_text()
            assert time.monotonic() < end, "clamd does not start"
            time.sleep(0.05)

    def pause(self):
        self._process.send_signal(signal.SIGSTOP)

    def resume(self):
        self._process.send_signal(signal.SIGCONT)

    def stop(self):
        self._process.kill()
        self._process.wait()

    def _answers(self):
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", self._port), 1) as s,
        ):
            s.sendall(b"zPING\0")
            return s.recv(10) == b"PONG\0"
        return False


@contextlib.contextmanager
def clamd_running(program, **options):
    """Run clamd in a folder with a short name, as the path of a socket must be."""
    folder = Path(tempfile.mkdtemp(prefix="clamd-"))
    folder.chmod(0o755)
    clamd = Clamd(program, folder, **options)
    try:
        clamd.start()
        yield clamd
    finally:
        clamd.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def talker(answer, *, to_ping=b"PONG\0"):
    """Listen as a scanner that answers as told: with these bytes, or None to stay silent."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        over = threading.Event()

        def talk():
            lines = []
            while not over.is_set():
                try:
                    line, _ = server.accept()
                except OSError:
                    break
                lines.append(line)
                said = to_ping if line.recv(6, socket.MSG_PEEK) == b"zPING\0" else answer
                if said is not None:
                    with contextlib.suppress(OSError):
                        line.sendall(said)
                        line.shutdown(socket.SHUT_WR)
            for line in lines:
                line.close()

        speaking = threading.Thread(target=talk)
        speaking.start()
        try:
            yield f"tcp://127.0.0.1:{server.getsockname()[1]}"
        finally:
            over.set()
            with contextlib.suppress(OSError):
                socket.create_connection(server.getsockname(), 1).close()
            speaking.join()
