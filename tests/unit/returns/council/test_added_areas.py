"""A service area that a contract gets later: the sum goes on from what was sent."""

from datetime import date
from pathlib import Path

import pytest

from provider_desk.model.months import Month
from provider_desk.model.records import ContractArea
from provider_desk.store.store import Store
from tests.builders.council_chains import Step, step
from tests.builders.record_desks import CONTRACT, Case, desk_of, service

APRIL, MAY, JUNE = (Month(2026, number) for number in (4, 5, 6))
NEW = "PES_AD"
#: Of the new area, before it was the contract's and since.
BEFORE, SINCE = 6, 3


@pytest.mark.parametrize("areas", [("THER",), ("PES_YP", "THER")])
def test_the_sum_holds_what_its_areas_sent_and_nothing_older(
    tmp_path: Path, areas: tuple[str, ...]
) -> None:
    months = [
        Case(date(2026, month, day), area=area)
        for month in (4, 5, 6)
        for area in areas
        for day in range(1, 9)
    ]
    added = [Case(date(2026, 4, 2), area=NEW) for _ in range(BEFORE)]
    added += [Case(date(2026, 6, 2), area=NEW) for _ in range(SINCE)]
    records = [*service(*areas)]
    for case in (*months, *added):
        records += case.all()
    records.sort(key=lambda record: record.TABLE)

    with desk_of(tmp_path, records) as store:
        april = take(store, APRIL)
        may = take(store, MAY, april)
        with store.writing("another area") as deed:
            deed.add(ContractArea(contract_id=CONTRACT, area=NEW))
        june = take(store, JUNE, may)

    cells = june.issued.cells
    whole = cells["ALL|A1||value"]
    parts = [cells[f"{area}|A1||value"] for area in (*areas, NEW)]
    assert whole.month == sum(part.month for part in parts) == 8 * len(areas) + SINCE
    assert whole.year == sum(part.year for part in parts) == 24 * len(areas) + SINCE
    assert whole.published == sum(part.published for part in parts)
    assert whole.published_month == sum(part.published_month for part in parts)


def take(store: Store, month: Month, before: Step | None = None) -> Step:
    with store.reading() as rows:
        return step(rows, month, before.issued if before else None)
