"""What a PDF may hold."""

import struct
import zlib
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from enquiries.resumes import Reason
from tests.enquiries.resumes.files import make_odt, make_pdf, rejection_of

JAVASCRIPT = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
LINK = Dictionary(S=Name.URI, URI="https://example.org")


def opening(**action: Any) -> bytes:
    return make_pdf(lambda made: made.Root.update({"/OpenAction": Dictionary(**action)}))


def root(**entries: Any) -> bytes:
    def change(made: Pdf) -> None:
        for key, value in entries.items():
            made.Root[f"/{key}"] = value

    return make_pdf(change)


def clicking(action: Dictionary, **entries: Any) -> bytes:
    """Put an annotation with this action on the second page."""

    def change(made: Pdf) -> None:
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, A=action, **entries)
        made.pages[1].obj.Annots = Array([made.make_indirect(link)])

    return make_pdf(change, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def attached(made: Pdf) -> None:
    made.attachments["photo.jpg"] = b"\xff\xd8\xff"


def locked(*, user: str) -> bytes:
    return make_pdf(encryption=pikepdf.Encryption(user=user, owner="b"))


def outside_stream(made: Pdf) -> None:
    stream = made.make_stream(b"")
    stream.F = pikepdf.String(r"\\example.org\a")
    made.pages[0].obj.Contents = stream


def rich_media(made: Pdf) -> None:
    made.pages[0].obj.Annots = Array([Dictionary(Subtype=Name.RichMedia)])


def lost_attachment(made: Pdf) -> None:
    made.Root.Lost = Dictionary(Type=Name.Filespec, EF=Dictionary(F=made.make_stream(b"x")))


def page_event(made: Pdf) -> None:
    made.pages[0].obj.AA = Dictionary(O=LINK)


def named_script(made: Pdf) -> None:
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["a", Dictionary()])))


def spelt_in_code() -> bytes:
    return by_hand(b"<</S/#4aavaScript/#4a#53(1)>>")


def packed_with_lzw(*, filter_name: bytes = b"/LZWDecode") -> bytes:
    start = b"%PDF-1.5\n9 0 obj<</Type/Obj#53tm/N 1/First 4/Length 0/Filter "
    return start + filter_name + b">>stream\n\nendstream endobj\nstartxref\n0\n%%EOF"


