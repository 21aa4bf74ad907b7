"""The program of a check process: it gives up its rights, then looks at file after file."""

import os
import socket
import sys
from typing import BinaryIO, Final

from enquiries.checking import limits
from enquiries.checking.exchange import Answer, Verdict, Work, put_answer, take_question
from enquiries.resumes import MAX_BYTES, Reason, ResumeRejected, check_resume

LEAST_HURRY: Final = 19
A_TEXT: Final = "A file to warm up with"


def serve(line: socket.socket) -> None:
    """Answer questions until nobody is there to ask, or a file has gone wrong."""
    while question := take_question(line):
        work, name, descriptor = question
        limits.allow_seconds_for_a_file()
        with os.fdopen(descriptor, "rb") as file:
            answer = look(work, file=file, name=name)
        put_answer(line, answer)
        if answer.verdict is Verdict.FAILED:
            return


def look(work: Work, *, file: BinaryIO, name: str) -> Answer:
    """Do what was asked with one file; whatever goes wrong is an answer too."""
    try:
        content = _draw(file) if work is Work.DRAW else check_resume(file, name=name).encode()
    except ResumeRejected as rejected:
        return Answer(verdict=Verdict.REFUSED, content=rejected.reason.encode())
    except MemoryError:
        return Answer(verdict=Verdict.FAILED, content=Reason.TOO_COMPLEX.encode())
    except Exception:  # noqa: BLE001 - the file is at fault, whatever the library calls it
        return Answer(verdict=Verdict.FAILED, content=Reason.DAMAGED.encode())
    return Answer(verdict=Verdict.DONE, content=content)


def _draw(file: BinaryIO) -> bytes:
    from enquiries.checking.drawing import draw_page  # noqa: PLC0415 - few processes draw

    os.nice(LEAST_HURRY)  # nobody waits for a picture
    return draw_page(file.read(MAX_BYTES))


def _warm_up() -> None:
    """Load what is loaded at its first use, while there is still a right to it."""
    A_TEXT.encode("cp437").decode("utf-16-le", "ignore")
    A_TEXT.encode("cp1252")


def main() -> None:
    line = socket.socket(fileno=int(sys.argv[1]))
    _warm_up()
    has_no_network = limits.give_up_rights()
    put_answer(line, Answer(verdict=Verdict.READY, content=bytes([has_no_network])))
    serve(line)


if __name__ == "__main__":
    main()
