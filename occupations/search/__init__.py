"""Words to ranked hits, each saying why it matched."""

from occupations.search.hits import LONGEST, Hit, Results, find
from occupations.search.ranking import Kind

__all__ = ["LONGEST", "Hit", "Kind", "Results", "find"]
