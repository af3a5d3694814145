"""Answers of questions that are asked again and again, until a deed changes them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from provider_desk.model.fields import field_map
from provider_desk.model.records import BY_TABLE
from provider_desk.model.rows import Rows

_Key = tuple[str, tuple[Any, ...]]
_Answer = list[tuple[Any, ...]]


class Remembered:
    """Answers are kept from one round of questions to the next.

    What a question was told in the round before counts, as long as no row has come to
    or gone from a table whose name stands in it, and no column of that table whose name
    stands in it was changed. What a round does not ask for is forgotten.
    """

    def __init__(self) -> None:
        self._held: dict[_Key, tuple[tuple[int, ...], _Answer]] = {}

    def round(self, rows: Rows, written: Mapping[str, int]) -> "Round":
        """The same rows for one round of questions.

        Args:
            rows: the store; to be read from after ``written`` was asked for.
            written: table or column → deeds that had written to it, from
                ``Store.written``.
        """
        held, self._held = self._held, {}
        return Round(rows, written, held, self._held)


class Round:
    """Rows that remember; see ``Remembered``."""

    def __init__(
        self,
        rows: Rows,
        written: Mapping[str, int],
        before: Mapping[_Key, tuple[tuple[int, ...], _Answer]],
        now: dict[_Key, tuple[tuple[int, ...], _Answer]],
    ) -> None:
        self._rows = rows
        self._written = written
        self._before = before
        self._now = now

    def rows(self, sql: str, params: Sequence[Any] = ()) -> _Answer:
        """The answer, new or as it was."""
        parts = parts_in(sql)
        if not parts:
            return self._rows.rows(sql, params)
        key = (sql, tuple(params))
        mark = tuple(self._written.get(part, 0) for part in parts)
        held = self._now.get(key) or self._before.get(key)
        if held is None or held[0] != mark:
            held = (mark, self._rows.rows(sql, params))
        self._now[key] = held
        return list(held[1])

    def each(self, sql: str, params: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Row by row, and never remembered: for answers of any size."""
        return self._rows.each(sql, params)


@cache
def _names() -> re.Pattern[str]:
    return re.compile(r"\b(" + "|".join(sorted(BY_TABLE)) + r")\b")


#: What no deed tells of; questions that name it are asked each time.
_BESIDE = re.compile(r"\b(look|draft|survey_box|desk)\b")


@lru_cache(maxsize=512)
def tables_in(sql: str) -> tuple[str, ...]:
    """The tables of records that are named in a question, () for none to rely on."""
    if _BESIDE.search(sql):
        return ()
    return tuple(sorted(set(_names().findall(sql))))


#: All columns, whatever they are called; ``count(*)`` counts rows.
_ALL = re.compile(r"(?<!count\()\*")

_WORD = re.compile(r"\w+")


@lru_cache(maxsize=512)
def parts_in(sql: str) -> tuple[str, ...]:
    """The tables that are named in a question, and their columns that may be.

    () for none to rely on. A name that stands for a column of another table counts for
    both; what is asked once too often harms nobody.
    """
    words, whole = set(_WORD.findall(sql)), bool(_ALL.search(sql))
    found: list[str] = []
    for table in tables_in(sql):
        columns = (*field_map(BY_TABLE[table]), "changed", "changed_by")
        named = (name for name in columns if whole or name in words)
        found += (table, *(f"{table}.{name}" for name in named))
    return tuple(found)
