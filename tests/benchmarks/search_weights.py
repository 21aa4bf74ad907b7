"""
Fits the weights of search from the catalogue: ``python -m tests.benchmarks.search_weights``.

Every other title and lay word is asked of an index that has never heard of it, and the weights are
those that make the occupations it belongs to likeliest. What stands in ``ranking.py`` is printed
beside them, both on questions that the fit did not see. Confidence is fitted on our own sets.
"""

import os
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests import environment

environment.prepare()
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django  # noqa: E402

django.setup()

import numpy as np  # noqa: E402
from django.conf import settings  # noqa: E402

from occupations.search import Index, Kind, gather, ranking  # noqa: E402
from occupations.search.by_name import by_name  # noqa: E402
from occupations.search.index import searched_texts  # noqa: E402
from occupations.search.meaning import keep_vectors  # noqa: E402
from occupations.search.pages import Gathered, NameKind  # noqa: E402
from occupations.search.signals import SIGNALS, Question, listen  # noqa: E402
from tests import servers  # noqa: E402
from tests.occupations.search_gates import questions  # noqa: E402

FOLDS, CANDIDATES = 5, 80
MILD = 1e-3  # how much a large weight is held back
KEPT = 0.92  # share of right first hits that stay confident
STANDING = {
    "with meaning": ranking._WITH_MEANING,  # noqa: SLF001 (what is fitted here)
    "words alone": ranking._WORDS_ALONE,  # noqa: SLF001
}
_ASKED = {NameKind.ALTERNATIVE, NameKind.SPECIALISATION, NameKind.NEC, NameKind.LAY_WORD}


@dataclass(frozen=True)
class Asked:
    """A title that was asked with itself left out: the signals of the likeliest occupations."""

    fold: int
    signals: np.ndarray
    is_right: np.ndarray


def main() -> None:
    run = servers.Servers()
    run.start()
    try:
        servers.make_database("weights")
        settings.SEARCH_BY_MEANING = True
        keep_vectors(searched_texts(gather()))
        gathered = gather()
        asked: list[Asked] = []
        for fold in range(FOLDS):
            asked += _asked(gathered, fold)
            _print(f"{len(asked)} titles and words asked, each of an index without it")
        for mode, standing in STANDING.items():
            _weights(mode, list(standing), asked, standing=list(standing.values()))
        _confidence(Index(gathered))
    finally:
        run.stop()


def _asked(gathered: Gathered, fold: int) -> Iterator[Asked]:
    """Ask every fifth title or word of an index without any of them."""
    own: dict[str, set[int]] = defaultdict(set)
    current = [one.is_current and one.home.kind is Kind.OCCUPATION for one in gathered.concepts]
    for name in gathered.names:
        if name.kind in _ASKED and current[name.concept]:
            own[name.text].add(name.concept)
    texts = sorted(own)
    random.Random(7).shuffle(texts)  # noqa: S311 (the same folds in every run)
    index = Index(gathered, without=texts[fold::FOLDS], most_new=None)
    occupations = np.flatnonzero(current)
    likely = _vector(STANDING["with meaning"], list(SIGNALS))
    for text in texts[fold::FOLDS]:
        signals = listen(Question(text, index)).columns[occupations]
        first = np.argsort(-(signals @ likely))[:CANDIDATES]
        is_right = np.isin(occupations[first], list(own[text]))
        if is_right.any():
            yield Asked(fold, signals[first].astype(float), is_right)


def _weights(
    mode: str, names: list[str], asked: Sequence[Asked], *, standing: Sequence[float]
) -> None:
    columns = [SIGNALS.index(name) for name in names]
    unseen = []
    for fold in range(FOLDS):
        seen = fit([(one.signals[:, columns], one.is_right) for one in asked if one.fold != fold])
        unseen += [_place(one, columns, seen) for one in asked if one.fold == fold]
    now = [_place(one, columns, np.array(standing)) for one in asked]
    fitted = fit([(one.signals[:, columns], one.is_right) for one in asked])
    _print(f"{mode}: " + _shares(now) + " as it stands; " + _shares(unseen) + " fitted, held out")
    _print("    " + ", ".join(f"{n}: {w:.2f}" for n, w in zip(names, fitted, strict=True)))


