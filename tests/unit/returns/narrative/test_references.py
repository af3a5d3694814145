"""Words take figures by reference, and numbers typed by hand are compared."""

from dataclasses import replace

import pytest

from provider_desk.model.months import Month
from provider_desk.returns.narrative.contradictions import contradictions
from provider_desk.returns.narrative.numbers import numbers
from provider_desk.returns.narrative.references import filled, name_of, references
from provider_desk.returns.table import (
    AreaName,
    Cell,
    Direction,
    Line,
    LineKey,
    Rating,
    ReturnTable,
    State,
)

MONTHS = Month(2017, 9).year_so_far()


def line(code: str, split: str, values: list[int], kind: str = "flow") -> Line:
    cells = tuple(Cell(State.FIGURE, value) for value in values)
    total = sum(values) if kind == "flow" else values[-1]
    return Line(
        LineKey(code, split, "THER"), "Group", f"Words of {code}: {split}", "cases",
        kind, 1, cells, Cell(State.FIGURE, total), Direction.UP, Rating.NONE,
    )  # fmt: skip


def ratio(code: str, parts: list[tuple[int, int]]) -> Line:
    cells = tuple(Cell(State.FIGURE, n / d, n, d) for n, d in parts)
    return Line(
        LineKey(code, "", "THER"), "Group", f"Words of {code}", "%", "ratio", 1,
        cells, cells[-1], Direction.UP, Rating.NONE,
    )  # fmt: skip


@pytest.fixture
def table() -> ReturnTable:
    return ReturnTable(
        provider="Invented service", provider_code="INV", contract="C1",
        contract_title="Support", copy="council", month=MONTHS[-1], months=MONTHS,
        version=1, made_on="2017-10-04",
        areas=(AreaName("THER", "Counselling"),),
        lines=(
            line("A1", "", [10, 20, 15, 30, 25, 20]),
            line("B1", "", [80, 85, 90, 95, 105, 115], "stock"),
            line("D1", "planned", [5, 10, 5, 0, 5, 10]),
            ratio("C9", [(70, 100)] * 5 + [(75, 100)]),
            replace(
                line("B2", "median", [1] * 6, "median"),
                months=(Cell(State.BAND, note="57-91 days"),) * 6,
            ),
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Waiting: {B1}.", "Waiting: 115."),
        ("{B1@2017-04} then {B1@2017-09}", "80 then 115"),
        ("{A1@ytd} in the year", "120 in the year"),
        ("planned: {D1_planned}", "planned: 10"),
        ("attendance {C9}", "attendance 75/100 (75%)"),
        ("waits of {B2_median}", "waits of 57-91 days"),
        ("{B1:THER}", "115"),
    ],
)
def test_a_reference_becomes_the_figure_of_the_table(
    table: ReturnTable, text: str, said: str
) -> None:
    assert filled(text, table, "THER") == said


def test_words_about_the_whole_take_the_one_area_there_is(table: ReturnTable) -> None:
    assert filled("{B1}", table, "ALL") == "115"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("{B9}", "There is no figure"),
        ("{D1_planed}", "Do you mean {D1_planned}?"),
        ("{B1@2016-01}", "not in this return: 2017-04 to 2017-09"),
        ("{B1:PES}", "There are: THER"),
        ("{so many}", "not how a figure is named"),
    ],
)
def test_a_wrong_reference_stays_and_says_what_to_do(
    table: ReturnTable, text: str, part: str
) -> None:
    (found,) = references(text, table, "THER")

    assert part in found.problem
    assert filled(text, table, "THER") == text


def test_every_line_can_be_referred_to_by_its_own_name(table: ReturnTable) -> None:
    for each in table.lines:
        (found,) = references(name_of(each), table, "THER")
        assert found.line is each


def test_no_figure_is_said_in_words(table: ReturnTable) -> None:
    blank = replace(
        table.lines[0],
        months=(Cell(State.NOT_SUBMITTED),) * 6,
    )
    table = replace(table, lines=(blank,))

    assert filled("{A1}", table, "THER") == "not submitted"


@pytest.mark.parametrize(
    "text",
    [
        "At month end 112 people were waiting.",
        "Waiting: 13",
        "There were 19 referrals in September.",
        "Seven planned endings were agreed.",
        "We had twenty-one referrals.",
        "1,300 referrals came.",
        "Attendance was 71%.",
    ],
)
def test_a_typed_number_that_the_table_does_not_say_is_pointed_out(
    table: ReturnTable, text: str
) -> None:
    (found,) = contradictions(text, table, "THER")

    assert text[found.start : found.end] == found.typed
    assert "the table says" in found.text
    assert name_of(found.line) in found.text


@pytest.mark.parametrize(
    "text",
    [
        "At month end 115 people were waiting, up from 105 waiting in August.",
        "There were 20 referrals; 120 referrals this year; 75 referrals this quarter.",
        "Ten planned endings were agreed.",
        "Attendance was 75%.",
        "{B1} people were waiting.",
        "In September 2017 referrals rose. On 5 September we met.",
        "Two new counsellors began, and the waiting room has 12 chairs.",
        "We trained 14 volunteers.",
    ],
)
def test_a_number_that_agrees_or_counts_something_else_is_left_alone(
    table: ReturnTable, text: str
) -> None:
    assert contradictions(text, table, "THER") == ()


def test_the_published_slip_of_eight_for_seven_is_found(table: ReturnTable) -> None:
    """A report said 8 where its own table said 7. Source: practices, mistake 2."""
    seven = line("D1", "planned", [0, 0, 0, 0, 0, 7])
    table = replace(table, lines=(seven,))

    (found,) = contradictions("8 planned endings this month.", table, "THER")
    assert "the table says 7" in found.text


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("one, two and thirteen", [1, 2, 13]),
        ("1,430 people and 44%", [1430, 44]),
        ("forty-two of 154", [42, 154]),
        ("in 2017/18 and on 3 May", []),
        ("{B1} and {A1@2017-04}", []),
        ("v2.5 and 2.5", [2.5]),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, values: list[float]) -> None:
    assert [number.value for number in numbers(text)] == values
