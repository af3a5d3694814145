"""Odd jumps: what is far from its own past is pointed out, what is usual is not."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_desk.model.months import Month
from provider_desk.model.records import NotSubmitted
from provider_desk.returns.odd_jumps import FEWEST, LEAST, TIMES, jump
from provider_desk.returns.table import Check, ReturnTable
from tests.builders.made_returns import made, rows_with
from tests.builders.record_desks import CONTRACT, Case

MARCH = Month(2026, 3)
#: Referrals received in the twelve months before March 2026.
USUAL = (3, 4, 5, 4, 3, 4, 5, 4, 4, 3, 5, 4)

counts = st.integers(0, 200)


@given(st.lists(counts, min_size=FEWEST, max_size=12))
def test_a_figure_at_the_middle_of_its_past_is_never_odd(before: list[int]) -> None:
    middle = sorted(before)[len(before) // 2]

    assert jump(middle, [*before, middle]) is None


@given(st.lists(counts, min_size=FEWEST, max_size=12), counts)
def test_what_is_odd_is_far_away_by_both_measures(before: list[int], now: int) -> None:
    odd = jump(now, before)

    if odd is not None:
        far = abs(now - odd.middle)
        assert far >= LEAST
        assert far >= TIMES * odd.usual
        # Half of the months before, at least, lie within the usual distance.
        near = [each for each in before if abs(each - odd.middle) <= odd.usual]
        assert 2 * len(near) >= len(before)


@pytest.mark.parametrize(("mean", "share"), [(4, 0.03), (10, 0.015), (30, 0.01)])
def test_what_moves_by_chance_alone_is_hardly_ever_odd(mean: int, share: float) -> None:
    """Counts of 20 steady services, 50 months of each."""
    odd = 0
    for seed in range(20):
        chance = Random(seed)  # noqa: S311
        months = [
            sum(chance.random() < mean / 1000 for _ in range(1000)) for _ in range(56)
        ]
        odd += sum(
            jump(months[place], months[place - FEWEST : place]) is not None
            for place in range(FEWEST, len(months))
        )

    assert odd <= share * 20 * 50


def test_a_list_that_grows_steadily_is_not_odd(tmp_path: Path) -> None:
    """What stands at month end is compared by its change."""
    with rows_with(tmp_path, *received((9,) * 13, MARCH)) as rows:
        codes = {each.code for each in jumps(made(rows, MARCH))}

    assert "jump-A5" not in codes


def test_a_list_that_suddenly_grows_is_odd(tmp_path: Path) -> None:
    with rows_with(tmp_path, *received((*USUAL, 14), MARCH)) as rows:
        found = {each.code: each for each in jumps(made(rows, MARCH))}

    odd = found["jump-A5"]
    assert ", +14 in a month. The middle of the" in odd.text
    assert odd.table == "referral"


@given(st.lists(counts, max_size=FEWEST - 1), counts)
def test_too_short_a_past_says_nothing(before: list[int], now: int) -> None:
    assert jump(now, before) is None


@pytest.mark.parametrize(
    ("now", "odd"), [(4, False), (9, False), (10, True), (0, False), (30, True)]
)
def test_small_figures_may_move_by_chance(now: int, odd: bool) -> None:  # noqa: FBT001
    assert (jump(now, USUAL) is not None) is odd


def received(counts_by_month: Sequence[int], last: Month) -> Iterator[Case]:
    """So many referrals in each month up to the last."""
    for back, count in enumerate(reversed(counts_by_month)):
        month = last.plus(-back)
        for number in range(count):
            yield Case(date(month.year, month.number, 1 + number % 28))


def jumps(table: ReturnTable) -> list[Check]:
    return [each for each in table.checks if each.code.startswith("jump")]


def test_a_jump_is_told_with_its_past_and_opens_the_months_rows(
    tmp_path: Path,
) -> None:
    with rows_with(tmp_path, *received((*USUAL, 14), MARCH)) as rows:
        found = {each.code: each for each in jumps(made(rows, MARCH))}

    odd = found["jump-A1"]
    assert odd.text.startswith("Referrals received: 14 this month. The middle of")
    assert (odd.table, len(odd.rows)) == ("referral", 14)
    assert not odd.passed
    assert not odd.blocking


def test_a_usual_month_says_the_rule(tmp_path: Path) -> None:
    with rows_with(tmp_path, *received((*USUAL, 5), MARCH)) as rows:
        table = made(rows, MARCH)

    assert "jump-A1" not in {each.code for each in table.checks}


def test_months_without_figures_are_no_past(tmp_path: Path) -> None:
    left_out = [
        NotSubmitted(contract_id=CONTRACT, month=str(MARCH.plus(-back)), reason="moved")
        for back in range(1, 8)
    ]
    with rows_with(tmp_path, *received((*USUAL, 14), MARCH), also=left_out) as rows:
        (only,) = jumps(made(rows, MARCH))

    assert only.passed
    assert only.text == "There are 5 months to compare with; it takes 6."
