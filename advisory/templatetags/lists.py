"""Lists in narrow windows, where the cells of a row stand below each other without a head."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

register = template.Library()


@register.filter
def labelled(cells: Iterable[SafeString], headers: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Give each cell the words that head its column, for a style sheet to show beside it."""
    for cell, header in zip(cells, headers, strict=False):
        of_a_field = '<td class="field-'
        if cell.startswith(of_a_field):
            rest = SafeString(cell.removeprefix("<td"))
            yield format_html('<td data-label="{}"{}', capfirst(header["text"]), rest)
        else:
            yield cell
