"""The addresses of the catalogue: a contract, they never change."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from occupations import views
from occupations.feeds import ChangeFeed


class WordConverter(StringConverter):
    """A part of an address that starts with a letter, as the name of an edition does."""

    regex = "[A-Za-z][^/]*"


class CodeConverter(StringConverter):
    """A part of an address that starts with no letter, as an occupation's code does."""

    regex = "[^A-Za-z/][^/]*"


register_converter(WordConverter, "word")
register_converter(CodeConverter, "code")

app_name = "occupations"
urlpatterns = [
    path("occupations/", views.browse, name="browse"),
    path("occupations/<word:edition>/", views.edition, name="edition"),
    path("occupations/<code:code>/", views.code, name="code"),
    path("occupations/<word:edition>/a-z/", views.a_to_z, name="a_to_z"),
    path("occupations/<word:edition>/<str:code>/", views.detail, name="detail"),
    path(
        "occupations/<word:edition>/<str:code>/changes.atom",
        ChangeFeed(),
        name="occupation_changes_feed",
    ),
    path(
        "occupations/<word:edition>/changes-from/<word:other>/",
        views.edition_differences,
        name="differences",
    ),
    path("occupations/<code:edition>/<str:code>/", views.detail, name="detail_by_year"),
    path("search/", views.search, name="search"),
    path("search/describe/", views.describe, name="describe"),
    path("search/suggestions/", views.suggestions, name="suggestions"),
    path("compare/", views.compare, name="compare"),
    path("shortlist/", views.shortlist, name="shortlist"),
    path("glossary/", views.glossary, name="glossary"),
    path("about-the-data/", views.about_the_data, name="about_the_data"),
    path("qualifications/", views.qualifications, name="qualifications"),
    path("qualifications/<str:code>/", views.qualification, name="qualification"),
    path("qualifications/<str:code>/units.csv", views.units_csv, name="units_csv"),
    path("qualifications/<str:code>/packaging/", views.packaging, name="packaging"),
    path("qualifications/<str:code>/packaging/plan.csv", views.plan_csv, name="plan_csv"),
    path("qualifications/<str:code>/<str:release>/", views.release, name="release"),
    path("units/<str:code>/", views.unit, name="unit"),
    path("visas/", views.visas, name="visas"),
    path("visas/<str:subclass>/", views.visa, name="visa"),
    path("lists/", views.occupation_lists, name="lists"),
    path("lists/<str:slug>/", views.occupation_list, name="list"),
    path("assessment/<str:edition>/<str:code>/", views.assessment, name="assessment"),
    path("points/", views.points, name="points"),
    path("qualifications/<str:code>/changes.atom", ChangeFeed()),
    path("units/<str:code>/changes.atom", ChangeFeed()),
    path("download/", views.downloads, name="downloads"),
    path("download/<str:edition>/<slug:table>.csv", views.download, name="download"),
    path(
        "download/<str:edition>/<slug:table>.csv-metadata.json",
        views.download_description,
        name="download_description",
    ),
    path("changes/", views.changes, name="changes"),
    path("changes.atom", ChangeFeed(), name="changes_feed"),
]
