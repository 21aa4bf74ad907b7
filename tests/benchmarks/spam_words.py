"""What each word of a message speaks for: fitted to the labelled submissions, written as a table.

``python -m tests.benchmarks.spam_words`` prints how well the rule tells messages that it was not
fitted to; with ``--write`` it fits to all of them and writes ``enquiries/spam_words.csv``.
"""

import csv
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from enquiries import spam

FOLDS = 5
SEEN = 2  # messages that a word must stand in
STEPS, PACE = 600, 0.02
SETS = Path(__file__).parents[1] / "enquiries" / "submissions"
TABLE = Path(spam.__file__).with_name("spam_words.csv")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A submission, and whether it is spam."""

    submitted: spam.Submitted
    is_spam: bool
    kind: str


def labelled() -> list[Labelled]:
    """Read both sets, an honest one and a spam one in turn."""
    sets = [
        [
            Labelled(submitted=_submitted(row), is_spam=name == "spam", kind=row["kind"])
            for row in csv.DictReader((SETS / f"{name}.csv").read_text("utf-8").splitlines())
        ]
        for name in ("honest", "spam")
    ]
    return [each for pair in zip(*sets, strict=True) for each in pair]


def fit(examples: Sequence[Labelled]) -> dict[str, float]:
    """Fit a logistic regression over the words that stand in two messages or more."""
    written = [each for each in examples if each.submitted.message.strip()]
    texts = [spam.words_of(each.submitted.message) for each in written]
    counts = Counter(word for words in texts for word in words)
    known = sorted(word for word, count in counts.items() if count >= SEEN)
    place = {word: number for number, word in enumerate(known)}
    seen = np.zeros((len(texts), len(known)))
    for row, words in enumerate(texts):
        seen[row, [place[word] for word in words if word in place]] = 1
    is_spam = np.array([each.is_spam for each in written], dtype=float)
    weights, lean = np.zeros(len(known)), 0.0
    for _ in range(STEPS):
        missed = is_spam - 1 / (1 + np.exp(-(seen @ weights + lean)))
        weights += PACE * (seen.T @ missed - weights)
        lean += PACE * missed.sum()
    return {"": float(lean), **dict(zip(known, map(float, weights), strict=True))}


def asked(examples: Sequence[Labelled], *, weights: Mapping[str, float]) -> list[Labelled]:
    """List those of whom the rule would ask one more question, or who were too quick."""
    return [
        each
        for each in examples
        if spam.asks_more(each.submitted, weights=weights) or each.submitted.seconds < 3
    ]


def cross_validated() -> tuple[list[Labelled], list[Labelled]]:
    """Give the spam that passed and the honest that were asked, each by weights blind to it."""
    examples, passed, honest = labelled(), [], []
    for fold in range(FOLDS):
        held = [each for number, each in enumerate(examples) if number // 2 % FOLDS == fold]
        weights = fit([each for each in examples if each not in held])
        found = asked(held, weights=weights)
        passed += [each for each in held if each.is_spam and each not in found]
        honest += [each for each in found if not each.is_spam]
    return passed, honest


def _submitted(row: Mapping[str, str]) -> spam.Submitted:
    return spam.Submitted(
        given_name=row["given_name"],
        family_name=row["family_name"],
        short_answers=f"{row['language']} {row['accessibility_needs']}",
        message=row["message"],
        seconds=float(row["seconds"]),
        filled_the_trap=bool(row["trap"]),
        names_a_language=bool(row["browser_languages"]),
    )


def main() -> None:
    passed, honest = cross_validated()
    half = len(labelled()) // 2
    sys.stdout.write(f"spam stopped: {1 - len(passed) / half:.1%}\n")
    sys.stdout.write(f"honest asked one more question: {len(honest) / half:.1%}\n")
    for each in passed + honest:
        sys.stdout.write(f"  {each.kind}: {each.submitted.message[:100]}\n")
    if "--write" in sys.argv:
        weights = sorted(fit(labelled()).items())
        with TABLE.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["word", "weight"])
            writer.writerows([word, f"{weight:.2f}"] for word, weight in weights)


if __name__ == "__main__":
    main()
