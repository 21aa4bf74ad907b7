"""Tells a template on the writer's own disk from one that would be fetched."""

import re
from typing import Final
from urllib.parse import unquote

# Word records the template of every document, so an honest résumé may name
# "file:///C:\Users\…\Resume.dotx". Such a path is never fetched from a network.
OWN_DISK: Final = re.compile(
    r"""(?: (?:file:/{0,3})? [a-z]:[\\/]  # a drive on Windows
          | file:///  # a folder on a Mac
        ) (?![\\/]) [^:]*
      | [^:\\/]+  # a name alone""",
    re.IGNORECASE | re.VERBOSE,
)


def is_fetched(target: str) -> bool:
    """Whether opening the document would load its template from a network."""
    return OWN_DISK.fullmatch(unquote(target.strip())) is None
