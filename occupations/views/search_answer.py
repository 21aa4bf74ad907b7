"""What the search page says to a question: a template writes each way to say it once."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from urllib.parse import urlencode

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.dateformat import format as written_date
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from occupations.search import LONGEST, Hit, Kind, Results, is_no_occupation, look_alikes
from occupations.views.chosen import query_of
from occupations.views.gaps import Gaps, gap, with_gaps
from occupations.views.pager import Pager, turn
from occupations.views.search_filters import Filters
from occupations.views.search_hits import written

_PAGE_SIZE = 10
_LONGER_THAN_A_TITLE = 7  # words from which a question reads like a description
_KEPT = 200  # ways to say it, and as many to turn the page; about two kilobytes each
# What the template may be told in words, and what else it asks.
_TEXTS = tuple(
    """
    query mended as_typed mended_again list list_url list_as_at list_edition group group_url term
    term_url description elsewhere choices choices_count hits others_from found close compared pager
    """.split()  # noqa: SIM905 (a list of words is read as words)
)
_FLAGS = ("is_exact", "is_status", "is_shared", "are_groups", "is_confident")


def answer(request: HttpRequest, typed: str, *, filters: Filters, results: Results) -> SafeString:
    """Write what is found, and the ways on, as HTML."""
    query = typed[:LONGEST]
    here = f"{request.path}?{urlencode({'q': query} | filters.state)}"
    hits, pager = turn(
        results.hits,
        query={"page": request.GET.get("page", "")},
        address=lambda numbers: f"{here}&page={numbers['page']}",
        sizes=(_PAGE_SIZE,),
    )
    choices = hits[: len(results.choices)] if pager.page == 1 else ()
    others = hits[len(choices) :]
    are_groups = bool(choices) and choices[0].page.kind is Kind.GROUP
    texts: dict[str, str] = {
        "query": query,
        "choices": written(choices),
        "choices_count": _counted(len(choices), "group" if are_groups else "occupation"),
        "hits": written(others),
        "others_from": str(pager.first + len(choices)),
        "found": _counted(pager.total, "result") if pager.total else "",
        "pager": _pages(pager),
        "description": typed if len(typed.split()) >= _LONGER_THAN_A_TITLE else "",
        **_close(results, choices=choices, is_first=pager.page == 1),
        **_ways_to_ask(request, query, here=here, filters=filters, results=results),
    }
    if results.choices:
        texts |= _beside_choices(results)
    if filters.copy is not None and filters.list is not None:
        as_at_on = filters.copy.source.as_at_on
        texts |= {
            "list": filters.list.acronym,
            "list_url": filters.list_url,
            "list_as_at": written_date(as_at_on, "j F Y") if as_at_on else "",
            "list_edition": filters.copy.edition.short_title,
        }
    flags = {
        "is_exact": filters.is_exact,
        "is_status": bool(query) and not results.is_confident and is_no_occupation(query),
        "is_shared": bool(results.choices),
        "are_groups": are_groups,
        "is_confident": results.is_confident,
    }
    told = {name: text for name, text in texts.items() if text}
    shape = _shape(frozenset(told), frozenset(name for name, is_so in flags.items() if is_so))
    return shape.filled(**told)


def _ways_to_ask(
    request: HttpRequest, query: str, *, here: str, filters: Filters, results: Results
) -> dict[str, str]:
    """Give the addresses of the same question, asked otherwise."""
    ways = {}
    if results.mended and results.hits:
        ways = {"mended": results.mended, "as_typed": f"{here}&exact=1"}
    elif filters.is_exact:
        state = {name: value for name, value in filters.state.items() if name != "exact"}
        ways = {"mended_again": f"{request.path}?{urlencode({'q': query} | state)}"}
    if filters.is_any:
        ways["elsewhere"] = f"{request.path}?{urlencode({'q': query})}"
    return ways


def _beside_choices(results: Results) -> dict[str, str]:
    """Name the group of the choices, and the word of the field that is what was typed too."""
    told = {}
    group = results.group
    if group is not None:
        told = {"group": f"{group.code} {group.title}", "group_url": group.url}
    term = next((hit.page for hit in results.hits if hit.page.kind is Kind.GLOSSARY), None)
    if term is not None:
        told |= {"term": term.title, "term_url": term.url}
    return told


def _close(results: Results, *, choices: Sequence[Hit], is_first: bool) -> dict[str, str]:
    """Name what is easily confused with the first hit; choices are compared without."""
    if choices:
        of_work = [hit for hit in choices if hit.page.kind is Kind.OCCUPATION]
        return {"compared": _compared(of_work)} if len(of_work) > 1 else {}
    close = look_alikes(results.hits) if is_first and results.is_confident else ()
    if not close:
        return {}
    named = format_html_join(
        ", ", '<span class="code">{}</span> {}', ((hit.page.code, hit.page.title) for hit in close)
    )
    return {"close": named, "compared": _compared(close)}


def _compared(hits: Sequence[Hit]) -> str:
    return query_of((hit.page.edition, hit.page.code) for hit in hits)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


@lru_cache(maxsize=_KEPT)
def _shape(told: frozenset[str], so: frozenset[str]) -> Gaps:
    """Write an answer that tells so much; in place of every text it has a gap."""
    context: Mapping[str, object] = {
        **{name: gap(name) if name in told else "" for name in _TEXTS},
        **{name: name in so for name in _FLAGS},
    }
    return with_gaps(render_to_string("occupations/search.html#answer", context))


def _pages(pager: Pager) -> SafeString:
    """Write the ways to the other pages of hits; nothing if there are none."""
    if len(pager.pages) == 1:
        return SafeString()
    shape = _shape_of_pages(
        tuple((one.number, one.is_here, one.is_after_gap) for one in pager.pages)
    )
    addresses = {_to(one.number): one.address for one in pager.pages}
    return shape.filled(
        first=str(pager.first), last=str(pager.last), total=str(pager.total), **addresses
    )


@lru_cache(maxsize=_KEPT)
def _shape_of_pages(pages: tuple[tuple[int, bool, bool], ...]) -> Gaps:
    shown = [
        {"number": number, "is_here": is_here, "is_after_gap": after, "address": gap(_to(number))}
        for number, is_here, after in pages
    ]
    context = {"pages": shown, "first": gap("first"), "last": gap("last"), "total": gap("total")}
    return with_gaps(render_to_string("occupations/search.html#pages", context))


def _to(number: int) -> str:
    return f"page_{number}"
