"""What a cell of a published table may hold, one kind of column a function."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit

type Value = str | int | bool | date | Decimal | tuple[str, ...] | None

FIRST_YEAR, LAST_YEAR = 1900, 2100
LONGEST_ADDRESS = 200
LONGEST_TEXT = 10_000


class CellRejected(ValueError):
    """A cell does not hold what its column says."""


@dataclass(frozen=True)
class Column:
    """A column's name, how its cells are read, and what an empty cell stands for."""

    name: str
    parse: Callable[[str], Value]
    empty: Value
    optional: bool = False
    most: int | None = None
    options: tuple[str, ...] = ()

    def read(self, cell: str) -> Value:
        """
        Read one cell.

        :raises CellRejected: if the cell does not hold what the column says
        """
        if cell:
            return self.parse(cell)
        if self.optional:
            return self.empty
        raise CellRejected("is empty")


def text(name: str, most: int = LONGEST_TEXT, *, optional: bool = False) -> Column:
    """Make a column of words, at most ``most`` characters long."""

    def parse(cell: str) -> str:
        if len(cell) > most:
            raise CellRejected(f"has {len(cell)} characters, at most {most} fit")
        return cell

    return Column(name, parse, "", optional, most)


def pattern(
    name: str, expression: str, meaning: str, *, most: int, optional: bool = False
) -> Column:
    """Make a column of codes that match an expression; ``meaning`` says it in words."""
    matches = re.compile(expression, re.ASCII).fullmatch

    def parse(cell: str) -> str:
        if len(cell) > most or not matches(cell):
            raise CellRejected(f"{cell!r} is not {meaning}")
        return cell

    return Column(name, parse, "", optional, most)


def slug(name: str, most: int = 60, *, optional: bool = False) -> Column:
    """Make a column of slugs, such as ``anzsco-2022``."""
    meaning = f"a slug of at most {most} small letters, digits and hyphens"
    return pattern(name, r"[a-z0-9]+(-[a-z0-9]+)*", meaning, most=most, optional=optional)


def digits(name: str, least: int, most: int | None = None, *, optional: bool = False) -> Column:
    """Make a column of codes made of ``least`` to ``most`` digits."""
    most = most or least
    meaning = f"a code of {least} digits" if least == most else f"a code of {least}-{most} digits"
    return pattern(name, rf"\d{{{least},{most}}}", meaning, most=most, optional=optional)


def training_code(name: str, most: int, *, optional: bool = False) -> Column:
    """Make a column of codes of the training register, such as ``BSB40307``."""
    meaning = f"a code of at most {most} capitals and digits"
    return pattern(name, r"[A-Z0-9]+(-[A-Z0-9]+)*", meaning, most=most, optional=optional)


def whole(name: str, least: int, most: int, *, optional: bool = False) -> Column:
    """Make a column of whole numbers from ``least`` to ``most``."""

    def parse(cell: str) -> int:
        if re.fullmatch(r"0|[1-9]\d{0,8}", cell, re.ASCII) and least <= int(cell) <= most:
            return int(cell)
        raise CellRejected(f"{cell!r} is not a whole number from {least} to {most}")

    return Column(name, parse, None, optional, most)


def decimal(name: str, *, places: int, most: int) -> Column:
    """Make a column of numbers from 0 to ``most`` with at most so many decimal places."""

    def parse(cell: str) -> Decimal:
        if re.fullmatch(rf"(0|[1-9]\d{{0,5}})(\.\d{{1,{places}}})?", cell, re.ASCII):
            read = Decimal(cell)
            if read <= most:
                return read
        raise CellRejected(f"{cell!r} is not a number from 0 to {most} with {places} places")

    return Column(name, parse, None)


def yes_no(name: str, *, optional: bool = False) -> Column:
    """Make a column of ``yes`` and ``no``."""

    def parse(cell: str) -> bool:
        if cell not in {"yes", "no"}:
            raise CellRejected(f"{cell!r} is neither yes nor no")
        return cell == "yes"

    return Column(name, parse, None, optional)


def day(name: str, *, optional: bool = False) -> Column:
    """Make a column of calendar days, such as ``2022-11-22``."""

    def parse(cell: str) -> date:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", cell, re.ASCII):
            try:
                read = date.fromisoformat(cell)
            except ValueError:
                raise CellRejected(f"{cell!r} is not a day of the calendar") from None
            if FIRST_YEAR <= read.year <= LAST_YEAR:
                return read
        raise CellRejected(f"{cell!r} is not a day such as 2022-11-22")

    return Column(name, parse, None, optional)


def choice(name: str, *options: str) -> Column:
    """Make a column that holds one of some words."""

    def parse(cell: str) -> str:
        if cell not in options:
            raise CellRejected(f"{cell!r} is not one of {', '.join(options)}")
        return cell

    return Column(name, parse, "", options=options)


def several(name: str, expression: str, meaning: str, *, most: int) -> Column:
    """Make a column of lists joined by ``|``; every item matches an expression."""
    matches = re.compile(expression, re.ASCII).fullmatch

    def parse(cell: str) -> tuple[str, ...]:
        items = tuple(cell.split("|"))
        for item in items:
            if len(item) > most or not matches(item):
                raise CellRejected(f"{item!r} is not {meaning}")
        if len(set(items)) < len(items):
            raise CellRejected(f"{cell!r} names something twice")
        return items

    return Column(name, parse, (), optional=True, most=most)


def address(name: str = "url") -> Column:
    """Make a column of web addresses that begin with ``https://``, or of none."""

    def parse(cell: str) -> str:
        try:
            parts = urlsplit(cell)
            is_whole = parts.scheme == "https" and "." in (parts.hostname or "")
        except ValueError:
            is_whole = False
        if not is_whole or " " in cell or len(cell) > LONGEST_ADDRESS:
            raise CellRejected(
                f"{cell!r} is not a whole https:// address of at most {LONGEST_ADDRESS} characters"
            )
        return cell

    return Column(name, parse, "", optional=True, most=LONGEST_ADDRESS)
