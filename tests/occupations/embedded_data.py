"""The JSON-LD of a page, read as a program reads it."""

import json
import re

_ELEMENT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def nodes_of(html, kind=""):
    """List the nodes of a page, or those of a type."""
    (text,) = _ELEMENT.findall(html)
    graph = json.loads(text)
    assert graph["@context"] == "https://schema.org"
    return [node for node in graph["@graph"] if kind in {"", node["@type"]}]
