"""What a zip container may do, whether it holds Word's parts or LibreOffice's."""

import io
import random
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable

import pytest

from enquiries.resumes import MAX_BYTES, Reason
from enquiries.resumes.archive import CENTRAL, END, LOCAL, ends_like_archive
from tests.enquiries.resumes.files import (
    docx_parts,
    make_docx,
    make_odt,
    pack,
    rejection_of,
)


def central_at(data: bytes) -> int:
    at: int = END.unpack_from(data, len(data) - END.size)[6]
    return at


def patched(data: bytes, *, at: int, layout: str, value: int) -> bytes:
    changed = bytearray(data)
    struct.pack_into(layout, changed, at, value)
    return bytes(changed)


def in_directory(field_at: int, layout: str, value: int) -> bytes:
    """Change one number in the first row of an honest document's directory."""
    data = make_docx()
    return patched(data, at=central_at(data) + field_at, layout=layout, value=value)


def in_end_record(field_at: int, layout: str, value: int) -> bytes:
    data = make_docx()
    at = len(data) - END.size + field_at
    return patched(data, at=at, layout=layout, value=value)


def in_local_header(field_at: int, layout: str, value: int) -> bytes:
    return patched(make_docx(), at=field_at, layout=layout, value=value)


def moved(by: int) -> bytes:
    """Move the directory ``by`` bytes down and say so in the end record."""
    data = make_docx()
    at = central_at(data)
    pushed = data[:at] + b"\0" * by + data[at:]
    where = len(pushed) - END.size + 16
    return patched(pushed, at=where, layout="<I", value=at + by)


def with_member(info: zipfile.ZipInfo, content: bytes = b"x") -> bytes:
    file = io.BytesIO(make_docx())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # duplicate names are the point
        with zipfile.ZipFile(file, "a") as container:
            container.writestr(info, content)
    return file.getvalue()


def named(name: str) -> bytes:
    return with_member(zipfile.ZipInfo(name))


def a_link() -> bytes:
    info = zipfile.ZipInfo("word/link")
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return with_member(info, b"/etc/passwd")


def overlapping() -> bytes:
    """Let the second row of the directory point into the first part."""
    data = make_docx()
    at = central_at(data)
    name, extra, comment = struct.unpack_from("<3H", data, at + 28)
    second = at + CENTRAL.size + name + extra + comment
    return patched(data, at=second + 42, layout="<I", value=LOCAL.size)


def hidden_between() -> bytes:
    """Leave bytes between the last part and the directory that no part owns."""
    return moved(by=5)


def not_at_the_start() -> bytes:
    """Put a whole archive in front and correct every address."""
    front = pack({"evil.js": b"alert(1)"})
    file = io.BytesIO()
    file.write(front)
    with zipfile.ZipFile(file, "a") as container:
        for name, content in docx_parts().items():
            container.writestr(name, content)
    data = bytearray(file.getvalue())
    # Keep only the later rows, so that the first archive is invisible.
    at = central_at(bytes(data))
    name, extra, comment = struct.unpack_from("<3H", data, at + 28)
    row = CENTRAL.size + name + extra + comment
    end_at = len(data) - END.size
    count, size = struct.unpack_from("<HI", data, end_at + 10)
    struct.pack_into("<HHII", data, end_at + 8, count - 1, count - 1, size - row, at + row)
    return bytes(data)


def bomb(megabytes: int, *, noise: int = 0) -> bytes:
    """Inflate to so many parts of 1 MB; ``noise`` bytes in each do not pack."""
    chance = random.Random(20261001)  # noqa: S311
    return make_docx(
        {
            f"word/media/{number}.bmp": chance.randbytes(noise).ljust(1_000_000, b"\0")
            for number in range(megabytes)
        }
    )


