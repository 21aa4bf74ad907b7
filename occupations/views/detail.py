"""The page behind a code: of a group or an occupation in an edition, or of a code alone."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from occupations.correspondence import OWN_CODES
from occupations.facts import find_occupation
from occupations.models import Edition, Group, Occupation
from occupations.views.addresses import (
    OCCUPATION_CODE,
    moved,
    not_held,
    suggest,
    tidy_code,
    tidy_edition,
)
from occupations.views.browse import unknown_edition
from occupations.views.group import find_group, group_page
from occupations.views.occupation import occupation_page

_OCCUPATION_DIGITS = 6
_NEAR = 8

type Place = Group | Occupation


@require_safe
def detail(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Show the group or occupation with this code in an edition."""
    slug, tidy = tidy_edition(edition), tidy_code(code)
    page = _page(request, slug=slug, code=tidy) if (slug, tidy) == (edition, code) else None
    if page is not None:
        return page
    if not Edition.objects.filter(slug=slug).exists():
        return unknown_edition(
            request, typed=edition, code=tidy if OCCUPATION_CODE.fullmatch(tidy) else ""
        )
    if (slug, tidy) != (edition, code) and OCCUPATION_CODE.fullmatch(tidy):
        return moved(request, to=reverse("occupations:detail", args=[slug, tidy]))
    return _unknown(request, code=tidy, slug=slug)


@require_safe
def code(request: HttpRequest, code: str) -> HttpResponse:
    """
    Send a code without an edition on to the newest ANZSCO edition that has it.

    Where another classification uses the same digits for something else, show both meanings.
    """
    tidy = tidy_code(code)
    slug = tidy_edition(code)
    if slug[:1].isalpha() and Edition.objects.filter(slug=slug).exists():  # the year of one
        return moved(request, to=Edition(slug=slug).get_absolute_url())
    if not OCCUPATION_CODE.fullmatch(tidy):
        return _unknown(request, code=tidy)
    if code != tidy:
        return moved(request, to=reverse("occupations:code", args=[tidy]))
    meanings = _meanings(tidy)
    if not meanings:
        return _unknown(request, code=tidy)
    if len({meaning.title_folded for meaning in meanings}) > 1:
        return render(request, "occupations/code.html", {"code": tidy, "meanings": meanings})
    return HttpResponseRedirect(meanings[0].get_absolute_url())


def _page(request: HttpRequest, *, slug: str, code: str) -> HttpResponse | None:
    if not OCCUPATION_CODE.fullmatch(code):
        return None
    if len(code) == _OCCUPATION_DIGITS:
        occupation = find_occupation(edition=slug, code=code)
        return None if occupation is None else occupation_page(request, occupation)
    group = find_group(edition=slug, code=code)
    return None if group is None else group_page(request, group)


def _with_code(code: str) -> list[Place]:
    """List the groups or occupations with this code, the newest edition first."""
    if len(code) == _OCCUPATION_DIGITS:
        occupations = Occupation.objects.filter(code=code)
        return list(occupations.select_related("edition").order_by("-edition__released_on"))
    groups = Group.objects.filter(code=code)
    return list(groups.select_related("edition").order_by("-edition__released_on"))


def _meanings(code: str) -> list[Place]:
    """Give the newest place of a code in each classification, ANZSCO first."""
    by_name = sorted(_with_code(code), key=lambda place: place.edition.classification != OWN_CODES)
    return [
        next(places)
        for _, places in groupby(by_name, key=lambda place: place.edition.classification)
    ]


def _unknown(request: HttpRequest, *, code: str, slug: str = "") -> HttpResponse:
    """Answer 404 with the same code in other editions, else with the nearest codes."""
    is_code = OCCUPATION_CODE.fullmatch(code) is not None
    places: list[Place] = _with_code(code) if is_code else []
    if places:
        explanation = f"{Edition.objects.get(slug=slug)} has no code {code}; these editions have."
    elif is_code:
        explanation = f"No edition that we hold has the code {code}."
        places = _near(code, slug=slug)
    else:
        explanation = "A code has one to four digits for a group, or six for an occupation."
        places = _near("".join(filter(str.isdecimal, code))[:6], slug=slug)
    return not_held(request, explanation=explanation, query=code[:40], suggestions=suggest(*places))


def _near(code: str, *, slug: str) -> list[Place]:
    """List places whose codes start as this one does, the longest common start first."""
    edition = slug or "anzsco-2022"
    for digits in range(len(code), 0, -1):
        start = code[:digits]
        groups = Group.objects.current().filter(edition__slug=edition, code__startswith=start)
        occupations = Occupation.objects.current().filter(
            edition__slug=edition, code__startswith=start, retired=False
        )
        found: list[Place] = [
            *groups.select_related("edition")[:_NEAR],
            *occupations.select_related("edition")[:_NEAR],
        ]
        if found:
            return found[:_NEAR]
    return []
