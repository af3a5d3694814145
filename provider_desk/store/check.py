"""Whether the store is sound: the cipher, the file, and rows against the op log."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from provider_desk.changes.hlc import Stamp
from provider_desk.changes.merge import row_as_shown
from provider_desk.changes.op import DELETED, row_of
from provider_desk.model.errors import Cancelled, Damaged
from provider_desk.model.fields import Record, Value
from provider_desk.model.records import RECORDS
from provider_desk.model.rows import Rows
from provider_desk.store import looks, op_log, search
from provider_desk.store.connection import open_for_maintenance
from provider_desk.store.driver import DriverError
from provider_desk.store.shapes import Shape, shape_of, stored
from provider_desk.store.store import Store

Progress = Callable[[int, int], None]

_MOST_SAID = 20
_STEP = 2_000


def check_store(
    store: Store, progress: Progress, cancelled: Callable[[], bool]
) -> list[str]:
    """What is wrong with a store, a sentence each; empty when it is sound.

    Reads everything in one read transaction; nothing is changed. Row by row, so that
    memory stays small however large the store is.

    Args:
        store: an open store.
        progress: told how many rows of how many were compared.
        cancelled: asked often; True stops.

    Raises:
        Cancelled: it was asked to stop.
    """
    found = [*_cipher(store)]
    if found:
        return found
    try:
        with store.reading() as rows:
            watched = _Watched(rows, progress, cancelled)
            found += _structure(rows, watched)
            for record_type in RECORDS:
                found += _compare_table(rows, record_type, watched)
            found += looks.verify(rows, cancelled=cancelled)
            if search.astray(rows):
                found.append("The search index does not match the people on the desk.")
    except Damaged as error:
        found.append(str(error))
    return _shortened(found)


def quick_check(store: Store) -> list[str]:
    """The same without comparing the rows: every page's seal, and the structure.

    A second for 100 MB, while others go on working.
    """
    found = [*_cipher(store)]
    if found:
        return found
    try:
        with store.reading() as rows:
            search.read_anew(rows)
            found += [
                f"The file's own check says: {said}."
                for (said,) in rows.rows("PRAGMA quick_check")
                if said != "ok"
            ]
    except Damaged as error:
        found.append(str(error))
    return _shortened(found)


def _cipher(store: Store) -> Iterator[str]:
    """All rows of the cipher's check: each page that was changed from outside."""
    with contextlib.closing(store.maintenance()) as connection:
        # Where the power was cut while the log was taken into the store, the file is
        # whole only once that is done; until then its pages are read from the log.
        with contextlib.suppress(DriverError):
            connection.execute("PRAGMA wal_checkpoint(FULL)").fetchall()
        try:
            told = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        except DriverError:
            told = [("the file can't be read to its end",)]
    for (said,) in told[:_MOST_SAID]:
        yield f"The encrypted file was changed or damaged: {said}."


def pages_are_sound(path: Path, key: bytes) -> bool:
    """Whether every page of a closed store is as the cipher wrote it.

    Raises:
        Missing, ReadOnly, InUse, Trouble: the file can't be read.
    """
    try:
        with contextlib.closing(open_for_maintenance(path, key)) as connection:
            return not connection.execute("PRAGMA cipher_integrity_check").fetchall()
    except (Damaged, DriverError):
        return False


def _structure(rows: Rows, watched: "_Watched") -> Iterator[str]:
    """The file as a whole, then table by table with its indexes."""
    tables = [
        name
        for (name,) in rows.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        if not name.startswith("sqlite_")
    ]
    search.read_anew(rows)
    asked = ["quick_check", *(f'integrity_check("{name}")' for name in tables)]
    for question in asked:
        watched.stop_if_asked()
        for (said,) in rows.rows(f"PRAGMA {question}"):
            if said != "ok":
                yield f"The file's own check says: {said}."


def _shortened(found: list[str]) -> list[str]:
    more = len(found) - _MOST_SAID
    return [*found[:_MOST_SAID], f"And {more:,} more."] if more > 0 else found


class _Watched:
    """Counts rows across tables, tells of it, and stops when asked."""

    def __init__(
        self, rows: Rows, progress: Progress, cancelled: Callable[[], bool]
    ) -> None:
        self._total = sum(
            rows.rows(f'SELECT count(*) FROM "{each.TABLE}"')[0][0] for each in RECORDS
        )
        self._done = 0
        self._progress = progress
        self._cancelled = cancelled
        progress(0, self._total)

    def row(self) -> None:
        """One more row was compared."""
        self._done += 1
        if self._done % _STEP == 0 or self._done == self._total:
            self._progress(self._done, self._total)
            self.stop_if_asked()

    def stop_if_asked(self) -> None:
        """Raise ``Cancelled`` where the person stopped the check."""
        if self._cancelled():
            raise Cancelled("The check was stopped. Nothing was changed.")


def _compare_table(
    rows: Rows, record_type: type[Record], watched: _Watched
) -> Iterator[str]:
    """Rows that the log does not bear out, and rows of the log that are missing."""
    shape = shape_of(record_type)
    listed = ", ".join(f's."{name}"' for name in ("id", *shape.names))
    changed = 'EXISTS (SELECT 1 FROM op c WHERE c."row" = s.id AND c.col IS NOT NULL)'
    sql = (
        f"SELECT o.value, {changed}, s.deleted, s.created, {listed} "
        f'FROM "{shape.table}" s LEFT JOIN op o ON o.hlc = unhex(s.created) '
        f'AND o."row" = s.id AND o.tbl = ? AND o.col IS NULL ORDER BY s.rowid'
    )
    label = record_type.LABEL
    for text, is_changed, deleted, created, row_id, *held in rows.each(
        sql, (shape.table,)
    ):
        watched.row()
        if text is None:
            yield f"{label} {row_id}: the log does not know it."
            continue
        if is_changed:
            ops = op_log.ops_of_row(rows, shape.table, row_id)
            said = row_as_shown(ops) or {}
        else:
            said = row_of(text)
        wrong = _differing(shape, said, held, deleted)
        if wrong:
            names = ", ".join(wrong)
            yield f"{label} {row_id} of {Stamp(created)[:12]}: differs in {names}."
    yield from _missing(rows, shape, label)


def _differing(
    shape: Shape, said: dict[str, Value], held: list[Any], deleted: str | None
) -> list[str]:
    wrong = [
        name
        for name, value in zip(shape.names, held, strict=True)
        if stored(said.get(name)) != value
    ]
    return [*wrong, *([DELETED] if said.get(DELETED) != deleted else [])]


def _missing(rows: Rows, shape: Shape, label: str) -> Iterator[str]:
    sql = (
        'SELECT o."row" FROM op o WHERE o.tbl = ? AND o.col IS NULL AND NOT EXISTS '
        f'(SELECT 1 FROM "{shape.table}" s WHERE s.id = o."row")'
    )
    for (row_id,) in rows.each(sql, (shape.table,)):
        yield f"{label} {row_id}: the log knows it, but the row is not there."
