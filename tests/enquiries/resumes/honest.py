"""A hundred honest résumés: what real programs wrote, and what others write, part by part."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from tests.enquiries.resumes.files import body, make_docx, make_odt, odt_content
from tests.enquiries.resumes.honest_documents import documents
from tests.enquiries.resumes.honest_pdfs import pdfs

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
    for name, data in (*_texts(), *pdfs(), *documents()):
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
