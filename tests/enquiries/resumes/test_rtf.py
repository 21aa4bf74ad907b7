"""What an RTF file may hold."""

import pytest

from enquiries.resumes import Reason, rtf
from tests.enquiries.resumes.files import rejection_of

WORD = rb"""{\rtf1\adeflang1025\ansi\ansicpg1252\uc1\deff0\stshfdbch31506
{\fonttbl{\f0\fbidi \froman\fcharset0\fprq2{\*\panose 02020603050405020304}Times;}}
{\colortbl;\red0\green0\blue0;}{\*\generator Microsoft Word 15.0;}
{\info{\author Kailani}{\title R\'e9sum\'e9}}{\*\xmlnstbl {\xmlns1 http://e.org/w}}
{\*\template C:\\Users\\Kailani\\AppData\\Roaming\\Microsoft\\Templates\\Resume.dotx}
\pard\plain \ltrpar\ql {\rtlch\fcs1 \af0 \ltrch\fcs0 \lang1033 Kailani W\'f3jcik}
{\uc1\u1055 ?\u1088 ?\u-10179 ?\u-8704 ?}\par
{\field\fldedit{\*\fldinst { HYPERLINK "https://example.org" }{\*\datafield 00d0c9ea}}
{\fldrslt {\ul my page}}}{\field{\*\fldinst {IF }{\field{\*\fldinst { PAGE }}
{\fldrslt 1}} = 1}{\fldrslt }}
{\*\shppict{\pict{\*\picprop\shplid1025}\picw26\pich26\pngblip 89504e470d0a1a0a0000}}
{\nonshppict{\pict\wmetafile8 010009000003}}\{ \} \\object \~ \_ \-
{\*\themedata 504b030414000600080000002100}{\*\datastore 0105000002000000}}
"""


def rich(inner: bytes) -> bytes:
    return rb"{\rtf1\ansi " + inner + b"}"


def field(code: bytes) -> bytes:
    return rich(rb"{\field{\*\fldinst " + code + rb"}{\fldrslt x}}")


def picture(payload: bytes, said: int) -> bytes:
    return rich(rb"{\pict\wmetafile8\bin" + str(said).encode() + b" " + payload + b"}")


HOSTILE = [
    ("cut short", WORD[:-40], Reason.RTF_BRACES),
    ("a brace too many", rich(b"}"), Reason.EXTRA_DATA),
    ("a brace too few", rich(b"{"), Reason.RTF_BRACES),
    ("a word and no end", rb"{\rtf1 \par", Reason.RTF_BRACES),
    ("a backslash and no end", b"{\\rtf1 \\", Reason.RTF_BRACES),
    ("a program after the end", rich(b"x") + b"MZ", Reason.EXTRA_DATA),
    ("a second document", rich(b"x") + rich(b"y"), Reason.EXTRA_DATA),
    ("an object", rich(rb"{\object\objemb{\*\objdata 0105}}"), Reason.RTF_OBJECT),
    ("object data alone", rich(rb"{\*\objdata 0105}"), Reason.RTF_OBJECT),
    ("an OCX", rich(rb"{\object\objocx}"), Reason.RTF_OBJECT),
    ("a linked object", rich(rb"\objautlink"), Reason.RTF_OBJECT),
    ("an object in capitals", rich(rb"{\OBJDATA 0105}"), Reason.RTF_OBJECT),
    ("an object in a picture", rich(rb"{\pict{\*\objdata 0105}}"), Reason.RTF_OBJECT),
    ("DDE", field(b"DDEAUTO c:\\\\cmd.exe"), Reason.DDE),
    ("DDE in pieces", field(b"{ D}{\\b D}\r\n{E excel}"), Reason.DDE),
    ("DDE spelt in code", field(rb"\'44\'44\'45 cmd"), Reason.DDE),
    ("DDE spelt in Unicode", field(rb"\uc0\u68\u68 \u69  cmd"), Reason.DDE),
    ("DDE spelt twice", field(rb"\u68 ?\u68 \'3f\u69 ? cmd"), Reason.DDE),
    ("DDE spelt with long fallbacks", field(rb"\uc2 {\u68 ??\u68 ?{}\u69 ?? cmd}"), Reason.DDE),
    ("DDE whose name is computed", field(rb"{\field{\*\fldinst QUOTE 68}}"), Reason.DDE),
    (
        "a template on the web",
        rich(rb"{\*\template http://example.org/a.dotm}"),
        Reason.TEMPLATE_LINK,
    ),
    (
        "a template on a share",
        rich(rb"{\*\template \\\\example.org\\a.dotm}"),
        Reason.TEMPLATE_LINK,
    ),
    (
        "a template spelt in code",
        rich(rb"{\*\template \'68ttp://example.org}"),
        Reason.TEMPLATE_LINK,
    ),
    ("bytes outside a picture", rich(rb"\bin3 abc"), Reason.RTF_BINARY),
    ("bytes past the end", picture(b"abc", 4000), Reason.RTF_BINARY),
    ("no bytes", picture(b"", 0), Reason.RTF_BINARY),
    ("bytes backwards", picture(b"abc", -3), Reason.RTF_BINARY),
    ("bytes without a count", rich(rb"{\pict\bin abc}"), Reason.RTF_BINARY),
    ("a program called a picture", picture(b"MZ\x90", 3), Reason.RTF_BINARY),
    ("an archive called a picture", picture(b"PK\x03\x04", 4), Reason.RTF_BINARY),
    ("an object behind a picture", picture(rb"x{\objdata}", 11), Reason.RTF_BINARY),
    ("control bytes in the text", rich(b"a\x01b"), Reason.RTF_BINARY),
    ("zero bytes in the text", rich(bytes(100)), Reason.RTF_BINARY),
    ("a number too long", rich(rb"\fs12345678901"), Reason.DAMAGED),
    ("braces without end", rich(b"{" * 600 + b"}" * 600), Reason.TOO_COMPLEX),
]


@pytest.mark.parametrize(("data", "reason"), [pytest.param(*row[1:], id=row[0]) for row in HOSTILE])
def test_rich_text_that_does_more_than_be_read_is_refused(data, reason):
    assert rejection_of(data, name="cv.rtf") is reason


def test_more_words_than_we_can_check_are_refused(monkeypatch):
    monkeypatch.setattr(rtf, "MAX_TOKENS", 20)
    assert rejection_of(WORD, name="cv.rtf") is Reason.TOO_COMPLEX


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(WORD, id="Word, with pictures, links and its template"),
        pytest.param(WORD.replace(b"\n", b"\r\n"), id="lines as on Windows"),
        pytest.param(rich(b"x") + b"\r\n\0", id="WordPad, with its zero byte"),
        pytest.param(picture(b"\x01\x00\x09{}\\\x00", 7), id="a picture in bytes"),
        pytest.param(rich("Kailani Wójcik".encode("cp1252")), id="letters as bytes"),
        pytest.param(rich(rb"DDEAUTO and C:\\objects"), id="words about objects"),
        pytest.param(rich(rb"{\*\template Normal.dotm}"), id="the Normal template"),
        pytest.param(rich(rb"{\*\template }"), id="no template"),
        pytest.param(rich(rb"\'d0\'cf\'e0\u26085 ?\u-3913 ?"), id="other scripts"),
    ],
)
def test_what_honest_programs_write_is_taken(data):
    assert rejection_of(data, name="cv.rtf") is None
