"""A month that is not submitted has no figures, and is never drawn as nil."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import DeskError, NotFound, NotValid
from provider_desk.model.months import Month
from provider_desk.returns.table import Cell, ReturnTable, State
from provider_desk.services import monthly_return
from provider_desk.services.desk import Desk
from provider_desk.services.returning.months import (
    mark_not_submitted,
    take_back_not_submitted,
)
from provider_desk.services.returning.signing import read_second
from provider_desk.services.returning.standing import standing
from tests.builders.casework import contract_of, make_client, make_episode
from tests.builders.issued_desks import SEPTEMBER, contract_id
from tests.builders.signing_desks import ready_desk

MAY, JULY, AUGUST = Month(2017, 5), Month(2017, 7), Month(2017, 8)
WHY = "The records of this month were lost."


@pytest.fixture
def busy(desk: Desk, clock: FixedClock) -> Desk:
    """A desk with one case that lives from May 2017 on."""
    clock.ms = FixedClock.on(date(2017, 9, 4)).ms
    make_episode(desk, received_on=date(2017, 5, 2), started_on=date(2017, 7, 4))
    return desk


def internal(desk: Desk, month: Month) -> ReturnTable:
    return monthly_return.prepare(desk, contract_of(desk).id, month, "internal")


def cell(table: ReturnTable, code: str, month: Month) -> Cell:
    return table.line(code, "", "THER").months[table.months.index(month)]


def test_every_cell_of_the_month_gives_the_reason_and_never_0(busy: Desk) -> None:
    mark_not_submitted(busy, contract_of(busy).id, JULY, WHY)

    table = internal(busy, AUGUST)

    place = table.months.index(JULY)
    cells = {line.months[place] for line in table.lines}
    assert {each.state for each in cells} <= {
        State.NOT_SUBMITTED, State.UNDER_DEVELOPMENT, State.NOT_APPLICABLE,
    }  # fmt: skip
    assert cell(table, "A1", JULY) == Cell(
        State.NOT_SUBMITTED, note=f"Not submitted: {WHY}"
    )
    assert cell(table, "C1", AUGUST).value == 0


def test_the_year_to_date_leaves_the_month_out_and_says_so(busy: Desk) -> None:
    mark_not_submitted(busy, contract_of(busy).id, JULY, WHY)

    table = internal(busy, AUGUST)

    starts = table.line("C1", "", "THER").year_to_date
    assert starts.value == 0
    assert starts.note == "Covers 4 of 5 months."
    assert table.months_covered == 4


def test_a_stock_is_not_carried_forward_into_the_month(busy: Desk) -> None:
    mark_not_submitted(busy, contract_of(busy).id, AUGUST, WHY)

    live = internal(busy, AUGUST).line("C2", "", "THER")

    assert live.now.state is live.year_to_date.state is State.NOT_SUBMITTED


def test_a_stock_of_a_later_month_is_that_months(busy: Desk) -> None:
    mark_not_submitted(busy, contract_of(busy).id, JULY, WHY)

    live = internal(busy, AUGUST).line("C2", "", "THER")

    assert (live.now.value, live.year_to_date.value) == (1, 1)


def test_it_stands_where_the_return_stands(busy: Desk) -> None:
    contract = contract_of(busy).id
    mark_not_submitted(busy, contract, AUGUST, WHY)

    found = standing(busy, contract, AUGUST)

    assert (found.status, found.not_submitted) == ("not submitted", WHY)
    assert all(step.done for step in found.steps)
    with pytest.raises(DeskError, match="marked as not submitted"):
        read_second(busy, contract, AUGUST)


def test_the_mark_is_taken_back_and_the_figures_are_there_again(busy: Desk) -> None:
    contract = contract_of(busy).id
    mark_not_submitted(busy, contract, JULY, "first reason")
    mark_not_submitted(busy, contract, JULY, WHY)
    assert WHY in cell(internal(busy, AUGUST), "C1", JULY).note

    take_back_not_submitted(busy, contract, JULY)

    assert cell(internal(busy, AUGUST), "C1", JULY).value == 1
    with pytest.raises(NotFound):
        take_back_not_submitted(busy, contract, JULY)


def test_a_month_that_is_not_over_is_not_left_out(busy: Desk) -> None:
    with pytest.raises(DeskError, match="not over yet"):
        mark_not_submitted(busy, contract_of(busy).id, SEPTEMBER, WHY)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_reason_is_needed(busy: Desk, reason: str) -> None:
    with pytest.raises(NotValid):
        mark_not_submitted(busy, contract_of(busy).id, JULY, reason)


@pytest.mark.parametrize(
    "reason", ["Nobody asked Zebulon in time.", "Ring 01709 382121 about it."]
)
def test_a_reason_names_nobody_because_it_is_printed(busy: Desk, reason: str) -> None:
    make_client(busy, known_as="Zebulon")

    with pytest.raises(NotValid, match="looks like"):
        mark_not_submitted(busy, contract_of(busy).id, JULY, reason)


@pytest.fixture
def ready(tmp_path: Path) -> Iterator[Desk]:
    """A desk of an invented caseload on 3 October 2017, nothing issued."""
    made = ready_desk(tmp_path / "ready")
    yield made
    made.close()


def test_a_month_that_was_issued_has_figures(ready: Desk) -> None:
    monthly_return.issue(ready, contract_id(ready), SEPTEMBER)

    with pytest.raises(DeskError, match="was issued, so it has figures"):
        mark_not_submitted(ready, contract_id(ready), SEPTEMBER, WHY)


def test_a_month_that_a_later_return_left_out_stays_left_out(ready: Desk) -> None:
    desk, contract = ready, contract_id(ready)
    mark_not_submitted(desk, contract, AUGUST, WHY)
    monthly_return.issue(desk, contract, SEPTEMBER)

    with pytest.raises(DeskError, match="counts August 2017 as left out"):
        take_back_not_submitted(desk, contract, AUGUST)


def test_the_councils_file_says_not_submitted_too(ready: Desk, tmp_path: Path) -> None:
    desk, contract = ready, contract_id(ready)
    monthly_return.issue(desk, contract, JULY)
    mark_not_submitted(desk, contract, AUGUST, WHY)
    monthly_return.issue(desk, contract, SEPTEMBER)

    done = monthly_return.export(
        desk, contract, SEPTEMBER, "council", tmp_path / "out", ("json",)
    )

    read = json.loads(done.paths[0].read_text(encoding="utf-8"))["return"]
    place = read["months"].index(str(AUGUST))
    left_out = {line["months"][place]["state"] for line in read["lines"]}
    assert "figure" not in left_out
    received = next(line for line in read["lines"] if line["indicator"] == "A1")
    assert received["months"][place]["status"] == "[x]"
    assert WHY in received["months"][place]["note"]
