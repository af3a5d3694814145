"""Op: one entry of the op log, and its values as tagged text.

A new row is one op that carries all its values; a change is one op per column. Every
op says which ops it replaced (its bases). A value's text is JSON: words, numbers and
null as they are, a date as ``{"date": "2017-09-05"}``, so that a column is understood
even by a version that does not declare it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from json.encoder import encode_basestring
from typing import Any

from provider_desk.changes.hlc import Stamp
from provider_desk.model.fields import Value

#: The column under which a retirement stands: its value is the reason.
DELETED = "deleted"


@dataclass(frozen=True, slots=True, repr=False)
class Op:
    """One change that somebody made.

    Attributes:
        hlc: when and where; no two ops share one.
        table: name of the record's table.
        row: id of the record.
        column: the column changed; None for a new row.
        value: tagged text; of a new row, an object of its columns without the empty.
        bases: the stamps of the ops that this one replaced, as known to its device.
    """

    hlc: Stamp
    table: str
    row: str
    column: str | None
    value: str
    bases: frozenset[Stamp] = frozenset()

    def __repr__(self) -> str:
        return f"<op {self.hlc} {self.table} {self.row} {self.column or 'new'}>"


def _tagged(value: object) -> dict[str, str]:
    if isinstance(value, date):
        return {"date": value.isoformat()}
    raise TypeError(f"a {type(value).__name__} can't stand in the op log")


_WRITER = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), default=_tagged, allow_nan=False
)

#: Types of which equal values have the same text; true equals 1, and 1 equals 1.0.
_EQUAL_IS_SAME = frozenset((str, date, int, type(None)))


def value_text(value: Value) -> str:
    """The tagged text of one value."""
    return _WRITER.encode(value)


def row_text(values: Mapping[str, Value]) -> str:
    """The tagged text of a new row; empty (None) values are left out."""
    parts = (_part(name, value) for name, value in values.items())
    return f"{{{''.join(parts)[:-1]}}}"


def row_texts(columns: Mapping[str, Sequence[Value]]) -> list[str]:
    """The tagged texts of many new rows that are given column by column.

    Rows come in by the ten thousand and say much the same, so that each different
    value of a column is written once.
    """
    parts = [_parts(name, column) for name, column in columns.items()]
    return [f"{{{''.join(row)[:-1]}}}" for row in zip(*parts, strict=True)]


def _parts(name: str, column: Sequence[Value]) -> list[str]:
    if not _EQUAL_IS_SAME.issuperset(map(type, column)):
        return [_part(name, value) for value in column]
    written = {value: _part(name, value) for value in set(column)}
    return [written[value] for value in column]


def _part(name: str, value: Value) -> str:
    """One value of a new row with a comma behind it, "" where there is none.

    The text of the common kinds is put together here; it is the same that the encoder
    makes, which a test holds it to.
    """
    if type(value) is str:
        return f'"{name}":{encode_basestring(value)},'
    if type(value) is date:
        return f'"{name}":{{"date":"{value.isoformat()}"}},'
    if value is None:
        return ""
    return f'"{name}":{_WRITER.encode(value)},'


def value_of(text: str) -> Value:
    """The value in a tagged text.

    Raises:
        ValueError: the text is not one that ``value_text`` makes.
    """
    return _untagged(json.loads(text))


def row_of(text: str) -> dict[str, Value]:
    """The values in a new row's text.

    Raises:
        ValueError: the text is not one that ``row_text`` makes.
    """
    read = json.loads(text)
    if not isinstance(read, dict):
        raise ValueError("a row's text holds no row")  # noqa: TRY004
    return {column: _untagged(value) for column, value in read.items()}


def _untagged(read: Any) -> Value:
    match read:
        case None | str() | int() | float():
            return read
        case {"date": str() as day} if len(read) == 1:
            return date.fromisoformat(day)
    raise ValueError("this value carries an unknown tag")
