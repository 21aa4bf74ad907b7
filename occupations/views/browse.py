"""The pages that lead down: the major groups of an edition."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from occupations.facts.editions import DEFAULT, EditionFacts, every_edition, newest
from occupations.models import Edition, Group, GroupLevel, Occupation
from occupations.views.addresses import (
    OCCUPATION_CODE,
    Suggestion,
    moved,
    not_held,
    suggest,
    tidy_edition,
)
from occupations.views.editions import EditionLink, changes_address, switch
from occupations.views.visa_editions import visa_editions


@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    """Show the major groups of the edition that today's employer visas read."""
    return _edition_page(request, slug=DEFAULT)


@require_safe
def edition(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the major groups of an edition."""
    slug = tidy_edition(edition)
    if slug != edition and Edition.objects.filter(slug=slug).exists():
        return moved(request, to=Edition(slug=slug).get_absolute_url())
    return _edition_page(request, slug=slug)


def unknown_edition(request: HttpRequest, *, typed: str, code: str = "") -> HttpResponse:
    """Answer 404 with the pages of the code where an edition holds it, else with the editions."""
    suggestions = _holding(code) or [
        Suggestion(url=one.get_absolute_url(), code="", title=one.short_title, note=one.title)
        for one in Edition.objects.order_by("-released_on")
    ]
    return not_held(
        request,
        explanation=f"We hold no edition named “{typed[:40]}”.",
        query=code,
        suggestions=suggestions,
    )


def _holding(code: str) -> list[Suggestion]:
    """Suggest the pages of a code, those of the newest edition first."""
    if not OCCUPATION_CODE.fullmatch(code):
        return []
    newest_first = "-edition__released_on"
    return suggest(
        *Occupation.objects.filter(code=code).select_related("edition").order_by(newest_first),
        *Group.objects.filter(code=code).select_related("edition").order_by(newest_first),
    )


def _edition_page(request: HttpRequest, *, slug: str) -> HttpResponse:
    editions = every_edition()
    facts = next((one for one in editions if one.edition.slug == slug), None)
    if facts is None:
        return unknown_edition(request, typed=slug)
    majors = Group.objects.current().filter(edition=facts.edition, level=GroupLevel.MAJOR)
    latest = newest(editions, classification=facts.edition.classification)
    context = {
        "facts": facts,
        "majors": majors.select_related("edition").prefetch_related("children__edition"),
        "latest": None if latest == facts.edition else latest,
        "switch": switch([_link(one, here=facts) for one in editions]),
        "readings": visa_editions(editions, here=facts.edition, today=timezone.localdate()),
        "comparisons": [
            (one.edition, changes_address(facts.edition, one.edition))
            for one in editions
            if one is not facts
        ],
    }
    return render(request, "occupations/edition.html", context)


def _link(facts: EditionFacts, *, here: EditionFacts) -> EditionLink:
    return EditionLink(facts, url=facts.edition.get_absolute_url(), is_here=facts is here)
