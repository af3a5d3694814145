"""One council return as an outsider reads it: the .json file, taken apart with care.

Anything the file holds besides is passed over; a line that is not known is still a line
of figures. A figure that is no multiple of the base was not rounded: it is exact.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from provider_desk.model.errors import DeskError, NotValid, Problem
from provider_desk.model.months import Month

_FORMAT = "provider-desk return"
_COVERS = re.compile(r"covers \d+ of \d+", re.IGNORECASE)
#: What a reader assumes of a file that does not say.
_BASE, _BOUND = 5, 9
#: Begins the note of a year to date that an earlier return showed already.
_UP_TO = "To the end of "
_PARTS = ("value", "numerator", "denominator")


@dataclass(frozen=True, slots=True)
class Shown:
    """One number as printed.

    Attributes:
        value: the number.
        low: the least it stands for.
        high: the most it stands for.
        exact: whether it is the real number.
        named: whether the file says so itself; a number that is exact without a word
            was not meant to be.
    """

    value: int
    low: int
    high: int
    exact: bool
    named: bool = False

    @property
    def bound(self) -> int:
        """By how much it may differ from the real one."""
        return max(self.high - self.value, 0)


@dataclass(frozen=True, slots=True, order=True)
class Series:
    """One row of figures: an area's indicator, one part of it."""

    area: str
    indicator: str
    split: str
    part: str

    @property
    def key(self) -> str:
        """As truths and answers name it: "THER|A7|Health|value"."""
        return f"{self.area}|{self.indicator}|{self.split}|{self.part}"


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one series in one file.

    Attributes:
        kind: "flow", "stock", "ratio", or whatever the file says.
        months: by month; months without a figure are left out.
        year: the year to date, where there is one.
        covers: "n of m" months, as the file words it; "" where it does not say.
        none: whether the service does not offer this: [z].
    """

    kind: str
    months: Mapping[str, Shown]
    year: Shown | None
    covers: str
    none: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One council return."""

    month: str
    version: int
    months: tuple[str, ...]
    areas: tuple[str, ...]
    rows: Mapping[Series, Row]


def read_sheet(file: bytes) -> Sheet:
    """Take one file apart.

    Raises:
        NotValid: it is no council return.
    """
    try:
        whole = json.loads(file)
        if whole["format"] != _FORMAT:
            raise _not_a_return()
        return _sheet(whole["return"])
    except (ValueError, KeyError, TypeError, AttributeError, DeskError) as problem:
        raise _not_a_return() from problem


def _sheet(content: dict[str, Any]) -> Sheet:
    month = str(content["month"])
    Month.parse(month)
    months = tuple(str(one) for one in content["months"])
    protection = content.get("protection") or {}
    reader = _Reader(
        base=int(protection.get("base") or _BASE),
        bound=int(protection.get("never_more_than") or _BOUND),
    )
    rows: dict[Series, Row] = {}
    for line in content["lines"]:
        rows.update(reader.rows(line, months))
    return Sheet(
        month=month,
        version=int(content.get("version") or 1),
        months=months,
        areas=tuple(str(area["code"]) for area in content["areas"]),
        rows=rows,
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads lines under the rules that the head of the file states."""

    base: int
    bound: int

    def rows(
        self, line: Mapping[str, Any], months: tuple[str, ...]
    ) -> dict[Series, Row]:
        """The series of one line: a count, or a ratio's two numbers."""
        kind = str(line.get("kind") or "flow")
        if kind in ("median", "mean", "longest", "band"):
            return {}
        parts = _PARTS[1:] if kind == "ratio" else _PARTS[:1]
        return {
            Series(
                str(line["area"]), str(line["indicator"]), str(line["split"]), part
            ): self._row(line, kind, part, months)
            for part in parts
        }

    def _row(
        self, line: Mapping[str, Any], kind: str, part: str, months: tuple[str, ...]
    ) -> Row:
        cells = list(line.get("months") or ())
        year = line.get("year_to_date") or {}
        found = {
            month: shown
            for month, cell in zip(months, cells, strict=False)
            if (shown := self._shown(cell, part)) is not None
        }
        covers = _COVERS.search(str(year.get("note") or ""))
        return Row(
            kind=kind,
            months=found,
            year=None if _UP_TO in str(year.get("note")) else self._shown(year, part),
            covers=covers[0] if covers else "",
            none=bool(cells) and _is_none(cells[-1], part),
        )

    def _shown(self, cell: Mapping[str, Any], part: str) -> Shown | None:
        value = cell.get(part)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            return None
        if cell.get("state") in ("band", "not_submitted", "not_available"):
            return None
        if cell.get("exact") or value % self.base:
            named = bool(cell.get("exact"))
            return Shown(value, value, value, exact=True, named=named)
        low, high = value - self.bound, value + self.bound
        never = cell.get("never")
        if part == "value" and isinstance(never, list):
            low, high = _read_ends(never, low, high)
        if value >= 0:
            low = max(low, 0)
        return Shown(value, low, high, exact=False)


def _is_none(cell: Mapping[str, Any], part: str) -> bool:
    """Whether the service does not offer this.

    A share of nobody and a table that is sent in other months are [z] as well: the
    one has its numbers, the other says so.
    """
    later = str(cell.get("note") or "").startswith("Sent ")
    return cell.get("status") == "[z]" and cell.get(part) is None and not later


def _read_ends(never: list[Any], low: int, high: int) -> tuple[int, int]:
    """The ends a cell states itself, where it states two whole numbers."""
    whole = [int(end) for end in never if isinstance(end, int)]
    return (
        (whole[0], whole[1]) if len(whole) == len(never) == len("ab") else (low, high)
    )


def _not_a_return() -> NotValid:
    return NotValid([Problem("", "This file is not a council return.")])
