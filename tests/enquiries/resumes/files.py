"""Makes the files people send: honest ones, and small changes to them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf

from enquiries.resumes import Reason, ResumeRejected, check_resume

type Parts = dict[str, bytes]

PNG = (
    b"\x89PNG\r\n\x1a\n"
    + struct.pack(">I4s2I5BI", 13, b"IHDR", 1, 1, 8, 2, 0, 0, 0, 0x907753DE)
    + struct.pack(">I4s", 12, b"IDAT")
    + zlib.compress(b"\0\xff\xff\xff")
    + struct.pack(">2I4sI", 0x05FE02FE, 0, b"IEND", 0xAE426082)
)
XML = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
ODT_KIND = b"application/vnd.oasis.opendocument.text"


def rejection_of(data: bytes, *, name: str) -> Reason | None:
    """Return why this file is refused, or None when it is taken."""
    try:
        check_resume(io.BytesIO(data), name=name)
    except ResumeRejected as rejected:
        return rejected.reason
    return None


def pack(parts: Parts, *, stored: tuple[str, ...] = ("mimetype",)) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts.items():
            row = zipfile.ZipInfo(name, (2026, 10, 1, 9, 0, 0))
            row.compress_type = (
                zipfile.ZIP_STORED if name in stored or name.endswith("/") else zipfile.ZIP_DEFLATED
            )
            container.writestr(row, content)
    return file.getvalue()


# --- Word ---------------------------------------------------------------------------


def relationships(*rows: tuple[str, str, str], base: str = OFFICE) -> bytes:
    """Write a .rels part from (type, target, mode) rows."""
    body = "".join(
        f'<Relationship Id="rId{number}" Type="{base}/{kind}" Target="{target}"'
        + (f' TargetMode="{mode}"/>' if mode else "/>")
        for number, (kind, target, mode) in enumerate(rows, start=1)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return XML + f'<Relationships xmlns="{space}">{body}</Relationships>'.encode()


def content_types(main: str = f"{WORDML}.document.main+xml", extra: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return (
        XML
        + (
            f'<Types xmlns="{space}">'
            '<Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="png" ContentType="image/png"/>'
            '<Default Extension="svg" ContentType="image/svg+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
            '<Override PartName="/word/header1.xml" '
            f'ContentType="{WORDML}.header+xml"/>'
            '<Override PartName="/word/comments.xml" '
            f'ContentType="{WORDML}.comments+xml"/>'
            f"{extra}</Types>"
        ).encode()
    )


def field(*codes: str) -> str:
    """Write one field whose code is split over runs, as Word likes to do."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        + "".join(f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in codes)
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def body(content: str, root: str = "document") -> bytes:
    return XML + f"<w:{root} {W}><w:body>{content}</w:body></w:{root}>".encode()


LINKS = (
    ("header", "header1.xml", ""),
    ("comments", "comments.xml", ""),
    ("image", "media/image1.png", ""),
    ("hyperlink", "https://example.org/kailani", "External"),
    ("hyperlink", "mailto:kailani@example.org", "External"),
)
OWN_TEMPLATE = r"file:///C:\Users\Kailani\AppData\Roaming\Microsoft\Templates\Resume.dotx"


