"""Opening balances: what was open when complete records begin.

Counted by hand from the old records, so that the first month can be reconciled; the
figures of 2016-17 could not be, because they began at zero. Source: monthly return,
§1.8.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from provider_desk.model.months import Month
from provider_desk.model.records import OpeningBalance
from provider_desk.model.rows import Rows
from provider_desk.returns.catalogue import catalogue
from provider_desk.returns.contract import Agreement
from provider_desk.returns.counted import Counting
from provider_desk.returns.facts.fact import Scope
from provider_desk.returns.table import Check

_TITLE = "Opening balances are entered and agree with the records"

#: The stocks of an opening balance, in the order of its fields.
_STOCKS = ("A5", "B1", "C2")


@dataclass(frozen=True, slots=True)
class _Balance:
    row_id: str
    on: date
    numbers: tuple[int, ...]


def opening_checks(
    rows: Rows, contract: Agreement, month: Month, today: date
) -> Iterator[Check]:
    """One check per area: the balance is there and equals what the records count.

    Args:
        rows: the transaction that the figures were counted in.
        contract: whose return it is.
        month: the return's month; balances after it are not looked at.
        today: as the return is made with.
    """
    held = _balances(rows, contract.contract_id)
    counts: dict[date, Counting] = {}
    for area in contract.areas:
        balance = held.get(area)
        if balance is None:
            yield _check(
                area,
                "None is entered. Count from the old records what was open at the "
                "start of the first month, and enter it in Settings.",
            )
        elif balance.on.day != 1:
            yield _check(
                area,
                "It must be at the start of a month; correct its date in Settings.",
                balance,
            )
        elif balance.on < month.april.first_day:
            yield _check(
                area,
                f"{_words(balance.numbers)}; compared with the records in the year "
                "in which they begin.",
                balance,
                passed=True,
            )
        elif balance.on <= month.last_day:
            if balance.on not in counts:
                eve = Month.of(balance.on).plus(-1)
                scope = Scope(contract.contract_id, (eve,), today)
                counts[balance.on] = Counting(rows, scope)
            yield _compared(area, balance, counts[balance.on])


def _balances(rows: Rows, contract_id: str) -> dict[str, _Balance]:
    """Area → its newest balance."""
    found = rows.rows(
        f'SELECT area, id, "on", awaiting, waiting, live FROM {OpeningBalance.TABLE} '
        'WHERE contract_id = ? AND deleted IS NULL ORDER BY "on", created',
        [contract_id],
    )
    return {
        area: _Balance(row_id, date.fromisoformat(on), tuple(numbers))
        for area, row_id, on, *numbers in found
    }


def _compared(area: str, balance: _Balance, counting: Counting) -> Check:
    eve = Month.of(balance.on).plus(-1)
    counted = []
    for code in _STOCKS:
        tallies = counting.counted(catalogue().figure(code)).tallies
        place = (area, str(eve))
        counted.append(tallies[place].rows if place in tallies else 0)
    entered = _words(balance.numbers)
    if tuple(counted) == balance.numbers:
        return _check(area, f"{entered}, and the records agree.", balance, passed=True)
    return _check(
        area,
        f"Entered: {entered}. The records count {_words(tuple(counted))}. Put right "
        "what is wrong: the balance, or records from before that day.",
        balance,
    )


def _words(numbers: tuple[int, ...]) -> str:
    awaiting, waiting, live = numbers
    return f"{awaiting} awaiting a decision, {waiting} waiting, {live} live"


def _check(
    area: str, text: str, balance: _Balance | None = None, *, passed: bool = False
) -> Check:
    return Check(
        code="opening-balance",
        area=area,
        title=_TITLE,
        passed=passed,
        blocking=True,
        text=text,
        table=OpeningBalance.TABLE if balance and not passed else "",
        rows=(balance.row_id,) if balance and not passed else (),
    )
