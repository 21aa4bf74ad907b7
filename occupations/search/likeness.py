"""How alike texts are to a question: their vectors in eight bits, all asked at once."""

from collections.abc import Sequence

import numpy as np

from occupations.search.arrays import Numbers, Vectors
from occupations.search.eight_bits import RUNTIME_STEPS, opset, session, step
from occupations.search.wire import Field, message_of

_FLOAT, _INT8 = 1, 3  # kinds of numbers, as ONNX names them


class Likenesses:
    """Vectors in eight bits a number, all of them held against others at once."""

    def __init__(self, vectors: Vectors) -> None:
        largest = np.abs(vectors).max(axis=1, initial=0)
        self._scales = np.where(largest > 0, largest / 127, 1).astype(np.float32)
        self._numbers = np.round(vectors / self._scales[:, None]).astype(np.int8)
        self._session = (
            session(_held_against(self._numbers, self._scales)) if len(vectors) else None
        )

    def of(self, vectors: Vectors) -> Vectors:
        """Give the cosine of each of these with each one held, to a thousandth."""
        if self._session is None:
            return np.zeros((len(vectors), 0), np.float32)
        return np.asarray(self._session.run(None, {"asked": vectors})[0])

    def vector(self, at: int) -> Numbers:
        """Give one of those that are held; noughts if it was never made."""
        return np.asarray(self._numbers[at] * self._scales[at], np.float32)


def _held_against(
    numbers: np.ndarray[tuple[int, int], np.dtype[np.int8]], scales: Numbers
) -> bytes:
    """Write the model that multiplies what is asked with each of these vectors."""
    many, size = numbers.shape
    graph: list[Field] = [
        (1, step("DynamicQuantizeMatMul", "asked", "held", "scales", makes="likenesses")),
        (2, b"likenesses"),
        (5, _tensor(b"held", [size, many], _INT8, numbers.T.tobytes())),
        (5, _tensor(b"scales", [many], _FLOAT, scales.tobytes())),
        (11, _floats(b"asked")),
        (12, _floats(b"likenesses")),
    ]
    return message_of([(1, 8), (7, message_of(graph)), opset(b"", 17), opset(RUNTIME_STEPS, 1)])


def _tensor(name: bytes, sizes: Sequence[int], kind: int, numbers: bytes) -> bytes:
    return message_of([*((1, size) for size in sizes), (2, kind), (8, name), (9, numbers)])


def _floats(name: bytes) -> bytes:
    """Declare a table of numbers of any size."""
    shape = message_of([(1, message_of([(2, b"rows")])), (1, message_of([(2, name)]))])
    return message_of([(1, name), (2, message_of([(1, message_of([(1, _FLOAT), (2, shape)]))]))])
