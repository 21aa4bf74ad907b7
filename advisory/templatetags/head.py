"""What stands in the head of every page more than once."""

from django import template
from django.template import RequestContext
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockContext
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def again(context: RequestContext, name: str) -> SafeString:
    """Write a block of the page once more, such as its title for those who share a link to it."""
    blocks: BlockContext | None = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks is not None else None
    return block.nodelist.render(context) if block is not None else SafeString("")
