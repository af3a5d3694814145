"""Whether a row is what a condition asks for."""

import re
from collections.abc import Sequence
from functools import lru_cache

from provider_desk.spreadsheets.cells import is_empty, words_of
from provider_desk.spreadsheets.grids import Cell
from provider_desk.spreadsheets.layout import ANY_COLUMN, Condition
from provider_desk.spreadsheets.matching import Table
from provider_desk.spreadsheets.tidy import key


def holds(condition: Condition, cells: Sequence[Cell], table: Table) -> bool:
    """Whether a condition holds for a row; of "any column" one cell is enough."""
    if condition.column == ANY_COLUMN:
        return any(_holds(condition, cell) for cell in cells if not is_empty(cell))
    return _holds(condition, table.cell(cells, condition.column))


def _holds(condition: Condition, cell: Cell) -> bool:
    if condition.test == "empty":
        return is_empty(cell) == condition.wanted
    words = words_of(cell)
    if condition.pattern is not None:
        return condition.pattern.search(words) is not None
    tidied = key(words)
    match condition.test:
        case "is":
            return tidied in condition.words
        case "is_not":
            return tidied not in condition.words
        case "starts_with":
            return tidied.startswith(condition.words)
        case _:
            return any(_phrase(word).search(tidied) for word in condition.words)


@lru_cache
def _phrase(words: str) -> re.Pattern[str]:
    """Finds words as whole words."""
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
