"""All names and lines as arrays in memory, and what each says to a question."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection
from functools import cached_property
from itertools import chain

import numpy as np

from occupations.folding import fold
from occupations.search import leaving_out
from occupations.search.arrays import (
    Flags,
    Grouped,
    Postings,
    of_length_one,
    rarity,
    saturated,
)
from occupations.search.likeness import Likenesses
from occupations.search.meaning import FEW_NEW, is_a_word, vectors_of
from occupations.search.pages import NARROW_NAMES, OWN_NAMES, Gathered, Kind, Name, NameKind
from occupations.search.slips import SHORTEST_MENDED, Slips
from occupations.spelling import letters, telling, words

_KIND_COSTS = {
    Kind.OCCUPATION: 0.0,
    Kind.GROUP: 2.0,
    Kind.QUALIFICATION: 3.0,
    Kind.UNIT: 3.5,
    Kind.GLOSSARY: 4.0,
}
_LAST = "\U0010ffff"  # sorts after every letter
OF_WORK = frozenset({Kind.OCCUPATION, Kind.GROUP})  # whose names have vectors


class Index:
    """The whole search, of one state of the catalogue; read only, shared by all threads."""

    def __init__(
        self,
        gathered: Gathered,
        *,
        without: Collection[str] = (),
        most_new: int | None = FEW_NEW,
    ) -> None:
        """
        Build it, to measure search, as if the titles ``without`` were unknown.

        Left out are names that are such a title, and its words in lines that hold one. Vectors
        that no load made are made now, if they are at most ``most_new`` or that is none.
        """
        if without:
            gathered = leaving_out.without(gathered, without)
        self.concepts = gathered.concepts
        self.codes = gathered.codes
        self.names = gathered.names
        self._name_texts()
        self._exact_names()
        self._words(gathered)
        self._meanings(gathered, most_new=most_new)
        self._unit_groups()

    def _name_texts(self) -> None:
        of_work = [one for one in self.names if self._kind(one) in OF_WORK]
        self.work_texts = len({name.text for name in of_work})  # they stand first
        self.texts = list(dict.fromkeys(name.text for name in [*of_work, *self.names]))
        place = {text: at for at, text in enumerate(self.texts)}
        self.text_of = [place[name.text] for name in self.names]
        self.folded = [fold(text) for text in self.texts]
        self.by_folded = sorted((folded, at) for at, folded in enumerate(self.folded))
        self.slips = Slips(self.folded)
        size = len(self.concepts)
        pairs = list(zip(self.names, self.text_of, strict=True))

        def grouped(kinds: Collection[NameKind]) -> Grouped:
            chosen = {
                (name.concept, text): 0.97 if name.kind is NameKind.LAY_WORD and name.seq > 1 else 1
                for name, text in pairs
                if name.kind in kinds
            }
            return Grouped(((*key, weight) for key, weight in chosen.items()), size=size)

        weights: dict[tuple[int, int], float] = {}
        self._name_of: dict[tuple[int, int], Name] = {}
        for name, text in pairs:
            key = (name.concept, text)
            if weights.get(key, 0.0) < name.weight:
                weights[key] = name.weight
                self._name_of[key] = name
        self.all_names = Grouped(((*key, weight) for key, weight in weights.items()), size=size)
        self.own_names = grouped({NameKind.TITLE, NameKind.ALTERNATIVE})
        self.close_names = grouped({*OWN_NAMES, *NARROW_NAMES, NameKind.LAY_WORD})
        self.wider_names = grouped({NameKind.WIDER})

    def _kind(self, name: Name) -> Kind:
        return self.concepts[name.concept].home.kind

    def _exact_names(self) -> None:
        self.exact: dict[str, list[Name]] = defaultdict(list)
        self.alike: dict[tuple[str, ...], list[Name]] = defaultdict(list)
        for name in self.names:
            if name.kind is not NameKind.WIDER:
                self.exact[fold(name.text)].append(name)
                self.alike[tuple(words(name.text))].append(name)

    def _words(self, gathered: Gathered) -> None:
        self.name_words = [words(text) for text in self.texts]
        bags = [Counter(set(one)) for one in self.name_words]
        rare = rarity(bags)
        self.name_postings = Postings(bags, weight_of=rare)
        self.name_rarity = np.array(
            [sum(rare[word] for word in set(one)) for one in self.name_words], np.float32
        )
        heads: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(self.name_words):
            heads[one[-1]].append(at)
        self.heads = {word: np.array(places, np.intp) for word, places in heads.items()}
        self.work_heads = {word for word, places in heads.items() if places[0] < self.work_texts}
        runs = [letters(text) for text in self.folded]
        rare_runs = rarity(runs)
        self.run_postings = Postings(
            [of_length_one(one, rare_runs) for one in runs], weight_of=rare_runs
        )
        documents = [Counter[str]() for _ in self.concepts]
        said: list[set[str]] = [set() for _ in self.concepts]
        for concept, text in chain(
            ((name.concept, name.text) for name in self.names),
            ((line.concept, line.text) for line in gathered.lines),
            gathered.tools,
        ):
            if text not in said[concept]:
                said[concept].add(text)
                documents[concept].update(words(text))
        mean = sum(map(Counter.total, documents)) / max(len(documents), 1)
        self.document_postings = Postings(
            [saturated(one, mean=mean) for one in documents], weight_of=rarity(documents)
        )

    def _meanings(self, gathered: Gathered, *, most_new: int | None) -> None:
        size = len(self.concepts)
        self.lines = list(dict.fromkeys(line.text for line in gathered.lines if not line.is_task))
        self.tasks = list(dict.fromkeys(line.text for line in gathered.lines if line.is_task))
        place = {text: at for at, text in enumerate([*self.lines, *self.tasks])}
        pairs = {
            (line.concept, place[line.text], line.is_own, line.is_task) for line in gathered.lines
        }
        self.own_lines = Grouped(
            ((at, text, 1.0) for at, text, is_own, _ in pairs if is_own), size=size
        )
        self.group_lines = Grouped(
            ((at, text, 1.0) for at, text, is_own, is_task in pairs if not is_own and not is_task),
            size=size,
        )
        self.task_lines = Grouped(
            ((at, text, 1.0) for at, text, _, is_task in pairs if is_task), size=size
        )
        self.lines_on = [
            np.concatenate([one.texts[one.of(at)] for one in (self.own_lines, self.group_lines)])
            for at in range(size)
        ]
        of_work = self.texts[: self.work_texts]
        vectors = vectors_of([*of_work, *self.lines, *self.tasks], most_new=most_new)
        shown = len(of_work) + len(self.lines)
        self.meanings = Likenesses(vectors[:shown]) if vectors is not None else None
        self.task_meanings = Likenesses(vectors[shown:]) if vectors is not None else None

    def _unit_groups(self) -> None:
        order = {
            code: at
            for at, code in enumerate(sorted({concept.unit_group for concept in self.concepts}))
        }
        self.group_of = np.array([order[one.unit_group] for one in self.concepts], np.intp)
        self.has_group = np.array([bool(one.unit_group) for one in self.concepts])
        self.by_group = np.argsort(self.group_of, kind="stable")
        self.group_starts = np.searchsorted(self.group_of[self.by_group], np.arange(len(order)))
        self.is_residual = np.array([one.is_residual for one in self.concepts], np.float32)
        self.kinds = np.array([one.home.kind.value for one in self.concepts])
        self.costs = np.array([_KIND_COSTS[one.home.kind] for one in self.concepts], np.float32)
        self._sorted_codes = sorted(self.codes)
        self.is_current = np.array([one.is_current for one in self.concepts])
        self._allowed: dict[tuple[Kind | None, str], Flags] = {}

    def codes_from(self, start: str) -> list[str]:
        """List the codes that are this one or start with it."""
        at = bisect_left(self._sorted_codes, start)
        end = bisect_left(self._sorted_codes, start + _LAST, lo=at)
        return self._sorted_codes[at:end]

    def may_be(self, *, kind: Kind | None, edition: str) -> Flags:
        """
        Tell of each concept whether it may be a hit.

        Without a chosen edition, what the newest ANZSCO edition lacks is found by its title alone;
        so is a term of the glossary, unless terms were asked for.
        """
        known = self._allowed.get((kind, edition))
        if known is None:
            in_edition = self.in_edition(edition) if edition else self.is_current
            is_kind: Flags = (
                self.kinds != Kind.GLOSSARY.value if kind is None else self.kinds == kind.value
            )
            known = self._allowed[kind, edition] = in_edition & is_kind
        return known

    @cached_property
    def line_postings(self) -> Postings:
        """The words of each line, tasks last; asked for only where no vectors are."""
        texts = [Counter(set(telling(text))) for text in [*self.lines, *self.tasks]]
        return Postings(texts, weight_of={})

    def in_edition(self, edition: str) -> Flags:
        """Tell of each concept whether it has a page in an edition, or is of none."""
        return np.array([edition in one.pages or not one.home.edition for one in self.concepts])

    def named(self, text: int) -> list[Name]:
        """List the names, of whatever concept, that are this text; wider ones left out."""
        return self.exact.get(self.folded[text], [])

    def name_at(self, concept: int, text: int) -> Name:
        """Give the name of a concept that is this text."""
        return self._name_of[concept, text]

    def knows(self, word: str) -> bool:
        """Tell whether a folded word stands in any name or line, in any of its forms."""
        return all(
            one in self.name_postings or one in self.document_postings for one in telling(word)
        )

    def mended(self, word: str) -> str:
        """
        Give the word of our names that one or two slips turn into a word unknown to us.

        A word that the language model knows is no slip, though no name has it.
        """
        is_short = len(word) < SHORTEST_MENDED or not word.isalpha()
        return "" if is_short or self.knows(word) or is_a_word(word) else self.slips.word_for(word)

    def starting_with(self, folded: str) -> list[int]:
        """Give the texts of names that start so, in the order of the alphabet."""
        start = bisect_left(self.by_folded, (folded, -1))
        end = bisect_left(self.by_folded, (folded + _LAST, -1), lo=start)
        return [at for _, at in self.by_folded[start:end]]


def searched_texts(gathered: Gathered) -> list[str]:
    """List the texts whose vectors search needs: names of work, and lines on it."""
    names = [
        name.text for name in gathered.names if gathered.concepts[name.concept].home.kind in OF_WORK
    ]
    return list(dict.fromkeys([*names, *(line.text for line in gathered.lines)]))