def by_hand(*objects: bytes) -> bytes:
    """Write a PDF of one page with these objects from number 4 on."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<<>>>>"
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    catalog = b"<</Type/Catalog/Pages 2 0 R/Extra 4 0 R>>"
    data = b"%PDF-1.5\n"
    rows = struct.pack(">BIB", 0, 0, 0)
    for number, content in enumerate((catalog, tree, page, *objects), start=1):
        rows += struct.pack(">BIB", 1, len(data), 0)
        data += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    return data + (
        b"9 0 obj<</Type/XRef/Size %d/W[1 4 1]/Root 1 0 R/Length %d>>stream\n%b\n"
        b"endstream endobj\nstartxref\n%d\n%%%%EOF\n" % (len(rows) // 6, len(rows), rows, len(data))
    )


def packed_objects(content: bytes) -> bytes:
    """Pack one object, number 4, into a stream of packed objects, number 5."""
    head = b"4 0 "
    small = zlib.compress(head + content)
    stream = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(small)
    data = by_hand(b"null", stream + small + b"\nendstream")
    # Say in the table of places that object 4 is the first one packed in object 5.
    table = data.rindex(b"stream\n", 0, data.rindex(b"endstream")) + len(b"stream\n")
    row = table + 4 * 6
    return data[:row] + struct.pack(">BIB", 2, 5, 0) + data[row + 6 :]


def packed_script(*, padding: int) -> bytes:
    return packed_objects(b"<</S/JavaScript/JS(1)>>" + b" " * padding)


SCRIPT = b"<</S/JavaScript/JS(1)>>"

HOSTILE = [
    ("a script too deep to see", by_hand(b"[" * 600 + SCRIPT + b"]" * 600), Reason.DAMAGED),
    (
        "a script behind many",
        by_hand(b"[" + b"0 " * 200_000 + SCRIPT + b"]"),
        Reason.PDF_JAVASCRIPT,
    ),
    ("a script given twice", by_hand(b"<</S/JavaScript/S/GoTo>>"), Reason.DAMAGED),
    ("no page", make_pdf(pages=0), Reason.DAMAGED),
    ("51 pages", make_pdf(pages=51), Reason.PDF_PAGES),
    ("a password to open", locked(user="a"), Reason.PASSWORD),
    ("a password to change", locked(user=""), Reason.PASSWORD),
    ("a script at opening", opening(S=Name.JavaScript, JS="1"), Reason.PDF_JAVASCRIPT),
    ("a script on a click", clicking(JAVASCRIPT), Reason.PDF_JAVASCRIPT),
    ("a script after a link", clicking(Dictionary(**LINK, Next=JAVASCRIPT)), Reason.PDF_JAVASCRIPT),
    ("a script on an event", clicking(LINK, AA=Dictionary(E=JAVASCRIPT)), Reason.PDF_JAVASCRIPT),
    ("a script by name", make_pdf(named_script), Reason.PDF_JAVASCRIPT),
    (
        "a script in a rendition",
        clicking(Dictionary(S=Name.Rendition, JS="1")),
        Reason.PDF_JAVASCRIPT,
    ),
    ("a script spelt in code", spelt_in_code(), Reason.PDF_JAVASCRIPT),
    ("a program at opening", opening(S=Name.Launch, F="cmd.exe"), Reason.PDF_LAUNCH),
    ("a program on a click", clicking(Dictionary(S=Name.Launch)), Reason.PDF_LAUNCH),
    ("a web page at opening", opening(**LINK), Reason.PDF_AUTOMATIC),
    ("a page, then the web", opening(S=Name.GoTo, D=Array([]), Next=LINK), Reason.PDF_AUTOMATIC),
    ("an action of no kind", opening(D=Array([])), Reason.PDF_AUTOMATIC),
    ("a web page on an event", make_pdf(page_event), Reason.PDF_AUTOMATIC),
    ("a form that is sent", clicking(Dictionary(S=Name.SubmitForm)), Reason.PDF_SUBMIT),
    ("a form that is filled", clicking(Dictionary(S=Name.ImportData)), Reason.PDF_IMPORT),
    ("a live form", root(AcroForm=Dictionary(XFA=Array([]))), Reason.PDF_XFA),
    ("another file on a share", clicking(Dictionary(S=Name.GoToR, F=r"\\a\b")), Reason.PDF_REMOTE),
    ("a file in a file", clicking(Dictionary(S=Name.GoToE)), Reason.PDF_REMOTE),
    ("an attachment", make_pdf(attached), Reason.EMBEDDED),
    ("an attachment without a list", make_pdf(lost_attachment), Reason.EMBEDDED),
    ("a paper clip", clicking(LINK, FS=Dictionary(Type=Name.EmbeddedFile)), Reason.EMBEDDED),
    ("rich media", make_pdf(rich_media), Reason.EMBEDDED),
    ("a page kept elsewhere", make_pdf(outside_stream), Reason.EXTERNAL),
    ("a program after the end", make_pdf() + b"MZ", Reason.EXTRA_DATA),
    ("an archive after the end", make_pdf() + make_odt(), Reason.EXTRA_DATA),
    ("an archive with an ending of its own", make_pdf() + make_odt() + b"%%EOF", Reason.EXTRA_DATA),
    (
        "an archive around the end",
        make_pdf() + make_odt() + b"\nstartxref\n0\n%%EOF",
        Reason.EXTRA_DATA,
    ),
    ("no end", make_pdf().replace(b"%%EOF", b""), Reason.DAMAGED),
    ("only a beginning", b"%PDF-1.7\nstartxref\n0\n%%EOF", Reason.DAMAGED),
    ("a script in packed objects", packed_script(padding=0), Reason.PDF_JAVASCRIPT),
    ("packed objects that swell", packed_script(padding=5_000_000), Reason.DAMAGED),
    ("packed objects in LZW", packed_with_lzw(), Reason.TOO_COMPLEX),
    (
        "packed objects in hidden LZW",
        packed_with_lzw(filter_name=b"/#4cZWDecode"),
        Reason.TOO_COMPLEX,
    ),
    (
        "half a million values",
        by_hand(b"[" + (b"[" + b" 0" * 90_000 + b"]") * 6 + b"]"),
        Reason.TOO_COMPLEX,
    ),
]


@pytest.mark.parametrize(("data", "reason"), [pytest.param(*row[1:], id=row[0]) for row in HOSTILE])
def test_a_pdf_that_does_more_than_be_read_is_refused(data, reason):
    assert rejection_of(data, name="cv.pdf") is reason


def honest_form() -> bytes:
    """Make a form that people fill in: its fields and look, without actions."""
    field = Dictionary(FT=Name.Tx, T="name", Subtype=Name.Widget, MK=Dictionary())
    return root(AcroForm=Dictionary(Fields=Array([field]), NeedAppearances=True))


def odd_names() -> bytes:
    """Make fonts whose names happen to be those of actions."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    return root(Fonts=Dictionary(AA=font, JS=font, EF=font, S="JavaScript"))


def goes_to_page(made: Pdf) -> None:
    target = Array([made.pages[1].obj, Name.Fit])
    made.Root.OpenAction = Dictionary(S=Name.GoTo, D=target)
    made.Root.AA = Dictionary(WC=Dictionary(S=Name.GoTo, D=target))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(make_pdf(pages=1), id="one page"),
        pytest.param(make_pdf(pages=50), id="50 pages"),
        pytest.param(make_pdf(linearize=True), id="made for the web"),
        pytest.param(make_pdf(goes_to_page), id="opens at a page"),
        pytest.param(root(OpenAction=Array([0, Name.Fit])), id="opens at a place"),
        pytest.param(clicking(LINK), id="a link"),
        pytest.param(clicking(Dictionary(S=Name.Named, N=Name.NextPage)), id="a button"),
        pytest.param(honest_form(), id="a form"),
        pytest.param(odd_names(), id="fonts with odd names"),
        pytest.param(make_pdf() + b"\r\n\0\n", id="blank lines after the end"),
        pytest.param(make_pdf() + make_pdf()[-30:], id="saved twice, as a signed file is"),
        pytest.param(
            make_pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate),
            id="packed objects",
        ),
        pytest.param(
            make_pdf().replace(b"startxref\n", b"startxref\n1"), id="a table out of place"
        ),
    ],
)
def test_what_honest_programs_write_is_taken(data):
    assert rejection_of(data, name="cv.pdf") is None
