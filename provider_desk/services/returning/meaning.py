"""What whoever issues a return should know before it is done.

Source: disclosure, §4; monthly return, §1.6.
"""

from collections.abc import Iterable, Sequence

from provider_desk.model.months import Month
from provider_desk.model.rows import Rows
from provider_desk.services.desk import Desk
from provider_desk.services.returning.ledger import Ledger, held_key, read_ledger
from provider_desk.services.returning.refusing import refuse_month
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.safety import older_copy
from provider_desk.services.saying import day


@needs(Permission.MAKE_RETURN)
def what_issuing_means(desk: Desk, contract_id: str, month: Month) -> tuple[str, ...]:
    """What whoever issues a month's return should know before; plain sentences.

    Raises:
        DeskError: the month can't be issued (any more).
        Damaged: the ledger is not what was written.
    """
    with desk.store.reading() as rows:
        ledger = read_ledger(rows, contract_id)
        if ledger.newest(month) is not None:
            return (_STANDS.format(month=month.name),)
        refuse_month(desk, rows, contract_id, month)
        first = held_key(rows) is None
        left = _left_out(ledger, month)
        warned = perhaps_sent(rows, month)
    return (*warned, *_means(ledger, month, left, first=first))


def perhaps_sent(rows: Rows, month: Month) -> tuple[str, ...]:
    """That a month may have been sent already, where an older copy was gone on with."""
    older = older_copy.since(rows)
    if older is None or month.last_day >= older:
        return ()
    return (_OLDER.format(day=day(older), month=month.name),)


_OLDER = (
    "On {day} this desk went on from an older copy. If the return for {month} went to "
    "the council before that, don't issue it here: it would get other figures. Send "
    "the files of then, or go back to a copy of the desk that has it."
)


_STANDS = (
    "The return for {month} is issued. Its files can be made again at any time, with "
    "the same figures."
)


def _means(
    ledger: Ledger, month: Month, left: Sequence[Month], *, first: bool
) -> Iterable[str]:
    yield (
        f"Once it is issued, the figures of {month.name} are never worked out again: "
        "every file of it says the same. Late records and corrections go into the next "
        "return."
    )
    if ledger.last is None:
        yield (
            f"It is the first return of this contract. Months before {month.name} stay "
            "“not submitted” for good, and the year to date begins with it."
        )
    elif left:
        yield (
            f"{_listed([each.name for each in left])} "
            f"{'was' if len(left) == 1 else 'were'} not issued, and can't be any more "
            "afterwards: the council's copy says “not submitted”, and the year to date "
            "covers fewer months."
        )
    if ledger.last is not None and ledger.last.month.april != month.april:
        yield (
            "It is the first return of a new financial year: the year to date begins "
            "anew, and what was true at the end of March goes on."
        )
    if first:
        yield (
            "The desk gets the secret key of its rounding with it. Key and issued "
            "returns are in every backup from then on."
        )


def _left_out(ledger: Ledger, month: Month) -> list[Month]:
    """Months after the newest return that will stay without one."""
    if ledger.last is None:
        return []
    left, each = [], ledger.last.month.plus(1)
    while each < month:
        left.append(each)
        each = each.plus(1)
    return left


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
