"""How a record type lies in its table: the order of columns, and dates as text."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, cast

from provider_desk.model.fields import Day, Record, Value, fields_of

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Shape:
    """A record type's way into its table and back.

    Attributes:
        table: the table's name.
        names: the fields, in order, without the id.
        days: positions of the dates among the fields.
        row: takes a record and gives its id and its fields' values in order.
        columns: SQL for the id and the fields.
    """

    table: str
    names: tuple[str, ...]
    days: tuple[int, ...]
    row: Callable[[Record], Sequence[Any]]
    columns: str


def shape_of(record_type: type[Record]) -> Shape:
    """The shape of a record type."""
    return _shape(cast("Hashable", record_type))


@cache
def _shape(key: Hashable) -> Shape:
    record_type = cast("type[Record]", key)
    declared = fields_of(record_type)
    names = tuple(field.name for field in declared)
    return Shape(
        table=record_type.TABLE,
        names=names,
        days=tuple(n for n, f in enumerate(declared) if isinstance(f.kind, Day)),
        row=attrgetter("id", *names),
        columns=", ".join(f'"{name}"' for name in ("id", *names)),
    )


def stored(value: Value) -> str | int | float | None:
    """A value as its column holds it."""
    return value.isoformat() if isinstance(value, date) else value


def read_value(record_type: type[Record], name: str, held: Any) -> Value:
    """A value from what its column holds."""
    shape = shape_of(record_type)
    is_day = held is not None and shape.names.index(name) in shape.days
    return date.fromisoformat(held) if is_day else cast("Value", held)


def read_records(record_type: type[R], rows: Iterable[Sequence[Any]]) -> list[R]:
    """Records from rows selected with ``Shape.columns``."""
    shape = shape_of(record_type)
    return [_record(record_type, shape, row) for row in rows]


def _record(record_type: type[R], shape: Shape, row: Sequence[Any]) -> R:
    values = list(row[1:])
    for place in shape.days:
        if values[place] is not None:
            values[place] = date.fromisoformat(values[place])
    return record_type(id=row[0], **dict(zip(shape.names, values, strict=True)))
