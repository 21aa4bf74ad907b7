"""What each page about a source document must show, and what it lacks of that."""

from tests.occupations.page_reader import read
from tests.occupations.seed_occupations import (
    GROUP_1492,
    GROUP_5411,
    MANAGER,
    group_1492,
    group_5411,
    manager_149212,
)
from tests.occupations.seed_qualifications import NAMED, QUALIFICATION, named_only, qualification

INVENTORIES = {
    GROUP_5411: group_5411,
    GROUP_1492: group_1492,
    MANAGER: manager_149212,
    QUALIFICATION: qualification,
    **{f"/qualifications/{code}/": named_only for code in NAMED},
}


def lacking(client, address):
    """Name what a page lacks of its inventory; nothing, if it shows every item."""
    page = read(client, address)
    try:
        for name, found, expected in INVENTORIES[address](page):
            if found != expected:
                yield f"{name}: {found} instead of {expected}"
    except IndexError:
        yield "the next item stands nowhere on the page"
