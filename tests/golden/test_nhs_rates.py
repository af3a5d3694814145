"""Published rates of NHS Talking Therapies, worked out as the return works out its own.

Improved, deteriorated and unchanged are shares of those finished; recovery is a share
of those finished who were above a threshold at first. Source: domain reference, D3.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from provider_desk.returns.catalogue import catalogue
from provider_desk.returns.counts import Tally
from provider_desk.returns.measures import MEASURES, half_up
from provider_desk.returns.words import share_of

HERE = Path(__file__).parent
EMPTY = ("", "NULL", "*")


def rate(part: int, whole: int, places: int) -> Decimal:
    """A rate as E3b of the return makes it, in percent."""
    figure = catalogue().figure("E3b")
    cell = MEASURES["ratio"](figure, Tally(rows=part), Tally(rows=whole))
    share = share_of(cell)
    assert share is not None
    return half_up(share * 100, places)


def read(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def whole(finished: int, not_cases: int, measure: str) -> int:
    return finished - not_cases if "recovery" in measure else finished


RATES = (
    "improvement",
    "deterioration",
    "no_reliable_change",
    "recovery",
    "reliable_recovery",
)


def test_the_forty_rates_of_england_come_out_as_published() -> None:
    count = 0
    for year in read("nhs_tt_england_series.csv"):
        finished = int(year["finished_course_treatment_count"])
        not_cases = int(year["not_at_caseness_count"])
        for name in RATES:
            of = whole(finished, not_cases, name)
            found = rate(int(year[f"{name}_count"]), of, 1)
            assert found == Decimal(year[f"{name}_percentage"]), (year, name)
            count += 1
    assert count == 40


def therapies() -> Iterator[tuple[str, Mapping[tuple[str, str], str]]]:
    """Each problem and therapy with its counts and rates."""
    found: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for row in read("nhs_tt_proms_england_2024_25.csv"):
        if not row["measure_time"]:
            key = row["measure_name"], row["measure_statistic"]
            found[f"{row['problem']}: {row['therapy']}"][key] = row["value"]
    yield from found.items()


def test_every_rate_by_problem_and_therapy_comes_out_as_published() -> None:
    names = ("improvement", "deterioration", "no_change", "recovery", "rel_recovery")
    count = 0
    for title, said in therapies():
        finished = int(float(said["courses_of_therapy", "count"]))
        not_cases = int(float(said["not_caseness", "count"]))
        for name in names:
            published = said[f"ther_{name}", "percentage"]
            if published in EMPTY:
                continue
            part = int(float(said[f"ther_{name}", "count"]))
            found = rate(part, whole(finished, not_cases, name), 1)
            assert found == Decimal(published), (title, name)
            count += 1
    # 59 therapies were given at all; five rates each.
    assert count == 59 * 5


@pytest.mark.parametrize(
    ("finished", "not_cases", "counts", "percents"),
    [
        (7_425, 210, (4_960, 405, 1_840, 3_420, 3_260), (67, 5, 25, 47, 45)),
        (16_725, 635, (11_155, 1_005, 4_200, 7_985, 7_530), (67, 6, 25, 50, 47)),
    ],
    ids=["one provider", "South Yorkshire"],
)
def test_whole_percentages_of_rounded_counts_come_out_as_published(
    finished: int, not_cases: int, counts: tuple[int, ...], percents: tuple[int, ...]
) -> None:
    for name, part, percent in zip(RATES, counts, percents, strict=True):
        assert rate(part, whole(finished, not_cases, name), 0) == percent


def test_recovery_after_trauma_divides_by_those_above_a_threshold() -> None:
    (said,) = [
        said
        for title, said in therapies()
        if title.startswith("Post-traumatic") and "Eye Movement" in title
    ]
    courses = int(float(said["courses_of_therapy", "count"]))
    not_cases = int(float(said["not_caseness", "count"]))

    assert (courses, not_cases) == (8_246, 605)
    assert rate(3_538, courses - not_cases, 1) == Decimal("46.3")
    # England 2024-25: by those at caseness it would be 50.6, which is not published.
    assert rate(321_061, 670_419 - 35_234, 1) == Decimal("50.5")
    assert rate(321_061, 634_248, 1) == Decimal("50.6")


def test_the_three_groups_leave_a_fourth() -> None:
    newest = read("nhs_tt_england_series.csv")[-1]
    parts = (newest[f"{name}_count"] for name in RATES[:3])
    left = int(newest["finished_course_treatment_count"]) - sum(map(int, parts))

    assert left == 8_521


def groups() -> Iterator[tuple[dict[str, str], str]]:
    """Every published rate of every group, with the group's row and the rate's name."""
    for row in read("nhs_tt_groups_2024_25.csv"):
        for name in RATES:
            held = (
                row["finished_course_treatment_count"],
                row["not_at_caseness_count"] if "recovery" in name else "0",
                row[f"{name}_count"],
            )
            if row[f"{name}_percentage"] not in EMPTY and not {*held} & {*EMPTY}:
                yield row, name


def test_every_rate_of_every_group_of_england_comes_out_as_published() -> None:
    count = 0
    for row, name in groups():
        if row["organisation"] != "England":
            continue
        finished = int(row["finished_course_treatment_count"])
        not_cases = int(row["not_at_caseness_count"])
        of = whole(finished, not_cases, name)
        found = rate(int(row[f"{name}_count"]), of, 1)
        assert found == Decimal(row[f"{name}_percentage"]), (row, name)
        count += 1
    assert count == 260


def test_rates_of_rounded_counts_lie_where_rounding_lets_them() -> None:
    """Outside England counts are rounded to 5, so that a rate may be off by that."""
    exact = count = 0
    for row, name in groups():
        if row["organisation"] == "England":
            continue
        cases = "not_at_caseness_count"
        finished = int(row["finished_course_treatment_count"])
        not_cases = int(row[cases]) if "recovery" in name else 0
        part, of = int(row[f"{name}_count"]), finished - not_cases
        slack = Decimal("2.5") * (2 if "recovery" in name else 1)
        lowest = (part - Decimal("2.5")) / (of + slack) * 100
        highest = (part + Decimal("2.5")) / max(of - slack, Decimal(1)) * 100
        published = Decimal(row[f"{name}_percentage"])
        assert lowest - Decimal("0.5") <= published <= highest + Decimal("0.5"), row
        exact += rate(part, of, 0) == published
        count += 1
    assert (exact, count) == (196, 361)
