"""Links from a word on a page to its place in the glossary; no query, the slug is written out."""

import re

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

_LINKED = "linked_terms"  # kept on the request, which the included templates share


# What our plain words say without explaining it each time; abbreviations that only some know.
JARGON = {"ICT": "ict", "IT": "ict", "TAFE": "tafe"}
_JARGON = re.compile(rf"\b({'|'.join(JARGON)})\b")


@register.simple_block_tag(takes_context=True)
def term(context: Context, content: SafeString, slug: str) -> SafeString:
    """
    Link ``{% term "skill-level" %}skill level{% endterm %}`` to the glossary.

    Only the first such tag of a page becomes a link; the same word again stays plain.
    """
    return _link(context, content, slug=slug)


@register.simple_tag(takes_context=True)
def explained(context: Context, text: str) -> SafeString:
    """Show a text of ours; what is jargon in it leads to the glossary, once a page."""
    parts = (
        _link(context, part, slug=JARGON[part]) if number % 2 else part
        for number, part in enumerate(_JARGON.split(text))
    )
    return format_html_join("", "{}", ((part,) for part in parts))


def _link(context: Context, content: str, *, slug: str) -> SafeString:
    request = context.get("request")
    if isinstance(request, HttpRequest):
        linked: set[str] = vars(request).setdefault(_LINKED, set())
        if slug in linked:
            return conditional_escape(content)
        linked.add(slug)
    address = f"{reverse('occupations:glossary')}#{slug}"
    return format_html('<a class="term" href="{}">{}</a>', address, content)
