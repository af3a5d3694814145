"""Invented notes of counselling, and what somebody with the store's key reads."""

from collections.abc import Iterator
from datetime import date

from provider_desk.services.desk import Desk

#: A session with its note, and a process note.
DAY = date(2017, 10, 10)
NOTE = "Came with a friend. Spoke of the move."
PROCESS = "I noticed how still it went when the sea was mentioned."


def everything(desk: Desk) -> Iterator[str]:
    """Every value of every table, as somebody with the store's key reads it."""
    with desk.store.reading() as rows:
        tables = rows.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (table,) in tables:
            for row in rows.rows(f'SELECT * FROM "{table}"'):
                for value in row:
                    yield value.hex() if isinstance(value, bytes) else str(value)


def stands_in_the_clear(desk: Desk, words: str) -> bool:
    """Whether words stand in any table as they were typed."""
    return any(words in value for value in everything(desk))
