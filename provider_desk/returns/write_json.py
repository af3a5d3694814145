"""The return as a frozen copy: canonical json with its own SHA-256.

``return`` holds everything in the table; ``marks`` the words that a page would say of
this copy; ``schema`` and ``sha256`` (over the canonical bytes of ``return``) are for
reading it back. Canonical: names sorted, no white space, UTF-8. Ids of records at
fault in the checks are left out; how many there were stays.

A copy that leaves lists every cell with its state, the shorthand of the state, and
between which counts the real figure normally, and always, lies: whoever wants to attack
it has all there is to know. Checks and restatements are no part of it. Source:
disclosure, §5, §8.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from provider_desk.model.errors import Damaged, DeskError, FromNewerVersion
from provider_desk.returns import outline, reading, words
from provider_desk.returns.read_json import table_of
from provider_desk.returns.table import (
    SHORTHAND,
    Cell,
    Check,
    Earlier,
    Line,
    LineKey,
    Protection,
    Restated,
    ReturnTable,
    State,
    Told,
)

#: Raised by one whenever an older program could misread a newer file.
SCHEMA = 2

#: The one method; its name is for whoever reads the file with a program.
METHOD = "controlled rounding"

INTERNAL = "internal"

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
        return table_of(body, schema)
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
    known = table.protection
    checks = table.checks if table.copy == INTERNAL else ()
    restated = table.restated if table.copy == INTERNAL else ()
    return {
        "areas": [{"code": area.code, "label": area.label} for area in table.areas],
        "checks": [_written_check(check) for check in checks],
        "contact": table.contact,
        "contract": table.contract,
        "contract_title": table.contract_title,
        "copy": table.copy,
        "definitions": table.definitions,
        "earlier": [_written_earlier(each, known) for each in table.earlier],
        "invented": table.invented,
        "lines": [_written_line(line, known) for line in table.lines],
        "made_on": table.made_on,
        "month": str(table.month),
        "months": [str(month) for month in table.months],
        "months_covered": table.months_covered,
        "notes": list(table.notes),
        "protection": None if known is None else _written_protection(known),
        "provider": table.provider,
        "provider_code": table.provider_code,
        "restated": [_written_restated(each) for each in restated],
        "signed": list(table.signed),
        "status": table.status,
        "told": [_written_told(each) for each in table.told],
        "version": table.version,
    }


def _written_protection(known: Protection) -> dict[str, object]:
    return {
        "base": known.base,
        "exact": list(known.exact),
        "how_to_read": list(reading.how_to_read(known)),
        "method": METHOD,
        "never_more_than": known.bound,
        "normally_within": known.normally,
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


def _written_told(told: Told) -> dict[str, object]:
    return {
        "area": told.area,
        "box": told.box,
        "label": told.label,
        "words": told.words,
    }


def _written_restated(each: Restated) -> dict[str, object]:
    return {
        **_written_key(each.key),
        "month": str(each.month),
        "now": each.now,
        "sent": each.sent,
        "why": each.why,
    }


def _written_earlier(each: Earlier, known: Protection | None) -> dict[str, object]:
    return {
        **_written_key(each.key),
        "cells": [_written_cell(cell, known) for cell in each.cells],
        "months": [str(month) for month in each.months],
    }


def _written_key(key: LineKey) -> dict[str, object]:
    return {"area": key.area, "indicator": key.indicator, "split": key.split}


def _written_line(line: Line, known: Protection | None) -> dict[str, object]:
    return {
        **_written_key(line.key),
        "about": line.about,
        "better": line.better,
        "direction": line.direction.value,
        "group": line.group,
        "kind": line.kind,
        "label": line.label,
        "limit": line.limit,
        "months": [_written_cell(cell, known) for cell in line.months],
        "rating": line.rating.value,
        "tier": line.tier,
        "unit": line.unit,
        "year_to_date": _written_cell(line.year_to_date, known),
    }


def _written_cell(cell: Cell, known: Protection | None) -> dict[str, object]:
    """A cell; figures only where it is one, or of a share that does not apply.

    A count of a copy that leaves says between which counts the real one lies.
    """
    told = cell.state in (State.FIGURE, State.NOT_APPLICABLE)
    said: dict[str, object] = {
        "denominator": cell.denominator if told else None,
        "exact": cell.exact,
        "mark": cell.mark,
        "note": cell.note,
        "numerator": cell.numerator if told else None,
        "state": cell.state.value,
        "value": cell.value if told else None,
    }
    if known is not None:
        said |= _written_ranges(cell, known)
    return said


def _written_ranges(cell: Cell, known: Protection) -> dict[str, object]:
    counted = cell.state is State.FIGURE and cell.denominator is None
    normally = never = None
    if counted and not cell.exact and isinstance(cell.value, int):
        normally = list(reading.normal_range(cell.value, known))
        least = cell.value - known.bound
        never = [least if cell.value < 0 else max(least, 0), cell.value + known.bound]
    return {
        "never": never,
        "normally": normally,
        "status": SHORTHAND.get(cell.state, ""),
    }


def without_ids(table: ReturnTable) -> ReturnTable:
    """The table as a frozen copy gives it back: no id of any record."""
    inside = table.copy == INTERNAL
    checks = tuple(replace(check, rows=()) for check in table.checks)
    return replace(
        table,
        checks=checks if inside else (),
        restated=table.restated if inside else (),
    )
