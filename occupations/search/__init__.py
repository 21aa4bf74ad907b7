"""Words to ranked hits, each saying why it matched."""

from occupations.search.current import current_index, warm_up
from occupations.search.gathering import gather
from occupations.search.hits import LONGEST, Hit, Results, find
from occupations.search.index import Index, searched_texts
from occupations.search.meaning import keep_vectors
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
    "keep_vectors",
    "searched_texts",
    "warm_up",
]
