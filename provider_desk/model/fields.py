"""Kinds of field, and the declarations that records are made of.

A record's field is declared once, as ``name: Annotated[type, Kind(...)]``. Columns,
forms, tables, checks, the op log and the layouts of spreadsheets read it from there.
"""

from collections.abc import Hashable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from functools import cache
from typing import (
    Annotated,
    ClassVar,
    Self,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from provider_desk.model import sealed_text
from provider_desk.model.choices import choices
from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.ids import new_id

Value = str | int | float | date | None

#: No date of ours lies outside these years.
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """What every field says of itself.

    Attributes:
        label: words above the field, sentence case.
        help: one or two sentences shown where they are needed.
        unit: stands after the label: "minutes".
        personal: holds something about a person that may never leave in a return.
    """

    label: str
    help: str = ""
    unit: str = ""
    personal: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Text(Kind):
    """Words; ``lines`` over 1 is a box to write in.

    Attributes:
        clinical: free text about the work with a person. Roles without the right to
            read clinical notes are not shown it, and where the work is counselling it
            is sealed for the counselling team before it is stored.
        condition: says how somebody is who waits, so that they are seen in time. Read
            by every role that reads clinical notes, for all who wait and not only for
            its own caseload; never sealed, because whoever works the waiting list
            needs it. Roles that read no clinical notes are not shown it.
    """

    lines: int = 1
    longest: int = 20_000
    clinical: bool = False
    condition: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Day(Kind):
    """A civil date in Britain. ``future`` says whether it may lie ahead of today."""

    future: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeOfDay(Kind):
    """A time of day, stored as "HH:MM"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Count(Kind):
    """A whole number from ``low`` to ``high``, both in."""

    low: int = 0
    high: int = 1_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class OneOf(Kind):
    """A code of the value list ``choices``."""

    choices: str


@dataclass(frozen=True, kw_only=True, slots=True)
class YesNo(Kind):
    """Yes ("Y"), no ("N"), or not yet answered (None)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment(Kind):
    """A point in time, milliseconds since 1970 in UTC."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference(Kind):
    """The id of a row of the table ``to``."""

    to: str


@dataclass(frozen=True, slots=True)
class Field:
    """One declared field of a record type.

    Attributes:
        name: the column's name, never used again for anything else.
        kind: what it holds.
        required: whether a record can't be saved without it.
        default: what it holds when nothing is said.
    """

    name: str
    kind: Kind
    required: bool
    default: Value


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Record:
    """A row. Its type and id may be printed, its values never.

    Attributes:
        id: 32 hexadecimal digits, unique without asking other PCs.
    """

    TABLE: ClassVar[str] = ""
    LABEL: ClassVar[str] = ""
    #: True: never edited; what was wrong is put right by an addendum with a reason.
    FACT: ClassVar[bool] = False
    #: Columns of each index, leading column first.
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = ()

    id: str = field(default_factory=new_id)

    def __repr__(self) -> str:
        return f"<{self.TABLE} {self.id}>"

    def values(self) -> dict[str, Value]:
        """Field name → value, without the id."""
        return {f.name: getattr(self, f.name) for f in fields_of(type(self))}

    @classmethod
    def made(cls, values: Mapping[str, Value], row_id: str | None = None) -> Self:
        """A record from values by field name; fields left out take their default.

        Raises:
            NotValid: a value is missing or not of its kind; rules between fields are
                not asked here (``rules.problems_of``).
        """
        problems = value_problems(cls, values)
        if problems:
            raise NotValid(problems)
        given = {**values} if row_id is None else {**values, "id": row_id}
        return cls(**given)  # type: ignore[arg-type]


def fields_of(record_type: type[Record]) -> tuple[Field, ...]:
    """The declared fields of a record type, in order, without the id."""
    # mypy takes a class with slots for unhashable, hence the cast in between.
    return _read_fields(cast("Hashable", record_type))


@cache
def _read_fields(key: Hashable) -> tuple[Field, ...]:
    record_type = cast("type[Record]", key)
    hints = get_type_hints(record_type, include_extras=True)
    found = []
    for declared in fields(record_type):
        hint = hints[declared.name]
        if declared.name == "id" or get_origin(hint) is not Annotated:
            continue
        kind = next(arg for arg in get_args(hint)[1:] if isinstance(arg, Kind))
        required = declared.default is MISSING
        default = cast("Value", None if required else declared.default)
        found.append(Field(declared.name, kind, required, default))
    return tuple(found)


def field_map(record_type: type[Record]) -> Mapping[str, Field]:
    """Field name → declaration."""
    return _read_field_map(cast("Hashable", record_type))


@cache
def _read_field_map(key: Hashable) -> Mapping[str, Field]:
    record_type = cast("type[Record]", key)
    return {declared.name: declared for declared in fields_of(record_type)}


def value_problems(
    record_type: type[Record], values: Mapping[str, Value]
) -> list[Problem]:
    """What is wrong with single values, field by field, without looking at others."""
    declared = field_map(record_type)
    problems = [
        Problem(name, f"There is no field “{name}”.")
        for name in values
        if name not in declared and name != "id"
    ]
    for each in declared.values():
        value = values.get(each.name, each.default)
        if value is None or value == "":
            if each.required:
                problems.append(Problem(each.name, f"{each.kind.label} is needed."))
            continue
        problem = problem_with(each.kind, value)
        if problem:
            problems.append(Problem(each.name, problem))
    return problems


def problem_with(kind: Kind, value: Value) -> str | None:  # noqa: C901, PLR0911
    """One sentence on what is wrong with a value of a kind, or None."""
    label = kind.label
    match kind:
        case Text() if not isinstance(value, str):
            return f"{label} must be words."
        case Text() if sealed_text.is_sealed(value):
            return None
        case Text() if not _is_whole(str(value)):
            return f"{label} holds half a letter: type it again."
        case Text() if len(str(value)) > kind.longest:
            return f"{label} is too long: {kind.longest:,} letters at most."
        case Day() if type(value) is not date:
            return f"{label} must be a date, such as 5/9/2026."
        case Day() if not _FIRST_YEAR <= cast("date", value).year <= _LAST_YEAR:
            return f"{label}: the year can't be right."
        case Count() if not isinstance(value, int):
            return f"{label} must be a whole number."
        case Count() if not kind.low <= int(str(value)) <= kind.high:
            return f"{label} must be from {kind.low:,} to {kind.high:,}."
        case OneOf() if value not in choices(kind.choices).by_code:
            return f"{label}: “{value}” is not in the list."
        case YesNo() if value not in ("Y", "N"):
            return f"{label} must be yes or no."
        case TimeOfDay() if not _is_time(value):
            return f"{label} must be a time, such as 14:30."
        case _:
            return None


def _is_whole(text: str) -> bool:
    """Whether every letter can be written; half a surrogate pair can't."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_time(value: Value) -> bool:
    hours, _, minutes = str(value).partition(":")
    return (
        len(str(value)) == len("14:30")
        and hours.isdigit()
        and minutes.isdigit()
        and int(hours) < 24  # noqa: PLR2004
        and int(minutes) < 60  # noqa: PLR2004
    )


def shown(kind: Kind, value: Value) -> str:
    """A value as a person reads it: "Tue 5 Sep 2026", a label, "yes"."""
    if value is None or value == "":
        return ""
    match kind:
        case Text() if sealed_text.is_sealed(value):
            return sealed_text.IN_PLACE
        case Day() if isinstance(value, date):
            return f"{value:%a} {value.day} {value:%b %Y}"
        case OneOf():
            return choices(kind.choices).label(str(value))
        case YesNo():
            return "yes" if value == "Y" else "no"
        case _:
            return str(value)
