"""What an OpenDocument text may hold."""

import pytest

from enquiries.resumes import Reason
from tests.enquiries.resumes.files import (
    ODT_KIND,
    make_docx,
    make_odt,
    odt_content,
    odt_manifest,
    odt_parts,
    pack,
    rejection_of,
)

LOCKED = (
    '<manifest:file-entry manifest:full-path="content.xml">'
    "<manifest:encryption-data/></manifest:file-entry>"
)


def saying(inner: str) -> bytes:
    return make_odt(content=odt_content(inner))


def scripted(inner: str) -> bytes:
    return make_odt(content=odt_content(scripts=f"<office:scripts>{inner}</office:scripts>"))


def without(name: str) -> bytes:
    return pack({key: part for key, part in odt_parts().items() if key != name})


HOSTILE = [
    ("a Word document", make_docx(), Reason.ODT_KIND),
    ("a template", make_odt(mimetype=ODT_KIND + b"-template"), Reason.ODT_KIND),
    (
        "a spreadsheet",
        make_odt(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
        Reason.ODT_KIND,
    ),
    ("no kind", without("mimetype"), Reason.ODT_KIND),
    ("the kind packed", pack(odt_parts(), stored=()), Reason.ODT_KIND),
    (
        "the kind in another place",
        pack({key: odt_parts()[key] for key in sorted(odt_parts())}),
        Reason.ODT_KIND,
    ),
    ("no content", without("content.xml"), Reason.ODT_KIND),
    ("no manifest", without("META-INF/manifest.xml"), Reason.ODT_KIND),
    ("a Basic library", make_odt({"Basic/Standard/Module1.xml": b"<x/>"}), Reason.ODT_SCRIPT),
    ("a Python script", make_odt({"Scripts/python/a.py": b"import os"}), Reason.ODT_SCRIPT),
    ("a dialogue", make_odt({"Dialogs/Standard/a.xml": b"<x/>"}), Reason.ODT_SCRIPT),
    ("signed macros", make_odt({"META-INF/macrosignatures.xml": b"<x/>"}), Reason.ODT_SCRIPT),
    (
        "a script in the text",
        scripted("<office:script>MsgBox 1</office:script>"),
        Reason.ODT_SCRIPT,
    ),
    (
        "a Basic library in the text",
        scripted("<office:script><ooo:library-embedded/></office:script>"),
        Reason.ODT_SCRIPT,
    ),
    (
        "a macro at opening",
        saying('<script:event-listener script:event-name="dom:load"/>'),
        Reason.ODT_SCRIPT,
    ),
    (
        "a link to a macro",
        saying('<text:a xlink:href="vnd.sun.star.script:a$b"/>'),
        Reason.ODT_SCRIPT,
    ),
    (
        "a link to an old macro",
        saying('<text:a xlink:href=" Macro:///Standard.a.b"/>'),
        Reason.ODT_SCRIPT,
    ),
    (
        "a macro on a toolbar",
        make_odt({"Configurations2/toolbar/a.xml": b'<t x="vnd.sun.star.script:a"/>'}),
        Reason.ODT_SCRIPT,
    ),
    ("an object", saying('<draw:object xlink:href="./Object 1"/>'), Reason.EMBEDDED),
    ("an OLE object", saying("<draw:object-ole/>"), Reason.EMBEDDED),
    ("an object's folder", make_odt({"Object 1/content.xml": b"<x/>"}), Reason.EMBEDDED),
    ("an object's picture", make_odt({"ObjectReplacements/Object 1": b"x"}), Reason.EMBEDDED),
    ("a plug-in", saying("<draw:plugin/>"), Reason.EMBEDDED),
    ("a web page in a frame", saying("<draw:floating-frame/>"), Reason.EMBEDDED),
    ("DDE", saying('<office:dde-source office:dde-application="cmd"/>'), Reason.DDE),
    (
        "a picture elsewhere",
        saying('<draw:image xlink:href="https://example.org/a.png"/>'),
        Reason.EXTERNAL,
    ),
    (
        "a picture on a share",
        saying('<draw:image xlink:href="//example.org/a.png"/>'),
        Reason.EXTERNAL,
    ),
    (
        "a section elsewhere",
        saying('<text:section-source xlink:href="../../a.odt"/>'),
        Reason.EXTERNAL,
    ),
    ("a password", make_odt(manifest=odt_manifest(LOCKED)), Reason.PASSWORD),
    ("a DTD", make_odt(content=b"<!DOCTYPE a><a/>"), Reason.XML_DTD),
    (
        "an entity that grows",
        make_odt(content=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        Reason.XML_DTD,
    ),
    ("no markup", make_odt(content=b"text"), Reason.DAMAGED),
    ("an archive inside", make_odt({"Pictures/a.png": make_docx()}), Reason.ZIP_NESTED),
]


@pytest.mark.parametrize(("data", "reason"), [pytest.param(*row[1:], id=row[0]) for row in HOSTILE])
def test_a_text_that_does_more_than_be_read_is_refused(data, reason):
    assert rejection_of(data, name="cv.odt") is reason


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(make_odt(), id="picture, thumbnail and empty settings"),
        pytest.param(
            scripted("<office:script> <ooo:libraries/></office:script>"),
            id="an empty list of libraries",
        ),
        pytest.param(saying('<text:a xlink:href="../list.odt"/>'), id="a relative link"),
        pytest.param(saying('<draw:image xlink:href=""/>'), id="a picture kept inside"),
        pytest.param(make_odt({"Fonts/Gentium.ttf": b"\0\1"}), id="a font"),
    ],
)
def test_what_libreoffice_writes_is_taken(data):
    assert rejection_of(data, name="cv.odt") is None
