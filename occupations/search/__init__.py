"""Words to ranked hits, each saying why it matched."""

from occupations.search.answers import Hit, Results
from occupations.search.current import answer_headers, current_index, keep_meanings, warm_up
from occupations.search.description import Described, describe
from occupations.search.gathering import gather
from occupations.search.hits import LONGEST, find
from occupations.search.index import Index
from occupations.search.look_alikes import look_alikes
from occupations.search.meaning import searches_by_meaning
from occupations.search.narrowing import Narrowing
from occupations.search.pages import Kind, Page
from occupations.search.recent import Recent, ask_anew
from occupations.search.turns import in_turn
from occupations.search.wanted import is_no_occupation

__all__ = [
    "LONGEST",
    "Described",
    "Hit",
    "Index",
    "Kind",
    "Narrowing",
    "Page",
    "Recent",
    "Results",
    "answer_headers",
    "ask_anew",
    "current_index",
    "describe",
    "find",
    "gather",
    "in_turn",
    "is_no_occupation",
    "keep_meanings",
    "look_alikes",
    "searches_by_meaning",
    "warm_up",
]
