"""Log lines without personal data: what PostgreSQL tells about a refused row is left out."""

import logging
import re
from types import TracebackType

# A chained traceback goes on after an empty line with one of these sentences.
NEXT_TRACEBACK = r"\n\n(?:The above exception was|During handling of)"
VALUES = re.compile(rf"^DETAIL:.*?(?={NEXT_TRACEBACK}|\Z)", re.MULTILINE | re.DOTALL)

type Raised = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class WithoutValues(logging.Formatter):
    """Writes a traceback as usual, but not the row that the database refused."""

    def formatException(self, ei: Raised) -> str:  # noqa: N802 - logging calls it so
        return VALUES.sub("DETAIL: left out", super().formatException(ei))
