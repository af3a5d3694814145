"""Figures of any months are those of the return, gaps included."""

from datetime import date

import pytest

from provider_desk.model.errors import Cancelled
from provider_desk.model.months import Month
from provider_desk.model.records import Provider
from provider_desk.returns.compute import compute
from provider_desk.returns.history import history
from provider_desk.returns.table import LineKey, State
from provider_desk.services.desk import Desk
from tests.builders.casework import TODAY, contract_of, make_episode, make_referral

MONTHS = tuple(Month(2018, 1).plus(step) for step in range(4))


def test_they_are_the_figures_of_the_return(desk: Desk) -> None:
    for month in (1, 2, 2, 4):
        make_referral(desk, received_on=date(2018, month, 9))
    make_episode(desk, started_on=date(2018, 2, 6))
    contract = contract_of(desk).id
    figures = (("A1", ""), ("B1", ""), ("C2", ""), ("D1", "planned"))

    with desk.store.reading() as rows:
        told = history(rows, contract, figures, MONTHS, made_on=TODAY)
        table = compute(
            rows,
            contract_id=contract,
            month=Month(2018, 3),
            copy="internal",
            made_on=TODAY,
        )

    for line in table.lines:
        key = LineKey(line.key.indicator, line.key.split, line.key.area)
        if (key.indicator, key.split) in figures:
            assert told.cells[key][:3] == line.months[-3:]
    assert [c.value for c in told.cells[LineKey("A1", "", "ALL")]] == [1, 2, 0, 1]


def test_sums_are_of_the_months_that_have_figures(desk: Desk) -> None:
    for month in (1, 2, 4):
        make_referral(desk, received_on=date(2018, month, 9))
    provider = desk.provider()
    with desk.store.writing("records begin") as deed:
        deed.change(Provider, provider.id, {"records_begin_on": date(2018, 2, 1)})

    with desk.store.reading() as rows:
        told = history(rows, contract_of(desk).id, (("A1", ""),), MONTHS, made_on=TODAY)

    key = LineKey("A1", "", "THER")
    total = told.sums[key]
    assert told.cells[key][0].state is State.NOT_SUBMITTED
    assert total is not None
    assert total.value == 2
    assert told.covered == MONTHS[1:]


def test_some_of_the_months_can_be_summed(desk: Desk) -> None:
    for month in (1, 2, 4):
        make_referral(desk, received_on=date(2018, month, 9))

    with desk.store.reading() as rows:
        told = history(
            rows, contract_of(desk).id, (("A1", ""),), MONTHS,
            made_on=TODAY, summed=MONTHS[1:],
        )  # fmt: skip

    total = told.sums[LineKey("A1", "", "THER")]
    assert total is not None
    assert total.value == 2


def test_without_a_month_with_figures_there_is_no_sum(desk: Desk) -> None:
    early = tuple(Month(2015, 1).plus(step) for step in range(2))

    with desk.store.reading() as rows:
        told = history(rows, contract_of(desk).id, (("A1", ""),), early, made_on=TODAY)

    assert set(told.sums.values()) == {None}
    assert told.cells[LineKey("A1", "", "THER")][0].state is State.NOT_APPLICABLE


def test_it_stops_when_asked(desk: Desk) -> None:
    with desk.store.reading() as rows, pytest.raises(Cancelled):
        history(
            rows, contract_of(desk).id, (("A1", ""),), MONTHS,
            made_on=TODAY, cancelled=lambda: True,
        )  # fmt: skip
