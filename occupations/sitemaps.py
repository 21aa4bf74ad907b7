"""The map of the site for search engines: every page once, with the day it last changed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import Max, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from occupations.models import (
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
_PAGES = (
    "home",
    "about",
    "accessibility",
    "privacy",
    "occupations:browse",
    "occupations:qualifications",
    "occupations:visas",
    "occupations:lists",
    "occupations:points",
    "occupations:glossary",
    "occupations:changes",
    "occupations:about_the_data",
    "occupations:downloads",
    "enquiries:new",
)


@dataclass(frozen=True)
class Address:
    """A page, and when a load last changed what it tells, as far as we know."""

    path: str
    changed_at: datetime | None


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
        {"location": _whole(reverse("sitemap_section", args=[name])), "last_mod": _newest(found())}
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
    pages = [{"location": _whole(one.path), "lastmod": one.changed_at} for one in found()]
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
    return sections | {"qualifications": _qualifications, "units": _units}


def _pages() -> Iterator[Address]:
    newest = CatalogueLoad.objects.order_by("-pk").values_list("loaded_at", flat=True).first()
    for name in _PAGES:
        is_of_the_catalogue = name.startswith("occupations:")
        yield Address(reverse(name), newest if is_of_the_catalogue else None)
    for subclass in Visa.objects.order_by("subclass").values_list("subclass", flat=True):
        yield Address(reverse("occupations:visa", args=[subclass]), newest)
    for slug in OccupationList.objects.order_by("slug").values_list("slug", flat=True):
        yield Address(reverse("occupations:list", args=[slug]), newest)


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
    for code, release in releases.values_list("qualification__code", "release"):
        path = reverse("occupations:release", args=[code, release])
        yield Address(path, changed.training(code))


def _units() -> Iterator[Address]:
    changed = Changed(edition="")
    for code in _codes(Unit):
        yield Address(reverse("occupations:unit", args=[code]), changed.training(code))


def _codes(model: type[Model]) -> QuerySet:
    rows = model._default_manager.filter(withdrawn_on=None).order_by("code")
    return rows.values_list("code", flat=True)


def _whole(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
