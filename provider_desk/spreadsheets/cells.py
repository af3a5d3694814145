"""From a cell to the value of a field."""

import difflib
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from provider_desk.model.choices import choices
from provider_desk.model.fields import (
    Count,
    Day,
    Kind,
    OneOf,
    Text,
    TimeOfDay,
    Value,
    YesNo,
    problem_with,
)
from provider_desk.spreadsheets.dates import (
    NoDate,
    Order,
    ShortYear,
    Unclear,
    read_date,
    read_time,
)
from provider_desk.spreadsheets.grids import Cell
from provider_desk.spreadsheets.layout import Source
from provider_desk.spreadsheets.layout_parts import listed
from provider_desk.spreadsheets.layout_sources import known_words
from provider_desk.spreadsheets.tidy import BLANKS, clean, key

_NEAREST = 2
_SHOWN = 8
_SECONDS = 60
#: So many letters of a cell are quoted in a sentence.
_LONGEST = 60
#: What Excel shows in place of a value that a formula does not give.
_ERRORS = frozenset(
    (
        *("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"),
        *("#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!"),
        *("#BUSY!", "#GETTING_DATA"),
    )
)
#: A number with its unit: "50 mins".
_WITH_UNIT = re.compile(r"(\d+)\s*([a-z]+)\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, repr=False)
class Bad:
    """A cell that the field can't hold, with the sentence that says why."""

    why: str


#: What a cell comes to: a value, None where it is empty, or what stands in the way.
Found = Value | ShortYear | Unclear | Bad

#: What stands between a cell and its field.
Obstacle = Bad | Unclear | ShortYear

#: A value, or None; whether the cell said anything at all; what stands in the way.
Read = tuple[Value, bool, Obstacle | None]


def words_of(cell: Cell) -> str:
    """A cell as words, as the spreadsheet shows it or close to it."""
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else str(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def is_empty(cell: Cell) -> bool:
    """Whether a cell holds nothing but spaces."""
    return isinstance(cell, str) and not cell.strip(BLANKS)


def is_error(cell: Cell) -> bool:
    """Whether a cell shows an error of a formula, such as #N/A."""
    return isinstance(cell, str) and cell[:1] == "#" and cell.strip() in _ERRORS


def error_text(cell: Cell) -> str:
    """The sentence for a cell that shows an error."""
    return (
        f"The cell holds an error, {words_of(cell)}. Correct its formula, or type what "
        "it should say."
    )


def quoted(words: str) -> str:
    """As much of a cell as a sentence has room for."""
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()}…"


def reader_of(source: Source, order: Order) -> Callable[[Cell], Read]:
    """What reads the cells of one column for one field; it remembers what it read."""
    reader = _CellReader(source, order)
    known: dict[Cell, Read] = {}

    def remembered(cell: Cell) -> Read:
        # True equals 1, but says something else.
        read = None if isinstance(cell, bool) else known.get(cell)
        if read is None:
            read = reader.read(cell)
            if not isinstance(cell, bool):
                known[cell] = read
        return read

    return remembered


class _CellReader:
    def __init__(self, source: Source, order: Order) -> None:
        self._source = source
        self._order: Order = order
        self._kind = source.kind
        own = known_words(source.kind) if source.kind else {}
        self._words: Mapping[str, Value] = {**own, **(source.words or {})}

    def read(self, cell: Cell) -> Read:
        if is_empty(cell):
            return self._source.if_empty, False, None
        found = self._found(cell, words_of(cell))
        if isinstance(found, Obstacle):
            return None, True, found
        return found, True, None

    def _found(self, cell: Cell, words: str) -> Found:
        if self._words and key(words) in self._words:
            value = self._words[key(words)]
            return None if value == "" else value
        if is_error(cell):
            return Bad(error_text(cell))
        if self._source.others is not None and not self._by_itself():
            return None if self._source.others == "" else self._source.others
        return self._by_kind(cell, words)

    def _by_itself(self) -> bool:
        """Whether words outside the list may still be read: dates, numbers, times."""
        return (
            not isinstance(self._kind, OneOf | YesNo | Text) and self._kind is not None
        )

    def _by_kind(self, cell: Cell, words: str) -> Found:
        kind = self._kind
        if kind is None:
            return self._unknown(words) if self._source.words else words
        found: Found
        match kind:
            case OneOf() | YesNo():
                return self._unknown(words)
            case Day():
                found = self._day(cell)
            case Count():
                found = _number(cell, words, kind)
            case TimeOfDay():
                found = _time(cell, words)
            case _:
                found = _paragraph(cell, kind) or words
        return self._checked(kind, found, words)

    def _checked(self, kind: Kind, found: Found, words: str) -> Found:
        if found is None or isinstance(found, Bad | ShortYear | Unclear):
            return found
        problem = problem_with(kind, found)
        return Bad(f"“{quoted(words)}” can't be right. {problem}") if problem else found

    def _day(self, cell: Cell) -> Found:
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        if not isinstance(cell, str):
            return Bad(
                f"“{quoted(words_of(cell))}” is not a date. Format the cell as a date, "
                "or type it as 5 September 2017."
            )
        read = read_date(cell, self._order)
        if isinstance(read, NoDate):
            return Bad(f"“{quoted(clean(cell))}”: {read.why}")
        return read

    def _unknown(self, words: str) -> Bad:
        known = dict.fromkeys(self._source.shown)
        if isinstance(self._kind, OneOf):
            values = choices(self._kind.choices).values
            known |= dict.fromkeys(c.label for c in values if c.offered)
        elif isinstance(self._kind, YesNo):
            known |= dict.fromkeys(("Yes", "No"))
        by_key = {key(word): word for word in known}
        near = difflib.get_close_matches(key(words), by_key, n=_NEAREST, cutoff=0.6)
        label = self._kind.label if self._kind else self._source.name
        if near:
            said = f"Is it {listed(by_key[each] for each in near)}?"
        else:
            said = f"Known are {listed(list(known)[:_SHOWN])}."
        return Bad(f"“{quoted(words)}” is not a word known for “{label}”. {said}")


def _number(cell: Cell, words: str, kind: Count) -> Found:
    digits = words
    with_unit = _WITH_UNIT.fullmatch(words)
    if with_unit and kind.unit.startswith(with_unit[2].casefold().rstrip("s")):
        digits = with_unit[1]
    try:
        odd = isinstance(cell, bool | date | time | timedelta)
        number = float("" if odd else digits.replace(",", ""))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        return Bad(
            f"“{quoted(words)}” is not a number. {kind.label} is needed as digits."
        )
    if number < 0:
        return Bad(f"{quoted(words)} is below zero.")
    if not number.is_integer():
        return Bad(f"{quoted(words)} is not a whole number.")
    return int(number)


def _time(cell: Cell, words: str) -> Found:
    if isinstance(cell, datetime | time):
        return f"{cell.hour:02d}:{cell.minute:02d}"
    if isinstance(cell, timedelta):
        minutes = int(cell.total_seconds()) // _SECONDS
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    read = read_time(words) if isinstance(cell, str) else None
    return read or Bad(f"“{quoted(words)}” is not a time. Write it as 14:30.")


def _paragraph(cell: Cell, kind: Kind) -> str | None:
    """Words with their line breaks, where the field has room for several lines."""
    if isinstance(cell, str) and isinstance(kind, Text) and kind.lines > 1:
        return "\n".join(clean(line) for line in cell.strip().splitlines())
    return None
