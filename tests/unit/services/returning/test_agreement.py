"""Agreed exact totals: their price is shown, and nothing issued ever changes."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from provider_desk.model.errors import NotAllowed, NotValid
from provider_desk.model.fields import Value
from provider_desk.model.months import Month
from provider_desk.model.records import ReturnAgreement
from provider_desk.returns.table import State
from provider_desk.returns.write_json import read_json
from provider_desk.services.desk import Desk
from provider_desk.services.returning import agreement, preparing
from tests.builders.issued_desks import (
    SEPTEMBER,
    at,
    contract_id,
    held,
    issue,
    other_user,
    reopened,
    service_desk,
)

AUGUST, OCTOBER = SEPTEMBER.plus(-1), SEPTEMBER.plus(1)


@pytest.fixture(scope="module")
def issued_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small service, closed, whose August is issued."""
    folder = tmp_path_factory.mktemp("issued") / "desk"
    made = service_desk(folder)
    issue(made, AUGUST)
    made.close()
    return folder


@pytest.fixture
def desk(issued_once: Path, tmp_path: Path) -> Iterator[Desk]:
    """A copy of it, open."""
    made = reopened(Path(shutil.copytree(issued_once, tmp_path / "desk")))
    yield made
    made.close()


def agreed(desk: Desk, **values: Value) -> None:
    given = {"agreed_on": date(2017, 9, 20), "reference": "Cabinet 2", **values}
    agreement.set_agreement(desk, contract_id(desk), given)


def test_totals_without_attributes_alone_can_go_exact() -> None:
    codes = [total.code for total in agreement.totals()]

    assert {"A1", "A2", "B1", "C1", "C2", "C3", "C4", "D1"} <= set(codes)
    assert not {"A7", "A8", "B2", "C9", "D2", "F1a", "B7", "P1"} & set(codes)
    assert len(codes) == len(set(codes))


def test_the_price_names_the_tables_that_become_narrower(desk: Desk) -> None:
    issue(desk, SEPTEMBER)
    seen: list[tuple[int, int]] = []
    codes = ["A1", "A2", "B1", "C1", "C2", "D1"]
    price = agreement.price_of(
        desk, contract_id(desk), codes, lambda done, of: seen.append((done, of))
    )

    assert price.months == (AUGUST, SEPTEMBER)
    assert price.tried > 50
    assert seen == [(1, 1)]
    assert price.tables
    assert not {"A1", "A2", "B1", "C1"} & {table.code for table in price.tables}
    assert all(each.left < 4 for table in price.tables for each in table.figures)
    assert price.figures == sum(len(table.figures) for table in price.tables)


def test_nothing_costs_nothing(desk: Desk) -> None:
    price = agreement.price_of(desk, contract_id(desk), [])

    assert price.tables == ()


def test_before_the_first_return_the_price_is_that_of_the_last_month(
    tmp_path: Path,
) -> None:
    made = service_desk(tmp_path / "fresh")

    price = agreement.price_of(made, contract_id(made), ["A1"])

    assert price.months == (SEPTEMBER,)
    made.close()


def test_an_agreed_total_goes_exact_and_its_parts_stay_rounded(desk: Desk) -> None:
    agreed(desk, exact="A1", quarterly="A7 A8 A9 F1a F1b")
    before = preparing.side_by_side(desk, contract_id(desk), SEPTEMBER)
    real = next(s for s in before if (s.key.indicator, s.key.split) == ("A1", ""))

    table = read_json(issue(desk, SEPTEMBER)[0].file())

    cell = table.line("A1", area="THER").now
    assert (cell.value, cell.exact) == (real.exact, True)
    assert table.protection is not None
    assert table.protection.exact == ("A1",)
    assert not table.line("A2", area="THER").now.exact
    parts = [line for line in table.lines if line.key.indicator == "A7"]
    assert all(int(line.now.value or 0) % 5 == 0 for line in parts)


def test_a_table_that_is_left_out_is_sent_no_more(desk: Desk) -> None:
    agreed(desk, exact="A1", left_out="A7 A8")

    table = read_json(issue(desk, SEPTEMBER)[0].file())

    for line in table.lines:
        if line.key.indicator in ("A7", "A8"):
            assert line.now.state is State.NOT_SENT
            assert line.now.value is None


def test_the_public_copy_has_no_agreed_total(desk: Desk) -> None:
    agreed(desk, exact="A1", left_out="A7 A8")
    issue(desk, SEPTEMBER)

    table = preparing.prepare(desk, contract_id(desk), SEPTEMBER, "public")

    cells = [cell for line in table.lines for cell in (*line.months, line.year_to_date)]
    assert not any(cell.exact for cell in cells)
    assert int(table.line("A1", area="THER").now.value or 0) % 5 == 0
    assert table.protection is not None
    assert table.protection.exact == ()


def test_an_agreement_never_changes_what_was_issued(desk: Desk) -> None:
    before = issue(desk, AUGUST)[0].file()

    for month in ("2017-07", "2017-08"):
        with pytest.raises(NotValid, match="was issued already"):
            agreed(desk, exact="A1", from_month=month)
    agreed(desk, exact="A1")

    assert held(desk, ReturnAgreement)[0].from_month == "2017-09"
    assert issue(desk, AUGUST)[0].file() == before


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"exact": "A7"}, "not a total"),
        ({"exact": "A1 Z9"}, "Z9"),
        ({"quarterly": "Q1"}, "no table"),
        ({"left_out": "Q2"}, "no table"),
        ({"from_month": "soon"}, "not a month"),
    ],
)
def test_what_cannot_be_agreed_is_refused(
    desk: Desk, values: dict[str, Value], said: str
) -> None:
    with pytest.raises(NotValid, match=said):
        agreed(desk, **values)

    assert held(desk, ReturnAgreement) == []


def test_a_new_agreement_ends_the_one_before(desk: Desk) -> None:
    agreed(desk, exact="A1")
    at(desk, date(2017, 11, 3))
    issue(desk, SEPTEMBER, OCTOBER)

    agreed(desk, exact="", from_month="2018-01")

    first, second = agreement.agreements(desk, contract_id(desk))
    assert (first.until_month, second.from_month) == ("2017-12", "2018-01")
    table = preparing.prepare(desk, contract_id(desk), Month(2017, 11), "council")
    assert table.line("A1", area="THER").now.exact


def test_a_manager_agrees_and_others_do_not(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        agreed(other_user(desk, "ADMINISTRATOR"), exact="A1")
    with pytest.raises(NotAllowed):
        agreement.price_of(other_user(desk, "TRUSTEE"), contract_id(desk), ["A1"])
