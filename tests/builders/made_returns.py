"""Returns made of cases told step by step, and their cells."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from provider_desk.model.fields import Record
from provider_desk.model.months import Month
from provider_desk.model.records import Provider
from provider_desk.model.rows import Rows
from provider_desk.returns.compute import compute
from provider_desk.returns.table import Cell, ReturnTable
from tests.builders.record_desks import CONTRACT, Case, desk_of, service

#: The day on which returns are made, unless said otherwise.
TODAY = date(2026, 4, 2)


@contextmanager
def rows_with(
    folder: Path, *cases: Case, also: Iterable[Record] = ()
) -> Iterator[Rows]:
    """A desk for area THER, unless ``also`` sets up another, that holds these cases."""
    also = list(also)
    base = [] if any(isinstance(each, Provider) for each in also) else service("THER")
    records = [*base, *also]
    for case in cases:
        records.extend(case.all())
    records.sort(key=lambda record: record.TABLE)
    with desk_of(folder, records) as store, store.reading() as rows:
        yield rows


def made(
    rows: Rows, month: Month, copy: str = "internal", today: date = TODAY
) -> ReturnTable:
    """A month's return of the first contract."""
    return compute(rows, contract_id=CONTRACT, month=month, copy=copy, made_on=today)


def now(table: ReturnTable, code: str, split: str = "", area: str = "THER") -> Cell:
    """A figure of the return's own month."""
    return table.line(code, split, area).now
