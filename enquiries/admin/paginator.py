"""A list's pages, counted no further than anybody would leaf."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

MOST = 2000  # rows


class BoundedPaginator(Paginator):
    """Pages over the first 2,000 rows, so that no count reads a whole table."""

    object_list: QuerySet

    @cached_property
    def count(self) -> int:
        return self.object_list[:MOST].count()
