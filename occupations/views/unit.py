"""The page of one unit of competency: which qualifications hold it, and as what."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from occupations.models import Unit
from occupations.views.addresses import TRAINING_CODE, moved, not_held, suggest, tidy_code

_NEAR = 8
_REGISTER = "https://training.gov.au/training/details/"


@require_safe
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """Show a unit of competency and the qualifications that name it."""
    tidy = tidy_code(code)
    found = Unit.objects.filter(code=tidy).first() if TRAINING_CODE.fullmatch(tidy) else None
    if found is None:
        near = Unit.objects.filter(code__startswith=tidy[:6])[:_NEAR]
        return not_held(
            request,
            explanation="We hold no unit of competency with this code.",
            query=(tidy or code)[:40],
            suggestions=suggest(*near),
        )
    if code != tidy:
        return moved(request, to=found.get_absolute_url())
    context = {
        "unit": found,
        "register": _REGISTER + found.code,
        "packaged": found.packaged_in.select_related("release__qualification"),
        "examples": found.in_examples.select_related("selection__release__qualification"),
        "replaces": found.replaces.select_related("from_unit"),
        "replaced_by": found.replaced_by.select_related("to_unit"),
    }
    return render(request, "occupations/unit.html", context)
