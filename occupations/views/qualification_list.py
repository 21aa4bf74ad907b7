"""The list of qualifications, by training package, level and usage; its state is an address."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from occupations.folding import fold
from occupations.models import Qualification
from occupations.views.pager import turn
from occupations.views.unit_table import Option

_SIZES = (20, 50, 100)
_NOT_STATED = "not-stated"


@require_safe
def qualifications(request: HttpRequest) -> HttpResponse:
    """List the qualifications that we hold or that others name."""
    known = list(Qualification.objects.filter(withdrawn_on=None).select_related("training_package"))
    query = request.GET.dict()
    text = query.get("q", "").strip()[:80]
    options = {
        "package": _options(
            {one.training_package.code: str(one.training_package) for one in known},
            chosen=query.get("package", ""),
        ),
        "level": _options(
            {str(one.aqf_level): one.aqf_type for one in known if one.aqf_level},
            chosen=query.get("level", ""),
        ),
        "usage": _options(
            {_usage(one): one.usage_recommendation or "Not stated in our copy" for one in known},
            chosen=query.get("usage", ""),
        ),
    }
    chosen = {
        name: one.value for name, listed in options.items() for one in listed if one.is_chosen
    }
    asked = {**({"q": text} if text else {}), **chosen}
    found = [one for one in known if _fits(one, text=fold(text), chosen=chosen)]

    def address(changes: Mapping[str, int]) -> str:
        return f"?{urlencode(asked | {name: str(value) for name, value in changes.items()})}"

    shown, pager = turn(found, query=query, address=address, sizes=_SIZES)
    context = {
        "shown": shown,
        "pager": pager,
        "known": len(known),
        "text": text,
        "options": options,
        "is_filtered": bool(asked),
    }
    return render(request, "occupations/qualifications.html", context)


def _options(values: Mapping[str, str], *, chosen: str) -> list[Option]:
    return [Option(value, label, value == chosen) for value, label in sorted(values.items())]


def _usage(one: Qualification) -> str:
    return one.usage_recommendation.lower() or _NOT_STATED


def _fits(one: Qualification, *, text: str, chosen: Mapping[str, str]) -> bool:
    own = {
        "package": one.training_package.code,
        "level": str(one.aqf_level),
        "usage": _usage(one),
    }
    has_all = all(own[name] == value for name, value in chosen.items())
    return has_all and (not text or text in f"{one.code.lower()} {one.title_folded}")
