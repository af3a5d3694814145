"""Which values a set of ops shows. Pure; the order and repetition of ops don't count.

Head of a cell = an op on it that no known op on the same cell lists as a base. The
value shown is that of the head with the highest stamp, so an edit that was made in
knowledge of another always wins, even against a clock that runs ahead. A new row's op
stands on all columns of its row, those that it leaves empty too.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from provider_desk.changes.hlc import Stamp
from provider_desk.changes.op import Op, row_of, value_of
from provider_desk.model.fields import Value


@dataclass(frozen=True, order=True, slots=True)
class Cell:
    """One column of one row."""

    table: str
    row: str
    column: str


def heads(ops: Iterable[Op]) -> dict[Cell, tuple[Op, ...]]:
    """The heads of every cell, highest stamp first; more than one is a conflict.

    A cell whose every op is listed as a base by another has no head; stamps that
    only grow can't bring that about.
    """
    found: dict[Cell, tuple[Op, ...]] = {}
    for (table, row), known in _by_row(ops).items():
        for column, standing in heads_of_row(known.values()).items():
            found[Cell(table, row, column)] = standing
    return found


def heads_of_row(ops: Iterable[Op]) -> dict[str, tuple[Op, ...]]:
    """The heads of each column of one row, highest stamp first."""
    new_rows = []
    columns: set[str] = set()
    changes: defaultdict[str, list[Op]] = defaultdict(list)
    for op in ops:
        if op.column is None:
            new_rows.append(op)
            columns.update(row_of(op.value))
        else:
            changes[op.column].append(op)
    found = {}
    for column in columns | changes.keys():
        replaced = {base for op in changes[column] for base in op.bases}
        standing = [
            op for op in (*new_rows, *changes[column]) if op.hlc not in replaced
        ]
        found[column] = tuple(sorted(standing, key=_stamp_of, reverse=True))
    return found


def value_in(op: Op, column: str) -> Value:
    """The value that an op gives to a column."""
    if op.column is None:
        return row_of(op.value).get(column)
    return value_of(op.value)


def winners(ops: Iterable[Op]) -> dict[Cell, Value]:
    """The value that every cell shows."""
    return {
        cell: value_in(standing[0], cell.column)
        for cell, standing in heads(ops).items()
        if standing
    }


def row_as_shown(ops: Iterable[Op]) -> dict[str, Value] | None:
    """The values that one row shows, or None while no op says that it is there.

    Columns that no op names are left out; they are empty.
    """
    known = list(ops)
    if all(op.column is not None for op in known):
        return None
    return {
        column: value_in(standing[0], column)
        for column, standing in heads_of_row(known).items()
        if standing
    }


def conflicts(ops: Iterable[Op]) -> dict[Cell, tuple[Op, ...]]:
    """The cells with more than one head whose values differ, highest stamp first."""
    return {
        cell: standing
        for cell, standing in heads(ops).items()
        if len({str(value_in(op, cell.column)) for op in standing}) > 1
    }


def _stamp_of(op: Op) -> Stamp:
    return op.hlc


def _by_row(ops: Iterable[Op]) -> Mapping[tuple[str, str], dict[Stamp, Op]]:
    rows: defaultdict[tuple[str, str], dict[Stamp, Op]] = defaultdict(dict)
    for op in ops:
        rows[op.table, op.row][op.hlc] = op
    return rows