HOSTILE: list[tuple[str, Callable[[], bytes], Reason]] = [
    ("too many entries", lambda: make_docx({f"a{n}": b"" for n in range(500)}), Reason.ZIP_ENTRIES),
    ("one part inflates a thousand times", lambda: bomb(1), Reason.ZIP_RATIO),
    ("parts inflate to 60 MB", lambda: bomb(60, noise=20_000), Reason.ZIP_SIZE),
    ("an encrypted part", lambda: in_directory(8, "<H", 1), Reason.PASSWORD),
    ("strong encryption", lambda: in_directory(8, "<H", 0x41), Reason.PASSWORD),
    ("a rare compression", lambda: in_directory(10, "<H", 14), Reason.ZIP_METHOD),
    ("climbs out", lambda: named("../../etc/cron.d/job"), Reason.ZIP_PATH),
    ("climbs out half way", lambda: named("word/../../job"), Reason.ZIP_PATH),
    ("starts at the root", lambda: named("/etc/passwd"), Reason.ZIP_PATH),
    ("a Windows path", lambda: named("word\\..\\job"), Reason.ZIP_PATH),
    ("a drive", lambda: named("C:job"), Reason.ZIP_PATH),
    ("a name that turns round", lambda: named("word/\u202etxt.exe"), Reason.ZIP_PATH),
    ("a symbolic link", a_link, Reason.ZIP_LINK),
    ("two main parts", lambda: named("word/document.xml"), Reason.ZIP_DUPLICATE),
    ("two spellings", lambda: named("word/DOCUMENT.xml"), Reason.ZIP_DUPLICATE),
    ("a zip inside", lambda: make_docx({"word/a.dat": make_odt()}), Reason.ZIP_NESTED),
    ("a RAR inside", lambda: make_docx({"a": b"Rar!\x1a\x07\x00"}), Reason.ZIP_NESTED),
    ("a tar inside", lambda: make_docx({"a": bytes(257) + b"ustar\x0000"}), Reason.ZIP_NESTED),
    ("parts that overlap", overlapping, Reason.ZIP_OVERLAP),
    ("data before", not_at_the_start, Reason.EXTRA_DATA),
    ("data between", hidden_between, Reason.EXTRA_DATA),
    ("data after", lambda: make_docx() + b"MZ program", Reason.EXTRA_DATA),
    ("data in the comment", lambda: in_end_record(20, "<H", 3) + b"abc", Reason.EXTRA_DATA),
    ("rows outside the directory", lambda: in_end_record(8, "<I", 2 << 16 | 2), Reason.EXTRA_DATA),
    ("several disks", lambda: in_end_record(4, "<H", 1), Reason.DAMAGED),
    ("fewer rows than promised", lambda: in_end_record(8, "<I", 99 << 16 | 99), Reason.DAMAGED),
    ("a row that is no row", lambda: in_directory(0, "<I", 0), Reason.DAMAGED),
    ("two names for one part", lambda: in_local_header(LOCAL.size, "<B", 65), Reason.DAMAGED),
    ("a false size", lambda: in_directory(24, "<I", 10), Reason.DAMAGED),
    ("a false checksum", lambda: in_directory(16, "<I", 10), Reason.DAMAGED),
    ("a part outside the file", lambda: in_directory(42, "<I", 1 << 31), Reason.EXTRA_DATA),
]


@pytest.mark.parametrize(("make", "reason"), [pytest.param(*row[1:], id=row[0]) for row in HOSTILE])
def test_a_container_that_hides_something_is_refused(make, reason):
    data = make()
    assert len(data) <= MAX_BYTES
    assert rejection_of(data, name="cv.docx") is reason


def streamed() -> bytes:
    """Write sizes after each part, as a program does that cannot seek."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise io.UnsupportedOperation

        def seek(self, *_args: object) -> int:
            raise io.UnsupportedOperation

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in docx_parts().items():
            container.writestr(name, content)
    return pipe.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(streamed(), id="written to a pipe"),
        pytest.param(pack(docx_parts(), stored=tuple(docx_parts())), id="not packed"),
        pytest.param(
            make_docx({"word/media/blank.bmp": bytes(200_000)}), id="a small blank picture"
        ),
        pytest.param(
            make_docx({f"word/media/{n}.png": b"p" for n in range(400)}), id="400 pictures"
        ),
    ],
)
def test_what_honest_programs_write_is_taken(data):
    assert rejection_of(data, name="cv.docx") is None


@pytest.mark.parametrize(
    ("data", "ends"),
    [
        (make_docx(), True),
        (b"text", False),
        (b"PK\x05\x06", False),
        (make_docx() + b"more", True),
        (make_docx() + bytes(70_000), False),
        (in_end_record(20, "<H", 3) + b"abc", True),
    ],
)
def test_an_archive_is_known_by_its_end(data, ends):
    assert ends_like_archive(data) is ends
