"""Published examples whose answers are known, and small ones worked out by hand."""

from collections.abc import Collection, Sequence

import pytest

from provider_desk.attacker.bounds import tightest
from provider_desk.attacker.world import (
    Cell,
    Contradiction,
    Link,
    Term,
    World,
    at_most,
    exact,
    interval,
    rounded,
    suppressed,
    total,
    unpublished,
)


def table(rows: Sequence[Sequence[int]], hidden: Collection[tuple[int, int]]) -> World:
    """A two-way table with its margins last, some cells hidden."""
    high, wide = len(rows), len(rows[0])
    cells = [
        suppressed(f"{i},{j}") if (i, j) in hidden else exact(f"{i},{j}", rows[i][j])
        for i in range(high)
        for j in range(wide)
    ]
    across = [
        total("row", f"{i},{wide - 1}", [f"{i},{j}" for j in range(wide - 1)])
        for i in range(high)
    ]
    down = [
        total("column", f"{high - 1},{j}", [f"{i},{j}" for i in range(high - 1)])
        for j in range(wide)
    ]
    return World(tuple(cells), (*across, *down))


def ends(world: World, key: str) -> tuple[int | None, int | None]:
    """The tightest interval of one cell."""
    found = tightest(world, [key], every=False)[key]
    return found.low, found.high


#: Geurts 1992, table 10; SDC Handbook, chapter 4, example 3. What is hidden there is
#: printed as 0 here.
GEURTS = ((0, 0, 7), (0, 0, 3), (3, 3, 6), (9, 7, 16))
#: Fischetti and Salazar's table of investments.
FISCHETTI = ((20, 50, 10, 80), (8, 19, 22, 49), (17, 32, 12, 61), (45, 101, 44, 190))
#: The table of sdcTable's own tests, with its margins.
SDC_TABLE = (
    (30, 47, 64, 89, 230),
    (90, 124, 5, 31, 250),
    (92, 100, 59, 85, 336),
    (800, 991, 651, 685, 3127),
    (1012, 1262, 779, 890, 3943),
)
SDC_HIDDEN = {(0, 0), (0, 1), (0, 2), (1, 0), (1, 2), (2, 1), (2, 3), (3, 1), (3, 3)}


def test_geurts_cell_lies_between_3_and_6() -> None:
    world = table(GEURTS, {(0, 0), (0, 1), (1, 0), (1, 1)})
    assert ends(world, "0,0") == (3, 6)
    assert tightest(world, ["0,0"])["0,0"].values == (3, 4, 5, 6)


def test_fischetti_and_salazar_cell_lies_between_5_and_30() -> None:
    world = table(FISCHETTI, {(1, 0), (1, 2), (2, 0), (2, 2)})
    assert ends(world, "1,2") == (5, 30)


def test_two_hidden_cells_in_every_line_still_give_one_away() -> None:
    assert ends(table(SDC_TABLE, SDC_HIDDEN), "0,1") == (47, 47)


@pytest.mark.parametrize(
    ("also", "expected"), [((1, 1), (0, 141)), ((1, 3), (0, 78)), ((3, 0), (0, 141))]
)
def test_one_more_hidden_cell_repairs_it(
    also: tuple[int, int], expected: tuple[int, int]
) -> None:
    world = table(SDC_TABLE, SDC_HIDDEN | {also})
    assert ends(world, "0,1") == expected


def test_four_figures_rounded_to_0_below_a_10_are_2_each() -> None:
    cells = (rounded("all", 10, 2), *(rounded(key, 0, 2) for key in "abcd"))
    world = World(cells, (total("all", "all", "abcd"),))
    found = tightest(world, "abcd")
    assert {key: one.values for key, one in found.items()} == dict.fromkeys(
        "abcd", (2,)
    )
    assert all(one.left == 1 for one in found.values())


def test_year_to_date_less_the_year_before_is_the_month() -> None:
    cells = (
        exact("Apr to date", 6),
        exact("May to date", 9),
        suppressed("May", 1, 4),
    )
    link = Link("ytd", (Term("May to date"), Term("Apr to date", -1), Term("May", -1)))
    assert ends(World(cells, (link,)), "May") == (3, 3)


def test_a_stock_and_what_went_out_give_what_came_in() -> None:
    cells = (exact("then", 41), exact("now", 40), exact("out", 3), suppressed("in"))
    terms = (Term("now"), Term("then", -1), Term("in", -1), Term("out"))
    assert ends(World(cells, (Link("flow", terms),)), "in") == (2, 2)


def test_two_linked_tables_tell_more_than_each_alone() -> None:
    cells = (
        exact("all", 12),
        *(suppressed(key) for key in ("White", "Asian", "Black")),
        exact("women", 9),
        suppressed("men"),
    )
    margins = (
        total("by group", "all", ("White", "Asian", "Black")),
        total("by gender", "all", ("women", "men")),
    )
    linked = (*margins, at_most("only men are Black here", "Black", "men"))
    assert ends(World(cells, margins), "Black") == (0, 12)
    assert ends(World(cells, linked), "Black") == (0, 3)


def test_two_roundings_of_one_figure_and_a_known_late_record_are_2_then_3() -> None:
    cells = (rounded("first", 0, 2), rounded("second", 5, 2))
    late = Link("one late record", (Term("second"), Term("first", -1)), "=", 1)
    found = tightest(World(cells, (late,)))
    assert (found["first"].values, found["second"].values) == ((2,), (3,))


def test_parities_that_broken_numbers_miss_are_found() -> None:
    cells = tuple(interval(key, 0, 9) for key in ("a", "b", "c"))
    links = (
        Link("twice", (Term("a"), Term("b", -2))),
        Link("three times", (Term("a"), Term("c", -3))),
    )
    found = tightest(World(cells, links))["a"]
    assert (found.low, found.high) == (0, 6)
    assert found.values == (0, 6)
    assert found.left == 1


def test_figures_that_cannot_all_be_true_are_named_as_such() -> None:
    cells = (exact("all", 5), exact("a", 3), exact("b", 3))
    with pytest.raises(Contradiction):
        tightest(World(cells, (total("all", "all", "ab"),)))
    with pytest.raises(Contradiction):
        tightest(World((Cell("a", 3, 2),), ()))


def test_a_number_nobody_published_has_no_end() -> None:
    found = tightest(World((unpublished("a"), exact("b", 2)), ()), every=False)
    assert (found["a"].low, found["a"].high) == (0, None)
    assert found["a"].left >= 4
    assert (found["b"].values, found["b"].left) == ((2,), 1)


@pytest.mark.parametrize(
    ("hidden", "expected"),
    [
        ([(0, 1)], {"0,1": (3, 3)}),
        ([(0, 1), (2, 1)], {"0,1": (3, 3), "2,1": (6, 6)}),
        (
            [(0, 1), (0, 2), (2, 1), (2, 2)],
            {"0,1": (0, 9), "0,2": (4, 13), "2,1": (0, 9), "2,2": (6, 15)},
        ),
    ],
)
def test_two_way_audits(
    hidden: list[tuple[int, int]], expected: dict[str, tuple[int, int]]
) -> None:
    """Source: disclosure, §14, two-way bounds of the test vectors."""
    inner = ((20, 3, 10), (15, 8, 12), (30, 6, 9))
    rows = [(*row, sum(row)) for row in inner]
    rows.append(tuple(sum(column) for column in zip(*rows, strict=True)))
    world = table(rows, hidden)
    assert {key: ends(world, key) for key in expected} == expected
