"""What was issued and counts differently now is listed for the office alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from provider_desk.model.months import Month
from provider_desk.model.records import Referral
from provider_desk.returns.contract import agreement
from provider_desk.returns.counted import Counting
from provider_desk.returns.facts.fact import Scope
from provider_desk.returns.table import LineKey, Restated
from provider_desk.services import monthly_return
from provider_desk.services.desk import Desk
from provider_desk.services.returning import restating
from provider_desk.services.returning.ledger import read_ledger
from provider_desk.services.returning.signing import sign
from tests.builders.issued_desks import add_referrals, at, contract_id
from tests.builders.signing_desks import (
    AUGUST,
    SEPTEMBER,
    issued_desk,
    mark_sessions,
)

A1 = LineKey("A1", "", "THER")


@pytest.fixture
def two_months(tmp_path: Path) -> Iterator[Desk]:
    """A desk that issued August and, on 3 October, September."""
    desk = issued_desk(tmp_path / "desk", AUGUST, SEPTEMBER)
    yield desk
    desk.close()


def of(desk: Desk, key: LineKey = A1) -> list[Restated]:
    found = restating.restated(desk, contract_id(desk))
    return [each for each in found if each.key == key]


def take_out_a_referral(desk: Desk, month: Month) -> None:
    """Take a received referral out of everything but its history."""
    rows = monthly_return.rows_behind(desk, contract_id(desk), month, A1)
    with desk.store.writing("entered twice", desk.user.id) as deed:
        deed.retire(Referral, rows[0].row_id, "entered twice")


def issue(desk: Desk, month: Month, day: date) -> None:
    at(desk, day)
    mark_sessions(desk, month)
    monthly_return.issue(desk, contract_id(desk), month)


def test_nothing_is_restated_while_nothing_has_changed(two_months: Desk) -> None:
    assert restating.restated(two_months, contract_id(two_months)) == []


def test_a_late_record_is_listed_with_what_was_sent_and_what_is_now(
    two_months: Desk,
) -> None:
    add_referrals(two_months, date(2017, 8, 9), 2)

    (found,) = of(two_months)

    assert (found.month, found.why) == (AUGUST, restating.LATE)
    assert found.now - found.sent == 2


def test_the_sum_of_the_areas_is_restated_too(tmp_path: Path) -> None:
    desk = issued_desk(tmp_path / "desk", areas=("PES_YP", "THER"))
    add_referrals(desk, date(2017, 9, 9), 2)

    (found,) = of(desk, LineKey("A1", "", "ALL"))

    assert found.now - found.sent == 2
    desk.close()


def test_a_record_taken_out_is_a_correction(two_months: Desk) -> None:
    add_referrals(two_months, date(2017, 10, 2))
    issue(two_months, Month(2017, 10), date(2017, 11, 2))

    take_out_a_referral(two_months, Month(2017, 10))

    (found,) = of(two_months)
    assert (found.month, found.why) == (Month(2017, 10), restating.CORRECTION)
    assert found.now - found.sent == -1


def test_what_came_late_is_said_of_the_return_that_counted_it(
    two_months: Desk,
) -> None:
    """It is in August's own figure now, and was sent in October's."""
    add_referrals(two_months, date(2017, 8, 9), 2)
    issue(two_months, Month(2017, 10), date(2017, 11, 2))

    late, counted = of(two_months)

    assert (late.month, late.why) == (AUGUST, restating.LATE)
    assert (counted.month, counted.why) == (Month(2017, 10), restating.COUNTED_HERE)
    assert (late.now - late.sent, counted.now - counted.sent) == (2, -2)


def test_the_rows_of_a_restated_figure_are_those_that_it_counts_now(
    two_months: Desk,
) -> None:
    add_referrals(two_months, date(2017, 8, 9), 2)
    (found,) = of(two_months)

    rows = monthly_return.rows_behind(
        two_months, contract_id(two_months), found.month, found.key
    )

    assert len(rows) == found.now


def test_the_internal_copy_carries_the_list_and_the_council_never(
    two_months: Desk,
) -> None:
    add_referrals(two_months, date(2017, 8, 9), 2)
    contract = contract_id(two_months)

    carried = {
        copy: monthly_return.prepare(two_months, contract, SEPTEMBER, copy).restated
        for copy in ("internal", "council")
    }

    assert A1 in {each.key for each in carried["internal"]}
    assert carried["council"] == ()


def test_a_changed_definition_is_named_as_what_may_be_behind_it(
    two_months: Desk,
) -> None:
    add_referrals(two_months, date(2017, 8, 9), 2)
    contract = contract_id(two_months)
    with two_months.store.reading() as rows:
        issued = read_ledger(rows, contract).standing()[0].issued()
        scope = Scope(contract, (AUGUST,), two_months.today())
        again = restating.Again(Counting(rows, scope), agreement(rows, contract))
        older = replace(issued, definitions="of an older program")

        found = list(restating.compared([older], again))

    assert {each.why for each in found} == {restating.DEFINITION}
    assert A1 in {each.key for each in found}


# Marks


def marks(desk: Desk, month: Month, code: str = "A1") -> list[str]:
    table = monthly_return.prepare(desk, contract_id(desk), month, "internal")
    line = table.line(code, "", "THER")
    return [cell.mark for cell in (*line.months[-2:], line.year_to_date)]


def test_a_month_that_is_not_signed_is_provisional(two_months: Desk) -> None:
    assert marks(two_months, SEPTEMBER) == ["p", "p", "p"]

    sign(two_months, contract_id(two_months), SEPTEMBER)

    assert marks(two_months, SEPTEMBER) == ["p", "", "p"]


def test_a_running_month_is_provisional(two_months: Desk) -> None:
    for month in (AUGUST, SEPTEMBER):
        mark_sessions(two_months, month)
        sign(two_months, contract_id(two_months), month)

    assert marks(two_months, Month(2017, 10))[1:] == ["p", "p"]


def test_a_figure_that_counts_differently_now_is_revised(two_months: Desk) -> None:
    for month in (AUGUST, SEPTEMBER):
        sign(two_months, contract_id(two_months), month)

    add_referrals(two_months, date(2017, 8, 9), 2)

    assert marks(two_months, SEPTEMBER) == ["r", "", "r"]


def test_an_issued_council_copy_has_no_marks(two_months: Desk) -> None:
    add_referrals(two_months, date(2017, 8, 9), 2)

    table = monthly_return.prepare(
        two_months, contract_id(two_months), SEPTEMBER, "council"
    )

    assert {cell.mark for line in table.lines for cell in line.months} == {""}
