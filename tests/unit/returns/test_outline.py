"""What a written return holds, in which order."""

from dataclasses import replace

import pytest

from provider_desk.returns import outline
from provider_desk.returns.table import Cell, Line, Protection, State
from tests.builders.return_tables import (
    a_line,
    a_return_table,
    a_small_table,
    figure,
)


@pytest.mark.parametrize(
    "line",
    [
        a_line((figure(1),), indicator="A7", tier=2),
        a_line((figure(12),), indicator="A1"),
        a_line((figure(1.0),), indicator="A6", kind="median"),
        a_line((figure(1.0),), indicator="D3", kind="mean"),
        a_line((figure(0.5, 3, 6),), kind="ratio"),
        a_line((figure(0.4, 5, 10),), kind="ratio"),
        a_line((figure(0.5),), kind="ratio"),
        a_line((replace(figure(12), exact=True),), indicator="A1"),
    ],
)
@pytest.mark.parametrize("copy", ["council", "public"])
def test_what_leaves_with_a_figure_that_is_not_rounded_is_refused(
    line: Line, copy: str
) -> None:
    table = replace(a_small_table(copy="council"), copy=copy)
    with pytest.raises(ValueError, match="may not be in a"):
        outline.check_copy(replace(table, lines=(line,)))
    outline.check_copy(replace(table, copy="internal", lines=(line,)))


def test_rounded_figures_leave_and_agreed_totals_exact() -> None:
    rounded = (figure(15), replace(figure(12), exact=True), figure(0.5, 5, 10))
    kinds = ("flow", "flow", "ratio")
    lines = tuple(
        a_line((cell,), kind=kind) for cell, kind in zip(rounded, kinds, strict=True)
    )
    table = replace(a_small_table(copy="council"), protection=Protection(exact=("A1",)))
    outline.check_copy(replace(table, lines=lines))
    with pytest.raises(ValueError, match="may not be in a"):
        outline.check_copy(replace(table, copy="public", lines=lines))


def test_a_copy_without_word_of_its_rounding_does_not_leave() -> None:
    table = replace(a_small_table(copy="council"), protection=None)
    with pytest.raises(ValueError, match="may not be in a"):
        outline.check_copy(replace(table, lines=(a_line((figure(5),)),)))


def test_a_figure_hidden_in_the_year_to_date_of_a_breakdown_is_refused_too() -> None:
    unsaid = a_line((Cell(State.UNDER_DEVELOPMENT),), split="Self")
    line = replace(unsaid, year_to_date=figure(3))
    with pytest.raises(ValueError, match="may not be in a council copy"):
        outline.check_copy(replace(a_small_table(copy="council"), lines=(line,)))


def test_the_summary_is_the_wholes_of_the_sum_block() -> None:
    lines = outline.summary(a_return_table()).lines
    assert {line.key.area for line in lines} == {"ALL"}
    assert {line.key.split for line in lines} <= {"", "median", "longest"}
    assert {line.key.area for line in outline.summary(a_return_table(areas=1)).lines}


def test_every_line_is_in_exactly_one_area_part() -> None:
    table = a_return_table()
    held = [line for part in outline.area_parts(table) for line in part.lines]
    assert sorted(held, key=repr) == sorted(table.lines, key=repr)


def test_lines_stand_beside_each_other_only_where_there_are_several_areas() -> None:
    table = a_return_table()
    pairs = outline.by_area(table)
    assert all(
        [beside.key.area for beside in across] == [area.code for area in table.areas]
        for _, across in pairs
    )
    assert "E1" not in {line.key.indicator for line, _ in pairs}
    assert outline.by_area(a_return_table(areas=1)) == ()


def test_notes_of_most_lines_are_general_and_the_others_are_numbered() -> None:
    table = a_return_table()
    numbers = outline.numbered_notes(table)
    assert "Complete records begin on 1 May 2017." in outline.general_notes(table)
    assert list(numbers.values()) == list(range(1, len(numbers) + 1))
    withheld = table.line("B2", "365+")
    number = numbers["Too few people to be shown."]
    assert outline.notes_mark(withheld, numbers) == f"[note {number}]"
    assert outline.notes_mark(table.line("A1"), numbers) == ""


def test_a_note_is_either_general_or_numbered_and_none_is_lost() -> None:
    table = a_return_table(copy="council")
    noted = {
        cell.note
        for line in table.lines
        for cell in (*line.months, line.year_to_date)
        if cell.note and cell.state is not State.BAND
    }
    numbered = set(outline.numbered_notes(table))
    general = set(outline.general_notes(table))
    assert noted <= numbered | general
    assert not numbered & general


def test_the_cover_says_how_the_checks_stand_only_in_an_internal_copy() -> None:
    internal = dict(outline.cover_facts(a_return_table(areas=1)))
    assert internal["Checks"].startswith("1 of 3 checks hold; 1 of the others")
    assert "Checks" not in dict(outline.cover_facts(a_return_table(copy="council")))


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (slice(0, 0), "No checks were made."),
        (slice(0, 1), "All checks hold: 1."),
        (slice(0, 3, 2), "1 of 2 checks hold; the others are to be looked at."),
    ],
)
def test_the_checks_are_summed_up_in_one_sentence(kept: slice, said: str) -> None:
    table = a_return_table(areas=1)
    table = replace(table, checks=table.checks[kept])
    assert outline.checks_sentence(table) == said
