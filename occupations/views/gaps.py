"""HTML that is written once, with gaps for what differs from one visit to the next."""

import re
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString

_MARK = "\ue000"  # for private use: it stands in no text of ours
_GAP = re.compile(f"{_MARK}([a-z_0-9]+){_MARK}")


@dataclass(frozen=True)
class Gaps:
    """HTML in parts, with the name of a gap between each part and the next."""

    parts: tuple[str, ...]

    def filled(self, **values: str) -> SafeString:
        """Fill every gap with the value of its name, escaped unless it is HTML already."""
        texts = {name: _escaped(value) for name, value in values.items()}
        names = self.parts[1::2]
        filled = [*self.parts]
        filled[1::2] = [texts[name] for name in names]
        return SafeString("".join(filled))

    def filled_in_part(self, **values: str) -> "Gaps":
        """Fill the gaps of these names, and leave the others."""
        parts = [""]
        for at, part in enumerate(self.parts):
            if at % 2 and part not in values:
                parts += [part, ""]
            else:
                parts[-1] += _escaped(values[part]) if at % 2 else part
        return Gaps(tuple(parts))


def gap(name: str) -> str:
    """Give what a template is handed in place of a value, to leave a gap there."""
    return f"{_MARK}{name}{_MARK}"


def with_gaps(html: str) -> Gaps:
    """Take HTML that a template wrote with such marks in it."""
    return Gaps(tuple(_GAP.split(html)))


def _escaped(value: str) -> str:
    """Escape as Django does; its own function looks for lazy texts first, for as long again."""
    return value if isinstance(value, SafeString) else escape(value)
