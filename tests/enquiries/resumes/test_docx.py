"""What a Word document may hold."""

import pytest

from enquiries.resumes import Reason, markup
from tests.enquiries.resumes.files import (
    LINKS,
    OFFICE,
    OWN_TEMPLATE,
    STRICT,
    WORDML,
    XML,
    W,
    body,
    content_types,
    docx_parts,
    field,
    make_docx,
    pack,
    rejection_of,
    relationships,
)

MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"
MACRO_TEMPLATE = "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"
SHEET_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
OLE_TYPE = "application/vnd.openxmlformats-officedocument.oleObject"
OLE_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64)
LOLS = (
    b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><w:document xmlns:w="w">&b;'
    b"</w:document>"
)
FILE_ENTITY = (
    b'<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    b'<w:document xmlns:w="w">&a;</w:document>'
)


def linking(kind: str, target: str, mode: str = "External", base: str = OFFICE) -> bytes:
    return make_docx(links=relationships((kind, target, mode), base=base))


def typed(extra: str) -> bytes:
    return make_docx(types=content_types(extra=extra))


def override(part: str, kind: str) -> str:
    return f'<Override PartName="{part}" ContentType="{kind}"/>'


def saying(content: str) -> bytes:
    return make_docx(document=body(content))


def a_long_tag() -> bytes:
    """Write one tag of 1.5 MB in which no part repeats enough to pack too well."""
    names = (b" a%d='%x'" % (number, number * 7919) for number in range(90_000))
    return make_docx(document=b"<a" + b"".join(names) + b"/>")


