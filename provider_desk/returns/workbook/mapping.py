"""A mapping file: which cell of a council's workbook takes which figure.

As .csv, with a head: ``at, indicator, split, area, period, part``; or as .toml::

    [[cell]]
    at = "Sheet1!B5"        # or a name of the workbook
    indicator = "D1"
    split = "planned"       # "" or left out: the whole
    area = "THER"           # "" or left out: all areas, or the one area
    period = "ytd"          # "month" where left out; "apr" … "mar" of this year
    part = "value"          # or "n", "d", "text"
"""

import csv
import io
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from provider_desk.model.errors import Damaged, DeskError
from provider_desk.returns.workbook.names import PARTS, period_of

_FIELDS = ("at", "indicator", "split", "area", "period", "part")
_AGAIN = "Nothing was written. Put the mapping right, then try again."


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a mapping.

    Attributes:
        at: "Sheet1!B5", or a defined name of the workbook.
        indicator: code.
        split: the part, "" for the whole.
        area: code of the area, "" for all of them or the one.
        period: of the year, as ``names.period_of`` reads it.
        part: which number, as in ``names.PARTS``.
    """

    at: str
    indicator: str
    split: str = ""
    area: str = ""
    period: str = "month"
    part: str = "value"


def read_mapping(content: bytes, name: str) -> tuple[Entry, ...]:
    """Read a mapping file.

    Args:
        content: of the file.
        name: of the file; its ending says which kind it is.

    Raises:
        Damaged: it can't be read.
        DeskError: a line says something that no mapping can.
    """
    try:
        text = content.decode("utf-8-sig")
        rows = _from_toml(text) if name.lower().endswith(".toml") else _from_csv(text)
        entries = tuple(_entry(number, row) for number, row in enumerate(rows, start=1))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, csv.Error) as error:
        raise Damaged(f"The mapping can't be read: {error}.", _AGAIN) from error
    if not entries:
        raise DeskError("The mapping holds no line.", _AGAIN)
    return entries


def _from_toml(text: str) -> Iterable[Mapping[object, object]]:
    held = tomllib.loads(text).get("cell", [])
    if not isinstance(held, list) or not all(isinstance(x, dict) for x in held):
        raise DeskError("The mapping has no [[cell]] tables.", _AGAIN)
    return held


def _from_csv(text: str) -> Iterable[Mapping[object, object]]:
    rows = csv.DictReader(io.StringIO(text, newline=""))
    missing = {"at", "indicator"} - set(rows.fieldnames or ())
    if missing:
        said = ", ".join(sorted(missing))
        raise DeskError(f"The mapping has no column “{said}”.", _AGAIN)
    return [dict(row) for row in rows]


def _entry(number: int, row: Mapping[object, object]) -> Entry:
    strange = [str(name) for name in row if name not in _FIELDS]
    if strange:
        raise _wrong(number, f"there is no “{strange[0]}” in a mapping")
    said = {str(k): str(v).strip() for k, v in row.items() if v not in (None, "")}
    if not said.get("at") or not said.get("indicator"):
        raise _wrong(number, "it names no cell or no indicator")
    entry = Entry(**said)
    if entry.part not in PARTS:
        raise _wrong(number, f"the part is one of {', '.join(PARTS)}")
    try:
        period_of(entry.period)
    except ValueError as error:
        said_period = f"“{entry.period}” is no period; month, ytd or apr to mar are"
        raise _wrong(number, said_period) from error
    return entry


def _wrong(number: int, what: str) -> DeskError:
    return DeskError(f"Line {number} of the mapping is not right: {what}.", _AGAIN)
