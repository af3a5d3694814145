"""Issued returns on a demo desk, so that the year's columns have figures."""

from collections.abc import Iterator

from provider_desk.model.months import Month
from provider_desk.services.desk import Desk
from provider_desk.services.returning import issuing
from provider_desk.services.returning.choosing import contract_of
from provider_desk.services.returning.ledger import months_issued

#: Issuing takes a second or two a month; more would keep somebody waiting.
_MOST = 8


def issue_year(desk: Desk) -> Iterator[Month]:
    """Issue the months of this financial year that are over, eight at most.

    A demo desk on which somebody has issued returns is left as it is.

    Yields:
        Each month once it is issued, oldest first.
    """
    last = Month.of(desk.today()).plus(-1)
    contract_id = contract_of(desk, "", last)
    with desk.store.reading() as rows:
        if months_issued(rows, contract_id):
            return
    for month in last.year_so_far()[-_MOST:]:
        issuing.issue(desk, contract_id, month)
        yield month
