"""
Steps of a language model joined into fewer, larger ones.

ONNX Runtime takes a millisecond for the small steps of a question, of which most only move numbers
about. It knows them as one step each, but does not see it in this model.
"""

from collections import defaultdict
from collections.abc import Iterator

from occupations.search.eight_bits import (
    DIMENSION,
    GRAPH,
    INITIALIZER,
    NODE,
    Node,
    bytes_of,
    name_of,
    node_of,
    step,
)
from occupations.search.wire import Field, fields_of, message_of

_NUMBERS, _OUTPUTS = 9, 12  # fields of a tensor, and of a graph


def fused(model: bytes) -> bytes:
    """Rewrite a model in eight bits with fewer steps; its answers differ in rounding alone."""
    fields = list(fields_of(model))
    graph = next(value for field, value in fields if field == GRAPH)
    rewritten = message_of(_Steps(list(fields_of(bytes_of(graph)))).fused())
    return message_of((field, rewritten if field == GRAPH else value) for field, value in fields)


class _Steps:
    """The steps of a model, by what they make and what they read."""

    def __init__(self, graph: list[Field]) -> None:
        self._graph = graph
        self._nodes = [node_of(bytes_of(value)) for field, value in graph if field == NODE]
        self._kept = {
            name_of(bytes_of(value)): bytes_of(value)
            for field, value in graph
            if field == INITIALIZER
        }
        self._making = {node.makes[0]: node for node in self._nodes}
        self._reading: dict[str, list[Node]] = defaultdict(list)
        for node in self._nodes:
            for name in node.reads:
                self._reading[name].append(node)

    def fused(self) -> Iterator[Field]:
        """Give the fields of the graph, each step that was joined left out."""
        joined = {made: message for node in self._nodes for made, message in self._joined(node)}
        steps = [node_of(joined.get(node.makes[0], node.message)) for node in self._nodes]
        wanted = {_named(bytes_of(value)) for field, value in self._graph if field == _OUTPUTS}
        alive: list[Node] = []
        for node in reversed(steps):
            if not wanted.isdisjoint(node.makes):
                alive.append(node)
                wanted.update(node.reads)
        yield from ((NODE, node.message) for node in reversed(alive))
        yield from ((field, value) for field, value in self._graph if field != NODE)

    def _joined(self, node: Node) -> Iterator[tuple[str, bytes]]:
        """Give what a larger step makes, and that step, where this one is its mark."""
        if node.kind == "Add" and self._is_product(node):
            product = self._making[node.reads[0]]
            made = node.makes[0]
            yield made, step(product.kind, *product.reads, "", node.reads[1], makes=made)
        elif node.kind == "Erf":
            asked = self._making[node.reads[0]].reads[0]
            made = self._next(asked, "Mul").makes[0]
            yield made, step("Gelu", asked, makes=made)
        elif node.kind == "Softmax":
            yield self._attention(node)

    def _is_product(self, node: Node) -> bool:
        made_by = self._making.get(node.reads[0])
        is_product = made_by is not None and made_by.kind == "DynamicQuantizeMatMul"
        return is_product and node.reads[1] in self._kept

    def _attention(self, node: Node) -> tuple[str, bytes]:
        masked = self._making[node.reads[0]]
        product = self._making[masked.reads[0]]
        weighed = self._next(self._next(node.makes[0], "Where").makes[0], "MatMul")
        moved = self._next(weighed.makes[0], "Transpose")
        made = self._next(moved.makes[0], "Reshape").makes[0]
        query, key, value = map(self._source, (*product.reads, weighed.reads[1]))
        asked = [query, key, value, "", "", masked.reads[1]]
        heads: list[Field] = [(1, b"num_heads"), (3, self._heads(query)), (20, 2)]
        return made, step("MultiHeadAttention", *asked, makes=made, attribute=message_of(heads))

    def _source(self, name: str) -> str:
        """Follow numbers that are only moved about to the product with its bias."""
        while self._making[name].kind != "Add":
            name = self._making[name].reads[0]
        return name

    def _heads(self, query: str) -> int:
        """Count the heads: the numbers of a token by those of a head."""
        shape = self._making[self._next(query, "Reshape").reads[1]].reads
        a_head = next(
            bytes(bytes_of(value))
            for field, value in fields_of(self._kept[shape[-1]])
            if field == _NUMBERS
        )
        bias = fields_of(self._kept[self._making[query].reads[1]])
        size = next(value for field, value in bias if field == DIMENSION)
        return int(size) // int.from_bytes(a_head, "little") if isinstance(size, int) else 0

    def _next(self, name: str, kind: str) -> Node:
        return next(node for node in self._reading[name] if node.kind == kind)


def _named(declared: bytes | memoryview) -> str:
    name = next(value for field, value in fields_of(declared) if field == 1)
    return bytes(bytes_of(name)).decode()
