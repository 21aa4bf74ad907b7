"""Words to ranked hits, each saying why it matched."""

from occupations.search.answers import Hit, Results
from occupations.search.current import current_index, keep_meanings, warm_up
from occupations.search.gathering import gather
from occupations.search.hits import LONGEST, find
from occupations.search.index import Index
from occupations.search.pages import Kind, Page

__all__ = [
    "LONGEST",
    "Hit",
    "Index",
    "Kind",
    "Page",
    "Results",
    "current_index",
    "find",
    "gather",
    "keep_meanings",
    "warm_up",
]
