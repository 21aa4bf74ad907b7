"""Checks that a text file is text, in an encoding we can read without guessing."""

import codecs
import re
from typing import Final

from enquiries.resumes.rejection import Reason, ResumeRejected

CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
LETTER: Final = re.compile(r"[^\W_]")
CODE_START: Final = re.compile(
    r"""\s* (?:
        <(?: !doctype | !-- | \?xml | \?php | %
           | (?: html | head | body | script | svg | iframe | meta | object )\b )
      | \#! | @echo\b | %!PS | MIME-Version:
    )""",
    re.IGNORECASE | re.VERBOSE,
)
CODE_ANYWHERE: Final = re.compile(r"</script\s*>", re.IGNORECASE)
MOST_FOREIGN: Final = 3  # in Western European text, fewer than one in three


def check(data: bytes) -> None:
    """
    Decode the text and look at its characters.

    :raises ResumeRejected: if it is not plain text with something in it
    """
    text = _decode(data)
    if CONTROL.search(text):
        raise ResumeRejected(Reason.TXT_CONTROL)
    if CODE_START.match(text) or CODE_ANYWHERE.search(text):
        raise ResumeRejected(Reason.TXT_CODE)
    if not LETTER.search(text):
        raise ResumeRejected(Reason.EMPTY)


def _decode(data: bytes) -> str:
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decode_western(data)


def _decode_western(data: bytes) -> str:
    if b"\0" in data:
        raise ResumeRejected(Reason.TXT_CONTROL)
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise ResumeRejected(Reason.TXT_ENCODING) from error
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    if foreign * MOST_FOREIGN > len(text):
        raise ResumeRejected(Reason.TXT_ENCODING)
    return text
