"""Matrix, three questions, data quality, the words on how to read rounded figures."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_desk.returns import accountability, matrix, quality, reading
from provider_desk.returns.analysis import in_short
from provider_desk.returns.table import Cell, Protection, State
from tests.builders.full_returns import a_full_table
from tests.builders.return_tables import a_line, a_small_table, figure


def test_a_matrix_has_every_band_at_first_and_last_with_its_movement() -> None:
    table = a_full_table()
    month, year, *_ = matrix.matrices(table)
    assert (month.period, year.period) == ("September 2017", "Year to date")
    assert month.names[0] == "minimal"
    size = len(month.names)
    assert [len(row) for row in month.cells] == [size] * size
    for first in range(size):
        for last in range(size):
            split = f"{month.names[first]} to {month.names[last]}"
            shown = table.line("M1", split, "ALL").now.value
            assert month.cells[first][last] == f"{shown}"
            moved = ("negative", "no change", "positive")[
                (first > last) - (first < last) + 1
            ]
            assert month.moves[first][last] == moved


def test_every_measure_with_bands_has_its_matrix() -> None:
    titles = [each.title for each in matrix.matrices(a_full_table())]
    assert [title.partition(",")[0] for title in titles] == [
        *["PHQ-9"] * 2,
        *["GAD-7"] * 2,
        *["CORE-10"] * 2,
    ]


def test_a_matrix_without_a_figure_says_why() -> None:
    table = a_full_table()
    unsaid = Cell(State.NOT_APPLICABLE, note="By the quarter.")
    lines = tuple(
        replace(x, months=(*x.months[:-1], unsaid)) if x.group == "Impact" else x
        for x in table.lines
    )
    month, year, *_ = matrix.matrices(replace(table, lines=lines))
    assert month.state == "[z] not applicable: By the quarter."
    assert year.state == ""


def test_the_three_questions_have_their_figures_and_name_what_has_none() -> None:
    table = a_full_table(copy="council")
    much, well, better = accountability.questions(table)
    assert much.words == "How much did we do?"
    assert much.answers[0].code == "A1"
    assert {"B2", "B6", "C9", "D7"} <= {answer.code for answer in well.answers}
    assert {"D1", "E2", "E3b"} <= {answer.code for answer in better.answers}
    assert any("PHQ-9" in label for label in better.missing)  # a mean is not sent
    everything = {
        answer.code for each in (much, well, better) for answer in each.answers
    }
    assert not everything & {"F1", "M1"}


def test_the_quality_page_names_missing_answers_months_and_late_records() -> None:
    table = a_full_table()
    found = {each.label: each for each in quality.findings(table)}
    assert found["Months with figures"].year == "6 of 6"
    assert found["Figures sent that count differently now"].year == "1"
    assert "Sessions whose outcome is not recorded" in found
    assert "Equality questions answered, of those closed" in found


def test_a_month_without_any_figure_is_an_absent_month() -> None:
    gap = Cell(State.NOT_SUBMITTED, note="The laptop was away.")
    line = a_line((gap, figure(3)))
    table = replace(
        a_small_table(line), months=a_full_table(months=2).months, months_covered=1
    )
    assert quality.absent_months(table) == ("April 2017",)


def test_a_copy_that_leaves_says_what_becomes_of_late_records() -> None:
    outside = quality.findings(a_full_table(copy="council"))
    assert outside[-1].remark == quality.LATE
    assert outside[-1].year == "–"  # noqa: RUF001  a dash is meant


@pytest.mark.parametrize("bound", [9, 14])
def test_the_text_names_the_bound_that_was_enforced(bound: int) -> None:
    text = " ".join(reading.how_to_read(Protection(bound=bound)))
    assert f"very rarely up to {bound}" in text
    assert f"never more than {bound} away" in text
    assert "5 means 1 to 9, 10 means 6 to 14, and so on" in text
    assert f"up to {23 - bound})" not in text
    assert f"than {23 - bound} away" not in text


def test_totals_that_go_exact_are_named_in_the_text() -> None:
    said = reading.how_to_read(Protection(exact=("A1", "B1")))
    assert "By written agreement these totals are exact: A1, B1." in said
    assert "agreement these" not in " ".join(reading.how_to_read(Protection()))


@given(st.integers(0, 400))
def test_what_a_figure_normally_means_is_within_four_and_never_below_none(
    steps: int,
) -> None:
    low, high = reading.normal_range(5 * steps, Protection())
    assert (low, high) == (max(5 * steps - 4, 0), 5 * steps + 4)


def test_an_areas_month_is_told_in_one_sentence_with_the_month_before() -> None:
    table = a_full_table()
    said = in_short(table, "THER")
    now, before = table.line("A1", "", "THER").months[-1:-3:-1]
    assert said.startswith(
        f"September 2017: referrals received {now.value} (August {before.value}); "
    )
    april = a_full_table(months=1)
    assert "(March " in in_short(april, "THER")
    assert in_short(a_small_table(), "THER") == "April 2017: no figures."
