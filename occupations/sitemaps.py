"""The map of the site for search engines: every page once, with the day it last changed."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import combinations
from typing import Any

from django.db.models import Exists, Max, Model, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from occupations.facts.addresses import whole
from occupations.models import (
    Assessment,
    AssessmentCriterion,
    CatalogueLoad,
    Edition,
    FactChange,
    Group,
    Occupation,
    OccupationList,
    Qualification,
    QualificationRelease,
    Unit,
    Visa,
)

_MEDIA_TYPE = "application/xml"
_UNIT_GROUP = 4  # digits
_OF_SITE = ("home", "about", "accessibility", "privacy", "enquiries:new")
_CLASSIFICATION = ("editions", "groups", "occupations")
_LISTS = (
    *("visas", "occupation_lists", "list_memberships", "occupations"),
    *("instruments", "caveats", "caveat_memberships"),
)
_OF_CATALOGUE: Mapping[str, Sequence[str]] = {  # the tables that a page tells of; none: all
    "browse": _CLASSIFICATION,
    "qualifications": ("qualifications", "training_packages", "packaged_units"),
    "visas": _LISTS,
    "lists": _LISTS,
    "points": ("points_criteria",),
    "glossary": ("glossary_terms",),
    "changes": (),
    "about_the_data": (),
    "downloads": (),
}


@dataclass(frozen=True)
class Address:
    """A page, and when a load last changed what it tells, as far as we know."""

    path: str
    changed_at: datetime | None


class Loads:
    """When a load last changed a table."""

    def __init__(self) -> None:
        newest_first = CatalogueLoad.objects.order_by("-pk")
        self._tables = list(newest_first.values_list("loaded_at", "changes"))

    def newest(self, tables: Collection[str]) -> datetime | None:
        """Tell when any of some tables last changed; without tables, when anything did."""
        for loaded_at, changed in self._tables:
            if not tables or not changed.keys().isdisjoint(tables):
                return loaded_at
        return None


class Changed:
    """When a load last changed the facts under a code; else, when the first load brought them."""

    def __init__(self, *, edition: str) -> None:
        rows = FactChange.objects.filter(edition=edition).exclude(code="")
        found = rows.order_by().values_list("code").annotate(Max("load__loaded_at"))
        self.own: Mapping[str, datetime] = dict(found)
        self.since = (
            CatalogueLoad.objects.order_by("pk").values_list("loaded_at", flat=True).first()
        )
        self.inside: dict[str, datetime] = {}
        for code, at in self.own.items():
            for digits in range(1, len(code) + 1):
                above = code[:digits]
                self.inside[above] = max(at, self.inside.get(above, at))

    def group(self, code: str) -> datetime | None:
        """Tell when a group or what it holds last changed."""
        return self.inside.get(code, self.since)

    def occupation(self, code: str) -> datetime | None:
        """Tell when an occupation, or what is told of its whole unit group, last changed."""
        known = [self.own[one] for one in (code, code[:_UNIT_GROUP]) if one in self.own]
        return max(known, default=self.since)

    def training(self, code: str) -> datetime | None:
        """Tell when a qualification or unit last changed."""
        return self.own.get(code, self.since)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the sections of the map; each says when the newest of its pages changed."""
    sections = [
        {"location": whole(reverse("sitemap_section", args=[name])), "last_mod": _newest(found())}
        for name, found in _sections().items()
    ]
    return _answer(request, "sitemap_index.xml", {"sitemaps": sections})


@require_safe
def section(request: HttpRequest, name: str) -> HttpResponse:
    """
    List the pages of a section.

    :raises Http404: if there is no such section
    """
    found = _sections().get(name)
    if found is None:
        msg = "The map of the site has no such section."
        raise Http404(msg)
    pages = [{"location": whole(one.path), "lastmod": one.changed_at} for one in found()]
    return _answer(request, "sitemap.xml", {"urlset": pages})


