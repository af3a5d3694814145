"""Contracts that end: what is left of each, and reminders before and after the end.

Source: practices, P2, P51.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from provider_desk.model.months import add_months
from provider_desk.model.office_rows import ContractLeft
from provider_desk.model.records import Contract
from provider_desk.model.rows import Rows
from provider_desk.model.to_do import ToDo, ToDoKind
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission, may, needs
from provider_desk.services.saying import day, some
from provider_desk.store.queries.caseload import Caseload
from provider_desk.store.records import find

#: Months before the end at which Today reminds. Source: practices, P51.
REMINDERS = (6, 3, 1)

#: Earlier reminders stand for so long; the last one until the end.
STANDS = timedelta(days=14)

#: After the end it is asked for so long what comes next.
AFTER = timedelta(days=92)

#: Up to so many days are told as days.
_DAYS = 62
_YEAR_MONTHS = 12


@needs(Permission.PLAN)
def contracts_left(desk: Desk) -> list[ContractLeft]:
    """Every contract with what is left of it; those that end next first."""
    today = desk.today()
    with desk.store.reading() as rows:
        found = [_left(each, today) for each in find(rows, Contract)]
    return sorted(found, key=_order)


def _order(left: ContractLeft) -> tuple[bool, bool, int]:
    over = left.days is not None and left.days < 0
    return over, left.days is None, abs(left.days or 0)


def _left(contract: Contract, today: date) -> ContractLeft:
    if contract.ends_on is None:
        return ContractLeft(contract, None, "no last day")
    days = (contract.ends_on - today).days
    return ContractLeft(contract, days, in_words(contract.ends_on, today))


def in_words(end: date, today: date) -> str:
    """How long until a last day: "5 months left", "ended 3 days ago"."""
    days = (end - today).days
    if days < 0:
        return f"ended {some(-days, 'day')} ago"
    if days == 0:
        return "ends today"
    if days <= _DAYS:
        return f"{some(days, 'day')} left"
    months = (end.year - today.year) * _YEAR_MONTHS + end.month - today.month
    months -= add_months(today, months) > end
    if months < 2 * _YEAR_MONTHS:
        return f"{some(months, 'month')} left"
    return f"{some(months // _YEAR_MONTHS, 'year')} left"


def things(desk: Desk, rows: Rows, _mine: Caseload) -> Iterator[ToDo]:
    """Lines for Today, for those who plan; the one that ends first comes first."""
    if not may(desk, Permission.PLAN):
        return
    today = desk.today()
    held = find(rows, Contract)
    ending = [each for each in held if each.ends_on is not None]
    for each in sorted(ending, key=lambda contract: contract.ends_on or today):
        if is_told(each, held, today):
            left = _left(each, today)
            yield ToDo(
                ToDoKind.CONTRACT_ENDS,
                f"{each.reference}: {left.words}",
                f"last day {day(each.ends_on or today)} · {each.title}",
                each.ends_on,
                table=Contract.TABLE,
                row_id=each.id,
                place="office/contracts",
            )


def is_told(contract: Contract, held: list[Contract], today: date) -> bool:
    """Whether today is a day of a reminder.

    After the end nothing is said of a contract that another one goes on from.
    """
    end = contract.ends_on
    if end is None:
        return False
    if today > end:
        return today <= end + AFTER and not any(
            _goes_on(other, contract, end) for other in held
        )
    *early, last = REMINDERS
    if today >= add_months(end, -last):
        return True
    begins = [add_months(end, -months) for months in early]
    return any(on <= today < on + STANDS for on in begins)


def _goes_on(other: Contract, contract: Contract, end: date) -> bool:
    """Whether another contract covers the days after the end."""
    if other.id == contract.id or other.starts_on is None:
        return False
    runs_on = other.ends_on is None or other.ends_on > end
    return (
        contract.starts_on != other.starts_on
        and other.starts_on <= end + AFTER
        and (runs_on and other.starts_on > (contract.starts_on or date.min))
    )
