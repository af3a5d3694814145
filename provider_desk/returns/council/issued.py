"""What the ledger keeps of one council return: exact counts beside what was published.

The published half is all that files are made of; the exact half is there so that the
next return knows what it counts first. Source: disclosure, §3, §4.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

from provider_desk.model.errors import Damaged
from provider_desk.model.months import Month

#: Status of a cell that is published in this return.
SENT = ""
#: Not in this return: its table is sent quarterly or yearly.
LATER = "later"
#: Needed by the rounding, never published: an opening stock.
HIDDEN = "hidden"
#: A structural zero: the area is outside its life.
NOT_OFFERED = "z"
#: There is nothing to count yet: a capacity that nobody entered.
NOT_ENTERED = "x"


@dataclass(frozen=True, slots=True)
class IssuedCell:
    """One number of a return; counts are whole.

    Attributes:
        kind: "flow", "stock" or "people" (told apart anew for each month and year to
            date, so that neither adds up).
        counted: exact; of a flow everything from 1 April of the year before to the
            month's end, as recorded when this return was made; of a stock or people
            the number itself.
        counted_year: exact; how much of that lies in the return's own financial year.
        month: exact; what this return counts first of a flow, late entries for earlier
            months in; may be negative. Where it was not sent for some months, what they
            counted is in it. The number itself otherwise.
        year: exact year to date of a flow: the sum of what the year's returns counted
            first. The number itself otherwise.
        published: year to date of a flow, month's end of a stock: the figure that
            left. Where the status is "later", as it was last sent in this year.
        published_month: of a flow ``published`` less that of the return before in
            this year: what left for the month. Of others the same as ``published``.
        quarter: exact count of a flow since the last return with quarterly tables of
            this year before this one, this return's month in; of one that is not sent
            each month, since it was last sent.
        published_quarter: ``published`` as of that return; 0 where the year has none.
        status: "", "later", "hidden", "z" or "x".
    """

    kind: str
    counted: int
    counted_year: int
    month: int
    year: int
    published: int
    published_month: int
    quarter: int = 0
    published_quarter: int = 0
    status: str = SENT


@dataclass(frozen=True, slots=True)
class PublishedCell:
    """What left of one number.

    Attributes:
        kind: "flow", "stock" or "people".
        year: year to date of a flow, the number itself of others.
        month: of a flow what left for the month, else the number itself.
        quarter: of a flow what left since the last quarterly return of the year before
            this one, else the number itself.
        status: as of an issued cell.
        real: year, month and quarter as counted, of a total that leaves exact by a
            written agreement; None of all others. The line of that total alone shows
            them: shares and parts of it stay rounded.
    """

    kind: str
    year: int
    month: int
    quarter: int
    status: str
    real: tuple[int, int, int] | None = None

    @property
    def exact(self) -> bool:
        """Whether it leaves exact."""
        return self.real is not None


@dataclass(frozen=True, slots=True)
class Published:
    """What left of one return: all that a council copy may be made of.

    Attributes:
        month: the return's month.
        version: 1, or 2 for a resubmission.
        bound: 9 or 14.
        covered: months in its year to date.
        cells: every cell by its key; hidden ones aren't among them.
    """

    month: Month
    version: int
    bound: int
    covered: tuple[Month, ...]
    cells: Mapping[str, PublishedCell]


@dataclass(frozen=True, slots=True)
class Issued:
    """One council return as it was issued.

    Attributes:
        contract: row id of the contract.
        month: the return's month.
        version: 1, or 2 for the one resubmission that may be.
        template: id of the template it was made by.
        bound: 9 or 14: never more than so far from the real figure.
        opening: whether a chain of returns starts here: no return for the month
            before, so nothing ties this one's stocks to published ones.
        covered: the months of the financial year that were sent, this one in, in
            order.
        cells: every cell by its key, "THER|A1||value"; hidden ones among them.
        exact: codes of the indicators whose totals an agreement let go exact.
        definitions: SHA-256 of the indicator files.
    """

    contract: str
    month: Month
    version: int
    template: str
    bound: int
    opening: bool
    covered: tuple[Month, ...]
    cells: Mapping[str, IssuedCell]
    exact: tuple[str, ...] = ()
    definitions: str = ""

    def leaving(self, *, agreed: bool = True) -> Published:
        """What left, without anything exact.

        Args:
            agreed: whether the totals that an agreement names are exact in it; False
                for a reader without that agreement.
        """
        exact = self.exact if agreed else ()
        cells = {
            key: _leaving(cell, exact=_is_total(key, exact))
            for key, cell in self.cells.items()
            if cell.status != HIDDEN
        }
        return Published(
            month=self.month,
            version=self.version,
            bound=self.bound,
            covered=self.covered,
            cells=MappingProxyType(cells),
        )

    def to_json(self) -> str:
        """Canonical text: the same numbers give the same text."""
        body = {
            "bound": self.bound,
            "cells": {key: _packed(cell) for key, cell in self.cells.items()},
            "contract": self.contract,
            "covered": [str(month) for month in self.covered],
            "definitions": self.definitions,
            "exact": list(self.exact),
            "month": str(self.month),
            "opening": self.opening,
            "template": self.template,
            "version": self.version,
        }
        return json.dumps(
            body, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )

    @classmethod
    def from_json(cls, text: str) -> "Issued":
        """Read what ``to_json`` wrote.

        Raises:
            Damaged: the text is something else.
        """
        try:
            return cls._read(json.loads(text))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Damaged(
                "The numbers of an issued return are not what was written.",
                "Nothing was sent or changed. Restore the newest backup of this desk.",
            ) from error

    @classmethod
    def _read(cls, body: Mapping[str, Any]) -> "Issued":
        return cls(
            contract=body["contract"],
            month=Month.parse(body["month"]),
            version=int(body["version"]),
            template=body["template"],
            bound=int(body["bound"]),
            opening=bool(body["opening"]),
            covered=tuple(Month.parse(month) for month in body["covered"]),
            cells=MappingProxyType(
                {key: _unpacked(cell) for key, cell in body["cells"].items()}
            ),
            exact=tuple(body["exact"]),
            definitions=body["definitions"],
        )


def _is_total(key: str, codes: tuple[str, ...]) -> bool:
    """Whether a key is the whole of one of these indicators."""
    _, code, split, part = key.split("|")
    return code in codes and not split and part.startswith("value")


def _leaving(cell: IssuedCell, *, exact: bool) -> PublishedCell:
    real = (cell.year, cell.month, cell.quarter) if exact else None
    if cell.kind == "flow":
        year = cell.published
        numbers = year, cell.published_month, year - cell.published_quarter
    else:
        numbers = (cell.published,) * 3
    return PublishedCell(cell.kind, *numbers, cell.status, real)


def _packed(cell: IssuedCell) -> list[object]:
    """A cell as a list, in the order of its fields: there are many of them."""
    return list(asdict(cell).values())


def _unpacked(read: list[Any]) -> IssuedCell:
    kind, counted, counted_year, month, year, *left, status = read
    published, of_month, quarter, of_quarter = left
    return IssuedCell(
        kind=str(kind),
        counted=int(counted),
        counted_year=int(counted_year),
        month=int(month),
        year=int(year),
        published=int(published),
        published_month=int(of_month),
        quarter=int(quarter),
        published_quarter=int(of_quarter),
        status=str(status),
    )