HOSTILE = [
    ("a zip that is no document", pack({"a.txt": b"a"}), Reason.DOCX_KIND),
    (
        "no content types",
        pack({k: v for k, v in docx_parts().items() if "Types" not in k}),
        Reason.DOCX_KIND,
    ),
    ("no main part", make_docx(root=relationships()), Reason.DOCX_KIND),
    (
        "a main part that is missing",
        make_docx(root=relationships(("officeDocument", "word/x.xml", ""))),
        Reason.DOCX_KIND,
    ),
    (
        "two main parts",
        make_docx(
            root=relationships(
                ("officeDocument", "word/document.xml", ""),
                ("officeDocument", "word/header1.xml", ""),
            )
        ),
        Reason.DOCX_KIND,
    ),
    ("a spreadsheet", make_docx(types=content_types(SHEET_MAIN)), Reason.DOCX_KIND),
    (
        "a template",
        make_docx(types=content_types(f"{WORDML}.template.main+xml")),
        Reason.DOCX_TEMPLATE,
    ),
    ("a macro document", make_docx(types=content_types(MACRO_MAIN)), Reason.MACROS),
    ("a macro template", make_docx(types=content_types(MACRO_TEMPLATE)), Reason.MACROS),
    (
        "one part with two types",
        typed(override("/word/document.xml", "text/plain")),
        Reason.DAMAGED,
    ),
    ("a macro project", make_docx({"word/vbaProject.bin": b"x"}), Reason.MACROS),
    ("macro data", make_docx({"word/vbaData.xml": b"<x/>"}), Reason.MACROS),
    (
        "a renamed macro project",
        typed(override("/word/a.bin", "application/vnd.ms-office.vbaProject")),
        Reason.MACROS,
    ),
    ("a macro link", linking("vbaProject", "a.bin", ""), Reason.MACROS),
    ("an ActiveX part", make_docx({"word/activeX/activeX1.xml": b"<x/>"}), Reason.ACTIVEX),
    ("an ActiveX link", linking("control", "a.xml", ""), Reason.ACTIVEX),
    ("an embedded file", make_docx({"word/embeddings/a.bin": b"x"}), Reason.EMBEDDED),
    ("an embedded object link", linking("oleObject", "a.bin", ""), Reason.EMBEDDED),
    ("an object elsewhere", linking("oleObject", "https://example.org/a"), Reason.EMBEDDED),
    ("an embedded package", linking("package", "a.bin", ""), Reason.EMBEDDED),
    ("an object type", typed(override("/word/a.bin", OLE_TYPE)), Reason.EMBEDDED),
    ("an object called a picture", make_docx({"word/media/a.png": OLE_FILE}), Reason.EMBEDDED),
    ("another document merged in", linking("aFChunk", "a.htm", ""), Reason.EMBEDDED),
    (
        "a template on the web",
        make_docx(
            settings_links=relationships(
                ("attachedTemplate", "https://example.org/a.dotm", "External")
            )
        ),
        Reason.TEMPLATE_LINK,
    ),
    (
        "a template on a share",
        make_docx(
            settings_links=relationships(("attachedTemplate", r"\\example.org\a.dotm", "External"))
        ),
        Reason.TEMPLATE_LINK,
    ),
    (
        "a template in a strict document",
        linking("attachedTemplate", "http://e.org/a.dotm", "external ", base=STRICT),
        Reason.TEMPLATE_LINK,
    ),
    ("a picture elsewhere", linking("image", "https://example.org/seen.png"), Reason.EXTERNAL),
    ("a frame elsewhere", linking("frame", "https://example.org/"), Reason.EXTERNAL),
    ("DDE in one run", saying(field("DDEAUTO c:\\\\cmd.exe")), Reason.DDE),
    ("DDE over several runs", saying(field(" D", "D", "e Excel")), Reason.DDE),
    ("DDE in a simple field", saying('<w:fldSimple w:instr=" dde cmd "/>'), Reason.DDE),
    (
        "DDE whose name is computed",
        saying('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + field("QUOTE 68 68 69")),
        Reason.DDE,
    ),
    (
        "DDE whose name is half computed",
        saying(
            '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>DD</w:instrText></w:r>'
            + field("QUOTE 69")
        ),
        Reason.DDE,
    ),
    ("DDE in a header", make_docx(header=body(field("DDE cmd"), root="hdr")), Reason.DDE),
    (
        "DDE in UTF-16",
        make_docx(header=f"<w:hdr {W}>{field('DDE cmd')}</w:hdr>".encode("utf-16")),
        Reason.DDE,
    ),
    (
        "DDE in a part with a strange name",
        make_docx(
            {"word/a.dat": body(field("DDE cmd"))},
            types=content_types(extra=override("/word/%61.dat", f"{WORDML}.header+xml")),
        ),
        Reason.DDE,
    ),
    ("a laugh a billion times", make_docx(document=LOLS), Reason.XML_DTD),
    ("an entity that reads a file", make_docx(document=FILE_ENTITY), Reason.XML_DTD),
    ("markup cut short", make_docx(document=XML + b"<w:document"), Reason.DAMAGED),
    (
        "an unknown encoding",
        make_docx(document=b'<?xml version="1.0" encoding="x-no"?><a/>'),
        Reason.DAMAGED,
    ),
    ("a tag as long as a book", a_long_tag(), Reason.TOO_COMPLEX),
    ("markup without end", make_docx(document=b"<a>" * 300 + b"</a>" * 300), Reason.TOO_COMPLEX),
]


@pytest.mark.parametrize(("data", "reason"), [pytest.param(*row[1:], id=row[0]) for row in HOSTILE])
def test_a_document_that_does_more_than_be_read_is_refused(data, reason):
    assert rejection_of(data, name="cv.docx") is reason


@pytest.mark.parametrize(
    "target",
    [
        "file://example.org/a.dotm",
        "file:////example.org/a.dotm",
        "file:///%5C%5Cexample.org%5Ca.dotm",
        "file:///C:\\\\example.org",
        "//example.org/a.dotm",
        "ftp://example.org/a.dotm",
        "HTTPS:example.org",
        "",
    ],
)
def test_a_template_is_refused_however_its_address_is_written(target):
    data = make_docx(settings_links=relationships(("attachedTemplate", target, "External")))
    assert rejection_of(data, name="cv.docx") is Reason.TEMPLATE_LINK


@pytest.mark.parametrize(("limit", "value"), [("MAX_NODES", 20), ("MAX_BYTES", 1000)])
def test_more_markup_than_we_can_check_is_refused(monkeypatch, limit, value):
    monkeypatch.setattr(markup, limit, value)
    assert rejection_of(make_docx(), name="cv.docx") is Reason.TOO_COMPLEX


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(make_docx(), id="links, picture, header and comments"),
        pytest.param(linking("hyperlink", "HTTPS://EXAMPLE.ORG"), id="a link"),
        pytest.param(linking("hyperlink", "#top", base=STRICT), id="a strict document"),
        pytest.param(linking("attachedTemplate", "Normal.dotm"), id="Normal template"),
        pytest.param(linking("attachedTemplate", OWN_TEMPLATE), id="own template"),
        pytest.param(
            linking("attachedTemplate", "file:///Users/kailani/Templates/CV.dotx"),
            id="own template on a Mac",
        ),
        pytest.param(
            make_docx(root=relationships(("officeDocument", "/word/document.xml", ""))),
            id="a main part named from the root",
        ),
        pytest.param(saying("<w:p/>" * 20_000), id="a long document"),
        pytest.param(saying("<w:t>DDEAUTO is a field</w:t>"), id="a word about DDE"),
        pytest.param(saying(field('ADDIN CSL_CITATION {"items":[{"id":"DDE"}]}')), id="a citation"),
        pytest.param(saying(field("MACROBUTTON NoMacro [Name]")), id="a place to type"),
        pytest.param(make_docx(links=relationships(*LINKS)), id="mail and web"),
    ],
)
def test_what_word_writes_is_taken(data):
    assert rejection_of(data, name="cv.docx") is None
