"""Reading records by their id, by equal fields, and what a record refers to."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from provider_desk.model.errors import NotFound
from provider_desk.model.fields import Record, Reference, Value, field_map, fields_of
from provider_desk.model.records import BY_TABLE
from provider_desk.model.rows import Rows
from provider_desk.store.shapes import read_records, shape_of, stored

R = TypeVar("R", bound=Record)

_AT_ONCE = 5_000


def get(rows: Rows, record_type: type[R], row_id: str) -> R:
    """The record with an id.

    Raises:
        NotFound: it is not on this desk, or was retired.
    """
    found = _standing(rows, record_type, row_id)
    if found is None:
        raise NotFound(
            f"This {record_type.LABEL.lower()} is not on the desk (any more).",
            "It may have been removed meanwhile. Go back to the list and look again.",
        )
    return found


def find(rows: Rows, record_type: type[R], **equals: Value) -> list[R]:
    """The records whose fields equal what is given, oldest first; None finds empty.

    Raises:
        ValueError: a field is not declared.
    """
    shape = shape_of(record_type)
    unknown = equals.keys() - field_map(record_type).keys() - {"id"}
    if unknown:
        raise ValueError(f"{record_type.TABLE} has no field {sorted(unknown)}")
    tests = ["deleted IS NULL"]
    params = []
    for name, value in equals.items():
        tests.append(f'"{name}" IS ?')
        params.append(stored(value))
    sql = (
        f'SELECT {shape.columns} FROM "{shape.table}" '
        f"WHERE {' AND '.join(tests)} ORDER BY created, id"
    )
    return read_records(record_type, rows.rows(sql, params))


def every(rows: Rows, record_type: type[R]) -> Iterator[R]:
    """All standing records of a type, one by one, in no order."""
    shape = shape_of(record_type)
    asked = rows.each(
        f'SELECT {shape.columns} FROM "{shape.table}" WHERE deleted IS NULL'
    )
    while some := read_records(record_type, islice(asked, _AT_ONCE)):
        yield from some


def exists(rows: Rows, record_type: type[Record], ids: Iterable[str]) -> set[str]:
    """Those of the ids that have a row, retired ones too."""
    sql = (
        f'SELECT id FROM "{record_type.TABLE}" '
        "WHERE id IN (SELECT value FROM json_each(?))"
    )
    found: set[str] = set()
    rest = iter(ids)
    while some := list(islice(rest, _AT_ONCE)):
        found.update(row[0] for row in rows.rows(sql, (json.dumps(some),)))
    return found


def parents_of(rows: Rows, record: Record) -> dict[str, Record]:
    """What a record refers to, directly or through its parents, by table name.

    Parents that are not on the desk are left out. Where two ways lead to one table,
    the nearer one counts.
    """
    found: dict[str, Record] = {}
    asking = [record]
    while asking:
        nearer = asking
        asking = []
        for each in nearer:
            for table, row_id in _references(each):
                if table in found or table == record.TABLE:
                    continue
                parent = _standing(rows, BY_TABLE[table], row_id)
                if parent is not None:
                    found[table] = parent
                    asking.append(parent)
    return found


def _references(record: Record) -> list[tuple[str, str]]:
    return [
        (field.kind.to, str(getattr(record, field.name)))
        for field in fields_of(type(record))
        if isinstance(field.kind, Reference) and getattr(record, field.name)
    ]


def _standing(rows: Rows, record_type: type[R], row_id: str) -> R | None:
    shape = shape_of(record_type)
    found = rows.rows(
        f'SELECT {shape.columns} FROM "{shape.table}" WHERE id = ? AND deleted IS NULL',
        (row_id,),
    )
    return read_records(record_type, found)[0] if found else None
