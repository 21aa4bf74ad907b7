"""How long search takes on the running site, by words and meaning, and what memory it needs."""

from collections.abc import Callable, Iterator
from itertools import islice
from urllib.parse import quote_plus

from tests.benchmarks.clients import all_at_once, each_in_turn, memory
from tests.occupations.search_gates import questions, titles_of_the_newest_edition

AT_ONCE = 20
EACH = 180  # questions of a figure; none is asked twice, so that nothing remembers an answer
ADDRESSES = {
    "search page": "/search/?q={}",
    "search in the API": "/api/v1/search?q={}",
}


def measure(port: int, *, say: Callable[[str, str], None]) -> None:
    """Say the figures of a site that has just started and holds the vectors."""
    asked = _questions()
    all_at_once(port, [_address(one, "/search/?q={}") for one in islice(asked, 40)], clients=4)
    for what, address in ADDRESSES.items():
        some = [_address(one, address) for one in islice(asked, EACH)]
        say(f"{what}, one caller", _times(each_in_turn(port, some)))
        some = [_address(one, address) for one in islice(asked, EACH)]
        say(f"{what}, {AT_ONCE} callers", _times(all_at_once(port, some, clients=AT_ONCE)))
    typed = [_address(one, "/search/suggestions/?q={}") for one in _beginnings()]
    half = len(typed) // 2
    say("suggestions, one caller", _times(each_in_turn(port, typed[:half])))
    say(
        f"suggestions, {AT_ONCE} callers",
        _times(all_at_once(port, typed[half:], clients=AT_ONCE)),
    )
    say("memory of a web process", f"{max(memory()):.0f} MB")


def _questions() -> Iterator[str]:
    """Give our own questions, those with an answer and those without in turn."""
    sets = zip(questions("answers"), questions("no_answer"), strict=True)
    return iter(dict.fromkeys(query for pair in sets for query, *_ in pair))


def _beginnings() -> list[str]:
    """Give what a person has typed of every tenth title after some letters."""
    titles = list(titles_of_the_newest_edition()[0])[::10]
    return list(dict.fromkeys(title[: 2 + at % 9] for at, title in enumerate(titles)))


def _address(asked: str, address: str) -> str:
    return address.format(quote_plus(asked))


def _times(times: tuple[float, float]) -> str:
    return "p50 {:.1f} ms, p95 {:.1f} ms, nothing asked before".format(*times)
