"""The parts of a return as they stand in its frozen copy, read back.

Written by ``write_json``; what is missing or of the wrong kind raises, and is said in
words there.
"""

from collections.abc import Mapping
from typing import Any

from provider_desk.model.months import Month
from provider_desk.returns.table import (
    AreaName,
    Cell,
    Check,
    Direction,
    Earlier,
    Line,
    LineKey,
    Protection,
    Rating,
    Restated,
    ReturnTable,
    State,
    Told,
)

#: What a return of schema 1 leaves unsaid.
_UNSAID_IN_FIRST: Mapping[str, Any] = {
    "contact": "",
    "earlier": [],
    "protection": None,
    "restated": [],
    "signed": [],
    "status": "draft",
    "told": [],
}


def table_of(body: Mapping[str, Any], schema: int) -> ReturnTable:
    """A return from what its frozen copy says.

    Args:
        body: under ``return``.
        schema: of the file, 1 or 2.

    Raises:
        KeyError, TypeError, ValueError, DeskError: something misses, or isn't right.
    """
    return _table(body if schema > 1 else {**_UNSAID_IN_FIRST, **body})


def _table(body: Mapping[str, Any]) -> ReturnTable:
    return ReturnTable(
        provider=body["provider"],
        provider_code=body["provider_code"],
        contract=body["contract"],
        contract_title=body["contract_title"],
        copy=body["copy"],
        month=Month.parse(body["month"]),
        months=_months(body["months"]),
        version=body["version"],
        made_on=body["made_on"],
        areas=tuple(AreaName(area["code"], area["label"]) for area in body["areas"]),
        lines=tuple(_line(line) for line in body["lines"]),
        checks=tuple(_check(check) for check in body["checks"]),
        notes=tuple(body["notes"]),
        definitions=body["definitions"],
        invented=body["invented"],
        months_covered=body["months_covered"],
        status=body["status"],
        signed=tuple(body["signed"]),
        contact=body["contact"],
        protection=_protection(body["protection"]),
        told=tuple(
            Told(each["area"], each["box"], each["label"], each["words"])
            for each in body["told"]
        ),
        restated=tuple(_restated(each) for each in body["restated"]),
        earlier=tuple(
            Earlier(_key(each), _months(each["months"]), _cells(each["cells"]))
            for each in body["earlier"]
        ),
    )


def _months(read: list[str]) -> tuple[Month, ...]:
    return tuple(Month.parse(month) for month in read)


def _protection(read: Mapping[str, Any] | None) -> Protection | None:
    if read is None:
        return None
    return Protection(
        base=read["base"],
        normally=read["normally_within"],
        bound=read["never_more_than"],
        exact=tuple(read["exact"]),
    )


def _key(read: Mapping[str, Any]) -> LineKey:
    return LineKey(read["indicator"], read["split"], read["area"])


def _restated(read: Mapping[str, Any]) -> Restated:
    month = Month.parse(read["month"])
    return Restated(_key(read), month, read["sent"], read["now"], read["why"])


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
        key=_key(read),
        group=read["group"],
        label=read["label"],
        unit=read["unit"],
        kind=read["kind"],
        tier=read["tier"],
        months=_cells(read["months"]),
        year_to_date=_cell(read["year_to_date"]),
        direction=Direction(read["direction"]),
        rating=Rating(read["rating"]),
        better=read["better"],
        limit=read["limit"],
        about=read["about"],
    )


def _cells(read: list[Mapping[str, Any]]) -> tuple[Cell, ...]:
    return tuple(_cell(each) for each in read)


def _cell(read: Mapping[str, Any]) -> Cell:
    """A cell; of schema 1 only a figure has numbers, and none is exact or marked."""
    return Cell(
        state=State(read["state"]),
        value=read.get("value"),
        numerator=read.get("numerator"),
        denominator=read.get("denominator"),
        note=read["note"],
        exact=read.get("exact", False),
        mark=read.get("mark", ""),
    )
