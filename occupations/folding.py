"""The one folding of titles and questions, so that index, query and order agree."""

import re
import unicodedata

_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i"}
)
_MARKS = re.compile("[\u0300-\u036f]")
_SILENT = re.compile(r"['\u2019\u2018\u02bb\u02bc`.]")
_SEPARATOR = re.compile(r"[^\w+#]|_")


def fold(text: str) -> str:
    r"""
    Write a title or question so that two ways of typing the same words become equal.

    Folded are case, accents and macrons, ``&`` and "and", ``/`` and ``\`` between two titles,
    punctuation and spacing. Folding twice changes nothing.
    """
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = unicodedata.normalize("NFC", _MARKS.sub("", letters).translate(_LETTERS))
    spoken = _SILENT.sub("", plain.replace("&", " and "))
    return " ".join(_SEPARATOR.sub(" ", spoken).split())
