"""Checks that a Word document is only a document."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import unquote

from enquiries.resumes import fields
from enquiries.resumes.archive import read_archive
from enquiries.resumes.markup import Element, Markup, Text
from enquiries.resumes.rejection import Reason, ResumeRejected
from enquiries.resumes.template import is_fetched

CONTENT_TYPES: Final = "[content_types].xml"
ROOT_RELATIONSHIPS: Final = "_rels/.rels"
WORDPROCESSING: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MAIN_TYPE: Final = f"{WORDPROCESSING}.document.main+xml"
TEMPLATE_TYPE: Final = f"{WORDPROCESSING}.template.main+xml"
OLE_SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# Words in part names, content types and relationship types, in lower case.
FORBIDDEN: Final = {
    "macroenabled": Reason.MACROS,
    "vbaproject": Reason.MACROS,
    "vbadata": Reason.MACROS,
    "activex": Reason.ACTIVEX,
    "/control": Reason.ACTIVEX,
    "embeddings/": Reason.EMBEDDED,
    "oleobject": Reason.EMBEDDED,
    "relationships/package": Reason.EMBEDDED,
    "afchunk": Reason.EMBEDDED,
    "subdocument": Reason.EMBEDDED,
}


def check(data: bytes) -> None:
    """
    Look for anything but text, pictures and ordinary links.

    :raises ResumeRejected: with the first thing found
    """
    parts = {name.casefold(): part for name, part in read_archive(data).items()}
    markup = Markup()
    _refuse_forbidden(parts)
    types = _content_types(markup.read(parts.get(CONTENT_TYPES, b"<none/>")))
    main_part = _check_relationships(parts, markup=markup)
    _check_main_type(types, part=main_part)
    for name, part in parts.items():
        if part.startswith(OLE_SIGNATURE):
            raise ResumeRejected(Reason.EMBEDDED)
        if _is_xml(name, types=types) and fields.has_dde(_codes(markup.read(part))):
            raise ResumeRejected(Reason.DDE)


def _refuse_forbidden(names: Iterable[str]) -> None:
    for name in names:
        for word, reason in FORBIDDEN.items():
            if word in name:
                raise ResumeRejected(reason)


def _content_types(pieces: Iterable[Element | Text]) -> dict[str, str]:
    """Map "/part" and ".extension" to content types, both in lower case."""
    types = {}
    for piece in pieces:
        if isinstance(piece, Element) and piece.name in {"Override", "Default"}:
            part = unquote(piece.plain("PartName")).casefold()
            part = part or f".{piece.plain('Extension').casefold()}"
            if part in types:
                raise ResumeRejected(Reason.DAMAGED)
            types[part] = piece.plain("ContentType").casefold()
    _refuse_forbidden(types.values())
    return types


def _type_of(name: str, *, types: dict[str, str]) -> str:
    return types.get(f"/{name}") or types.get(f".{name.rpartition('.')[2]}", "")


def _is_xml(name: str, *, types: dict[str, str]) -> bool:
    content_type = _type_of(name, types=types)
    return (
        name.endswith((".xml", ".rels")) or content_type.endswith("xml")
    ) and content_type != "image/svg+xml"


def _check_relationships(parts: dict[str, bytes], *, markup: Markup) -> str:
    """Check every relationship and return the name of the main part."""
    main_parts = set()
    for name, part in parts.items():
        if not name.endswith(".rels"):
            continue
        for piece in markup.read(part):
            if isinstance(piece, Element) and piece.name == "Relationship":
                kind = piece.plain("Type").casefold()
                _check_relationship(piece, kind=kind)
                if name == ROOT_RELATIONSHIPS and kind.endswith("/officedocument"):
                    target = unquote(piece.plain("Target")).casefold()
                    main_parts.add(target.removeprefix("/").removeprefix("./"))
    if len(main_parts) != 1 or not main_parts <= parts.keys():
        raise ResumeRejected(Reason.DOCX_KIND)
    return main_parts.pop()


def _check_relationship(relationship: Element, *, kind: str) -> None:
    _refuse_forbidden([kind])
    if relationship.plain("TargetMode").casefold() != "external":
        return
    if kind.endswith("/attachedtemplate"):
        if is_fetched(relationship.plain("Target")):
            raise ResumeRejected(Reason.TEMPLATE_LINK)
    elif not kind.endswith("/hyperlink"):
        raise ResumeRejected(Reason.EXTERNAL)


def _check_main_type(types: dict[str, str], *, part: str) -> None:
    content_type = _type_of(part, types=types)
    if content_type == TEMPLATE_TYPE:
        raise ResumeRejected(Reason.DOCX_TEMPLATE)
    if content_type != MAIN_TYPE:
        raise ResumeRejected(Reason.DOCX_KIND)


def _codes(pieces: Iterable[Element | Text]) -> str:
    """Join the field codes of one part, which Word may split over many runs."""
    codes = []
    for piece in pieces:
        if isinstance(piece, Text):
            if piece.inside in {"instrText", "delInstrText"}:
                codes.append(piece.text)
        elif piece.name == "fldChar":
            begins = "begin" in piece.values("fldCharType")
            codes.append(fields.BEGIN if begins else fields.END)
        elif piece.name == "fldSimple":
            codes += [f"{fields.BEGIN}{code}{fields.END}" for code in piece.values("instr")]
    return "".join(codes)
