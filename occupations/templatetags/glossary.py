"""Links from a word on a page to its place in the glossary; no query, the slug is written out."""

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

_LINKED = "linked_terms"  # kept on the request, which the included templates share


@register.simple_block_tag(takes_context=True)
def term(context: Context, content: SafeString, slug: str) -> SafeString:
    """
    Link ``{% term "skill-level" %}skill level{% endterm %}`` to the glossary.

    Only the first such tag of a page becomes a link; the same word again stays plain.
    """
    request = context.get("request")
    if isinstance(request, HttpRequest):
        linked: set[str] = vars(request).setdefault(_LINKED, set())
        if slug in linked:
            return content
        linked.add(slug)
    address = f"{reverse('occupations:glossary')}#{slug}"
    return format_html('<a class="term" href="{}">{}</a>', address, content)
