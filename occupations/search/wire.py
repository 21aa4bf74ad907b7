"""Messages of Protocol Buffers, read and written by the numbers of their fields."""

from collections.abc import Iterable, Iterator

type Field = tuple[int, int | bytes | memoryview]

_NUMBER, _BYTES = 0, 2  # the two ways to write a field that are known here


def fields_of(message: bytes | memoryview) -> Iterator[Field]:
    """
    Give each field with its number; bytes stay where they are.

    :raises ValueError: for a field that is neither a whole number nor bytes
    """
    view, at = memoryview(message), 0
    while at < len(view):
        key, at = _number(view, at)
        value, at = _number(view, at)
        if key & 7 == _BYTES:
            yield key >> 3, view[at : at + value]
            at += value
        elif key & 7 == _NUMBER:
            yield key >> 3, value
        else:
            raise ValueError(f"a field is written in way {key & 7}")


def message_of(fields: Iterable[Field]) -> bytes:
    """Write fields as a message."""
    parts: list[bytes | memoryview] = []
    for field, value in fields:
        if isinstance(value, int):
            parts.append(_written(field << 3 | _NUMBER) + _written(value))
        else:
            parts += [_written(field << 3 | _BYTES) + _written(len(value)), value]
    return b"".join(parts)


def _number(view: memoryview, at: int) -> tuple[int, int]:
    """Read a number, seven bits a byte, the lowest first; give also where it ends."""
    number = shift = 0
    while True:
        byte = view[at]
        number |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:  # noqa: PLR2004 (the highest bit says that more follows)
            return number, at


def _written(number: int) -> bytes:
    written = bytearray()
    while number > 0x7F:  # noqa: PLR2004
        written.append(number & 0x7F | 0x80)
        number >>= 7
    written.append(number)
    return bytes(written)
