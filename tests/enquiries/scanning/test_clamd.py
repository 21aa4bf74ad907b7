"""What clamd says, and what we believe of it."""

import io

import pytest

from enquiries.scanning import clamd as speech
from enquiries.scanning.clamd import Address, Finding, ScannerFailed, read_address, scan
from tests.enquiries.scanning.scanner import EICAR, clamd_running, talker
from tests.processes import free_port


def test_a_real_scanner_tells_a_virus_from_a_resume_by_port_and_by_path(one_clamd):
    for url in (one_clamd.url, one_clamd.socket_url):
        verdict = scan(io.BytesIO(EICAR), url=url)
        assert verdict.finding is Finding.INFECTED
        assert verdict.name.startswith("Eicar-Test")
        assert scan(io.BytesIO(b"Kailani " * 100_000), url=url).finding is Finding.CLEAN
        assert scan(io.BytesIO(b""), url=url).finding is Finding.CLEAN


def test_more_than_a_real_scanner_takes_is_unscannable(clamd_program):
    with clamd_running(clamd_program, longest="1M") as small:
        for url in (small.url, small.socket_url):
            verdict = scan(io.BytesIO(bytes(5_000_000)), url=url)
            assert verdict.finding is Finding.UNSCANNABLE


@pytest.mark.parametrize(
    ("answer", "finding"),
    [
        (b"stream: OK\0", Finding.CLEAN),
        (b"stream: Win.Test.EICAR_HDB-1 FOUND\0", Finding.INFECTED),
        (
            b"stream: Win.Test.EICAR_HDB-1(44d88612fea8a8f36de82e1278abb02f:68) FOUND\0",
            Finding.INFECTED,
        ),
        (b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0", Finding.UNSCANNABLE),
        (b"stream: Heuristics.Encrypted.PDF FOUND\0", Finding.UNSCANNABLE),
        (b"INSTREAM size limit exceeded. ERROR\0", Finding.UNSCANNABLE),
    ],
)
def test_a_verdict_is_read(answer, finding):
    with talker(answer) as url:
        assert scan(io.BytesIO(b"Kailani"), url=url).finding is finding


@pytest.mark.parametrize(
    "answer",
    [
        b"stream: OK",
        b"stream: OK\n\0",
        b" stream: OK\0",
        b"stream: ok\0",
        b"stream: OK FOUND OK\0",
        b"stream: Can't allocate memory ERROR\0",
        b"UNKNOWN COMMAND\0",
        b"\0",
        b"",
        b"\xff\xfe\0",
        b"x" * 9000,
    ],
)
def test_only_the_exact_words_mean_clean(answer):
    with talker(answer) as url, pytest.raises(ScannerFailed):
        scan(io.BytesIO(b"Kailani"), url=url)


def test_one_that_is_down_has_failed():
    with pytest.raises(ScannerFailed, match="refused"):
        scan(io.BytesIO(b"Kailani"), url=f"tcp://127.0.0.1:{free_port()}")
    with pytest.raises(ScannerFailed, match="No such file"):
        scan(io.BytesIO(b"Kailani"), url="unix:///nowhere/clamd.ctl")


@pytest.mark.parametrize("silent_from", ["the start", "the file on"])
def test_one_that_never_answers_has_failed_in_time(monkeypatch, silent_from):
    monkeypatch.setattr(speech, "SECONDS_TO_ANSWER", 0.3)
    to_ping = None if silent_from == "the start" else b"PONG\0"
    with talker(None, to_ping=to_ping) as url, pytest.raises(ScannerFailed, match="not answer"):
        scan(io.BytesIO(b"Kailani"), url=url, seconds=0.5)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("tcp://scanner", Address(host="scanner", port=3310)),
        ("tcp://scanner:3311/", Address(host="scanner", port=3311)),
        ("tcp://[::1]:3310", Address(host="::1", port=3310)),
        ("unix:///run/clamav/clamd.ctl", Address(path="/run/clamav/clamd.ctl")),
    ],
)
def test_an_address_is_a_path_or_a_port(url, address):
    assert read_address(url) == address


@pytest.mark.parametrize(
    "url",
    [
        "localhost:3310",
        "http://scanner:3310",
        "tcp://",
        "tcp://scanner:port",
        "tcp://scanner/path",
        "tcp://me@scanner",
        "unix://run/clamd.ctl",
        "unix:///",
        "tcp://scanner?x=1",
    ],
)
def test_anything_else_is_no_address(url):
    with pytest.raises(ValueError, match=r"."):
        read_address(url)
