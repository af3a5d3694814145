"""Which months can be issued, and why the others can't (any more).

Source: disclosure, §4; monthly return, §1.6.
"""

from provider_desk.model.errors import DeskError
from provider_desk.model.months import Month
from provider_desk.model.records import NotSubmitted
from provider_desk.model.rows import Rows
from provider_desk.returns.catalogue import catalogue
from provider_desk.returns.contract import agreement, provider_of
from provider_desk.services.desk import Desk
from provider_desk.services.returning.ledger import (
    months_issued,
    program_version,
    read_ledger,
)
from provider_desk.services.saying import day
from provider_desk.store.records import find

_NOTHING_DONE = "Nothing was issued."


def refuse_month(desk: Desk, rows: Rows, contract_id: str, month: Month) -> None:
    """Stop a month that can't be issued (any more).

    Raises:
        DeskError: says why.
    """
    _refuse_not_over(desk, month)
    refuse_passed_by(rows, contract_id, month)
    _refuse_other_definitions(rows, contract_id)


def refuse_passed_by(rows: Rows, contract_id: str, month: Month) -> None:
    """Stop a month whose council copy nobody will ever get.

    Raises:
        DeskError: says why.
    """
    later = [each for each in months_issued(rows, contract_id) if each > month]
    if later:
        raise DeskError(
            f"The return for {month.name} can't be issued any more: {max(later).name} "
            "was issued, and its figures start where the return before it ended.",
            f"{_NOTHING_DONE} {month.name} stays “not submitted”; what happened in it "
            "is on the desk, and late records of it go into the next return.",
        )
    marked = find(rows, NotSubmitted, contract_id=contract_id, month=str(month))
    if marked:
        raise DeskError(
            f"{month.name} is marked as not submitted: {marked[0].reason}",
            f"{_NOTHING_DONE} Take the mark back if the month has figures after all.",
        )
    _refuse_before_records(rows, contract_id, month)


def _refuse_not_over(desk: Desk, month: Month) -> None:
    if month.last_day >= desk.today():
        raise DeskError(
            f"{month.name} is not over yet, so its return can't be issued.",
            f"{_NOTHING_DONE} It can be looked at meanwhile, and issued from "
            f"{day(month.plus(1).first_day)}.",
        )


def _refuse_other_definitions(rows: Rows, contract_id: str) -> None:
    """Stop figures that would be counted otherwise than those before, by one program.

    A new version may define figures anew; the same version may not.

    Raises:
        DeskError: a definitions file was edited by hand.
    """
    last = read_ledger(rows, contract_id).last
    if last is None or last.row.program != program_version():
        return
    if last.issued().definitions != catalogue().definitions:
        raise DeskError(
            "The indicators on this computer are not those that the return for "
            f"{last.month.name} was counted by, though the program is the same: a "
            "definitions file was edited by hand.",
            f"{_NOTHING_DONE} Install the program again, so that every return is "
            "counted alike.",
        )


def _refuse_before_records(rows: Rows, contract_id: str, month: Month) -> None:
    """Stop a month of which the desk has no complete records.

    Raises:
        DeskError: says from when there are.
    """
    begin = provider_of(rows).records_begin_on
    if begin is not None and month.first_day < begin:
        raise DeskError(
            f"There is no council return for {month.name}: complete records begin on "
            f"{day(begin)}.",
            f"{_NOTHING_DONE} Choose a later month.",
        )
    contract = agreement(rows, contract_id)
    if contract.starts_on is not None and month.last_day < contract.starts_on:
        raise DeskError(
            f"There is no council return for {month.name}: the contract begins on "
            f"{day(contract.starts_on)}.",
            f"{_NOTHING_DONE} Choose a later month.",
        )
