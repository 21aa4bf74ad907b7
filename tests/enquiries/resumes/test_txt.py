"""What a text file may hold."""

import codecs

import pytest

from enquiries.resumes import Reason
from tests.enquiries.resumes.files import rejection_of

MANY_SCRIPTS = "Kailani Wójcik\n王小明 厨师\nمدير فندق\nहोटल प्रबंधक\nผู้จัดการโรงแรม\nКлюч 🎓\n"  # noqa: RUF001
FRENCH = "Gérant de café – dix années à l’étranger, « très » apprécié"  # noqa: RUF001

HOSTILE = [
    ("only blanks", b" \r\n\t\n", Reason.EMPTY),
    ("only a mark", codecs.BOM_UTF8, Reason.EMPTY),
    ("only signs", "—…·___".encode(), Reason.EMPTY),
    ("a zero byte", b"Kailani\0", Reason.TXT_CONTROL),
    ("a control byte", b"Kailani\x1b[31m", Reason.TXT_CONTROL),
    ("a delete", b"Kailani\x7f", Reason.TXT_CONTROL),
    ("a control letter", "Kailani\x90".encode(), Reason.TXT_CONTROL),
    ("UTF-16 without its mark", "Kailani".encode("utf-16-le"), Reason.TXT_CONTROL),
    ("UTF-32", "Kailani".encode("utf-32"), Reason.TXT_CONTROL),
    ("half a UTF-16 letter", codecs.BOM_UTF16_LE + b"a\0b", Reason.TXT_CONTROL),
    ("a program", b"MZ\x90\0\x03\0\0\0", Reason.TXT_CONTROL),
    ("bytes of no alphabet", b"Kailani \x81\x8d", Reason.TXT_ENCODING),
    ("Russian in an old encoding", "Ключ от номера".encode("cp1251"), Reason.TXT_ENCODING),
    ("Chinese in an old encoding", "王小明 厨师 酒店".encode("gb18030"), Reason.TXT_ENCODING),
    ("a web page", b"\n <!DOCTYPE html><p>Kailani", Reason.TXT_CODE),
    ("a web page after a mark", codecs.BOM_UTF8 + b"<html>", Reason.TXT_CODE),
    ("a web page in UTF-16", "<body onload=a()>".encode("utf-16"), Reason.TXT_CODE),
    ("markup", b'<?xml version="1.0"?><a/>', Reason.TXT_CODE),
    ("a drawing", b"<svg onload=alert(1)>", Reason.TXT_CODE),
    ("a comment first", b"<!-- a --><b>", Reason.TXT_CODE),
    ("a script in the middle", b"Kailani <ScRiPt src=a></script >", Reason.TXT_CODE),
    ("a server page", b"<?php system('id');", Reason.TXT_CODE),
    ("a shell script", b"#!/bin/sh\nid", Reason.TXT_CODE),
    ("a batch file", b"@ECHO off\r\ndir", Reason.TXT_CODE),
    ("PostScript", b"%!PS-Adobe-3.0", Reason.TXT_CODE),
    ("a message with files", b"MIME-Version: 1.0\n", Reason.TXT_CODE),
]


@pytest.mark.parametrize(("data", "reason"), [pytest.param(*row[1:], id=row[0]) for row in HOSTILE])
def test_a_file_that_is_not_plain_text_is_refused(data, reason):
    assert rejection_of(data, name="cv.txt") is reason


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(MANY_SCRIPTS.encode(), id="UTF-8"),
        pytest.param(MANY_SCRIPTS.encode("utf-8-sig"), id="UTF-8 with its mark"),
        pytest.param(MANY_SCRIPTS.encode("utf-16"), id="UTF-16"),
        pytest.param(
            codecs.BOM_UTF16_BE + MANY_SCRIPTS.encode("utf-16-be"), id="UTF-16, big end first"
        ),
        pytest.param(FRENCH.encode("cp1252"), id="French from an old Notepad"),
        pytest.param(b"Kailani\r\n\tChef\x0bSuva\x0c2026", id="tabs, breaks, pages"),
        pytest.param("Kailani\x85Chef".encode(), id="a mainframe's line end"),
        pytest.param("王小明".encode(), id="one name"),
        pytest.param(b"I write <script> tags & HTML", id="a word about scripts"),
        pytest.param(b"<Kailani> 2026", id="a bracket first"),
        pytest.param(b"MZ Consulting, Suva", id="two letters that start programs"),
    ],
)
def test_text_in_any_script_is_taken(data):
    assert rejection_of(data, name="cv.txt") is None
