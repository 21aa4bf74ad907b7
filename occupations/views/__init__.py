"""The reading pages of the catalogue: anyone may see them, and they are the same for everyone."""

from occupations.views.browse import browse, edition
from occupations.views.detail import code, detail
from occupations.views.qualification import qualification, qualifications, release
from occupations.views.search import search
from occupations.views.unit import unit

__all__ = [
    "browse",
    "code",
    "detail",
    "edition",
    "qualification",
    "qualifications",
    "release",
    "search",
    "unit",
]
