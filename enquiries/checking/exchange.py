"""How the site and a check process speak: a question with an open file, then one answer."""

import json
import socket
import struct
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

LONGEST_QUESTION: Final = 2048  # bytes
LONGEST_NAME: Final = 255  # signs of a file's name, from its end: all a check looks at
LONGEST_ANSWER: Final = 2 * 1024 * 1024  # bytes; a picture of one page is far smaller
HEAD: Final = struct.Struct("!BI")


class Work(StrEnum):
    """What is asked of a check process."""

    CHECK = "check"
    DRAW = "draw"


class Verdict(IntEnum):
    """How an answer begins."""

    READY = 0  # said once, by a process that has given up its rights
    DONE = 1
    REFUSED = 2
    FAILED = 3  # the process ends after this


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a check process found out."""

    verdict: Verdict
    content: bytes = b""


def put_question(line: socket.socket, *, work: Work, name: str, descriptor: int) -> None:
    """Hand over an open file, never its bytes."""
    question = json.dumps([work, name[-LONGEST_NAME:]]).encode()
    socket.send_fds(line, [question], [descriptor])


def take_question(line: socket.socket) -> tuple[Work, str, int] | None:
    """Wait for the next question, and give its work, the file's name and descriptor."""
    question, descriptors, _, _ = socket.recv_fds(line, LONGEST_QUESTION, 1)
    if not question:
        return None
    work, name = json.loads(question)
    return Work(work), name, descriptors[0]


def put_answer(line: socket.socket, answer: Answer) -> None:
    line.sendall(HEAD.pack(answer.verdict, len(answer.content)) + answer.content)
