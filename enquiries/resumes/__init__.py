"""What a résumé may be: its size, its name, its first bytes, then its structure."""

import re
from enum import StrEnum
from typing import BinaryIO, Final

from enquiries.resumes import docx, odt, pdf, rtf, txt
from enquiries.resumes.archive import END_SIGNATURE
from enquiries.resumes.rejection import Reason, ResumeRejected

__all__ = [
    "ACCEPTED",
    "MAX_BYTES",
    "Reason",
    "ResumeFormat",
    "ResumeRejected",
    "check_resume",
]

MAX_BYTES: Final = 5 * 1024 * 1024


class ResumeFormat(StrEnum):
    """A kind of file we take, by its extension."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    RTF = "rtf"
    TXT = "txt"

    @property
    def media_type(self) -> str:
        """Return what to serve the file as."""
        return MEDIA_TYPES[self]


MEDIA_TYPES: Final = {
    ResumeFormat.PDF: "application/pdf",
    ResumeFormat.DOCX: ("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ResumeFormat.ODT: "application/vnd.oasis.opendocument.text",
    ResumeFormat.RTF: "application/rtf",
    ResumeFormat.TXT: "text/plain",
}
STRUCTURE_CHECKS: Final = {
    ResumeFormat.PDF: pdf.check,
    ResumeFormat.DOCX: docx.check,
    ResumeFormat.ODT: odt.check,
    ResumeFormat.RTF: rtf.check,
    ResumeFormat.TXT: txt.check,
}
ACCEPTED: Final = {f".{kind}": kind for kind in ResumeFormat}

ZIP: Final = b"PK\x03\x04"
SIGNATURES: Final = {
    ResumeFormat.PDF: re.compile(rb"%PDF-[0-9]"),
    ResumeFormat.DOCX: re.compile(ZIP),
    ResumeFormat.ODT: re.compile(ZIP),
    ResumeFormat.RTF: re.compile(rb"\{\\rtf1(?![0-9])"),
    # Text has no signature of its own, but it must not have another's.
    ResumeFormat.TXT: re.compile(
        rb"(?!%PDF-|PK\x03\x04|\{\\rtf|\xd0\xcf\x11\xe0|\x89PNG|\xff\xd8\xff|GIF8)"
    ),
}
# A Word document with a password is an old-style container with this stream in it.
ENCRYPTED_DOCX: Final = "EncryptedPackage".encode("utf-16-le")


def check_resume(file: BinaryIO, *, name: str) -> ResumeFormat:
    """
    Decide whether ``file``, which its owner calls ``name``, may be kept as a résumé.

    The file is read from its start and left there.

    :raises ResumeRejected: with the first reason against it, in the order size,
        extension, signature, structure
    :raises MemoryError: if the process may not use as much as the file wants
    """
    file.seek(0)
    data = file.read(MAX_BYTES + 1)
    file.seek(0)
    _check_size(data)
    kind = _kind_by_name(name)
    _check_signature(data, kind=kind)
    try:
        STRUCTURE_CHECKS[kind](data)
    except (ResumeRejected, MemoryError):
        raise
    except Exception as error:  # a library gave up on a damaged file
        raise ResumeRejected(Reason.DAMAGED) from error
    return kind


def _check_size(data: bytes) -> None:
    if not data:
        raise ResumeRejected(Reason.EMPTY)
    if len(data) > MAX_BYTES:
        raise ResumeRejected(Reason.TOO_BIG)


def _kind_by_name(name: str) -> ResumeFormat:
    _, dot, extension = name.strip().lower().rpartition(".")
    kind = ACCEPTED.get(dot + extension)
    if kind is None:
        raise ResumeRejected(Reason.EXTENSION)
    return kind


def _check_signature(data: bytes, *, kind: ResumeFormat) -> None:
    if kind is ResumeFormat.DOCX and ENCRYPTED_DOCX in data:
        raise ResumeRejected(Reason.PASSWORD)
    if not SIGNATURES[kind].match(data):
        raise ResumeRejected(Reason.SIGNATURE)
    if data.startswith(ZIP) and END_SIGNATURE not in data:
        raise ResumeRejected(Reason.DAMAGED)  # cut short on its way