def docx_parts(**changed: bytes) -> Parts:
    """Return what Word writes for a résumé with a picture, links and comments."""
    text = "".join(
        f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>"
        for line in ("Kailani Wójcik", "王小明 · 厨师", "مدير فندق", "คนครัว", "Ключ")
    )
    nested = field('IF "', "1", '" = "1" "HYPERLINK" "D"')
    parts = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships(("officeDocument", "word/document.xml", "")),
        "word/document.xml": body(
            text
            + field('HYPERLINK "https://example.org"')
            + nested
            + f'<w:fldSimple w:instr=" PAGE "/><w:r {W}><w:t>DDEAUTO</w:t></w:r>'
        ),
        "word/_rels/document.xml.rels": relationships(*LINKS),
        "word/header1.xml": body("<w:p/>", root="hdr"),
        "word/comments.xml": body("<w:p/>", root="comments"),
        "word/settings.xml": body("", root="settings"),
        "word/_rels/settings.xml.rels": relationships(
            ("attachedTemplate", OWN_TEMPLATE, "External")
        ),
        "word/media/image1.png": PNG,
        "word/media/image2.svg": b"<!DOCTYPE svg><svg xmlns='http://www.w3.org/2000/svg'/>",
        "customXml/item1.xml": b'<b:Sources xmlns:b="urn:b" Version="6"/>',
        "docProps/core.xml": b"<coreProperties/>",
        "docProps/app.xml": "<Properties/>".encode("utf-16"),
    }
    return parts | {part_name(key): value for key, value in changed.items()}


def part_name(key: str) -> str:
    return {
        "types": "[Content_Types].xml",
        "root": "_rels/.rels",
        "document": "word/document.xml",
        "links": "word/_rels/document.xml.rels",
        "header": "word/header1.xml",
        "settings_links": "word/_rels/settings.xml.rels",
        "content": "content.xml",
        "manifest": "META-INF/manifest.xml",
        "mimetype": "mimetype",
    }[key]


def make_docx(extra: Parts | None = None, **changed: bytes) -> bytes:
    return pack(docx_parts(**changed) | (extra or {}))


# --- LibreOffice --------------------------------------------------------------------


def odt_content(inner: str = "", scripts: str = "<office:scripts/>") -> bytes:
    return (
        XML
        + (
            f'<office:document-content xmlns:office="{ODF}:office:1.0" '
            f'xmlns:text="{ODF}:text:1.0" xmlns:draw="{ODF}:drawing:1.0" '
            f'xmlns:script="{ODF}:script:1.0" xmlns:table="{ODF}:table:1.0" '
            'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:ooo="urn:ooo">'
            f"{scripts}<office:body><office:text>"
            "<text:p>Kailani Wójcik · 王小明 · مدير</text:p>"
            '<text:a xlink:href="https://example.org/">my page</text:a>'
            '<draw:image xlink:href="Pictures/photo.png"/>'
            f"{inner}</office:text></office:body></office:document-content>"
        ).encode()
    )


def odt_manifest(inner: str = "") -> bytes:
    return (
        XML
        + f'<manifest:manifest xmlns:manifest="{ODF}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{ODT_KIND.decode()}"/>{inner}'
        "</manifest:manifest>".encode()
    )


def odt_parts(**changed: bytes) -> Parts:
    """Return what LibreOffice writes, with its thumbnail and empty settings."""
    parts = {
        "mimetype": ODT_KIND,
        "Configurations2/accelerator/current.xml": b"",
        "Configurations2/images/Bitmaps/": b"",
        "Thumbnails/thumbnail.png": PNG,
        "Pictures/photo.png": PNG,
        "layout-cache": b"\x00\x05\x02",
        "content.xml": odt_content(),
        "styles.xml": b"<styles/>",
        "settings.xml": b"<settings/>",
        "meta.xml": b'<meta xmlns:x="urn:x"><template x:href="../../CV.ott"/></meta>',
        "manifest.rdf": b"<RDF/>",
        "META-INF/manifest.xml": odt_manifest(),
    }
    return parts | {part_name(key): value for key, value in changed.items()}


def make_odt(extra: Parts | None = None, **changed: bytes) -> bytes:
    return pack(odt_parts(**changed) | (extra or {}))


# --- PDF ----------------------------------------------------------------------------


def make_pdf(
    change: Callable[[pikepdf.Pdf], object] | None = None,
    *,
    pages: int = 2,
    **saving: Any,
) -> bytes:
    file = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            page = pdf.add_blank_page()
            page.obj.Contents = pdf.make_stream(b"BT (Kailani) Tj ET")
        if change is not None:
            change(pdf)
        pdf.save(file, **saving)
    return file.getvalue()
