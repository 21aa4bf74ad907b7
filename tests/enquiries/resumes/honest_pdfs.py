"""Honest PDFs: of many programs, from phones that scan, and with all that a PDF may have."""

import io
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, String
from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile

from tests.enquiries.resumes.files import make_pdf


def pdfs() -> Iterator[tuple[str, bytes]]:
    """Yield what each file is, and its bytes."""
    for producer, version, packed in (
        ("iOS Version 19.1 Quartz PDFContext", "1.3", False),
        ("macOS Version 15.6 Quartz PDFContext", "1.4", False),
        ("Skia/PDF m130 Google Docs Renderer", "1.4", False),
        ("Microsoft Word for Microsoft 365", "1.7", True),
        ("Microsoft Word 2010", "1.5", False),
        ("Adobe PDF Library 17.0", "1.6", True),
        ("pdfTeX-1.40.25", "1.5", True),
        ("Apache FOP Version 2.9", "1.4", False),
        ("Canva", "1.4", False),
        ("iText 2.1.7 by 1T3XT", "1.4", False),
        ("Foxit PDF Creator", "1.7", True),
        ("WPS Writer", "1.7", True),
        ("Samsung Notes", "1.4", False),
    ):
        yield f"pdf by {producer}", _by(producer, version=version, packed=packed)
    for scanner, form in (
        ("CamScanner", "JPEG"),
        ("Adobe Scan for Android", "JPEG"),
        ("Microsoft Lens", "JPEG2000"),
        ("Apple Notes", "JPEG"),
        ("Genius Scan", "TIFF"),
    ):
        yield f"pdf from the phone scanner {scanner}", _scanned(scanner, form)
    for feature in (_tagged, _outlined, _opens, _layered, _fields, _signed, _archival, _labelled):
        yield f"pdf that is {feature.__name__.strip('_')}", make_pdf(feature)
    yield "pdf made for the web", make_pdf(linearize=True)
    yield "pdf of fifty pages", make_pdf(pages=50)
    yield "pdf with blank lines after its end", make_pdf() + b"\r\n\r\n"
    yield "pdf without a line after its end", make_pdf().rstrip()


def _by(producer: str, *, version: str, packed: bool) -> bytes:
    def sign(made: Pdf) -> None:
        with made.open_metadata() as metadata:
            metadata["pdf:Producer"] = producer
        made.docinfo["/Producer"] = String(producer)
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        for page in made.pages:
            page.obj.Resources = Dictionary(
                Font=Dictionary(F1=font),
                ExtGState=Dictionary(G=Dictionary(ca=1)),
                ProcSet=Array([Name.PDF, Name.Text]),
            )
            page.obj.Annots = Array([_link()])

    streams = ObjectStreamMode.generate if packed else ObjectStreamMode.disable
    return make_pdf(sign, force_version=version, object_stream_mode=streams)


def _link() -> Dictionary:
    action = Dictionary(S=Name.URI, URI=String("mailto:kailani@example.org"))
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([0, 0, 9, 9]),
        Border=Array([0, 0, 0]),
        A=action,
    )


def _scanned(scanner: str, form: str) -> bytes:
    """Make pages of one picture each, with the words under it that the program has read."""
    noise = Image.effect_noise((240, 340), 50)
    file = io.BytesIO()
    if form == "TIFF":
        noise.convert("1").save(file, "TIFF", compression="group4")
        file.seek(0)
        strip = TiffImageFile(file)
        at, length = strip.tag_v2[273][0], strip.tag_v2[279][0]
        packed = file.getvalue()[at : at + length]
    else:
        noise.convert("RGB").save(file, form, quality=40)
        packed = file.getvalue()
    filters = {"JPEG": "/DCTDecode", "JPEG2000": "/JPXDecode", "TIFF": "/CCITTFaxDecode"}

    def scan(made: Pdf) -> None:
        made.docinfo["/Creator"] = String(scanner)
        for page in made.pages:
            picture = made.make_stream(
                packed,
                Type=Name.XObject,
                Subtype=Name.Image,
                Width=240,
                Height=340,
                BitsPerComponent=1 if form == "TIFF" else 8,
                ColorSpace=Name.DeviceGray if form == "TIFF" else Name.DeviceRGB,
                Filter=Name(filters[form]),
            )
            page.obj.Resources = Dictionary(XObject=Dictionary(Im0=picture))
            page.obj.Contents = made.make_stream(
                b"q 595 0 0 842 0 0 cm /Im0 Do Q BT 3 Tr (read by the scanner) Tj ET"
            )

    return make_pdf(scan)


def _tagged(made: Pdf) -> None:
    made.Root.MarkInfo = Dictionary(Marked=True)
    made.Root.Lang = String("en-AU")
    tree = Dictionary(Type=Name.StructTreeRoot, RoleMap=Dictionary(Artifact=Name.Sect))
    made.Root.StructTreeRoot = made.make_indirect(tree)


def _outlined(made: Pdf) -> None:
    with made.open_outline() as outline:
        outline.root.extend(pikepdf.OutlineItem(title, 0) for title in ("Работа", "学历", "Skills"))


def _opens(made: Pdf) -> None:
    made.Root.OpenAction = Array([made.pages[0].obj, Name.XYZ, None, None, 1])
    made.Root.PageMode = Name.UseOutlines
    made.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)


def _layered(made: Pdf) -> None:
    layer = made.make_indirect(Dictionary(Type=Name.OCG, Name=String("Watermark")))
    shown = Dictionary(ON=Array([layer]), Order=Array([layer]))
    made.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=shown)


def _fields(made: Pdf) -> None:
    typed = Dictionary(FT=Name.Tx, T=String("name"), V=String("Kailani"), Subtype=Name.Widget)
    made.Root.AcroForm = Dictionary(Fields=Array([made.make_indirect(typed)]), DA=String("/F 0 Tf"))


def _signed(made: Pdf) -> None:
    signature = Dictionary(
        Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), SubFilter=Name("/adbe.pkcs7.detached"),
        Contents=String(b"\0" * 64), ByteRange=Array([0, 1, 2, 3]),
    )  # fmt: skip
    field_ = Dictionary(FT=Name.Sig, T=String("Signature1"), V=made.make_indirect(signature))
    made.Root.AcroForm = Dictionary(Fields=Array([made.make_indirect(field_)]), SigFlags=3)


def _archival(made: Pdf) -> None:
    profile = made.make_stream(b"icc profile", N=3)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        DestOutputProfile=profile,
    )
    made.Root.OutputIntents = Array([intent])


def _labelled(made: Pdf) -> None:
    made.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
    kid = Dictionary(Names=Array([String("top"), Array([made.pages[0].obj, Name.Fit])]))
    made.Root.Names = Dictionary(Dests=Dictionary(Kids=Array([made.make_indirect(kid)])))
