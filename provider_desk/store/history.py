"""What happened to a record, deed by deed, in words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from provider_desk.changes.hlc import from_blob, ms_of, to_blob
from provider_desk.changes.op import DELETED, row_of, value_of
from provider_desk.model.fields import (
    Field,
    Record,
    Reference,
    Value,
    field_map,
    shown,
)
from provider_desk.model.records import BY_TABLE
from provider_desk.model.rows import Rows
from provider_desk.model.sealed_text import IN_PLACE, is_sealed
from provider_desk.model.views import HistoryLine
from provider_desk.store.op_log import ops_of_row
from provider_desk.store.queries.merged import references

#: What is recorded about these says nothing of one another.
_APART = ("provider", "contract", "user", "support_group")

_DEED = (
    "SELECT t.id, t.hlc, coalesce(u.name, ''), t.deed, t.reason FROM op o "
    'JOIN txn t ON t.id = o."txn" LEFT JOIN "user" u ON u.id = t."by" WHERE o.hlc = ?'
)

_BY = 'SELECT t."by" FROM op o JOIN txn t ON t.id = o."txn" WHERE o.hlc = ?'

#: How a retirement is told among the fields.
_STANDS, _RETIRED = "stands", "removed"

#: Field of the record referred to that says which it is.
_NAMED_BY = {"contract": "title", "client": "code", "referral": "reference"}


#: Stands for the reason of a deed among the names of fields: no field is called so.
WHY = ""

#: A field's name, or ``WHY``, and the value it had → what is shown of it.
Opened = Callable[[str, Value], Value]


def as_held(name: str, value: Value) -> Value:
    """The value as the store holds it."""
    del name
    return value


@dataclass(slots=True)
class _Deed:
    at_ms: int
    by: str
    deed: str
    reason: str
    ops: list[tuple[str | None, str]] = field(default_factory=list)


def history(
    rows: Rows, table: str, row_id: str, opened: Opened = as_held
) -> list[HistoryLine]:
    """Every deed that touched a record, oldest first; [] for an unknown record.

    Values stand as they were recorded, whatever a later merge shows.

    Args:
        rows: the store.
        table: the record's table.
        row_id: the record.
        opened: opens what is sealed, for those who may read it.
    """
    deeds: dict[int, _Deed] = {}
    for op in ops_of_row(rows, table, row_id):
        (txn, stamp, by, deed, reason) = rows.rows(_DEED, (to_blob(op.hlc),))[0]
        told = deeds.setdefault(
            txn, _Deed(ms_of(from_blob(stamp)), by, deed, reason or "")
        )
        told.ops.append((op.column, op.value))
    declared = field_map(BY_TABLE[table])
    held: dict[str, Value] = {}
    lines = []
    for told in deeds.values():
        before = dict(held)
        for column, value in told.ops:
            held.update(row_of(value) if column is None else {column: value_of(value)})
        lines.append(
            HistoryLine(
                at_ms=told.at_ms,
                by=told.by,
                deed=told.deed,
                reason=str(opened(WHY, told.reason)),
                fields=tuple(_differences(rows, declared, before, held, opened)),
            )
        )
    return lines


def last_change(rows: Rows, table: str, row_id: str) -> tuple[str, dict[str, Value]]:
    """The deed that touched a record last, and what its fields said before that.

    Only the fields that it touched are told; none for the deed that made the record.
    """
    held: dict[str, Value] = {}
    before: dict[str, Value] = {}
    last, name = 0, ""
    for op in ops_of_row(rows, table, row_id):
        (txn, _, _, deed, _) = rows.rows(_DEED, (to_blob(op.hlc),))[0]
        if txn != last:
            last, name, before = txn, deed, {}
        if op.column is None:
            held.update(row_of(op.value))
        else:
            before.setdefault(op.column, held.get(op.column))
            held[op.column] = value_of(op.value)
    return name, before


def last_deed(rows: Rows, table: str, row_id: str) -> int:
    """Number of the deed that touched a record last; 0 for an unknown record."""
    ops = ops_of_row(rows, table, row_id)
    return int(rows.rows(_DEED, (to_blob(ops[-1].hlc),))[0][0]) if ops else 0


@dataclass(frozen=True, slots=True, repr=False)
class Touch:
    """What one deed did to a record.

    Attributes:
        by: id of who did it.
        made: whether the deed made the record.
        retired: True where it took the record off the desk, False where it put it
            back, None where it did neither.
        before: what the fields that it changed said before.
    """

    by: str
    made: bool
    retired: bool | None
    before: Mapping[str, Value]


def touch_of(rows: Rows, table: str, row_id: str, number: int) -> Touch | None:
    """What a deed did to a record; None where another deed touched it since.

    Args:
        rows: the store.
        table: the record's table.
        row_id: the record.
        number: of the deed, as ``Changed.number`` tells it.
    """
    held: dict[str, Value] = {}
    before: dict[str, Value] = {}
    by, last, made, retired = "", 0, False, None
    for op in ops_of_row(rows, table, row_id):
        stamp = (to_blob(op.hlc),)
        last = rows.rows(_DEED, stamp)[0][0]
        if op.column is None:
            held.update(row_of(op.value))
            made = last == number
        elif last == number:
            before.setdefault(op.column, held.get(op.column))
        if op.column is not None:
            held[op.column] = value_of(op.value)
        by = str(rows.rows(_BY, stamp)[0][0] or "")
    if last != number:
        return None
    if DELETED in before:
        before.pop(DELETED)
        retired = held[DELETED] is not None
    return Touch(by, made, retired, before)


def built_on(
    rows: Rows, record_type: type[Record], row_id: str, number: int
) -> Iterator[tuple[type[Record], str]]:
    """Standing records that refer to a record and were recorded after a deed began.

    Args:
        rows: the store.
        record_type: of the record referred to.
        row_id: which one.
        number: of the deed, as ``Changed.number`` tells it.
    """
    stamps = rows.rows("SELECT hlc FROM txn WHERE id = ?", (number,))
    since = from_blob(stamps[0][0]) if stamps else ""
    for other, field_name in references(record_type.TABLE):
        found = rows.rows(
            f'SELECT id FROM "{other.TABLE}" WHERE "{field_name}" = ? '
            "AND deleted IS NULL AND changed > ?",
            (row_id, since),
        )
        yield from ((other, each) for (each,) in found)


def built_beside(
    rows: Rows, record_type: type[Record], row_id: str, number: int
) -> Iterator[tuple[type[Record], str]]:
    """As ``built_on``, of what a record refers to: what was recorded beside it since.

    What hangs on a contract, a group or a user is not asked for: that is half the desk.
    """
    for name, field_ in field_map(record_type).items():
        if isinstance(field_.kind, Reference) and field_.kind.to not in _APART:
            found = rows.rows(
                f'SELECT "{name}" FROM "{record_type.TABLE}" WHERE id = ?', (row_id,)
            )
            parent = BY_TABLE[field_.kind.to]
            yield from built_on(rows, parent, str(found[0][0] or ""), number)


def made_by(rows: Rows, table: str, row_id: str) -> int:
    """Number of the deed that made a record, as ``Changed.number``; 0 for none."""
    for op in ops_of_row(rows, table, row_id):
        if op.column is None:
            return int(rows.rows(_DEED, (to_blob(op.hlc),))[0][0])
    return 0


def writers(rows: Rows, table: str, row_id: str, column: str) -> set[str]:
    """Ids of everybody who ever gave a field of a record its value."""
    found: set[str] = set()
    for op in ops_of_row(rows, table, row_id):
        if op.column == column or (op.column is None and column in row_of(op.value)):
            found.update(by for (by,) in rows.rows(_BY, (to_blob(op.hlc),)) if by)
    return found


def _differences(
    rows: Rows,
    declared: Mapping[str, Field],
    before: Mapping[str, Value],
    after: Mapping[str, Value],
    opened: Opened,
) -> Iterable[tuple[str, str, str]]:
    """(label, before, after) of the fields that differ, in the order of the form."""
    for name, known in declared.items():
        was, became = before.get(name), after.get(name)
        old = _words(rows, known, opened(name, was))
        new = _words(rows, known, opened(name, became))
        resealed = is_sealed(was) and is_sealed(became) and was != became
        if old != new or (resealed and new == IN_PLACE):
            yield known.kind.label, old, new
    if before.get(DELETED) != after.get(DELETED):
        words = (
            (_RETIRED, _STANDS) if after.get(DELETED) is None else (_STANDS, _RETIRED)
        )
        yield "Record", *words


def _words(rows: Rows, known: Field, value: Value) -> str:
    if value is None or value == "":
        return ""
    if not isinstance(known.kind, Reference):
        unit = f" {known.kind.unit}" if known.kind.unit else ""
        return f"{shown(known.kind, value)}{unit}"
    named_by = _NAMED_BY.get(known.kind.to)
    if named_by is None:
        return "linked"
    found = rows.rows(
        f'SELECT "{named_by}" FROM "{known.kind.to}" WHERE id = ?', (value,)
    )
    return str(found[0][0] or "linked") if found else "linked"
