"""Checks that an RTF file holds text and pictures, but nothing that can run."""

import re
from dataclasses import dataclass, replace
from typing import Final

from enquiries.resumes import fields
from enquiries.resumes.rejection import Reason, ResumeRejected
from enquiries.resumes.template import is_fetched

MAX_DEPTH: Final = 500
MAX_TOKENS: Final = 1_500_000

TOKEN: Final = re.compile(
    rb"""
      (?P<brace> [{}] )
    | \\ (?P<word> [A-Za-z]+ ) (?P<number> -?[0-9]+ )? [ ]?
    | \\' (?P<hex> [0-9A-Fa-f]{2} )
    | \\ (?P<symbol> [^A-Za-z] )
    | (?P<text> [^\\{}]+ )
    """,
    re.VERBOSE,
)
BINARY: Final = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
SPOKEN_SYMBOLS: Final = {rb"\\": "\\", rb"\{": "{", rb"\}": "}"}
LINE_ENDS: Final = bytes.maketrans(b"", b""), b"\r\n"
AFTER_THE_END: Final = b" \t\r\n\0"  # WordPad ends its files with a zero byte
LONGEST_NUMBER: Final = 10
HIDDEN_CODE: Final = (b"\\obj", b"{\\rtf", b"\xd0\xcf\x11\xe0", b"MZ", b"PK\x03\x04")


@dataclass(frozen=True, slots=True)
class Group:
    """What the text of one pair of braces is for; inner groups inherit it."""

    picture: bool = False
    code: bool = False
    template: bool = False
    fallback: int = 1  # characters after each \\u for programs that know no Unicode


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0
        self.skipping = 0
        self.group = Group()
        self.outer: list[Group] = []
        self.codes: list[str] = []
        self.template: list[str] = []

    def read(self) -> None:
        for _ in range(MAX_TOKENS):
            token = TOKEN.match(self.data, self.at)
            if token is None:
                raise ResumeRejected(Reason.RTF_BRACES)
            self.at = token.end()
            self.take(token)
            if not self.outer:
                return
        raise ResumeRejected(Reason.TOO_COMPLEX)

    def take(self, token: re.Match[bytes]) -> None:
        kind, found = token.lastgroup, token[0]
        if kind not in {"hex", "text"}:
            self.skipping = 0
        if found == b"{":
            self.open()
        elif found == b"}":
            self.close()
        elif token["word"]:
            self.obey(token["word"].lower().decode(), number=token["number"] or b"")
        elif kind == "hex":
            self.say(chr(int(token["hex"], 16)))
        elif kind == "symbol":
            self.say(SPOKEN_SYMBOLS.get(found, ""))
        elif BINARY.search(found):
            raise ResumeRejected(Reason.RTF_BINARY)
        else:
            self.say(found.translate(*LINE_ENDS).decode("latin-1"))

    def open(self) -> None:
        self.outer.append(self.group)
        if len(self.outer) > MAX_DEPTH:
            raise ResumeRejected(Reason.TOO_COMPLEX)

    def close(self) -> None:
        closed, self.group = self.group, self.outer.pop()
        if closed.code and not self.group.code:
            self.codes.append(fields.END)

    def say(self, text: str) -> None:
        text, self.skipping = text[self.skipping :], max(0, self.skipping - len(text))
        if self.group.code:
            self.codes.append(text)
        if self.group.template:
            self.template.append(text)

    def obey(self, word: str, *, number: bytes) -> None:
        if word.startswith("obj"):
            raise ResumeRejected(Reason.RTF_OBJECT)
        if len(number) > LONGEST_NUMBER:
            raise ResumeRejected(Reason.DAMAGED)
        if word == "bin":
            self.skip(int(number or b"0"))
        elif word in {"pict", "shppict", "nonshppict"}:
            self.group = replace(self.group, picture=True)
        elif word == "fldinst":
            self.group = replace(self.group, code=True)
            self.codes.append(fields.BEGIN)
        elif word == "template":
            self.group = replace(self.group, template=True)
        elif word == "uc":
            self.group = replace(self.group, fallback=max(0, int(number or b"1")))
        elif word == "u":
            self.say(chr(int(number or b"0") % 0x10000))
            self.skipping = self.group.fallback

    def skip(self, length: int) -> None:
        """Pass over the bytes of a picture, which may be anything but a trick."""
        payload = self.data[self.at : self.at + length] if length > 0 else b""
        if (
            not self.group.picture
            or not length == len(payload) > 0
            or any(code in payload for code in HIDDEN_CODE[:2])
            or payload.startswith(HIDDEN_CODE)
        ):
            raise ResumeRejected(Reason.RTF_BINARY)
        self.at += length


def check(data: bytes) -> None:
    """
    Read every group, control word and field.

    :raises ResumeRejected: for objects, DDE, fetched templates, misused binary data
    """
    reader = _Reader(data)
    reader.read()
    if data[reader.at :].strip(AFTER_THE_END):
        raise ResumeRejected(Reason.EXTRA_DATA)
    if fields.has_dde("".join(reader.codes)):
        raise ResumeRejected(Reason.DDE)
    template = "".join(reader.template).strip()
    if template and is_fetched(template):
        raise ResumeRejected(Reason.TEMPLATE_LINK)
