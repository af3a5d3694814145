"""The return as tidy csv."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_desk.model.months import Month
from provider_desk.returns import reading, words
from provider_desk.returns.table import Cell, Protection, State
from provider_desk.returns.write_csv import COLUMNS, defused, write_csv
from tests.builders.return_tables import (
    a_line,
    a_return_table,
    a_small_table,
    figure,
)
from tests.builders.written_returns import golden, rows_of

BARE = replace(a_small_table(copy="council"), invented=False)

MONTHS = Month(2017, 7).year_so_far()


def test_the_columns_are_those_agreed_and_the_file_is_plain_utf_8() -> None:
    written = write_csv(a_return_table())
    head, *_ = written.split(b"\r\n")
    assert head == (
        b"period,provider,area,indicator,split,label,unit,numerator,denominator,"
        b"value,state,note,version"
    )
    assert written.endswith(b"\r\n")
    assert written.count(b"\n") == written.count(b"\r\n")


@pytest.mark.parametrize("copy", ["internal", "council"])
def test_there_is_one_row_for_every_line_and_month_and_for_its_year_to_date(
    copy: str,
) -> None:
    table = a_return_table(copy=copy, months=12)
    rows = rows_of(write_csv(table))
    named = {(r["period"], r["area"], r["indicator"], r["split"]) for r in rows}
    periods = [str(m) for m in table.months] + ["2017-04 to 2018-03"]
    assert len(rows) == len(named) == len(table.lines) * len(periods)
    assert named == {
        (period, line.key.area, line.key.indicator, line.key.split)
        for line in table.lines
        for period in periods
    }


def test_the_months_own_rows_hold_exactly_the_months_figures() -> None:
    table = a_return_table(months=6)
    now = [r for r in rows_of(write_csv(table)) if r["period"] == str(table.month)]
    assert len(now) == len(table.lines)
    for row, line in zip(now, table.lines, strict=True):
        assert row["state"] == line.now.state
        if line.now.state is State.FIGURE and line.kind != "ratio":
            assert float(row["value"]) == line.now.value
        if line.kind == "ratio" and line.now.state is State.FIGURE:
            assert int(row["numerator"]) == line.now.numerator
            assert int(row["denominator"]) == line.now.denominator


@pytest.mark.parametrize(
    ("cell", "kind", "expected"),
    [
        (figure(0), "flow", ("", "", "0", "figure")),
        (figure(1430), "stock", ("", "", "1430", "figure")),
        (figure(1 / 6, 2, 12), "ratio", ("2", "12", "0.1667", "figure")),
        (figure(1.0, 8, 8), "ratio", ("8", "8", "1", "figure")),
        (figure(0.0, 0, 8), "ratio", ("0", "8", "0", "figure")),
        (figure(12.5, 25, 2), "mean", ("25", "2", "12.5", "figure")),
        (figure(77.5), "median", ("", "", "77.5", "figure")),
        (Cell(State.WITHHELD, 3, 3, 4), "ratio", ("", "", "[c]", "withheld")),
        (Cell(State.NOT_SUBMITTED, 9), "flow", ("", "", "[x]", "not_submitted")),
        (
            Cell(State.UNDER_DEVELOPMENT),
            "flow",
            ("", "", "[x]", "under_development"),
        ),
        (
            Cell(State.NOT_APPLICABLE, None, 0, 0),
            "ratio",
            ("0", "0", "[z]", "not_applicable"),
        ),
    ],
)
def test_a_cell_is_written_as_plain_numbers_or_as_its_state(
    cell: Cell, kind: str, expected: tuple[str, str, str, str]
) -> None:
    table = replace(BARE, copy="internal", lines=(a_line((cell,), kind=kind),))
    first, *_ = rows_of(write_csv(table))
    written = tuple(first[c] for c in ("numerator", "denominator", "value", "state"))
    assert written == expected


def test_a_value_is_never_blank() -> None:
    rows = rows_of(write_csv(a_return_table(months=12)))
    assert all(row[column] for row in rows for column in set(COLUMNS) - MAY_BE_BLANK)


MAY_BE_BLANK = {"split", "numerator", "denominator", "note"}


def test_a_ratios_value_is_a_share_and_says_so() -> None:
    line = a_line((figure(0.5, 5, 10),), kind="ratio")
    assert rows_of(write_csv(replace(BARE, lines=(line,))))[0]["unit"] == "share"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "\r\n@", "\uff1d"])
def test_text_that_begins_like_a_formula_is_defused(start: str) -> None:
    line = a_line((Cell(State.WITHHELD, note=f"{start}1+1"),), label=f"{start}cmd()")
    table = replace(BARE, lines=(line,), provider=f"{start}HYPERLINK()")
    row = rows_of(write_csv(table))[0]
    for column in ("provider", "label", "note"):
        assert row[column].startswith("'")


@given(st.text())
def test_defused_text_is_one_line_that_no_spreadsheet_runs(text: str) -> None:
    made = defused(text)
    assert not made.startswith(("=", "+", "-", "@"))
    assert len(made.splitlines()) <= 1
    assert made in (said := " ".join(text.split()), f"'{said}")


def test_ordinary_text_and_numbers_stay_as_they_are() -> None:
    for text in ("0-28", "365+", "Self", "DNA + late", "25+", "'quoted"):
        assert defused(text) == text


def test_every_row_of_an_internal_copy_says_that_it_stays_in_the_office() -> None:
    internal = rows_of(write_csv(a_return_table(months=1)))
    assert all(words.INTERNAL in row["note"] for row in internal)
    assert all(words.INVENTED in row["note"] for row in internal)


def test_every_row_of_a_council_copy_says_how_near_its_figure_is() -> None:
    exact = replace(figure(7), exact=True)
    cells = (figure(0), figure(10), figure(-5), exact)
    protection = Protection(bound=14, exact=("A1",))
    table = replace(BARE, protection=protection, months=MONTHS)
    rows = rows_of(write_csv(replace(table, lines=(a_line(cells),))))
    assert all("never more than 14 away" in row["note"] for row in rows)
    for paragraph in reading.how_to_read(protection):
        assert [paragraph in row["note"] for row in rows] == [True, *[False] * 4]
    assert not any(words.INTERNAL in row["note"] for row in rows)
    said = [row["normally_means"] for row in rows]
    assert said == ["0 to 4", "6 to 14", "-9 to -1", "exact", "exact"]


def test_a_band_is_its_words_and_a_mark_stands_before_the_note() -> None:
    band = Cell(State.BAND, note="57-91 days")
    revised = replace(figure(5), mark="r", note="Counted again.")
    line = a_line((band, revised), kind="median")
    table = replace(BARE, months=MONTHS[:2], lines=(line,))
    held = rows_of(write_csv(replace(table, copy="internal", protection=None)))
    assert held[0]["value"] == "57-91 days"
    assert held[0]["state"] == "band"
    assert held[1]["note"].startswith("[r] Counted again.")


@pytest.mark.parametrize("copy", ["internal", "council"])
def test_the_csv_is_what_it_was(copy: str) -> None:
    table = a_return_table(areas=1, months=3, copy=copy)
    written = write_csv(table).decode("utf-8").replace("\r\n", "\n")
    assert written == golden(f"{copy}.csv", written)