def _confidence(index: Index) -> None:
    """Tell right first hits from those of questions that no occupation answers."""
    names = list(ranking._ANSWERS)  # noqa: SLF001
    occupations = np.flatnonzero(
        [one.is_current and one.home.kind is Kind.OCCUPATION for one in index.concepts]
    )
    right: list[list[float]] = []
    none: list[list[float]] = []
    for name, kept in (("answers", right), ("no_answer", none)):
        for query, codes, _ in questions(name):
            question = Question(query, index)
            if by_name(question, kind=None, edition=""):
                continue  # a name answers for itself
            heard = listen(question)
            weighed = ranking.weigh(heard)[occupations]
            at = occupations[int(np.argmax(weighed))]
            code = index.concepts[at].home.code
            if not codes or code.startswith(tuple(codes)):
                signal = ranking.signals_of_an_answer(
                    question, heard, concept=int(at), weighed=float(weighed.max())
                )
                kept.append([float(signal[one]) for one in names])
    yes, no = np.array(right), np.array(none)
    pairs = [(np.array([one, other]), np.array([True, False])) for one in yes for other in no]
    weights = fit(pairs)
    least = float(np.quantile(yes @ weights, 1 - KEPT))
    refused = float((no @ weights < least).mean())
    _print("confidence: " + ", ".join(f"{n}: {w:.2f}" for n, w in zip(names, weights, strict=True)))
    _print(
        f"    from {least:.2f}: {KEPT:.0%} of right first hits, refusing {refused:.1%} of others"
    )


def fit(choices: Sequence[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """
    Find the weights that make the right candidates of each choice likeliest, by Newton's method.

    A choice is the signals of its candidates, a row each, and which of them are right.
    """
    signals = np.concatenate([one for one, _ in choices])
    is_right = np.concatenate([flags for _, flags in choices])
    starts = np.cumsum([0, *(len(one) for one, _ in choices[:-1])])
    of = np.repeat(np.arange(len(choices)), [len(one) for one, _ in choices])
    scale = signals.std(axis=0) + 1e-6
    signals = signals / scale

    def likelihoods(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
        scores = signals @ weights
        raised = np.exp(scores - np.maximum.reduceat(scores, starts)[of])
        every = np.add.reduceat(raised, starts)
        right = np.add.reduceat(raised * is_right, starts)
        with np.errstate(divide="ignore", invalid="ignore"):  # of a step too far, to be halved
            loss = -float(np.log(right / every).mean()) + MILD * float(weights @ weights)
            return raised / every[of], raised * is_right / right[of], loss

    weights = np.zeros(signals.shape[1])
    for _ in range(60):
        share, among_right, loss = likelihoods(weights)
        slope = signals.T @ (share - among_right) / len(choices) + 2 * MILD * weights
        mean = np.add.reduceat(signals * share[:, None], starts)
        bend = ((signals * share[:, None]).T @ signals - mean.T @ mean) / len(choices)
        step = np.linalg.solve(bend + 2 * MILD * np.eye(len(weights)), slope)
        while likelihoods(weights - step)[2] > loss and np.abs(step).max() > 1e-7:
            step = step / 2
        weights = weights - step
        if np.abs(step).max() < 1e-5:
            break
    return np.asarray(weights / scale)


def _place(one: Asked, columns: list[int], weights: np.ndarray) -> int:
    order = np.argsort(-(one.signals[:, columns] @ weights), kind="stable")
    return int(np.flatnonzero(one.is_right[order])[0])


def _shares(places: Sequence[int]) -> str:
    return ", ".join(
        f"top {most} {100 * float(np.mean(np.array(places) < most)):.1f} %" for most in (1, 5)
    )


def _vector(weights: Mapping[str, float], names: list[str]) -> np.ndarray:
    return np.array([weights.get(name, 0.0) for name in names])


def _print(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
