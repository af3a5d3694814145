"""A yearly figure (D12): counted by the year inside, rounded once a year outside."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest

from provider_desk.model.months import Month
from provider_desk.model.records import Referral, SafeguardingReferral
from provider_desk.returns.council.issued import Issued
from provider_desk.returns.table import State
from provider_desk.services.returning import gate
from provider_desk.store.store import Store
from tests.builders.council_chains import Step, cells_of, step, table_of
from tests.builders.issued_desks import at, held, issue, service_desk
from tests.builders.made_returns import made, rows_with
from tests.builders.record_desks import Case, desk_of, service

JANUARY, FEBRUARY, MARCH, APRIL = (Month(2026, number) for number in (1, 2, 3, 4))
KEY = "THER|D12||value"


def safeguarded(case: Case, *days: date) -> Case:
    case.records += [
        SafeguardingReferral(
            client_id=case.client.id,
            referral_id=case.referral_id,
            made_on=day,
            made_to="ASC",
        )
        for day in days
    ]
    return case


def test_inside_it_is_counted_by_the_year_and_opens_its_rows(tmp_path: Path) -> None:
    case = safeguarded(
        Case(date(2025, 4, 2)),
        date(2025, 3, 31),
        date(2025, 4, 1),
        date(2025, 11, 9),
        date(2026, 3, 31),
        date(2026, 4, 1),
    )
    alone = SafeguardingReferral(
        client_id=case.client.id, made_on=date(2025, 8, 1), made_to="ASC"
    )
    with rows_with(tmp_path, case, also=[*service("THER"), alone]) as rows:
        line = made(rows, MARCH).line("D12", "", "THER")

    assert {cell.state for cell in line.months[:-1]} == {State.NOT_APPLICABLE}
    assert {cell.note for cell in line.months[:-1]} == {"Yearly: March."}
    assert (line.now.value, line.year_to_date.value) == (3, 3)
    assert line.tier == 2


def test_what_was_entered_in_error_is_not_counted(tmp_path: Path) -> None:
    wrong = Case(date(2025, 5, 5)).accepted(
        removed_on=date(2025, 5, 6), removal_reason="ERROR"
    )
    with rows_with(
        tmp_path, safeguarded(wrong, date(2025, 6, 1)), also=service("THER")
    ) as rows:
        assert made(rows, MARCH).line("D12", "", "THER").now.value == 0


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    days = [date(2026, 1, 9), *[date(2026, 2, day) for day in range(1, 8)]]
    days += [date(2026, 3, day) for day in range(1, 12)]
    cases = [safeguarded(Case(date(2026, 1, 2)), day) for day in days]
    records = [*service("THER"), *(each for case in cases for each in case.all())]
    with desk_of(tmp_path, sorted(records, key=lambda each: each.TABLE)) as made_desk:
        yield made_desk


def taken(store: Store, month: Month, before: Issued | None) -> Step:
    with store.reading() as rows:
        return step(rows, month, before)


def test_outside_it_leaves_once_a_year_as_a_multiple_of_five(store: Store) -> None:
    steps: list[Step] = []
    for month in (JANUARY, FEBRUARY, MARCH):
        steps.append(taken(store, month, steps[-1].issued if steps else None))
    cells = cells_of(table_of(steps), "D12")

    # January to March; the year to date is that of March.
    assert [cell.state for cell in cells[-4:-1]] == [
        State.NOT_APPLICABLE,
        State.NOT_APPLICABLE,
        State.FIGURE,
    ]
    assert steps[-1].truth.cells[KEY].year == 19
    published = cells[-1].value
    assert published is not None
    assert published % 5 == 0
    assert abs(published - 19) <= steps[-1].solved.bound
    assert not cells[-1].exact


def test_a_chain_from_before_it_was_counted_goes_on(store: Store) -> None:
    """Months that were issued without it stay as they are, and count for 0.

    Source: disclosure, §4, new category in the middle of a year.
    """
    first = taken(store, JANUARY, None)
    cells = {
        key: cell for key, cell in first.issued.cells.items() if "|D12|" not in key
    }
    old = replace(first.issued, cells=MappingProxyType(cells))

    second = taken(store, FEBRUARY, old)
    third = taken(store, MARCH, second.issued)
    fourth = taken(store, APRIL, third.issued)

    assert KEY not in old.cells
    assert [each.truth.cells[KEY].year for each in (second, third, fourth)] == [
        7,
        18,
        0,
    ]
    assert abs(third.issued.cells[KEY].published - 18) <= third.solved.bound
    before = replace(first, issued=old)
    line = cells_of(table_of([before, second, third]), "D12")
    assert line[-1].state is State.FIGURE


def test_a_year_with_few_of_them_gives_nobody_away(tmp_path: Path) -> None:
    desk = service_desk(tmp_path / "desk", people=60)
    at(desk, date(2017, 4, 20))
    with desk.store.writing("safeguarding", desk.user.id) as deed:
        for referral in held(desk, Referral)[:3]:
            deed.add(
                SafeguardingReferral(
                    client_id=referral.client_id,
                    referral_id=referral.id,
                    made_on=date(2017, 3, 9),
                    made_to="ASC",
                )
            )
    entries = issue(desk, Month(2017, 2), Month(2017, 3))
    *sent, last = entries

    verdict = gate.ask(sent, (last.name, last.file(), last.exact()))

    assert last.exact()[KEY] == 3
    assert verdict.safe, (verdict.disclosed, verdict.faults)
    desk.close()
