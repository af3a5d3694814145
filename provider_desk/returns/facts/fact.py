"""A fact: one question whose rows are counted, added up and opened alike.

A fact's SQL gives one row per thing that can be counted, with these columns:

* ``row_id`` the record behind it, ``area``, ``month`` ("2017-09") and ``day``;
* ``case_id`` the referral or episode whose flow it belongs to;
* the columns by which figures choose and split (``columns``, never NULL);
* the numbers that figures work with (``values``).

It reads no name, address, note or other personal column; of a person only the age
group and the answers to the equality questions. Source: monthly return, §2.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any

from provider_desk.model.choices import choices
from provider_desk.model.months import Month, add_months

#: A contact counts as recent when (end - day) is less than this many days.
#: Source: monthly return, B6.
RECENT_DAYS = 28

_NAMED = re.compile(r":([a-z][a-z_0-9]*)")


@dataclass(frozen=True, slots=True)
class Fact:
    """One kind of thing that a return counts.

    Attributes:
        name: as the indicators call it.
        table: whose rows a figure opens.
        stock: True for what is so at month end, False for what happened in a month.
        sql: the question; values are named ``:so`` and bound.
        columns: column → its value list, "" where it has none.
        values: columns that hold whole numbers, NULL where there is none.
        labels: columns that hold names of what can be counted once each.
        who: columns that tell people apart; too many to be added up by them.
        many: so many rows that they are better asked for month by month.
        wide: the same question with one row for a case and a column for each of
            ``told``, which adds up faster; "" where ``sql`` is added up.
        bare: the same question without the referral behind each row, for rows by the
            hundred thousand: ``case_id`` and ``columns`` alone, and labels without the
            area that they begin with. Area and person are looked up by the case.
        told: questions whose answers stand side by side in ``wide``; ``sql`` has a row
            for each with the columns ``question`` and ``answer``.
    """

    name: str
    table: str
    stock: bool
    sql: str
    columns: Mapping[str, str] = field(default_factory=dict)
    values: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    many: bool = False
    bare: str = ""
    wide: str = ""
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """Which records a question is about.

    Attributes:
        contract_id: the contract.
        months: in order, without a gap.
        today: a session before this day that has no outcome lacks one.
        since: of what happened, everything from this day to the end of the months; for
            what is so at a month's end it means nothing.
    """

    contract_id: str
    months: tuple[Month, ...]
    today: date
    since: date | None = None


def asked(fact: Fact, scope: Scope) -> tuple[str, list[Any]]:
    """A fact's question as a common table ``fact``, ready for a SELECT behind it.

    Returns:
        SQL that begins with WITH, and the values to bind.
    """
    named: dict[str, Any] = {
        **_codes(),
        "contract": scope.contract_id,
        "first": (scope.since or scope.months[0].first_day).isoformat(),
        "last": scope.months[-1].last_day.isoformat(),
        "first_end": scope.months[0].last_day.isoformat(),
        "today": scope.today.isoformat(),
    }
    tables = [f"fact AS ({fact.sql})"]
    if fact.stock:
        ends, values = _ends(scope.months)
        named |= values
        tables.insert(0, ends)
    return bound(f"WITH {', '.join(tables)}", named)


def bound(sql: str, named: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """SQL with question marks for its named values, and those values in order.

    A tuple becomes a list in brackets.
    """
    params: list[Any] = []

    def mark(found: re.Match[str]) -> str:
        value = named[found[1]]
        if isinstance(value, tuple):
            params.extend(value)
            return f"({', '.join('?' * len(value))})"
        params.append(value)
        return "?"

    return _NAMED.sub(mark, sql), params


def started_by(end: date, months: int) -> date:
    """The latest start that has reached so many months at the end of a day.

    29 February plus 12 months is 28 February, so at the end of that day both the 28th
    and the 29th of the year before have reached 12 months.
    """
    found = add_months(end, -months)
    while add_months(found + timedelta(days=1), months) <= end:
        found += timedelta(days=1)
    return found


def _ends(months: tuple[Month, ...]) -> tuple[str, dict[str, str]]:
    """A table of month ends with the days that are measured from them."""
    named: dict[str, str] = {}
    rows = []
    for number, month in enumerate(months):
        end = month.last_day
        cells = {
            f"end{number}_month": str(month),
            f"end{number}_day": end.isoformat(),
            f"end{number}_recent": (end - timedelta(days=RECENT_DAYS - 1)).isoformat(),
            f"end{number}_year": started_by(end, 12).isoformat(),
            f"end{number}_two": started_by(end, 24).isoformat(),
            f"end{number}_first": month.first_day.isoformat(),
        }
        named |= cells
        rows.append(f"(:{', :'.join(cells)})")
    names = "ends(month, day, recent_from, year_ago, two_years_ago, first_day)"
    return f"{names} AS (VALUES {', '.join(rows)})", named


@cache
def _codes() -> Mapping[str, tuple[str, ...]]:
    """Codes that facts themselves must know, from the value lists' flags."""
    results = choices("wait_contact_result")
    return MappingProxyType(
        {
            "delivered": choices("attendance").codes_where("delivered"),
            "not_individual": _without("session_type", "individual"),
            "not_commissioned": _without("session_type", "commissioned"),
            "contact_made": results.codes_where("counts_as_contact"),
            "entry_error": _without("wait_removal_reason", "counted"),
            "closing_error": _without("closure_reason", "counted"),
            "safe": ("YES", "YES_RULES"),
        }
    )


def _without(name: str, flag: str) -> tuple[str, ...]:
    """The codes of a value list whose flag is false."""
    return choices(name).codes_where(flag, False)  # noqa: FBT003
