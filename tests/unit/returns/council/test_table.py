"""The council's copy: published numbers, said so that nobody reads more into them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from provider_desk.model.months import Month
from provider_desk.returns import outline
from provider_desk.returns.catalogue import catalogue
from provider_desk.returns.council import cells as words_of
from provider_desk.returns.council import table as module
from provider_desk.returns.council.issued import Issued
from provider_desk.returns.council.template import Agreed
from provider_desk.returns.direction import compared
from provider_desk.returns.table import Cell, Direction, Rating, ReturnTable, State
from provider_desk.returns.write_json import read_json, write_json
from tests.builders.council_chains import (
    PROVIDER,
    Step,
    cells_of,
    chain,
    step,
    table_of,
)
from tests.builders.made_returns import rows_with
from tests.builders.record_desks import Case, service

APRIL = Month(2026, 4)
YEAR = tuple(APRIL.plus(each) for each in range(6))


def cases() -> list[Case]:
    """Forty people who wait, start and end over half a year, in two areas."""
    made = []
    for each in range(40):
        area = ("THER", "PES_AD")[each % 2]
        case = Case(date(2026, 4 + each % 6, 1 + each % 28), area=area).accepted()
        if each % 3:
            case.started(date(2026, 9, 1 + each % 20))
            case.session(date(2026, 9, 1 + each % 20), kind="SUPPORT")
            case.session(date(2026, 9, 25), "DNA")
        if each % 4 == 1:
            case.closed(date(2026, 9, 28), "MOVED")
        made.append(case)
    return made


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Step]]:
    """April to September."""
    folder = tmp_path_factory.mktemp("table")
    with rows_with(folder, *cases(), also=service("THER", "PES_AD")) as rows:
        yield list(chain(rows, YEAR))


@pytest.fixture(scope="module")
def table(steps: list[Step]) -> ReturnTable:
    """September's copy."""
    return table_of(steps)


def figures(cells: tuple[Cell, ...]) -> list[object]:
    return [cell.value if cell.state is State.FIGURE else cell.state for cell in cells]


def test_it_may_leave_and_reads_back_as_it_was(table: ReturnTable) -> None:
    outline.check_copy(table)
    assert read_json(write_json(table)) == table
    assert table.copy == "council"
    assert [area.code for area in table.areas] == ["PES_AD", "THER", "ALL"]
    assert table.definitions == catalogue().definitions


def test_no_cell_is_blank_and_every_figure_is_a_multiple_of_five(
    table: ReturnTable,
) -> None:
    for line in table.lines:
        for cell in (*line.months, line.year_to_date):
            numbers = [cell.numerator, cell.denominator]
            if cell.state is State.FIGURE and line.kind != "ratio":
                assert isinstance(cell.value, int)
                numbers.append(cell.value)
            assert all(number % 5 == 0 for number in numbers if number is not None)
            assert cell.state is State.FIGURE or cell.note


def test_months_are_what_each_return_published_and_the_year_their_sum(
    steps: list[Step], table: ReturnTable
) -> None:
    *months, year = cells_of(table, "A1")
    assert [cell.value for cell in months] == [
        made.issued.cells["ALL|A1||value"].published_month for made in steps
    ]
    assert year.value == sum(int(cell.value or 0) for cell in months)
    *ends, now = cells_of(table, "B1")
    assert [cell.value for cell in ends] == [
        made.issued.cells["ALL|B1||value"].published for made in steps
    ]
    assert now.value == ends[-1].value


def test_areas_add_up_in_every_month(table: ReturnTable) -> None:
    for line in table.of_area("ALL"):
        if line.kind in ("flow", "stock") and line.key.indicator[0] not in "FMP":
            code, split = line.key.indicator, line.key.split
            parts = [table.line(code, split, area) for area in ("THER", "PES_AD")]
            for whole, *each in zip(
                (*line.months, line.year_to_date),
                *((*x.months, x.year_to_date) for x in parts),
                strict=True,
            ):
                if whole.state is State.FIGURE:
                    assert whole.value == sum(int(c.value or 0) for c in each)


def test_a_share_is_worked_out_from_published_numbers(table: ReturnTable) -> None:
    for code, part, whole in (("C9", "C4", "C3"), ("D1b", "D1|planned", "D1")):
        shares = cells_of(table, code)
        parts = cells_of(table, *part.split("|"))
        for share, above, below in zip(
            shares, parts, cells_of(table, whole), strict=True
        ):
            assert (share.numerator, share.denominator) == (above.value, below.value)
            if below.value:
                assert share.value == int(above.value or 0) / int(below.value)
            else:
                assert share.state is State.NOT_APPLICABLE
                assert share.note == words_of.NOTHING_TO_SHARE


def test_shares_at_month_ends_are_not_added_up(table: ReturnTable) -> None:
    """Who waits all year is in each end: a sum could be 12 times as far off."""
    year = table.line("B6").year_to_date

    assert (year.state, year.note) == (State.NOT_SENT, words_of.NOT_WORKED_OUT)
    assert table.line("B6").now.state is not State.NOT_SENT


