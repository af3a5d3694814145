"""The public copy: the council's figures by quarter, nothing rounded anew."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from provider_desk.model.months import Month
from provider_desk.model.waits import BANDS
from provider_desk.returns.council.cells import middle_band
from provider_desk.returns.table import Cell, Line, ReturnTable, State, Told
from provider_desk.returns.write_json import read_json
from provider_desk.services.returning.public import public_copy
from tests.builders.issued_desks import issue, service_desk

AREA = "THER"


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReturnTable]:
    """The council's copy of September; nothing was issued before June."""
    desk = service_desk(tmp_path_factory.mktemp("public") / "desk")
    months = [Month(2017, number) for number in (6, 7, 8, 9)]
    yield read_json(issue(desk, *months)[-1].file())
    desk.close()


def numbers(line: Line) -> list[int | None]:
    return [None if c.value is None else int(c.value) for c in line.months]


def breakdowns(table: ReturnTable) -> list[Line]:
    return [
        line
        for line in table.lines
        if line.kind == "flow" and line.key.split and line.now.value is not None
    ]


def test_totals_stay_as_the_council_got_them(council: ReturnTable) -> None:
    table = public_copy(council)

    for code in ("A1", "B1", "C1", "C3", "C9", "P1"):
        assert table.line(code, area=AREA) == council.line(code, area=AREA)


def test_a_breakdown_is_the_sum_of_its_published_months(council: ReturnTable) -> None:
    table = public_copy(council)

    assert len(breakdowns(council)) > 100
    for line in breakdowns(council):
        shown = table.line(line.key.indicator, line.key.split, line.key.area)
        assert numbers(shown)[:2] == [None, None]
        assert numbers(shown)[3:5] == [None, None]
        quarter = [cell.value for cell in line.months[3:] if cell.value is not None]
        assert shown.now.value == sum(int(value) for value in quarter)
        both = [int(shown.months[2].value or 0), int(shown.now.value or 0)]
        assert shown.year_to_date.value == sum(both)
        assert shown.year_to_date.value == line.year_to_date.value


def test_a_quarter_that_is_not_whole_says_so(council: ReturnTable) -> None:
    line = next(
        line
        for line in public_copy(council).lines
        if line.key.indicator == "C8" and line.key.split
    )

    assert line.months[2].note == "Covers 1 of 3 months."
    assert line.now.note == ""
    assert line.months[0].state is State.NOT_SUBMITTED


def test_before_a_quarter_is_full_there_is_no_breakdown(council: ReturnTable) -> None:
    may = replace(council, months=council.months[:2], month=council.months[1])
    lines = tuple(replace(line, months=line.months[3:5]) for line in council.lines)

    table = public_copy(replace(may, lines=lines))

    for line in breakdowns(replace(may, lines=lines)):
        shown = table.line(line.key.indicator, line.key.split, line.key.area)
        assert {cell.state for cell in shown.months} == {State.NOT_SENT}
        assert shown.year_to_date.state is State.NOT_SENT


def test_a_median_is_that_of_the_quarters_bands(council: ReturnTable) -> None:
    table = public_copy(council)
    for code in ("B2", "B3"):
        bands = [table.line(code, band, AREA).now.value for band in BANDS]
        assert table.line(code, "median", AREA).now == middle_band(
            [int(value or 0) for value in bands]
        )


def test_words_checks_and_agreed_totals_stay_inside(council: ReturnTable) -> None:
    told = Told("ALL", "WELL", "Working well", "Words for the council.")
    table = public_copy(replace(council, told=(told,)))

    assert not any((table.told, table.checks, table.restated))
    exact = replace(
        council.lines[0],
        months=(*council.lines[0].months[:-1], Cell(State.FIGURE, 13, exact=True)),
    )
    with pytest.raises(ValueError, match="exact figure"):
        public_copy(replace(council, lines=(exact, *council.lines[1:])))
