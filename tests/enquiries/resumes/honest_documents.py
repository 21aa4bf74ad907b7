"""Honest DOCX and ODT files: of many programs, and with all that they may have."""

import io
from collections.abc import Iterator

from PIL import Image

from tests.enquiries.resumes.files import (
    ODT_KIND,
    OFFICE,
    PNG,
    STRICT,
    WORDML,
    XML,
    W,
    body,
    content_types,
    docx_parts,
    field,
    make_docx,
    make_odt,
    odt_content,
    pack,
    relationships,
)


def documents() -> Iterator[tuple[str, bytes]]:
    """Yield what each file is, and its bytes."""
    yield (
        "docx by Word, with a contents list",
        make_docx(
            document=body(
                field(r'TOC \o "1-3" \h \z \u') + field(" PAGEREF _Toc1 ") + field(" DATE ")
            )
        ),
    )
    yield (
        "docx by Word, strict",
        make_docx(root=relationships(("officeDocument", "word/document.xml", ""), base=STRICT)),
    )
    yield (
        "docx by Word, with its own fonts",
        make_docx(
            {
                "word/fonts/font1.odttf": bytes(range(256)),
                "word/_rels/fontTable.xml.rels": relationships(("font", "fonts/font1.odttf", "")),
                "word/fontTable.xml": body("", root="fonts"),
            }
        ),
    )
    yield (
        "docx by Word, with notes and a glossary",
        make_docx(
            {
                "word/footnotes.xml": body("<w:footnote/>", root="footnotes"),
                "word/endnotes.xml": body("<w:endnote/>", root="endnotes"),
                "word/glossary/document.xml": body("<w:p/>"),
            }
        ),
    )
    yield (
        "docx by Word, with tracked changes and a text box",
        make_docx(
            document=body(
                '<w:ins w:id="1" w:author="K"><w:r><w:t>x</w:t></w:r></w:ins><w:del w:id="2">'
                "<w:r><w:delText>y</w:delText></w:r></w:del><w:r><w:pict><w:txbxContent/></w:pict></w:r>"
            )
        ),
    )
    yield (
        "docx by Word for Mac, with a template of its own",
        make_docx(
            settings_links=relationships(
                ("attachedTemplate", "file:///Users/kailani/Library/Resume.dotx", "External")
            )
        ),
    )
    yield "docx by Google Docs", _by_google()
    yield (
        "docx by Pages",
        pack(docx_parts() | {"docProps/thumbnail.jpeg": b"\xff\xd8\xff\xe0 a picture"}),
    )
    yield (
        "docx by WPS, with its own properties",
        make_docx({"docProps/custom.xml": b"<Properties/>", "customXml/itemProps1.xml": b"<ds/>"}),
    )
    yield "docx of an old archive, with folders", pack({"word/": b"", **docx_parts()})
    yield "docx not packed at all", pack(docx_parts(), stored=tuple(docx_parts()))
    yield "docx with a large photograph", make_docx({"word/media/me.jpeg": _photograph()})
    yield "odt by OpenOffice, with a large photograph", make_odt({"Pictures/me.jpg": _photograph()})
    yield (
        "odt by Google Docs",
        pack(
            {
                "mimetype": ODT_KIND,
                "content.xml": odt_content("<text:p>Kailani</text:p>"),
                "META-INF/manifest.xml": b"<manifest/>",
                "styles.xml": b"<styles/>",
                "meta.xml": b"<meta/>",
            }
        ),
    )
    yield (
        "odt by Calligra",
        make_odt({"Thumbnails/thumbnail.png": PNG, "documentinfo.xml": b"<d/>"}),
    )
    yield "rtf by WordPad", b"{\\rtf1\\ansi\\ansicpg1252\\deff0 Kailani\\par\r\n}\r\n\0"
    yield (
        "rtf by TextEdit",
        (
            b"{\\rtf1\\ansi\\ansicpg1252\\cocoartf2822\n\\cocoatextscaling0{\\fonttbl\\f0\\fswiss "
            b"Helvetica;}\n{\\colortbl;\\red255\\green255\\blue255;}\n{\\*\\expandedcolortbl;;}\n"
            b"\\f0\\fs24 \\cf0 Kailani W\\'f3jcik\\\n\\uc0\\u29579 \\u23567 }"
        ),
    )
    yield (
        "rtf with a picture",
        (b"{\\rtf1\\ansi{\\pict\\pngblip\\picw1\\pich1 " + PNG.hex().encode() + b"}\\par Kailani}"),
    )


def _by_google() -> bytes:
    return pack(
        {
            "word/numbering.xml": body("", root="numbering"),
            "word/settings.xml": body("", root="settings"),
            "word/fontTable.xml": body("", root="fonts"),
            "word/styles.xml": body("", root="styles"),
            "word/document.xml": body("<w:p><w:r><w:t>Kailani</w:t></w:r></w:p>"),
            "word/_rels/document.xml.rels": XML
            + (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                f'<Relationship Id="rId1" Type="{OFFICE}/hyperlink" TargetMode="External" '
                'Target="https://www.google.com/url?q=https://example.org"/></Relationships>'
            ).encode(),
            "_rels/.rels": relationships(("officeDocument", "word/document.xml", "")),
            "[Content_Types].xml": content_types(
                extra=f'<Override PartName="/word/styles.xml" ContentType="{WORDML}.styles+xml"/>'
            ),
            "word/theme/theme1.xml": XML + f"<a {W}/>".encode(),
        }
    )


def _photograph() -> bytes:
    file = io.BytesIO()
    Image.effect_noise((1200, 900), 80).convert("RGB").save(file, "JPEG", quality=85)
    return file.getvalue()