def test_a_share_above_the_whole_or_below_nothing_is_none() -> None:
    for part, whole in ((5, 0), (-5, 10), (15, 10), (5, -5)):
        cell = words_of._share(part, whole, most=1)
        assert cell.state is State.NOT_APPLICABLE
        assert (cell.value, cell.numerator) == (None, part)
    assert words_of._share(15, 10, most=None).value == 1.5


def test_a_median_is_the_band_of_the_middle_of_the_published_bands() -> None:
    assert words_of.middle_band([0, 5, 10, 0, 0, 0, 0]).note == "57-91 days"
    assert words_of.middle_band([5, 5, 0, 0, 0, 0, 0]).note == "0-28 days"
    assert words_of.middle_band([-5, 0, 0, 0, 0, 0, 5]).note == "365+ days"
    assert words_of.middle_band([0] * 7).state is State.NOT_APPLICABLE


def test_the_waits_of_a_return_are_told_by_their_bands(table: ReturnTable) -> None:
    now = table.line("B2", "median", "ALL").now
    assert now.state is State.BAND
    bands = [f"{line.key.split} days" for line in table.of_area("ALL")
             if line.key.indicator == "B2" and line.kind == "stock"]  # fmt: skip
    assert now.note in bands


def test_what_is_not_sent_says_why(table: ReturnTable) -> None:
    for code, split in (("A6", ""), ("B2", "longest"), ("D3", ""), ("E5c", "")):
        cells = cells_of(table, code, split)
        assert {cell.state for cell in cells} == {State.NOT_SENT}
        assert {cell.note for cell in cells} == {"Not worked out from rounded figures."}
    yearly = cells_of(table, "D12")
    assert {(cell.state, cell.note) for cell in yearly[:-1]} == {
        (State.NOT_APPLICABLE, "Sent yearly.")
    }


def test_quarterly_figures_stand_at_the_ends_of_quarters(table: ReturnTable) -> None:
    cells = cells_of(table, "E2", "no paired score")
    assert [cell.state is State.FIGURE for cell in cells] == [
        False, False, True, False, False, True, True,
    ]  # fmt: skip
    assert cells[0] == Cell(
        State.NOT_APPLICABLE,
        note="Sent quarterly.",
    )
    about = table.line("E2", "improved", "ALL").about
    assert about.endswith("each time for the quarter that ends then.")
    assert table.line("F2a", "White", "ALL").about.endswith("December and March.")
    assert cells[-1].value == int(cells[2].value or 0) + int(cells[5].value or 0)


def test_between_the_quarters_a_quarterly_table_has_no_year_to_date(
    steps: list[Step],
) -> None:
    august = table_of(steps[:5])
    cells = cells_of(august, "E2", "improved")
    assert cells[2].state is State.FIGURE
    assert cells[-1].state is State.NOT_APPLICABLE


def test_the_same_lines_and_notes_stand_there_whatever_the_desk_holds(
    tmp_path: Path, table: ReturnTable
) -> None:
    with rows_with(tmp_path, also=service("THER", "PES_AD")) as rows:
        empty = table_of(list(chain(rows, YEAR)))
    assert [line.key for line in empty.lines] == [line.key for line in table.lines]
    assert empty.notes == table.notes
    assert figures(cells_of(empty, "A1")) == [0] * 7


def test_months_without_a_return_say_why(tmp_path: Path) -> None:
    with rows_with(tmp_path, *cases(), also=service("THER", "PES_AD")) as rows:
        july = step(rows, YEAR[3])
        september = step(rows, YEAR[5], july.issued)
    provider = replace(PROVIDER, records_begin_on=date(2026, 5, 1))
    august = {YEAR[4]: "The office was flooded."}
    made = table_of([july, september], provider, august)
    *months, year = cells_of(made, "A1")
    assert [cell.note for cell in months] == [
        "Complete records begin on 1 May 2026.",
        "No return was issued for this month.",
        "No return was issued for this month.",
        "",
        "Not submitted: The office was flooded.",
        "",
    ]
    assert {cell.state for cell in months[:3]} == {State.NOT_SUBMITTED}
    assert year.note == "Covers 2 of 6 months."
    assert made.months_covered == 2
    assert "covers 2 of 6 months so far" in " ".join(made.notes)
    assert cells_of(made, "B1")[-1].note == ""
    quarter = cells_of(made, "D2", "Died")[5]
    assert quarter.note == "Counts what was sent of Jul 2026, Sep 2026."


def test_months_before_the_contract_do_not_apply(steps: list[Step]) -> None:
    late = replace(
        steps[5].template,
        contract=replace(steps[5].template.contract, starts_on=date(2026, 9, 1)),
    )
    made = table_of([replace(steps[5], template=late)])
    first = cells_of(made, "A1")[0]
    assert first.state is State.NOT_APPLICABLE
    assert first.note == "The contract begins on 1 September 2026."


