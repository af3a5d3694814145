"""What the ledger keeps of a return, and what of it may leave."""

import json
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date

import pytest

from provider_desk.model.errors import Damaged
from provider_desk.model.months import Month
from provider_desk.returns.council.issued import Issued, Published, PublishedCell
from provider_desk.returns.council.issuing import exact_lines
from tests.builders.council_chains import Step, chain
from tests.builders.made_returns import rows_with
from tests.builders.record_desks import Case

APRIL = Month(2026, 4)


@pytest.fixture(scope="module")
def quarter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Step]]:
    """April to June of a small service."""
    folder = tmp_path_factory.mktemp("quarter")
    cases = [Case(date(2026, 4 + each % 3, 1 + each)).accepted() for each in range(17)]
    for case in cases[::2]:
        case.started(date(2026, 6, 20)).session(date(2026, 6, 20))
    for case in cases[::4]:
        case.closed(date(2026, 6, 28))
    with rows_with(folder, *cases) as rows:
        yield list(chain(rows, [APRIL.plus(each) for each in range(3)]))


def test_the_ledger_reads_back_what_it_wrote_as_the_same_text(
    quarter: list[Step],
) -> None:
    for made in quarter:
        text = made.issued.to_json()
        assert Issued.from_json(text) == made.issued
        assert Issued.from_json(text).to_json() == text
        assert list(json.loads(text)) == sorted(json.loads(text))


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"month": "2026-04"}'])
def test_what_is_no_issued_return_is_refused_in_words(text: str) -> None:
    with pytest.raises(Damaged) as refused:
        Issued.from_json(text)
    assert refused.value.advice


def test_a_cell_with_a_number_missing_is_refused(quarter: list[Step]) -> None:
    body = json.loads(quarter[0].issued.to_json())
    body["cells"]["THER|A1||value"].pop(3)
    with pytest.raises(Damaged):
        Issued.from_json(json.dumps(body))


def test_what_leaves_holds_no_exact_number(quarter: list[Step]) -> None:
    for made in quarter:
        leaving = made.issued.leaving()
        for key, cell in leaving.cells.items():
            assert made.issued.cells[key].status != "hidden"
            for number in (cell.year, cell.month, cell.quarter):
                assert number % 5 == 0
            assert not cell.exact
    assert {field.name for field in fields(Published)} == {
        "month", "version", "bound", "covered", "cells",
    }  # fmt: skip
    assert {field.name for field in fields(PublishedCell)} == {
        "kind", "year", "month", "quarter", "status", "real",
    }  # fmt: skip


def test_an_agreed_total_leaves_exact_and_nothing_else_does(
    quarter: list[Step],
) -> None:
    june = replace(quarter[2].issued, exact=("A1", "P1", "C2"))
    leaving = june.leaving()
    exact = {key for key, cell in leaving.cells.items() if cell.exact}
    assert exact == {
        "THER|A1||value", "THER|P1||value", "THER|P1||value@ytd", "THER|C2||value",
    }  # fmt: skip
    cell = leaving.cells["THER|A1||value"]
    assert cell.real == (17, 5, 17)
    assert cell.year % 5 == cell.month % 5 == 0
    assert not any(c.exact for c in june.leaving(agreed=False).cells.values())


def test_the_months_add_up_to_the_year_to_date(quarter: list[Step]) -> None:
    for key, cell in quarter[2].issued.cells.items():
        if cell.kind == "flow" and cell.status == "":
            months = [made.issued.cells[key] for made in quarter]
            assert cell.published == sum(each.published_month for each in months)
            assert cell.year == sum(each.month for each in months)


def test_the_exact_number_behind_each_figure_is_that_of_its_period(
    quarter: list[Step],
) -> None:
    april, june = (exact_lines(made.template, made.issued) for made in quarter[::2])
    assert april["THER|A1||value"] == 6
    assert june["THER|A1||value"] == 5
    assert june["THER|D1||value"] == june["THER|D1b||denominator"] == 5
    assert "THER|D2|Died|value" not in april
    assert june["THER|E1||denominator"] == 5
    assert june["THER|C10||denominator"] == june["THER|C4||value"] == 9
    assert june["THER|P1||value@ytd"] == june["THER|P1||value"] == 9
    assert set(june) - {"THER|P1||value@ytd"} == set(quarter[2].template.shown)
