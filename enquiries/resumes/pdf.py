"""Checks that a PDF holds pages to read, and nothing that acts."""

import logging
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Final

import pikepdf
from pikepdf.settings import set_qpdf_limits

from enquiries.resumes.archive import ends_like_archive
from enquiries.resumes.rejection import Reason, ResumeRejected

MAX_PAGES: Final = 50
MAX_NODES: Final = 500_000  # values in arrays and dictionaries
WHITESPACE: Final = b"\0\t\n\f\r "  # ISO 32000-2, table 1
LAST_LINE: Final = b"%%EOF"
ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
PACKED_OBJECTS: Final = re.compile(rb"/(?:ObjStm|XRef)\b")
# Repairs that leave every object in place. After any other, qpdf may not see what
# another reader sees.
SAFE_REPAIR: Final = re.compile(
    r"""(?: file\ is\ damaged
      | can't\ find\ startxref
      | xref\ not\ found
      | Attempting\ to\ reconstruct\ cross-reference\ table
      | expected\ (?: endobj | endstream )
      | attempting\ to\ recover\ stream\ length
      | recovered\ stream\ length:\ [0-9]+
      | Resources\ is\ missing\ or\ invalid;\ repairing
      | MediaBox\ is\ undefined;\ setting\ to\ letter\ /\ ANSI\ A
      | /Type\ key\ should\ be\ /Pages?\ but\ is\ not;\ overriding
      | extraneous\ whitespace\ seen\ before\ xref
      | .*\ -\ a\ common\ error\ handled\ correctly\ by\ qpdf\ and\ most\ other\ applications
    )\Z""",
    re.VERBOSE,
)
NEAR: Final = 1024  # bytes; a stream's dictionary is shorter

ACTIONS: Final = {
    "/JavaScript": Reason.PDF_JAVASCRIPT,
    "/Launch": Reason.PDF_LAUNCH,
    "/SubmitForm": Reason.PDF_SUBMIT,
    "/ImportData": Reason.PDF_IMPORT,
    "/GoToR": Reason.PDF_REMOTE,
    "/GoToE": Reason.PDF_REMOTE,
}
ATTACHMENTS: Final = frozenset({"/FileAttachment", "/RichMedia", "/EmbeddedFile"})
FILE_FORMS: Final = frozenset({"/F", "/UF", "/DOS", "/Mac", "/Unix"})

# Only packed objects are inflated here, and real ones stay far below this.
set_qpdf_limits(
    flate_max_memory=4 * 1024 * 1024,
    run_length_max_memory=4 * 1024 * 1024,
    doc_max_warnings=1000,
)
logging.getLogger("pikepdf").setLevel(logging.CRITICAL)


def check(data: bytes) -> None:
    """
    Open the file and look at everything a reader can reach from its trailer.

    :raises ResumeRejected: with the first thing found
    """
    _check_bytes(data)
    try:
        with pikepdf.open(BytesIO(data), suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                raise ResumeRejected(Reason.PASSWORD)
            for dictionary in _dictionaries(pdf.trailer):
                _check_dictionary(dictionary)
            if not all(SAFE_REPAIR.search(str(repair)) for repair in pdf.get_warnings()):
                raise ResumeRejected(Reason.DAMAGED)
            if len(pdf.pages) > MAX_PAGES:
                raise ResumeRejected(Reason.PDF_PAGES)
    except pikepdf.PasswordError as error:
        raise ResumeRejected(Reason.PASSWORD) from error


def _check_bytes(data: bytes) -> None:
    if LAST_LINE not in data:
        raise ResumeRejected(Reason.DAMAGED)
    if not data.rstrip(WHITESPACE).endswith(LAST_LINE) or ends_like_archive(data):
        raise ResumeRejected(Reason.EXTRA_DATA)
    plain = ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), data)
    for found in PACKED_OBJECTS.finditer(plain):
        # LZW can blow up a thousandfold, and qpdf sets no limit to it.
        if b"/LZW" in plain[max(0, found.start() - NEAR) : found.end() + NEAR]:
            raise ResumeRejected(Reason.TOO_COMPLEX)


def _dictionaries(trailer: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield every dictionary, and that of every stream, once."""
    waiting: list[object] = [trailer]
    seen = set()
    nodes = 0
    while waiting:
        value = waiting.pop()
        if not isinstance(value, pikepdf.Object):
            continue
        if value.is_indirect:
            if value.objgen in seen:
                continue
            seen.add(value.objgen)
        if isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
            yield value
            inner = list(value.values())
        elif isinstance(value, pikepdf.Array):
            inner = list(value)
        else:
            continue
        nodes += len(inner)
        if nodes > MAX_NODES:
            raise ResumeRejected(Reason.TOO_COMPLEX)
        waiting.extend(inner)


def _check_dictionary(entry: pikepdf.Object) -> None:
    _check_action(entry)
    for action in _automatic_actions(entry):
        _check_action(action)
        if _name(action, "/S") != "/GoTo" or "/Next" in action:
            raise ResumeRejected(Reason.PDF_AUTOMATIC)
    if "/XFA" in entry:
        raise ResumeRejected(Reason.PDF_XFA)
    if _holds_file(entry):
        raise ResumeRejected(Reason.EMBEDDED)
    if isinstance(entry, pikepdf.Stream) and "/F" in entry:
        raise ResumeRejected(Reason.EXTERNAL)


def _check_action(entry: pikepdf.Object) -> None:
    action = _name(entry, "/S")
    if action in ACTIONS:
        raise ResumeRejected(ACTIONS[action])
    code = isinstance(entry.get("/JS"), (pikepdf.String, pikepdf.Stream))
    if code or "/JavaScript" in entry:
        raise ResumeRejected(Reason.PDF_JAVASCRIPT)


def _automatic_actions(entry: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield what happens without a click; a page to show first is no action."""
    opening = entry.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary):
        yield opening
    events = entry.get("/AA")
    if isinstance(events, pikepdf.Dictionary):
        for action in events.values():
            if isinstance(action, pikepdf.Dictionary) and "/S" in action:
                yield action


def _holds_file(entry: pikepdf.Object) -> bool:
    files = entry.get("/EF")
    kinds = {_name(entry, "/Type"), _name(entry, "/Subtype")}
    return not ATTACHMENTS.isdisjoint(kinds) or (
        isinstance(files, pikepdf.Dictionary) and not FILE_FORMS.isdisjoint(files.keys())
    )


def _name(entry: pikepdf.Object, key: str) -> str:
    """Return the PDF name at ``key``, or nothing when there is no name."""
    value = entry.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else ""
