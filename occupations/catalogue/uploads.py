"""The tables that editors uploaded and the worker loaded, as the load reads them."""

from occupations.catalogue.outranking import Uploaded
from occupations.models import TableUpload


def loaded_uploads() -> tuple[Uploaded, ...]:
    """Give the uploads that were loaded and not taken back, in the order of their loading."""
    rows = TableUpload.objects.filter(state=TableUpload.State.LOADED).order_by("loaded_at", "pk")
    return tuple(map(as_uploaded, rows))


def as_uploaded(upload: TableUpload) -> Uploaded:
    """Take of an upload what the load reads."""
    return Uploaded(table=upload.table, as_at_on=upload.as_at_on, content=bytes(upload.content))
