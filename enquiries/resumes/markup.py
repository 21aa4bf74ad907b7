"""Reads the XML parts of one container as a stream, never as a tree, within limits."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.xmlreader import AttributesNSImpl

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser

from enquiries.resumes.rejection import Reason, ResumeRejected

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_NODES: Final = 800_000  # elements, attributes and pieces of text
MAX_DEPTH: Final = 250
CHUNK: Final = 64 * 1024
MAX_SILENCE: Final = 16  # chunks inside one tag or comment, however many attributes it has

type Name = tuple[str | None, str]


@dataclass(frozen=True, slots=True)
class Element:
    """An element that has just begun; names are without their prefix."""

    name: str
    attributes: dict[Name, str]

    def plain(self, name: str) -> str:
        """Return the attribute ``name`` that has no prefix, or nothing."""
        return self.attributes.get((None, name), "").strip()

    def values(self, name: str) -> list[str]:
        """Return every attribute called ``name``, whatever its prefix."""
        return [value.strip() for (_, local), value in self.attributes.items() if local == name]


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text, with the name of the element right around it."""

    inside: str
    text: str


class Markup:
    """The XML of one container; its parts share one allowance."""

    def __init__(self) -> None:
        self._bytes_left = MAX_BYTES
        self._nodes_left = MAX_NODES

    def read(self, content: bytes) -> Iterator[Element | Text]:
        """
        Yield the elements and texts of one part in order.

        :raises ResumeRejected: if it has a DTD or is too complex
        """
        self._bytes_left -= len(content)
        if self._bytes_left < 0:
            raise ResumeRejected(Reason.TOO_COMPLEX)
        listener = _Listener()
        parser = make_parser()
        parser.forbid_dtd = True
        parser.setFeature(feature_namespaces, state=True)
        parser.setContentHandler(listener)
        silence = 0
        try:
            for at in range(0, len(content), CHUNK):
                parser.feed(content[at : at + CHUNK])
                silence = 0 if listener.heard else silence + 1
                if silence > MAX_SILENCE:
                    raise ResumeRejected(Reason.TOO_COMPLEX)
                yield from self._heard(listener)
            parser.close()
        except DefusedXmlException as error:
            raise ResumeRejected(Reason.XML_DTD) from error
        yield from self._heard(listener)

    def _heard(self, listener: "_Listener") -> list[Element | Text]:
        self._nodes_left -= listener.nodes
        if self._nodes_left < 0:
            raise ResumeRejected(Reason.TOO_COMPLEX)
        heard, listener.heard, listener.nodes = listener.heard, [], 0
        return heard


class _Listener(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Element | Text] = []
        self.nodes = 0
        self._open: list[str] = []

    def startElementNS(  # noqa: N802  (SAX calls it so)
        self,
        name: Name,
        qname: str | None,  # noqa: ARG002
        attrs: AttributesNSImpl,
    ) -> None:
        self.nodes += 1 + len(attrs)
        self._open.append(name[1])
        if len(self._open) > MAX_DEPTH:
            raise ResumeRejected(Reason.TOO_COMPLEX)
        self.heard.append(Element(name[1], dict(attrs.items())))

    def endElementNS(self, name: Name, qname: str | None) -> None:  # noqa: N802, ARG002
        self._open.pop()

    def characters(self, content: str) -> None:
        self.nodes += 1
        self.heard.append(Text(self._open[-1], content))
