"""A hundred honest résumés: what real programs wrote, and what others write, part by part."""

import codecs
import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, String
from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile

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
    make_pdf,
    odt_content,
    pack,
    relationships,
)

SAMPLES = Path(__file__).parent / "samples"
SCRIPTS = {
    "Arabic": "مدير فندق، عشر سنوات خبرة",
    "Bengali": "হোটেল ব্যবস্থাপক",
    "Burmese": "ဟိုတယ်မန်နေဂျာ",
    "Chinese, simplified": "王小明 酒店经理 十年经验",
    "Chinese, traditional": "陳大文 廚師 工作經驗",
    "Cyrillic": "Управляющая гостиницей, Киев",
    "Devanagari": "होटल प्रबंधक, दस साल का अनुभव",
    "Ethiopic": "የሆቴል ሥራ አስኪያጅ",
    "Greek": "Διευθυντής ξενοδοχείου",
    "Gujarati": "હોટેલ મેનેજર",
    "Hebrew": "מנהלת מלון",
    "Japanese": "ホテルの支配人、経験10年",
    "Khmer": "អ្នកគ្រប់គ្រងសណ្ឋាគារ",
    "Korean": "호텔 지배인, 경력 십 년",
    "Sinhala": "හෝටල් කළමනාකරු",
    "Tamil": "விடுதி மேலாளர்",
    "Thai": "ผู้จัดการโรงแรม",
    "Vietnamese": "Quản lý khách sạn, mười năm",
}


def honest() -> Iterator[tuple[str, str, bytes]]:
    """Yield what each file is, its name, and its bytes."""
    for sample in sorted(SAMPLES.iterdir()):
        yield f"written by {sample.stem}", sample.name, sample.read_bytes()
    for script, text in SCRIPTS.items():
        yield f"text in {script}", f"{text[:5]}.txt", text.encode()
        yield f"docx in {script}", f"{text[:5]}.docx", make_docx(document=_paragraphs(text))
        yield f"odt in {script}", f"{text[:5]}.ODT", make_odt(content=odt_content(_said(text)))
        yield f"rtf in {script}", "cv.rtf", _rich(text)
    for name, data in (*_texts(), *_pdfs(), *_documents()):
        yield name, f"cv.{name.split()[0].lower()}", data


def _paragraphs(text: str) -> bytes:
    return body("".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for _ in range(40)))


def _said(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def _rich(text: str) -> bytes:
    units = text.encode("utf-16-le")
    numbers = [int.from_bytes(units[at : at + 2], "little") for at in range(0, len(units), 2)]
    said = "".join(f"\\u{number - 65536 if number > 32767 else number}?" for number in numbers)
    return rf"{{\rtf1\ansi\ansicpg1252\deff0{{\fonttbl{{\f0 Arial;}}}}\f0 {said}\par}}".encode()


def _texts() -> Iterator[tuple[str, bytes]]:
    every = "\r\n".join(SCRIPTS.values())
    yield "txt in UTF-16 from Notepad", every.encode("utf-16")
    yield "txt in UTF-16, big end first", codecs.BOM_UTF16_BE + every.encode("utf-16-be")
    yield "txt in UTF-8 with its mark", every.encode("utf-8-sig")
    yield "txt from an old Notepad", "Gérant de café, dix années à Nouméa".encode("cp1252")
    yield "txt of an old Mac's lines", b"Kailani\rChef\rSuva"


# --- PDF ----------------------------------------------------------------------------


def _pdfs() -> Iterator[tuple[str, bytes]]:
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


# --- Word processors ----------------------------------------------------------------


def _documents() -> Iterator[tuple[str, bytes]]:
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
                "content.xml": odt_content(_said("Kailani")),
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
