"""Where the national register is, and which of its codes an address means."""

from django.http import HttpRequest, HttpResponse

from occupations.models import Qualification
from occupations.views.addresses import TRAINING_CODE, not_held, suggest, tidy_code

REGISTER = "https://training.gov.au/training/details/"
# The sources of a release held whole, and of the sample that holds packaging alone.
WHOLE_SOURCE, SAMPLE_SOURCE = "training-gov-au", "training-gov-au-sample"
_NEAR = 8


def find_qualification(code: str) -> Qualification | None:
    """Find a qualification with its training package by its code, written as published."""
    if not TRAINING_CODE.fullmatch(code):
        return None
    return Qualification.objects.select_related("training_package").filter(code=code).first()


def unknown_qualification(request: HttpRequest, *, code: str) -> HttpResponse:
    """Answer 404 with the qualifications whose codes begin alike."""
    start = tidy_code(code)[:3]
    near = Qualification.objects.filter(code__startswith=start)[:_NEAR] if start else ()
    return not_held(
        request,
        explanation="We hold no qualification with this code.",
        query=code[:40],
        suggestions=suggest(*near),
    )
