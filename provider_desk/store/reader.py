"""A Reader asks questions within one transaction; it can't write."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from provider_desk.store.driver import Connection, DriverError, translated


class Reader:
    """Implements ``model.rows.Rows``. Valid only within ``Store.reading()``."""

    def __init__(self, connection: Connection, path: Path) -> None:
        self._connection: Connection | None = connection
        self._path = path
        self._cursors: set[Any] = set()

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a question."""
        try:
            found: list[tuple[Any, ...]] = self._driver.execute(sql, params).fetchall()
        except DriverError as error:
            raise self._told(error) from error
        return found

    def one(self, sql: str, params: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row of a question, or None."""
        try:
            cursor = self._driver.execute(sql, params)
            found: tuple[Any, ...] | None = cursor.fetchone()
            cursor.close()
        except DriverError as error:
            raise self._told(error) from error
        return found

    def each(self, sql: str, params: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a question, one by one; ends with the transaction."""
        cursor = None
        try:
            cursor = self._driver.execute(sql, params)
            self._cursors.add(cursor)
            yield from cursor
        except DriverError as error:
            raise self._told(error) from error
        finally:
            if cursor is not None:
                cursor.close()
                self._cursors.discard(cursor)

    def end(self) -> None:
        """Close what is still being read; nothing can be asked from now on."""
        for cursor in self._cursors:
            cursor.close()
        self._cursors.clear()
        self._connection = None

    @property
    def _driver(self) -> Connection:
        if self._connection is None:
            raise ValueError("this transaction is over")
        return self._connection

    def _told(self, error: Exception) -> Exception:
        return translated(error, self._path) or error