def _answer(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    response = render(request, template, context, content_type=_MEDIA_TYPE)
    response.headers["X-Robots-Tag"] = "noindex, noodp, noarchive"
    return response


def _newest(pages: Iterable[Address]) -> datetime | None:
    return max((one.changed_at for one in pages if one.changed_at), default=None)


def _sections() -> dict[str, Callable[[], Iterator[Address]]]:
    sections: dict[str, Callable[[], Iterator[Address]]] = {"pages": _pages}
    for edition in Edition.objects.order_by("-released_on"):
        sections[edition.slug] = partial(_of_edition, edition)
    return sections | {
        "qualifications": _qualifications,
        "units": _units,
        "self-checks": _self_checks,
    }


def _pages() -> Iterator[Address]:
    for name in _OF_SITE:
        yield Address(reverse(name), None)
    newest = Loads().newest
    for name, tables in _OF_CATALOGUE.items():
        yield Address(reverse(f"occupations:{name}"), newest(tables))
    for subclass in Visa.objects.order_by("subclass").values_list("subclass", flat=True):
        yield Address(reverse("occupations:visa", args=[subclass]), newest(_LISTS))
    for slug in OccupationList.objects.order_by("slug").values_list("slug", flat=True):
        yield Address(reverse("occupations:list", args=[slug]), newest(_LISTS))
    compared = newest((*_CLASSIFICATION, "correspondences"))
    editions = Edition.objects.order_by("-released_on").values_list("slug", flat=True)
    for newer, older in combinations(editions, 2):
        yield Address(reverse("occupations:differences", args=[newer, older]), compared)


def _self_checks() -> Iterator[Address]:
    """List the self-checks that hold pathways; the others only lead to an authority."""
    changed_at = Loads().newest(("assessments", "assessment_criteria"))
    pathways = AssessmentCriterion.objects.filter(
        authority=OuterRef("authority"), group=OuterRef("group")
    )
    checked = Assessment.objects.filter(Exists(pathways), occupation__withdrawn_on=None)
    codes = checked.values_list("occupation__edition__slug", "occupation__code").distinct()
    for edition, code in codes.order_by("occupation__edition__slug", "occupation__code"):
        yield Address(reverse("occupations:assessment", args=[edition, code]), changed_at)


def _of_edition(edition: Edition) -> Iterator[Address]:
    changed = Changed(edition=edition.slug)
    newest = max(changed.inside.values(), default=changed.since)
    yield Address(edition.get_absolute_url(), newest)
    yield Address(reverse("occupations:a_to_z", args=[edition.slug]), newest)
    for rows, at in ((Group.objects, changed.group), (Occupation.objects, changed.occupation)):
        current = rows.filter(edition=edition, withdrawn_on=None).order_by("code")
        for code in current.values_list("code", flat=True):
            yield Address(reverse("occupations:detail", args=[edition.slug, code]), at(code))


def _qualifications() -> Iterator[Address]:
    changed = Changed(edition="")
    for code in _codes(Qualification):
        yield Address(reverse("occupations:qualification", args=[code]), changed.training(code))
    releases = QualificationRelease.objects.filter(qualification__withdrawn_on=None)
    seen = set()
    in_order = releases.order_by("qualification__code", "-release")
    for code, release in in_order.values_list("qualification__code", "release"):
        if code in seen:  # the latest release is the page of the qualification itself
            path = reverse("occupations:release", args=[code, release])
            yield Address(path, changed.training(code))
        else:
            seen.add(code)
            yield Address(reverse("occupations:packaging", args=[code]), changed.training(code))


def _units() -> Iterator[Address]:
    changed = Changed(edition="")
    for code in _codes(Unit):
        yield Address(reverse("occupations:unit", args=[code]), changed.training(code))


def _codes(model: type[Model]) -> QuerySet:
    rows = model._default_manager.filter(withdrawn_on=None).order_by("code")
    return rows.values_list("code", flat=True)
