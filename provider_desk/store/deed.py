"""A Deed writes: rows, their ops, and who did it why, all in one transaction."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice, repeat
from pathlib import Path
from typing import Any

from provider_desk.changes import hlc
from provider_desk.changes.hlc import Stamp, to_blob
from provider_desk.changes.merge import heads_of_row
from provider_desk.changes.op import DELETED, Op, row_texts, value_text
from provider_desk.model.changed import Changed
from provider_desk.model.errors import NotAllowed, NotFound, NotValid, Problem
from provider_desk.model.fields import Record, Value, field_map, problem_with
from provider_desk.store import op_log
from provider_desk.store.connection import BULK_CACHE_KB, WRITER_CACHE_KB
from provider_desk.store.driver import Connection, DriverError
from provider_desk.store.reader import Reader
from provider_desk.store.schema import OWN_COLUMNS
from provider_desk.store.shapes import Shape, read_value, shape_of, stored

_AT_ONCE = 2_000

#: From that many rows on a deed gets more memory for pages: the indexes of random ids
#: are touched all over, and each page that does not fit is encrypted again and again.
_MANY = 20_000


@dataclass(frozen=True, slots=True)
class Maker:
    """Who does a deed, where and when it begins.

    Attributes:
        by: the user's id, "" for the program itself.
        device: this copy's id.
        last: the latest stamp on this desk.
        now_ms: wall time.
    """

    by: str
    device: str
    last: Stamp
    now_ms: int


class Deed(Reader):
    """One write transaction. It can read what it has written."""

    def __init__(
        self,
        connection: Connection,
        path: Path,
        maker: Maker,
        deed: str,
        reason: str = "",
    ) -> None:
        super().__init__(connection, path)
        self._maker = maker
        self._stamps = hlc.series(maker.last, maker.now_ms, maker.device)
        self._last = next(self._stamps)
        self._touched: defaultdict[str, set[str]] = defaultdict(set)
        self._parts: set[str] = set()
        self._reason = reason
        self._added = 0
        cursor = self._run(
            op_log.INSERT_TXN,
            (to_blob(self._last), maker.by, maker.device, deed, reason),
        )
        self._txn: int = cursor.lastrowid

    @property
    def last_stamp(self) -> Stamp:
        """The latest stamp that this deed gave."""
        return self._last

    @property
    def wrote(self) -> bool:
        """Whether any record was touched."""
        return bool(self._touched)

    @property
    def parts(self) -> frozenset[str]:
        """Tables with rows that came or went, and columns that were changed.

        As "episode" and "episode.worker".
        """
        return frozenset(self._parts)

    def changed(self, said: str = "") -> Changed:
        """What was touched up to now."""
        touched = {table: frozenset(ids) for table, ids in self._touched.items()}
        return Changed(touched, said, number=self._txn)

    def add(self, record: Record) -> None:
        """Add a row.

        Raises:
            DeskError: a row with this id is there already.
        """
        self.add_all((record,))

    def add_all(self, records: Iterable[Record]) -> int:
        """Add many rows; returns how many.

        Raises:
            DeskError: a row with one of the ids is there already.
        """
        count = 0
        for record_type, alike in groupby(records, type):
            while some := list(islice(alike, _AT_ONCE)):
                self._add_alike(shape_of(record_type), some)
                count += len(some)
                self._make_room(len(some))
        return count

    def _make_room(self, added: int) -> None:
        if self._added <= _MANY < self._added + added:
            self._run(f"PRAGMA cache_size=-{BULK_CACHE_KB}", ())
        self._added += added

    def end(self) -> None:
        """Nothing can be asked or written from now on."""
        if self._added > _MANY and self._connection is not None:
            self._run(f"PRAGMA cache_size=-{WRITER_CACHE_KB}", ())
            self._run("PRAGMA shrink_memory", ())
        super().end()

    def _add_alike(self, shape: Shape, records: Sequence[Record]) -> None:
        ids, *columns = zip(*map(shape.row, records), strict=True)
        stamps = list(islice(self._stamps, len(ids)))
        named = dict(zip(shape.names, columns, strict=True))
        self._insert(shape, ids, stamps, named)
        self._run_many(
            op_log.INSERT_NEW_ROW,
            zip(
                stamps,
                repeat(self._txn),
                repeat(shape.table),
                ids,
                row_texts(named),
                strict=False,
            ),
        )
        self._last = stamps[-1]
        self._touched[shape.table].update(ids)
        self._parts.add(shape.table)

    def _insert(
        self,
        shape: Shape,
        ids: Sequence[str],
        stamps: Sequence[Stamp],
        columns: Mapping[str, Sequence[Value]],
    ) -> None:
        """Put rows into their table, without the columns that all leave empty."""
        filled = {
            name: map(stored, column) if place in shape.days else column
            for place, (name, column) in enumerate(columns.items())
            if column.count(None) < len(ids)
        }
        names = ", ".join(f'"{name}"' for name in ("id", *filled, *OWN_COLUMNS[:4]))
        marks = ", ".join("?" * (len(filled) + 5))
        by = repeat(self._maker.by)
        self._run_many(
            f'INSERT INTO "{shape.table}" ({names}) VALUES ({marks})',
            zip(ids, *filled.values(), stamps, by, stamps, by, strict=False),
        )

    def change(
        self, record_type: type[Record], row_id: str, values: Mapping[str, Value]
    ) -> None:
        """Change fields of a row; values that are so already write nothing.

        Raises:
            NotFound: the row is not there, or retired.
            NotAllowed: records of this type are facts, put right by an addendum.
            NotValid: a value is not of its field's kind.
        """
        if record_type.FACT:
            raise NotAllowed(
                f"{record_type.LABEL}: this is not edited once it is saved.",
                "Correct it instead, and say why; what was first recorded stays in "
                "its history.",
            )
        self._set(record_type, row_id, values)

    def addendum(
        self,
        record_type: type[Record],
        row_id: str,
        values: Mapping[str, Value],
        reason: str,
    ) -> None:
        """Put a fact right. The row shows the new values, its history shows both.

        Raises:
            NotFound: the row is not there, or retired.
            NotAllowed: records of this type are edited, not put right.
            NotValid: a value is not of its field's kind, or there is no reason.
        """
        if not record_type.FACT:
            raise NotAllowed(f"{record_type.LABEL}: change this, it needs no addendum.")
        self._because(reason)
        self._set(record_type, row_id, values)

    def retire(self, record_type: type[Record], row_id: str, reason: str) -> None:
        """Take a row out of everything but its history.

        Raises:
            NotFound: the row is not there, or retired already.
            NotValid: there is no reason.
        """
        self._because(reason)
        self._standing(record_type, row_id, ("id",))
        self._write(record_type, row_id, {DELETED: reason})

    def put_back(self, record_type: type[Record], row_id: str) -> None:
        """Let a row stand again that was retired; its history tells of both.

        Raises:
            NotFound: the row is not there, or not retired.
        """
        found = self.one(
            f'SELECT id FROM "{record_type.TABLE}" '
            "WHERE id = ? AND deleted IS NOT NULL",
            (row_id,),
        )
        if found is None:
            raise NotFound(
                f"This {record_type.LABEL.lower()} was not taken off the desk.",
                "Nothing was changed. Go back and look again.",
            )
        self._write(record_type, row_id, {DELETED: None})

    def _because(self, reason: str) -> None:
        if not reason.strip():
            raise NotValid([Problem("reason", "Say why.")])
        if reason == self._reason:
            return
        joined = f"{self._reason}; {reason}" if self._reason else reason
        self._reason = joined
        self._run("UPDATE txn SET reason = ? WHERE id = ?", (joined, self._txn))

    def _set(
        self, record_type: type[Record], row_id: str, values: Mapping[str, Value]
    ) -> None:
        _refuse_wrong(record_type, values)
        if not values:
            return
        names = tuple(values)
        held = self._standing(record_type, row_id, names)
        before = (
            read_value(record_type, n, v) for n, v in zip(names, held, strict=True)
        )
        different = {
            name: values[name]
            for name, old in zip(names, before, strict=True)
            if (old, type(old)) != (values[name], type(values[name]))
        }
        if different:
            self._write(record_type, row_id, different)

    def _standing(
        self, record_type: type[Record], row_id: str, names: Sequence[str]
    ) -> tuple[Any, ...]:
        listed = ", ".join(f'"{name}"' for name in names)
        found = self.one(
            f'SELECT {listed} FROM "{record_type.TABLE}" '
            "WHERE id = ? AND deleted IS NULL",
            (row_id,),
        )
        if found is None:
            raise NotFound(
                f"This {record_type.LABEL.lower()} is not on the desk (any more).",
                "It may have been removed meanwhile. Go back and look again.",
            )
        return found

    def _write(
        self, record_type: type[Record], row_id: str, values: Mapping[str, Value]
    ) -> None:
        """One op per column, each replacing all heads of its cell, and the row."""
        table = record_type.TABLE
        known = op_log.ops_of_row(self, table, row_id)
        for op in _changes(known, table, row_id, values, self._stamps):
            self._last = op.hlc
            parts = (self._txn, op.table, op.row, op.column, op.value)
            self._run(op_log.INSERT_OP, (to_blob(op.hlc), *parts))
            self._run_many(op_log.INSERT_BASE, op_log.base_pairs(op.hlc, op.bases))
        sets = ", ".join(f'"{name}" = ?' for name in (*values, "changed", "changed_by"))
        self._run(
            f'UPDATE "{table}" SET {sets} WHERE id = ?',
            (
                *(stored(value) for value in values.values()),
                self._last,
                self._maker.by,
                row_id,
            ),
        )
        self._touched[table].add(row_id)
        if DELETED in values:
            self._parts.add(table)
        self._parts.update(
            f"{table}.{name}" for name in (*values, "changed", "changed_by")
        )

    def _run(self, sql: str, params: Sequence[Any]) -> Any:
        try:
            return self._driver.execute(sql, params)
        except DriverError as error:
            raise self._told(error) from error

    def _run_many(self, sql: str, params: Iterable[Sequence[Any]]) -> None:
        try:
            self._driver.executemany(sql, params)
        except DriverError as error:
            raise self._told(error) from error


def _changes(
    known: Iterable[Op],
    table: str,
    row_id: str,
    values: Mapping[str, Value],
    stamps: Iterator[Stamp],
) -> Iterator[Op]:
    known = tuple(known)
    standing = heads_of_row(known)
    new_rows = frozenset(op.hlc for op in known if op.column is None)
    for (column, value), stamp in zip(values.items(), stamps, strict=False):
        # A column that no op names yet is empty by the ops that made the row.
        replaced = standing.get(column)
        bases = frozenset(op.hlc for op in replaced) if replaced else new_rows
        yield Op(stamp, table, row_id, column, value_text(value), bases)


def _refuse_wrong(record_type: type[Record], values: Mapping[str, Value]) -> None:
    declared = field_map(record_type)
    problems = []
    for name, value in values.items():
        field = declared.get(name)
        if field is None:
            problems.append(Problem(name, f"There is no field “{name}”."))
        elif value is None or value == "":
            if field.required:
                problems.append(Problem(name, f"{field.kind.label} is needed."))
        elif said := problem_with(field.kind, value):
            problems.append(Problem(name, said))
    if problems:
        raise NotValid(problems)
