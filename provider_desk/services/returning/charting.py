"""The months before April, so that charts show thirteen.

The internal copy counts them; a copy that leaves reads them in the ledger, in the
version that stood when it was issued itself, so that it never changes.
"""

from dataclasses import replace

from provider_desk.model.months import Month
from provider_desk.model.progress import Stopped, never
from provider_desk.model.rows import Rows
from provider_desk.returns.charts.series import with_earlier
from provider_desk.returns.compute import earlier_months
from provider_desk.returns.table import ReturnTable
from provider_desk.services.desk import Desk
from provider_desk.services.returning.choosing import PUBLIC
from provider_desk.services.returning.ledger import Entry, Ledger
from provider_desk.services.returning.public import public_copy


def with_counted(
    desk: Desk,
    rows: Rows,
    contract_id: str,
    table: ReturnTable,
    cancelled: Stopped = never,
) -> ReturnTable:
    """An internal copy with the months before its April, counted now.

    Raises:
        Cancelled: the person stopped it.
    """
    earlier = earlier_months(
        rows,
        contract_id=contract_id,
        month=table.month,
        made_on=desk.today(),
        cancelled=cancelled,
    )
    return replace(table, earlier=earlier)


def with_issued(
    ledger: Ledger, table: ReturnTable, entry: Entry | None = None
) -> ReturnTable:
    """A copy that leaves with the months before its April, as they were issued.

    Args:
        ledger: of the contract.
        table: the council's or the public copy.
        entry: where it was issued; None for one on the screen that is not yet.
    """
    from provider_desk.returns.write_json import read_json  # noqa: PLC0415

    march = _march(table.month)
    held = [
        each
        for each in ledger.entries
        if each.month == march
        and (entry is None or each.row.issued_at <= entry.row.issued_at)
    ]
    if not held:
        return table
    public = table.copy == PUBLIC
    file = held[-1].rounded_file() if public else held[-1].file()
    before = read_json(file)
    return with_earlier(table, public_copy(before) if public else before)


def _march(month: Month) -> Month:
    """The last month of the financial year before."""
    return month.april.plus(-1)