def test_a_capacity_that_nobody_entered_is_not_available(table: ReturnTable) -> None:
    for split in ("", "use"):
        cells = cells_of(table, "C12", split)
        assert {cell.state for cell in cells} == {State.NOT_SUBMITTED}
        assert {cell.note for cell in cells} == {
            "No capacity is entered in the settings."
        }


def test_the_bound_is_the_widest_that_a_run_shown_here_enforced(
    steps: list[Step],
) -> None:
    wide = [replace(steps[0], issued=replace(steps[0].issued, bound=14)), *steps[1:]]
    known = table_of(wide).protection
    assert known is not None
    assert (known.bound, known.base, known.normally) == (14, 5, 4)
    known = table_of(steps).protection
    assert known is not None
    assert known.bound == 9


def test_an_agreed_total_stands_there_exact_and_only_in_its_own_line(
    tmp_path: Path,
) -> None:
    agreed = Agreed(exact=("A1", "C1"))
    with rows_with(tmp_path, *cases(), also=service("THER", "PES_AD")) as rows:
        made = list(chain(rows, YEAR, agreed=agreed))
    table = table_of(made)
    outline.check_copy(table)
    assert table.protection is not None
    assert table.protection.exact == ("A1", "C1")
    *months, year = cells_of(table, "A1")
    assert [cell.value for cell in months] == [7, 7, 7, 7, 6, 6]
    assert (year.value, year.exact) == (40, True)
    day_one = cells_of(table, "D7")[5]
    assert (day_one.denominator or 0) % 5 == 0
    exact = {line.key.indicator for line in table.lines if line.now.exact}
    assert exact == {"A1", "C1"}


def test_what_is_left_out_by_agreement_says_so(tmp_path: Path) -> None:
    agreed = Agreed(left_out=("A7",), quarterly=("A8",))
    with rows_with(tmp_path, *cases(), also=service("THER", "PES_AD")) as rows:
        made = table_of(list(chain(rows, YEAR[:3], agreed=agreed)))
    assert {cell.note for cell in cells_of(made, "A7", "Health")} == {
        words_of.BY_AGREEMENT
    }
    age = cells_of(made, "A8", "25+")
    assert [cell.state is State.FIGURE for cell in age] == [False, False, True, True]


def test_direction_is_that_of_the_published_figures(
    steps: list[Step], table: ReturnTable
) -> None:
    for line in table.lines:
        if line.kind in ("flow", "stock") and line.now.state is State.FIGURE:
            before = line.months[-2]
            if before.state is State.FIGURE:
                change = int(line.now.value or 0) - int(before.value or 0)
                names = {-1: Direction.DOWN, 0: Direction.LEVEL, 1: Direction.UP}
                assert line.direction is names[(change > 0) - (change < 0)]
    assert table_of(steps[:1]).line("A1", "", "ALL").direction is Direction.NONE
    quarterly = table.line("E2", "no paired score", "ALL")
    assert quarterly.direction is not Direction.NONE


def test_one_step_of_rounding_is_never_outside_the_limits(table: ReturnTable) -> None:
    waiting = catalogue().figure("B1")
    cells = Cell(State.FIGURE, 15), Cell(State.FIGURE, 20), Cell(State.FIGURE, 25)
    forgiving = module._forgiving(waiting, *cells[:2])
    assert compared(forgiving, *cells[:2])[1] is Rating.WITHIN
    assert compared(forgiving, cells[0], cells[2])[1] is Rating.OUTSIDE
    share = catalogue().figure("C9")
    few = Cell(State.FIGURE, 0.5, 5, 10), Cell(State.FIGURE, 0.0, 0, 10)
    forgiving = module._forgiving(share, *few)
    assert compared(forgiving, *few)[1] is Rating.WITHIN
    assert table.line("B1", "", "ALL").limit.endswith("one step of rounding")
    assert table.line("A1", "", "ALL").limit == ""


def test_a_number_that_a_return_did_not_hold_is_not_made_up(steps: list[Step]) -> None:
    cells = {k: c for k, c in steps[4].issued.cells.items() if "|A7|Health|" not in k}
    older: Issued = replace(steps[4].issued, cells=cells)
    made = table_of([*steps[:4], replace(steps[4], issued=older), steps[5]])
    assert cells_of(made, "A7", "Health")[4] == Cell(
        State.NOT_SENT, note="Not in the return of that month."
    )


def test_a_figure_below_zero_is_explained(steps: list[Step]) -> None:
    key = "ALL|A1||value"
    cell = replace(steps[5].issued.cells[key], published_month=-5)
    issued = replace(steps[5].issued, cells={**steps[5].issued.cells, key: cell})
    made = table_of([*steps[:5], replace(steps[5], issued=issued)])
    assert any("below 0" in note for note in made.notes)
    assert not any("below 0" in note for note in table_of(steps).notes)


def test_the_chain_ends_with_the_return_itself(steps: list[Step]) -> None:
    with pytest.raises(ValueError, match="does not end"):
        module.council_table(
            steps[5].template,
            [steps[4].issued.leaving()],
            provider=PROVIDER,
            made_on=date(2026, 10, 2),
        )
