"""The return as a frozen copy: canonical json with its own SHA-256.

``return`` holds everything in the table; ``marks`` the words that a page would say of
this copy; ``schema`` and ``sha256`` (over the canonical bytes of ``return``) are for
reading it back. Canonical: names sorted, no white space, UTF-8. Ids of records at
fault in the checks are left out; how many there were stays.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from provider_desk.model.errors import Damaged, DeskError, FromNewerVersion
from provider_desk.model.months import Month
from provider_desk.returns import outline, words
from provider_desk.returns.table import (
    AreaName,
    Cell,
    Check,
    Direction,
    Line,
    LineKey,
    Rating,
    ReturnTable,
    State,
)

#: Raised by one whenever an older program could misread a newer file.
SCHEMA = 1

_UNCHANGED = "The file was not changed. Use a copy of it, or make the return again."


def write_json(table: ReturnTable) -> bytes:
    """A return as canonical json; the same table gives the same bytes.

    Raises:
        ValueError: a council copy says more than it may; a fault of the program.
    """
    outline.check_copy(table)
    body = _written(table)
    whole = {
        "format": "provider-desk return",
        "marks": list(words.marks(table)),
        "return": body,
        "schema": SCHEMA,
        "sha256": _sha256(body),
    }
    return _canonical(whole) + b"\n"


def fingerprint(table: ReturnTable) -> str:
    """SHA-256 of a return, in hex: what a frozen copy is known by."""
    return _sha256(_written(table))


def read_json(content: bytes) -> ReturnTable:
    """A return from its frozen copy; the checks come back without ids.

    Raises:
        Damaged: the file is no frozen return, or not what was written.
        FromNewerVersion: a newer program wrote it.
    """
    whole = _parsed(content)
    schema = whole.get("schema")
    if not isinstance(schema, int) or isinstance(schema, bool):
        raise Damaged("This file is not a frozen copy of a return.", _UNCHANGED)
    if schema > SCHEMA:
        raise FromNewerVersion(
            "This return was frozen by a newer version of the program.",
            "Nothing was changed. Update the program, then open it again.",
        )
    body = whole.get("return")
    if not isinstance(body, dict) or whole.get("sha256") != _sha256(body):
        raise Damaged(
            "This frozen return is not what was written: it was changed or cut short.",
            _UNCHANGED,
        )
    try:
        return _table(body)
    except (KeyError, TypeError, ValueError, DeskError) as error:
        raise Damaged(
            "This frozen return misses something that belongs to it.", _UNCHANGED
        ) from error


def _canonical(value: object) -> bytes:
    return json.dumps(
        value,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    ).encode("utf-8")


def _sha256(body: object) -> str:
    return sha256(_canonical(body)).hexdigest()


def _parsed(content: bytes) -> Mapping[str, Any]:
    try:
        whole = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Damaged(
            "This file is not a frozen copy of a return, or it was cut short.",
            _UNCHANGED,
        ) from error
    if not isinstance(whole, dict):
        raise Damaged("This file is not a frozen copy of a return.", _UNCHANGED)
    return whole


def _written(table: ReturnTable) -> dict[str, object]:
    checks = () if table.copy == "council" else table.checks
    return {
        "areas": [{"code": area.code, "label": area.label} for area in table.areas],
        "checks": [_written_check(check) for check in checks],
        "contract": table.contract,
        "contract_title": table.contract_title,
        "copy": table.copy,
        "definitions": table.definitions,
        "invented": table.invented,
        "lines": [_written_line(line) for line in table.lines],
        "made_on": table.made_on,
        "month": str(table.month),
        "months": [str(month) for month in table.months],
        "months_covered": table.months_covered,
        "notes": list(table.notes),
        "provider": table.provider,
        "provider_code": table.provider_code,
        "version": table.version,
    }


def _written_check(check: Check) -> dict[str, object]:
    return {
        "area": check.area,
        "at_fault": len(check.rows),
        "blocking": check.blocking,
        "code": check.code,
        "passed": check.passed,
        "table": check.table,
        "text": check.text,
        "title": check.title,
    }


def _written_line(line: Line) -> dict[str, object]:
    return {
        "about": line.about,
        "area": line.key.area,
        "better": line.better,
        "direction": line.direction.value,
        "group": line.group,
        "indicator": line.key.indicator,
        "kind": line.kind,
        "label": line.label,
        "limit": line.limit,
        "months": [_written_cell(cell) for cell in line.months],
        "rating": line.rating.value,
        "split": line.key.split,
        "tier": line.tier,
        "unit": line.unit,
        "year_to_date": _written_cell(line.year_to_date),
    }


def _written_cell(cell: Cell) -> dict[str, object]:
    """A cell; figures only where it is one, or of a share of nobody."""
    said: dict[str, object] = {"note": cell.note, "state": cell.state.value}
    if cell.state is State.FIGURE or words.share_of_nobody(cell):
        said |= {
            "denominator": cell.denominator,
            "numerator": cell.numerator,
            "value": cell.value,
        }
    return said


def _table(body: Mapping[str, Any]) -> ReturnTable:
    return ReturnTable(
        provider=body["provider"],
        provider_code=body["provider_code"],
        contract=body["contract"],
        contract_title=body["contract_title"],
        copy=body["copy"],
        month=Month.parse(body["month"]),
        months=tuple(Month.parse(month) for month in body["months"]),
        version=body["version"],
        made_on=body["made_on"],
        areas=tuple(AreaName(area["code"], area["label"]) for area in body["areas"]),
        lines=tuple(_line(line) for line in body["lines"]),
        checks=tuple(_check(check) for check in body["checks"]),
        notes=tuple(body["notes"]),
        definitions=body["definitions"],
        invented=body["invented"],
        months_covered=body["months_covered"],
    )


def _check(read: Mapping[str, Any]) -> Check:
    return Check(
        code=read["code"],
        area=read["area"],
        title=read["title"],
        passed=read["passed"],
        blocking=read["blocking"],
        text=read["text"],
        table=read["table"],
    )


def _line(read: Mapping[str, Any]) -> Line:
    return Line(
        key=LineKey(read["indicator"], read["split"], read["area"]),
        group=read["group"],
        label=read["label"],
        unit=read["unit"],
        kind=read["kind"],
        tier=read["tier"],
        months=tuple(_cell(cell) for cell in read["months"]),
        year_to_date=_cell(read["year_to_date"]),
        direction=Direction(read["direction"]),
        rating=Rating(read["rating"]),
        better=read["better"],
        limit=read["limit"],
        about=read["about"],
    )


def _cell(read: Mapping[str, Any]) -> Cell:
    return Cell(
        state=State(read["state"]),
        value=read.get("value"),
        numerator=read.get("numerator"),
        denominator=read.get("denominator"),
        note=read["note"],
    )


def without_ids(table: ReturnTable) -> ReturnTable:
    """The table as a frozen copy gives it back: no id of any record."""
    kept = () if table.copy == "council" else table.checks
    return replace(table, checks=tuple(replace(check, rows=()) for check in kept))
