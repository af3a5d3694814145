"""The op log's own SQL: writing deeds and ops, and reading those of a row."""

from collections import defaultdict
from collections.abc import Iterable

from provider_desk.changes.hlc import Stamp, from_blob, to_blob
from provider_desk.changes.op import Op
from provider_desk.model.rows import Rows

#: Parameters: stamp, txn, table, row, column or None, tagged text.
INSERT_OP = (
    'INSERT INTO op(hlc, "txn", tbl, "row", col, value) VALUES (?, ?, ?, ?, ?, ?)'
)
#: Parameters: stamp as text, txn, table, row, tagged text.
INSERT_NEW_ROW = (
    'INSERT INTO op(hlc, "txn", tbl, "row", value) VALUES (unhex(?), ?, ?, ?, ?)'
)
#: Parameters: stamp of an op, stamp of an op that it replaced.
INSERT_BASE = "INSERT INTO base(op, base) VALUES (?, ?)"
#: Parameters: stamp, user's id, device, deed, reason.
INSERT_TXN = 'INSERT INTO txn(hlc, "by", device, deed, reason) VALUES (?, ?, ?, ?, ?)'

_COLUMNS = 'o.hlc, o.tbl, o."row", o.col, o.value'
_MAKING_OF_ROW = (
    f'SELECT {_COLUMNS} FROM "{{table}}" s JOIN op o ON o.hlc = unhex(s.created) '
    'WHERE s.id = ? AND o."row" = s.id'
)
_CHANGES_OF_ROW = (
    f'SELECT {_COLUMNS} FROM op o WHERE o."row" = ? AND o.tbl = ? '
    "AND o.col IS NOT NULL ORDER BY o.hlc"
)
_BASES_OF_ROW = (
    "SELECT b.op, b.base FROM op o JOIN base b ON b.op = o.hlc "
    'WHERE o."row" = ? AND o.tbl = ? AND o.col IS NOT NULL'
)


def ops_of_row(rows: Rows, table: str, row_id: str) -> list[Op]:
    """Every op on a row: its making, then the rest, oldest stamp first."""
    bases: defaultdict[bytes, set[Stamp]] = defaultdict(set)
    for op, base in rows.rows(_BASES_OF_ROW, (row_id, table)):
        bases[op].add(from_blob(base))
    found = [
        *rows.rows(_MAKING_OF_ROW.format(table=table), (row_id,)),
        *rows.rows(_CHANGES_OF_ROW, (row_id, table)),
    ]
    return [
        Op(from_blob(hlc), tbl, row, col or None, value, frozenset(bases[hlc]))
        for hlc, tbl, row, col, value in found
    ]


def base_pairs(op: Stamp, bases: Iterable[Stamp]) -> list[tuple[bytes, bytes]]:
    """Parameters of ``INSERT_BASE`` for one op."""
    return [(to_blob(op), to_blob(base)) for base in sorted(bases)]


def setting(rows: Rows, name: str) -> str | None:
    """What is true of this copy of the store: store, device, hlc, tables."""
    found = rows.rows("SELECT value FROM desk WHERE name = ?", (name,))
    return str(found[0][0]) if found else None


#: Settings that are true of the desk on every computer; the others are of one copy.
OF_THE_DESK = ("store", "hlc", "tables")

#: Parameters: name, value.
PUT_SETTING = "INSERT OR REPLACE INTO desk(name, value) VALUES (?, ?)"
