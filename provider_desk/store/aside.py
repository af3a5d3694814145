"""A small write transaction beside the op log: who looked, drafts, settings of a copy.

What is written so is no record: it is not merged with other computers, and no deed
tells of it.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from provider_desk.model.errors import InUse
from provider_desk.store.driver import DriverError
from provider_desk.store.reader import Reader

#: How long a small transaction waits for a large one, seconds.
PATIENCE_S = 30.0


class Aside(Reader):
    """Valid only within ``Store.aside()``; reads what it has written."""

    def run(self, sql: str, params: Sequence[Any] = ()) -> int:
        """Run one statement that writes; returns how many rows it touched."""
        try:
            return int(self._driver.execute(sql, params).rowcount)
        except DriverError as error:
            raise self._told(error) from error

    def run_many(self, sql: str, params: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each row of parameters."""
        try:
            self._driver.executemany(sql, params)
        except DriverError as error:
            raise self._told(error) from error


def busy() -> InUse:
    """What to say when a large deed holds the writer for too long."""
    return InUse(
        "Something large is being saved on this desk just now.",
        "Nothing is lost. Wait until it is done, then do this again.",
    )
