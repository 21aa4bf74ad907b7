"""
Models of ONNX whose weights stay in eight bits.

The language model's file keeps them so, but multiplies them out to 32 bits before it is asked,
and each question then waits for 40 MB from memory. Here they stay as they are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from occupations.search.wire import Field, fields_of, message_of

# The numbers of fields in an ONNX file, https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
GRAPH, _OPSET = 7, 8
NODE, INITIALIZER, _VALUE_INFO = 1, 5, 13
_INPUT, _OUTPUT, _KIND, _ATTRIBUTE, _DOMAIN = 1, 2, 4, 5, 7
DIMENSION, _TENSOR_NAME = 1, 8
_TO_FLOAT = message_of([(1, b"to"), (3, 1), (20, 2)])  # an attribute: what a step makes
RUNTIME_STEPS = b"com.microsoft"  # the domain of what ONNX Runtime has besides the standard

_RUNTIME_KINDS = {"DynamicQuantizeMatMul", "Gelu", "MultiHeadAttention"}

type _Message = bytes | memoryview


@dataclass(frozen=True)
class Node:
    """A step of a model: what it does, what it reads and what it makes."""

    kind: str
    reads: Sequence[str]
    makes: Sequence[str]
    message: _Message


def session(model: bytes, *, threads: int = 1) -> Any:  # noqa: ANN401 (its package has no types)
    """Make a model ready to be asked."""
    import onnxruntime  # noqa: PLC0415 (heavy, and need not be installed)

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Texts differ in length: what one batch took is no plan for the next, and need not be kept.
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    options.log_severity_level = 3  # errors: what is left unused of a model's file is none
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def in_eight_bits(model: bytes) -> bytes:
    """
    Rewrite a model so that it reckons with its weights as its file keeps them.

    They stand there as whole numbers, with a factor for each column or word, and steps that
    multiply them out. Those steps go. What a step reads is rounded to eight bits on the way.
    """
    fields = list(fields_of(model))
    graph = next(value for field, value in fields if field == GRAPH)
    rewritten = message_of(_rewritten(list(fields_of(bytes_of(graph)))))
    return message_of(
        [
            *((GRAPH, rewritten) if field == GRAPH else (field, value) for field, value in fields),
            opset(RUNTIME_STEPS, 1),
        ]
    )


def _rewritten(graph: list[Field]) -> Iterator[Field]:
    nodes = [node_of(bytes_of(value)) for field, value in graph if field == NODE]
    casts = {node.makes[0]: node.reads[0] for node in nodes if node.kind == "Cast"}
    kept = {name_of(bytes_of(value)) for field, value in graph if field == INITIALIZER}
    spread = {  # weights in 32 bits: those in eight, and their factors
        node.makes[0]: (casts[node.reads[0]], node.reads[1])
        for node in nodes
        if node.kind == "Mul" and casts.get(node.reads[0]) in kept
    }
    gone = {*spread, *(made for made, read in casts.items() if read in kept)}
    columns = {
        spread[node.reads[1]][1]
        for node in nodes
        if node.kind == "MatMul" and node.reads[1] in spread
    }
    for node in nodes:
        if node.makes[0] not in gone:
            yield from ((NODE, message) for message in _with_small_weights(node, spread))
    for field, value in graph:
        if field == INITIALIZER and name_of(bytes_of(value)) in columns:
            yield INITIALIZER, _as_row(bytes_of(value))
        elif field not in {NODE, _VALUE_INFO}:
            yield field, value


def _with_small_weights(node: Node, spread: dict[str, tuple[str, str]]) -> Iterator[_Message]:
    made = node.makes[0]
    if node.kind == "MatMul" and node.reads[1] in spread:
        yield step("DynamicQuantizeMatMul", node.reads[0], *spread[node.reads[1]], makes=made)
    elif node.kind == "Gather" and node.reads[0] in spread:
        weights, factors = spread[node.reads[0]]
        yield step("Gather", weights, node.reads[1], makes=f"{made}_small")
        yield step("Cast", f"{made}_small", makes=f"{made}_float", attribute=_TO_FLOAT)
        yield step("Gather", factors, node.reads[1], makes=f"{made}_factor")
        yield step("Mul", f"{made}_float", f"{made}_factor", makes=made)
    else:
        yield node.message


def step(kind: str, *reads: str, makes: str, attribute: bytes = b"") -> bytes:
    """Write a step of a model."""
    fields: list[Field] = [(_INPUT, one.encode()) for one in reads]
    fields += [(_OUTPUT, makes.encode()), (_KIND, kind.encode())]
    if attribute:
        fields.append((_ATTRIBUTE, attribute))
    if kind in _RUNTIME_KINDS:
        fields.append((_DOMAIN, RUNTIME_STEPS))
    return message_of(fields)


def opset(domain: bytes, version: int) -> Field:
    """Write which steps a model knows."""
    return _OPSET, message_of([(1, domain), (2, version)])


def _as_row(tensor: _Message) -> bytes:
    """Write a tensor of one row with the one dimension that a factor for each column has."""
    fields = list(fields_of(tensor))
    sizes = [value for field, value in fields if field == DIMENSION and isinstance(value, int)]
    rest = (one for one in fields if one[0] != DIMENSION)
    return message_of([(DIMENSION, max(sizes)), *rest])


def node_of(message: _Message) -> Node:
    said: dict[int, list[str]] = {_INPUT: [], _OUTPUT: [], _KIND: []}
    for field, value in fields_of(message):
        if field in said:
            said[field].append(bytes(bytes_of(value)).decode())
    return Node(said[_KIND][0], said[_INPUT], said[_OUTPUT], message)


def name_of(tensor: _Message) -> str:
    named = next(value for field, value in fields_of(tensor) if field == _TENSOR_NAME)
    return bytes(bytes_of(named)).decode()


def bytes_of(value: int | _Message) -> _Message:
    if isinstance(value, int):
        msg = "a model's file has a number where a message belongs"
        raise TypeError(msg)
    return value
