"""The program of a check process, where the tests can watch it."""

import os
import queue
import socket
import threading

from enquiries.checking import child, limits
from enquiries.checking.exchange import Verdict, Work, put_question
from tests.enquiries.resumes.files import make_pdf


def test_the_child_answers_what_it_is_asked(monkeypatch):
    """Its work, without its limits."""
    ours, theirs = socket.socketpair()
    monkeypatch.setattr(os, "nice", lambda _more: None)
    monkeypatch.setattr(limits, "allow_seconds_for_a_file", lambda: None)
    answers: queue.Queue = queue.Queue()
    monkeypatch.setattr(child, "put_answer", lambda _line, answer: answers.put(answer))

    def question(data, *, name="cv.txt", work=Work.CHECK):
        with os.fdopen(os.memfd_create("file"), "w+b") as file:
            file.write(data)
            file.seek(0)
            put_question(ours, work=work, name=name, descriptor=file.fileno())

    serving = threading.Thread(target=child.serve, args=[theirs])
    serving.start()
    seen = []
    for data, name, work in (
        (b"Kailani", "cv.txt", Work.CHECK),
        (b"", "cv.txt", Work.CHECK),
        (make_pdf(), "", Work.DRAW),
        (b"broken", "", Work.DRAW),
    ):
        question(data, name=name, work=work)
        seen.append(answers.get(timeout=120))
    serving.join(5)
    ours.close()
    theirs.close()
    verdicts = [answer.verdict for answer in seen]
    assert verdicts == [Verdict.DONE, Verdict.REFUSED, Verdict.DONE, Verdict.FAILED]
    assert [seen[0].content, seen[1].content] == [b"txt", b"empty"]
