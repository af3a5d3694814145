"""When a return is due, and who is told of it on Today.

From a week before the due day until somebody says that it was sent. Source: monthly
return, §1; screen, Today.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from provider_desk.model.months import Month
from provider_desk.model.records import Contract, Provider, ReturnSent
from provider_desk.model.rows import Rows
from provider_desk.model.to_do import ToDo, ToDoKind
from provider_desk.returns.said import not_submitted
from provider_desk.services.returning import signatures
from provider_desk.services.returning.ledger import months_issued
from provider_desk.services.saying import day, some
from provider_desk.store.records import find

#: Today tells of a return so many days before it is due.
AHEAD = timedelta(days=7)

#: Issued or signed returns are asked after for so many months before the last one.
_LOOK_BACK = 3


def due_on(provider: Provider, month: Month) -> date:
    """The day of the next month on which a month's return is due."""
    after = month.plus(1)
    return date(after.year, after.number, provider.return_due_day)


def in_words(due: date, today: date) -> str:
    """How long that is: "due on Tue 10 Oct 2017, in 3 days"."""
    left = (due - today).days
    if left < 0:
        return f"overdue by {some(-left, 'day')}: it was due on {day(due)}"
    if left == 0:
        return "due today"
    return f"due on {day(due)}, in {some(left, 'day')}"


def things(rows: Rows, today: date) -> list[ToDo]:
    """A line for each return that is due soon or overdue, and not sent."""
    provider = find(rows, Provider)[0]
    return [
        _line(contract, month, due_on(provider, month), today, left)
        for contract in find(rows, Contract)
        for month, left in _open_months(rows, contract, provider, today)
    ]


def _open_months(
    rows: Rows, contract: Contract, provider: Provider, today: date
) -> Iterator[tuple[Month, str]]:
    """Months that are to be asked after, oldest first, with what is left of each."""
    last = Month.of(today).plus(-1)
    issued = months_issued(rows, contract.id)
    signed = signatures.months_signed(rows, contract.id)
    left_out = not_submitted(rows, contract.id)
    for back in range(_LOOK_BACK, -1, -1):
        month = last.plus(-back)
        if month in left_out or not _runs_in(contract, month):
            continue
        if back == 0 and today < due_on(provider, month) - AHEAD:
            continue
        version = issued.get(month, 0)
        # An older month counts only where its return was begun on this desk.
        if back and not version:
            continue
        if version and _was_sent(rows, contract.id, month, version):
            continue
        is_signed = bool(version) and signed.get(month, 0) >= version
        yield month, "signed, but not sent" if is_signed else "not signed yet"


def _runs_in(contract: Contract, month: Month) -> bool:
    began = contract.starts_on is None or contract.starts_on <= month.last_day
    return began and (contract.ends_on is None or contract.ends_on >= month.first_day)


def _was_sent(rows: Rows, contract_id: str, month: Month, version: int) -> bool:
    sent = find(rows, ReturnSent, contract_id=contract_id, month=str(month))
    return any(each.version >= version for each in sent)


def _line(contract: Contract, month: Month, due: date, today: date, left: str) -> ToDo:
    return ToDo(
        ToDoKind.RETURN_DUE,
        f"Return for {month.name}",
        f"{in_words(due, today)} · {left} · {contract.title}",
        due,
        table=Contract.TABLE,
        row_id=contract.id,
    )
