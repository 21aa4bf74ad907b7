"""The order of the checks, and what every kind of file has in common."""

import io
import random
import subprocess
import sys

import pytest

from enquiries.resumes import (
    ACCEPTED,
    MAX_BYTES,
    Reason,
    ResumeFormat,
    ResumeRejected,
    check_resume,
)
from tests.enquiries.resumes.files import (
    make_docx,
    make_odt,
    make_pdf,
    rejection_of,
)

TEXT = "Kailani Wójcik\nRestaurant manager, Suva".encode()
RTF = rb"{\rtf1\ansi Kailani W\'f3jcik\par}"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("cv.pdf", make_pdf(), ResumeFormat.PDF),
        ("cv.docx", make_docx(), ResumeFormat.DOCX),
        ("cv.odt", make_odt(), ResumeFormat.ODT),
        ("cv.rtf", RTF, ResumeFormat.RTF),
        ("cv.txt", TEXT, ResumeFormat.TXT),
        (" Резюме 2026.v2.PDF ", make_pdf(), ResumeFormat.PDF),
        (r"C:\Documents\履历.Docx", make_docx(), ResumeFormat.DOCX),
    ],
)
def test_an_honest_resume_is_taken(name, data, kind):
    assert check_resume(io.BytesIO(data), name=name) is kind


def test_the_file_is_left_at_its_start_to_be_stored():
    file = io.BytesIO(TEXT)
    file.seek(7)
    check_resume(file, name="cv.txt")
    assert file.read() == TEXT


def test_a_refused_file_is_left_at_its_start_too():
    file = io.BytesIO(b"\0" + TEXT)
    with pytest.raises(ResumeRejected):
        check_resume(file, name="cv.txt")
    assert file.tell() == 0


def test_the_form_can_name_what_is_accepted():
    assert list(ACCEPTED) == [".pdf", ".docx", ".odt", ".rtf", ".txt"]
    assert ACCEPTED[".docx"].media_type.endswith("wordprocessingml.document")


def test_five_mebibytes_are_taken_and_not_a_byte_more():
    assert rejection_of(b"x" * MAX_BYTES, name="cv.txt") is None
    assert rejection_of(b"x" * (MAX_BYTES + 1), name="cv.txt") is Reason.TOO_BIG


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        pytest.param("cv.exe", b"", Reason.EMPTY, id="size before extension"),
        pytest.param("cv.exe", b"x" * (MAX_BYTES + 1), Reason.TOO_BIG, id="too big"),
        pytest.param("cv.doc", TEXT, Reason.EXTENSION, id="extension before signature"),
        pytest.param("cv.pdf", TEXT, Reason.SIGNATURE, id="signature"),
        pytest.param("cv.pdf", b"%PDF-1.7\n", Reason.DAMAGED, id="then structure"),
    ],
)
def test_size_comes_first_then_name_then_signature_then_structure(name, data, reason):
    assert rejection_of(data, name=name) is reason


@pytest.mark.parametrize(
    "name",
    [
        "cv.doc",
        "cv.docm",
        "cv.dotx",
        "cv.dotm",
        "cv.xlsx",
        "cv.jpg",
        "cv.png",
        "cv.heic",
        "cv.zip",
        "cv.pdf.exe",
        "cv.html",
        "cv.pages",
        "pdf",
        "cv",
        "cv.",
        ".",
    ],
)
def test_other_kinds_are_asked_for_as_pdf_or_docx(name):
    with pytest.raises(ResumeRejected, match="Save it as PDF or DOCX") as caught:
        check_resume(io.BytesIO(make_pdf()), name=name)
    assert caught.value.reason is Reason.EXTENSION


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("cv.pdf", b"\n" + make_pdf(), id="PDF after a line"),
        pytest.param("cv.pdf", b"\xff\xd8\xff\xe0 photo", id="photo named PDF"),
        pytest.param("cv.docx", make_pdf(), id="PDF named DOCX"),
        pytest.param("cv.docx", b"\xd0\xcf\x11\xe0" + bytes(512), id="DOC named DOCX"),
        pytest.param("cv.odt", b"MZ" + make_odt(), id="program before ODT"),
        pytest.param("cv.rtf", make_docx(), id="DOCX named RTF"),
        pytest.param("cv.rtf", rb"{\rtf", id="RTF without its version"),
        pytest.param("cv.rtf", rb"{\rtf10}", id="RTF of no known version"),
        pytest.param("cv.txt", RTF, id="RTF named TXT"),
        pytest.param("cv.txt", make_pdf(), id="PDF named TXT"),
        pytest.param("cv.txt", make_odt(), id="ODT named TXT"),
    ],
)
def test_a_file_must_be_what_its_name_says(name, data):
    assert rejection_of(data, name=name) is Reason.SIGNATURE


def test_a_docx_with_a_password_is_told_apart_from_an_old_doc():
    locked = b"\xd0\xcf\x11\xe0" + bytes(64) + "EncryptedPackage".encode("utf-16-le")
    assert rejection_of(locked, name="cv.docx") is Reason.PASSWORD


@pytest.mark.parametrize("name", ["cv.docx", "cv.odt"])
def test_a_container_cut_short_is_damaged(name):
    data = make_docx() if name == "cv.docx" else make_odt()
    assert rejection_of(data[:-40], name=name) is Reason.DAMAGED


@pytest.mark.parametrize("reason", list(Reason), ids=str)
def test_every_refusal_is_short_and_says_what_to_do(reason):
    message = str(ResumeRejected(reason))
    advice = ("Save", "Check it", "Print it", "Remove", "Make its", "Try again")
    assert any(words in message for words in advice)
    assert all(len(part.split()) < 20 for part in message.split(". "))


def test_the_rule_needs_neither_django_nor_celery():
    code = (
        "import sys, enquiries.resumes as r; "
        "sys.exit(any(m in sys.modules for m in ('django', 'celery')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


HONEST = {
    "cv.pdf": make_pdf(),
    "cv.docx": make_docx(),
    "cv.odt": make_odt(),
    "cv.rtf": rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\pict\pngblip 89504e47}\par x}",
    "cv.txt": TEXT,
}


@pytest.mark.parametrize("name", HONEST)
def test_damage_is_refused_or_harmless_but_never_an_error(name):
    chance = random.Random(20261001)  # noqa: S311
    whole = HONEST[name]
    refused = 0
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        if chance.random() < 0.2:
            at = chance.randrange(len(data) + 1)
            data[at:at] = data[: chance.randint(1, 64)]
        refused += rejection_of(bytes(data), name=name) is not None
    assert refused > 0
