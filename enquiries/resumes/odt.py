"""Checks that an OpenDocument text holds no scripts, objects or outside content."""

import re
from typing import Final

from enquiries.resumes.archive import LOCAL, read_archive
from enquiries.resumes.markup import Element, Markup, Text
from enquiries.resumes.rejection import Reason, ResumeRejected

KIND: Final = b"application/vnd.oasis.opendocument.text"
MANIFEST: Final = "META-INF/manifest.xml"

SCRIPT_FOLDERS: Final = ("basic/", "scripts/", "dialogs/")
OBJECT_FOLDERS: Final = ("object ", "objectreplacements/")

ELEMENTS: Final = {
    "event-listener": Reason.ODT_SCRIPT,
    "library-embedded": Reason.ODT_SCRIPT,
    "library-linked": Reason.ODT_SCRIPT,
    "object": Reason.EMBEDDED,
    "object-ole": Reason.EMBEDDED,
    "plugin": Reason.EMBEDDED,
    "applet": Reason.EMBEDDED,
    "floating-frame": Reason.EMBEDDED,
    "dde-source": Reason.DDE,
    "dde-link": Reason.DDE,
    "dde-connection": Reason.DDE,
    "dde-connection-decl": Reason.DDE,
    "encryption-data": Reason.PASSWORD,
}
# Elements whose target is fetched when the document opens, without a click.
FETCHED: Final = frozenset({"image", "fill-image", "section-source", "font-face-uri"})
SCRIPT_ADDRESS: Final = re.compile(
    r"vnd\.sun\.star\.(?:script|expand):|javascript:|macro:/", re.IGNORECASE
)
OUTSIDE: Final = re.compile(r"[a-z][a-z0-9+.-]*:|[\\/]|\.\./", re.IGNORECASE)


def check(data: bytes) -> None:
    """
    Look for anything but text, pictures and ordinary links.

    :raises ResumeRejected: with the first thing found
    """
    parts = read_archive(data)
    if not _is_odt(data, parts=parts):
        raise ResumeRejected(Reason.ODT_KIND)
    for name in parts:
        _check_name(name.casefold())
    markup = Markup()
    for name, part in parts.items():
        # LibreOffice writes empty files for what was never customised.
        if part and name.endswith((".xml", ".rdf")):
            for piece in markup.read(part):
                if isinstance(piece, Element):
                    _check_element(piece)
                else:
                    _check_text(piece)


def _is_odt(data: bytes, *, parts: dict[str, bytes]) -> bool:
    """Whether the first bytes name the kind, as OpenDocument part 2, 3.3 asks."""
    first = b"mimetype" + KIND
    return (
        data[LOCAL.size :].startswith(first)
        and parts.get("mimetype") == KIND
        and {"content.xml", MANIFEST} <= parts.keys()
    )


def _check_name(name: str) -> None:
    if name.startswith(SCRIPT_FOLDERS) or "macrosignatures" in name:
        raise ResumeRejected(Reason.ODT_SCRIPT)
    if name.startswith(OBJECT_FOLDERS):
        raise ResumeRejected(Reason.EMBEDDED)


def _check_element(element: Element) -> None:
    if element.name in ELEMENTS:
        raise ResumeRejected(ELEMENTS[element.name])
    for (_, name), value in element.attributes.items():
        if SCRIPT_ADDRESS.match(value.strip()):
            raise ResumeRejected(Reason.ODT_SCRIPT)
        if name == "href" and element.name in FETCHED and OUTSIDE.match(value.strip()):
            raise ResumeRejected(Reason.EXTERNAL)


def _check_text(text: Text) -> None:
    if text.inside == "script" and text.text.strip():
        raise ResumeRejected(Reason.ODT_SCRIPT)
