"""What was issued and counts differently now: for the office alone, never a name.

What leaves never changes; the internal copy counts every record in the month it
happened. This list says where the two part. Source: monthly return, §7; practices, P46.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from provider_desk.model.months import Month
from provider_desk.model.rows import Rows
from provider_desk.returns.catalogue import catalogue
from provider_desk.returns.contract import Agreement, agreement
from provider_desk.returns.council.issued import SENT, Issued, IssuedCell
from provider_desk.returns.counted import Counting
from provider_desk.returns.facts.fact import Scope
from provider_desk.returns.figure import Figure, span
from provider_desk.returns.table import LineKey, Restated, State
from provider_desk.services.desk import Desk
from provider_desk.services.returning.ledger import read_ledger
from provider_desk.services.rights.permissions import Permission, needs

#: Kinds of reason, told by the sign of the change.
LATE = "late record"
CORRECTION = "correction"
COUNTED_HERE = "late record of an earlier month, counted in this return"
EITHER = "late record or correction"
DEFINITION = "definition changed, or a late record"

#: The part of a key that is a count; shares follow from their counts.
_COUNT = "value"


@needs(Permission.MAKE_RETURN)
def restated(desk: Desk, contract_id: str) -> list[Restated]:
    """Every count that was issued and is another one now, oldest month first.

    Its rows are those of its key and month: ``preparing.rows_behind``.

    Raises:
        NotFound, DeskError: no such contract.
        Damaged: the ledger is not what was written.
    """
    with desk.store.reading() as rows:
        return list(restated_in(rows, contract_id, desk.today()))


def restated_in(
    rows: Rows, contract_id: str, today: date, until: Month | None = None
) -> tuple[Restated, ...]:
    """The same, up to a month.

    Args:
        rows: one read transaction.
        contract_id: whose returns.
        today: as returns are made with.
        until: the last month that is looked at; None for all.
    """
    entries = [
        entry.issued()
        for entry in read_ledger(rows, contract_id).standing()
        if until is None or entry.month <= until
    ]
    if not entries:
        return ()
    first, last = entries[0].covered[0], entries[-1].month
    scope = Scope(contract_id, _from_to(min(first, entries[0].month), last), today)
    again = Again(Counting(rows, scope), agreement(rows, contract_id))
    return tuple(compared(entries, again))


def _from_to(first: Month, last: Month) -> tuple[Month, ...]:
    months = [first]
    while months[-1] < last:
        months.append(months[-1].plus(1))
    return tuple(months)


@dataclass(frozen=True, slots=True)
class Again:
    """Counts figures as they are now.

    Attributes:
        counting: holds every month that is asked for.
        contract: whose areas are added up.
    """

    counting: Counting
    contract: Agreement

    def now(self, key: LineKey, figure: Figure, months: Sequence[Month]) -> int | None:
        """A count of some months together; None where it is no figure."""
        areas = self.contract.within(key.area)
        named = [str(month) for month in months]
        cell = self.counting.counted(figure).cell(areas, named)
        return int(cell.value or 0) if cell.state is State.FIGURE else None


def compared(entries: Sequence[Issued], again: Again) -> Iterator[Restated]:
    """What was published and is another number now.

    Args:
        entries: the newest version of each month, oldest first.
        again: counts the same figures now.
    """
    # By how much the sum of all months so far has changed.
    behind: dict[LineKey, int] = {}
    for issued in entries:
        for key, cell, figure in _counts(issued):
            months = _months(cell, figure, issued)
            now = again.now(key, figure, months) if months else None
            if now is None:
                continue
            before, sent = behind.get(key, 0), _sent(cell, figure)
            change = now - sent
            if cell.kind == "flow":
                behind[key] = before + change
            if change:
                why = _why(issued, cell, change, before)
                yield Restated(key, issued.month, sent, now, why)


def _counts(issued: Issued) -> Iterator[tuple[LineKey, IssuedCell, Figure]]:
    """The counts that were published, of areas and of the sum."""
    known = {(f.code, f.split): f for f in catalogue().figures if not f.later}
    for name, cell in issued.cells.items():
        parts = name.split("|")
        if cell.status != SENT or parts[-1] != _COUNT:
            continue
        area, code, split = parts[0], parts[1], "|".join(parts[2:-1])
        figure = known.get((code, split))
        if figure is not None:
            yield LineKey(code, split, area), cell, figure


def _months(cell: IssuedCell, figure: Figure, issued: Issued) -> tuple[Month, ...]:
    """The months that a published number was of, as far as they were sent."""
    if cell.kind != "flow":
        return (issued.month,)
    months = span(figure.every, issued.month)
    return tuple(month for month in months if month in issued.covered)


def _sent(cell: IssuedCell, figure: Figure) -> int:
    """The exact count behind what was published, of the same months."""
    if cell.kind != "flow" or figure.every == "month":
        return cell.month
    return cell.quarter if figure.every == "quarter" else cell.year


def _why(issued: Issued, cell: IssuedCell, change: int, before: int) -> str:
    """The kind of reason, as far as the numbers tell it."""
    if issued.definitions and issued.definitions != catalogue().definitions:
        return DEFINITION
    if cell.kind != "flow":
        return EITHER
    # What came late for earlier months was counted first in this return, so that its
    # own month is smaller than what was sent for it.
    if before and change * before < 0 and abs(before + change) < abs(before):
        return COUNTED_HERE
    return LATE if change > 0 else CORRECTION


def by_cell(found: Sequence[Restated]) -> Mapping[tuple[LineKey, Month], Restated]:
    """What is restated, to look up by line and month."""
    return {(each.key, each.month): each for each in found}
