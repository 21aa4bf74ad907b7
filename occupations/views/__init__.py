"""The reading pages of the catalogue: anyone may see them, and they are the same for everyone."""

from occupations.views.a_to_z import a_to_z
from occupations.views.about_the_data import about_the_data
from occupations.views.browse import browse, edition
from occupations.views.changes import changes
from occupations.views.compare import compare
from occupations.views.detail import code, detail
from occupations.views.differences import edition_differences
from occupations.views.download import download, download_description, downloads
from occupations.views.glossary import glossary
from occupations.views.qualification import qualification, qualifications, release
from occupations.views.search import search
from occupations.views.shortlist import shortlist
from occupations.views.unit import unit

__all__ = [
    "a_to_z",
    "about_the_data",
    "browse",
    "changes",
    "code",
    "compare",
    "detail",
    "download",
    "download_description",
    "downloads",
    "edition",
    "edition_differences",
    "glossary",
    "qualification",
    "qualifications",
    "release",
    "search",
    "shortlist",
    "unit",
]
