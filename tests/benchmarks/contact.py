"""How long the form for a call takes: shown, sent, and sent with a file, so many times a second."""

import gzip
import io
import json
import random
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from http.client import HTTPConnection
from threading import local
from uuid import uuid4

import pikepdf

from tests.benchmarks.clients import ACCEPT, each_in_turn, middle_and_slow, server_seconds

A_SECOND = 50  # arrivals, whether the ones before are answered or not
SECONDS = 20
CLIENTS = 32
RESUME_BYTES = 200 * 1024
BOUNDARY = "a-boundary-of-the-benchmark"
ANSWERS = {
    "about": "me",
    "given_name": "Bench",
    "date_of_birth_day": "17",
    "date_of_birth_month": "5",
    "date_of_birth_year": "1990",
    "interests": "working",
    "occupations": "anzsco-2022:541111",
    "country": "AU",
    "time_zone": "Australia/Sydney",
    "callback_day": "any",
    "fallback": "email",
    "message": "What is my work called in Australia?",
    "privacy_accepted": "on",
}
MOBILE = "0412"  # six digits more, and every one is a number that may be called
COMPLAINT = re.compile(r"<li>(.*?)</li>", re.DOTALL)
_line = local()


def measure(port: int, *, say: Callable[[str, str], None]) -> None:
    """Show the form and send it, at a steady rate, and say what each took."""
    p50, p95 = each_in_turn(port, ["/contact/?o=anzsco-2022:541111"] * 200)
    say("contact form, one at a time", f"p50 {p50:.1f} ms, p95 {p95:.1f} ms")
    _say_rate(say, "contact form", lambda: _show(port))
    hidden, cookie = _open(port)
    _say_rate(say, "submit without a file", lambda: _send(port, hidden, cookie=cookie))
    resume = make_pdf(RESUME_BYTES)
    _say_rate(
        say,
        f"submit with a PDF of {len(resume) // 1024} KB",
        lambda: _send(port, hidden, cookie=cookie, resume=resume),
    )


def make_pdf(size: int) -> bytes:
    """Make a PDF of three pages and about ``size`` bytes that nothing can make smaller."""
    noise = random.Random(2026).randbytes(size - 2048)  # noqa: S311 - no secret
    with pikepdf.new() as document, io.BytesIO() as file:
        for _ in range(3):
            document.add_blank_page()
        picture = pikepdf.Stream(document, noise)
        document.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=picture))
        document.save(file)
        return file.getvalue()


def _say_rate(say: Callable[[str, str], None], what: str, ask: Callable[[], None]) -> None:
    before = server_seconds()
    taken = _at_a_rate(ask)
    each = (server_seconds() - before) / len(taken) * 1000
    p50, p95 = middle_and_slow(taken)
    say(
        f"{what}, {A_SECOND}/s",
        f"p50 {p50:.1f} ms, p95 {p95:.1f} ms; {each:.1f} ms of processor each",
    )


def _at_a_rate(ask: Callable[[], None]) -> list[float]:
    """Ask at fixed instants; each answer is timed from the instant at which it was due."""
    began = time.perf_counter() + 0.5

    def at(due: float) -> float:
        time.sleep(max(0.0, due - time.perf_counter()))
        ask()
        return (time.perf_counter() - due) * 1000

    with ThreadPoolExecutor(CLIENTS) as clients:
        dues = [began + number / A_SECOND for number in range(A_SECOND * SECONDS)]
        return list(clients.map(at, dues))


def _connection(port: int) -> HTTPConnection:
    if not hasattr(_line, "connection") or _line.connection.port != port:
        _line.connection = HTTPConnection("127.0.0.1", port, timeout=30)
    kept: HTTPConnection = _line.connection
    return kept


def _show(port: int) -> None:
    line = _connection(port)
    line.request("GET", "/contact/", headers=ACCEPT)
    _expect(line, HTTPStatus.OK)


def _expect(line: HTTPConnection, status: HTTPStatus) -> None:
    """Read the answer; one of another status ends the benchmark, with what it complains of."""
    answer = line.getresponse()
    page = answer.read()
    if answer.status != status:
        if answer.headers["Content-Encoding"] == "gzip":
            page = gzip.decompress(page)
        summary = page.decode(errors="replace").partition('class="error-summary"')[2]
        complaints = COMPLAINT.findall(summary.partition("</ul>")[0])
        raise RuntimeError(f"/contact/ answered {answer.status}, not {status}: {complaints}")


def _open(port: int) -> tuple[dict[str, str], str]:
    """Open the form once, and give its hidden fields and its cookie."""
    line = HTTPConnection("127.0.0.1", port, timeout=30)
    line.request("GET", "/contact/", headers={"Host": "localhost"})
    answer = line.getresponse()
    page = answer.read().decode()
    cookie = (answer.headers["Set-Cookie"] or "").partition(";")[0]
    names = ("csrfmiddlewaretoken", "opened", "wording")
    hidden = {name: page.partition(f'name="{name}" value="')[2].partition('"')[0] for name in names}
    line.close()
    return hidden, cookie


def _send(port: int, hidden: dict[str, str], *, cookie: str, resume: bytes = b"") -> None:
    key = uuid4()
    fields = {
        **ANSWERS,
        **hidden,
        "submission_key": str(key),
        "email": f"{key.hex}@example.org",
        "phone": f"{MOBILE}{key.int % 10**6:06}",
    }
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    body = "".join(parts).encode()
    if resume:
        head = (
            f"--{BOUNDARY}\r\nContent-Disposition: form-data; name={json.dumps('resume')}; "
            'filename="cv.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
        )
        body += head.encode() + resume + b"\r\n"
    line = _connection(port)
    headers = {"Cookie": cookie, "Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    line.request(
        "POST", "/contact/", body=body + f"--{BOUNDARY}--\r\n".encode(), headers=ACCEPT | headers
    )
    _expect(line, HTTPStatus.SEE_OTHER)
