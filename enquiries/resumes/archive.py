"""Reads a zip container under strict rules: what docx and odt have in common."""

import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from enquiries.resumes.rejection import Reason, ResumeRejected

MAX_ENTRIES: Final = 500
MAX_INFLATED: Final = 50 * 1000 * 1000  # bytes, all parts together
MAX_RATIO: Final = 100
RATIO_FREE: Final = 256 * 1024  # bytes; a blank picture this small harms nobody

LOCAL: Final = struct.Struct("<4s5H3I2H")
CENTRAL: Final = struct.Struct("<4s6H3I5H2I")
END: Final = struct.Struct("<4s4H2IH")
END_SIGNATURE: Final = b"PK\x05\x06"
FIRST_DISK: Final = bytes(4)  # of one; nobody splits a file over disks today
LONGEST_COMMENT: Final = 0xFFFF  # bytes

ENCRYPTED: Final = 0x0001 | 0x0040 | 0x2000
SIZES_FOLLOW: Final = 0x0008
UTF_8: Final = 0x0800
DESCRIPTOR_SIZES: Final = frozenset({12, 16, 20, 24})  # bytes
STORED: Final = 0
DEFLATED: Final = 8

# Formats that hold other files, wherever they stand in a container.
NESTED: Final = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b\x08",
    b"\xfd7zXZ\x00",
    b"BZh",
    b"MSCF",
)
TAR: Final = slice(257, 262)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One row of the container's own directory."""

    name: str
    raw_name: bytes
    flags: int
    method: int
    checksum: int
    packed: int
    inflated: int
    offset: int
    mode: int


def ends_like_archive(data: bytes) -> bool:
    """Whether a zip program would find an end record here and open the file."""
    return END_SIGNATURE + FIRST_DISK in data[-END.size - LONGEST_COMMENT :]


def read_archive(data: bytes) -> dict[str, bytes]:
    """
    Inflate every part of a container whose directory tells the whole truth.

    :raises ResumeRejected: if it is encrypted, too big, ambiguous or unsafe
    """
    entries = list(_directory(data))
    for entry in entries:
        _check_entry(entry)
    names = [entry.name.casefold().rstrip("/") for entry in entries]
    if len(set(names)) < len(names):
        raise ResumeRejected(Reason.ZIP_DUPLICATE)
    starts = dict(_places(data, entries=entries))
    parts = {}
    room = MAX_INFLATED
    for entry in entries:
        start = starts[entry.name]
        content = _inflate(entry, data[start : start + entry.packed], room=room)
        room -= len(content)
        if content.startswith(NESTED) or content[TAR] == b"ustar":
            raise ResumeRejected(Reason.ZIP_NESTED)
        parts[entry.name] = content
    return parts


def _directory(data: bytes) -> Iterator[Entry]:
    end_at = len(data) - END.size
    signature, disk, first_disk, here, total, size, at, comment = END.unpack_from(data, end_at)
    if signature != END_SIGNATURE or comment or at + size != end_at:
        raise ResumeRejected(Reason.EXTRA_DATA)
    if disk or first_disk or here != total:
        raise ResumeRejected(Reason.DAMAGED)
    if total > MAX_ENTRIES:
        raise ResumeRejected(Reason.ZIP_ENTRIES)
    for _ in range(total):
        row = CENTRAL.unpack_from(data, at)
        name_at = at + CENTRAL.size
        at = name_at + row[10] + row[11] + row[12]
        if row[0] != b"PK\x01\x02" or at > end_at:
            raise ResumeRejected(Reason.DAMAGED)
        raw_name = data[name_at : name_at + row[10]]
        yield Entry(
            name=raw_name.decode("utf-8" if row[3] & UTF_8 else "cp437"),
            raw_name=raw_name,
            flags=row[3],
            method=row[4],
            checksum=row[7],
            packed=row[8],
            inflated=row[9],
            offset=row[16],
            mode=row[15] >> 16,
        )
    if at != end_at:
        raise ResumeRejected(Reason.EXTRA_DATA)


def _check_entry(entry: Entry) -> None:
    if entry.flags & ENCRYPTED:
        raise ResumeRejected(Reason.PASSWORD)
    if entry.method not in {STORED, DEFLATED}:
        raise ResumeRejected(Reason.ZIP_METHOD)
    folders = entry.name.removesuffix("/").split("/")
    if (
        any(character in entry.name for character in "\\:\0")
        or not entry.name.isprintable()
        or not {"", ".", ".."}.isdisjoint(folders)
    ):
        raise ResumeRejected(Reason.ZIP_PATH)
    if stat.S_IFMT(entry.mode) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise ResumeRejected(Reason.ZIP_LINK)


def _places(data: bytes, *, entries: list[Entry]) -> Iterator[tuple[str, int]]:
    """Yield where each part's bytes start, having seen that the parts fill the file."""
    ordered = sorted(entries, key=lambda entry: entry.offset)
    directory_at: int = END.unpack_from(data, len(data) - END.size)[6]
    bounds = [*(entry.offset for entry in ordered), directory_at]
    if bounds[0] != 0:
        raise ResumeRejected(Reason.EXTRA_DATA)
    for entry, (begin, end) in zip(ordered, pairwise(bounds), strict=True):
        header = LOCAL.unpack_from(data, begin)
        name_at = begin + LOCAL.size
        start = name_at + header[9] + header[10]
        left = end - start - entry.packed
        if left < 0:
            raise ResumeRejected(Reason.ZIP_OVERLAP)
        if left and not (entry.flags & SIZES_FOLLOW and left in DESCRIPTOR_SIZES):
            raise ResumeRejected(Reason.EXTRA_DATA)
        raw_name = data[name_at : name_at + header[9]]
        said = (header[0], header[2] & ENCRYPTED, header[3], raw_name)
        if said != (b"PK\x03\x04", 0, entry.method, entry.raw_name):
            raise ResumeRejected(Reason.DAMAGED)
        yield entry.name, start


def _inflate(entry: Entry, packed: bytes, *, room: int) -> bytes:
    most = min(room, max(RATIO_FREE, len(packed) * MAX_RATIO))
    if entry.method == STORED:
        content, whole = packed[: most + 1], True
    else:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        content = inflater.decompress(packed, most + 1)
        whole = inflater.eof and not inflater.unused_data
    if len(content) > most:
        raise ResumeRejected(Reason.ZIP_SIZE if most == room else Reason.ZIP_RATIO)
    said = (entry.inflated, entry.checksum)
    if not whole or said != (len(content), zlib.crc32(content)):
        raise ResumeRejected(Reason.DAMAGED)
    return content
