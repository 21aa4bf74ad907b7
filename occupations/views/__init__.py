"""The reading pages of the catalogue: anyone may see them, and they are the same for everyone."""

from occupations.views.a_to_z import a_to_z
from occupations.views.about_the_data import about_the_data
from occupations.views.assessment import assessment
from occupations.views.browse import browse, edition
from occupations.views.changes import changes
from occupations.views.compare import compare
from occupations.views.describe import describe
from occupations.views.detail import code, detail
from occupations.views.differences import edition_differences
from occupations.views.download import download, download_description, downloads
from occupations.views.glossary import glossary
from occupations.views.lists import occupation_list, occupation_lists
from occupations.views.packaging import packaging
from occupations.views.points import points
from occupations.views.qualification import qualification, release
from occupations.views.qualification_list import qualifications
from occupations.views.search import search
from occupations.views.shortlist import shortlist
from occupations.views.suggestions import suggestions
from occupations.views.unit import unit
from occupations.views.units_csv import plan_csv, units_csv
from occupations.views.visas import visa, visas

__all__ = [
    "a_to_z",
    "about_the_data",
    "assessment",
    "browse",
    "changes",
    "code",
    "compare",
    "describe",
    "detail",
    "download",
    "download_description",
    "downloads",
    "edition",
    "edition_differences",
    "glossary",
    "occupation_list",
    "occupation_lists",
    "packaging",
    "plan_csv",
    "points",
    "qualification",
    "qualifications",
    "release",
    "search",
    "shortlist",
    "suggestions",
    "unit",
    "units_csv",
    "visa",
    "visas",
]
