"""
How long search takes on the running site, by words and meaning, and what memory it needs.

The callers are kept-alive connections in one thread of this process, each asking again as soon
as it is answered in full; they take their share of the same processors, a tenth of a
millisecond a question. The site has answered some hundred other questions before.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from urllib.parse import quote_plus

from tests.benchmarks.clients import memory, middle_and_slow, server_seconds
from tests.benchmarks.crowd import milliseconds_each
from tests.occupations.search_gates import questions, titles_of_the_newest_edition
from tests.processes import eventually

AT_ONCE = 20
EACH = 180  # questions of a figure, none of them asked before
POPULAR, VISITS = 80, 600  # of the mix: some questions are asked far more often than others
WARM = 300  # titles that are searched before
MEGABYTES_BY_MEANING = 250  # which a web process passes only with its model and its vectors
ADDRESSES = {
    "search page": "/search/?q={}",
    "search in the API": "/api/v1/search?q={}",
}


def measure(port: int, *, say: Callable[[str, str], None]) -> None:
    """Say the figures of a site that has just started and holds the vectors."""
    eventually(lambda: min(memory()) > MEGABYTES_BY_MEANING, within=120)
    chance = random.Random(4)  # noqa: S311 (an even choice is all that is asked for)
    titles = list(titles_of_the_newest_edition()[0])
    page = ADDRESSES["search page"]
    milliseconds_each(port, _paths(page, chance.sample(titles, WARM)), callers=AT_ONCE)
    asked = iter(_questions(chance))
    for what, address in ADDRESSES.items():
        for callers in (1, AT_ONCE):
            some = _paths(address, islice(asked, EACH))
            say(_named(what, callers), _figures(port, some, callers=callers))
    popular = list(islice(asked, POPULAR))
    often = [1 / place for place in range(1, POPULAR + 1)]
    mix = _paths(page, chance.choices(popular, often, k=VISITS))
    say(_named("search page, a mix", AT_ONCE), _figures(port, mix, callers=AT_ONCE))
    typed = _paths("/search/suggestions/?q={}", _beginnings(titles))
    half = len(typed) // 2
    say(_named("suggestions", 1), _figures(port, typed[:half], callers=1))
    say(_named("suggestions", AT_ONCE), _figures(port, typed[half:], callers=AT_ONCE))
    say("memory of a web process", f"{max(memory()):.0f} MB")


def _figures(port: int, paths: Sequence[str], *, callers: int) -> str:
    before = server_seconds()
    p50, p95 = middle_and_slow(milliseconds_each(port, paths, callers=callers))
    each = (server_seconds() - before) / len(paths) * 1000
    return f"p50 {p50:.1f} ms, p95 {p95:.1f} ms; {each:.1f} ms of a processor each"


def _named(what: str, callers: int) -> str:
    return f"{what}, {callers} caller{'s' if callers > 1 else ''}"


def _questions(chance: random.Random) -> list[str]:
    """Give our own questions, those with an answer and those without, in no order."""
    both = [*questions("answers"), *questions("no_answer")]
    asked = list(dict.fromkeys(query for query, *_ in both))
    chance.shuffle(asked)
    return asked


def _beginnings(titles: Sequence[str]) -> list[str]:
    """Give what a person has typed of every tenth title after some letters."""
    return list(dict.fromkeys(title[: 2 + at % 9] for at, title in enumerate(titles[::10])))


def _paths(address: str, asked: Iterable[str]) -> list[str]:
    return [address.format(quote_plus(one)) for one in asked]
