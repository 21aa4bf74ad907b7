"""The index of the catalogue as it was loaded: built once a worker, whatever a test searches."""

from occupations.search import current

_state = None
_held = None


def note_state():
    """Remember what the catalogue's state is before any test has changed it."""
    global _state  # noqa: PLW0603 (as there is one index a process)
    _state = current._read_state()  # noqa: SLF001 (so that a test need not build one anew)


def put_back():
    """Hold the usual index again, if a test searched another state of the catalogue."""
    global _held  # noqa: PLW0603
    held = current._held  # noqa: SLF001
    if held is not None and held[0] == _state:
        _held = held
    elif _held is not None:
        current._held = _held  # noqa: SLF001
