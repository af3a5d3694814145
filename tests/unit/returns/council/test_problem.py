"""What is rounded together: every number that leaves, and everything that ties it."""

import random
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provider_desk.model.months import Month
from provider_desk.model.rows import Rows
from provider_desk.protection.person import imaginary_person
from provider_desk.protection.problem import Kind, Problem, Relation
from tests.builders.council_chains import Step, chain, step
from tests.builders.made_returns import rows_with
from tests.builders.random_desks import RandomDesk
from tests.builders.record_desks import Case, desk_of

MAY = Month(2017, 5)
YEAR = tuple(Month(2017, 4).plus(each) for each in range(13))


@contextmanager
def random_rows(seed: int, people: int) -> Iterator[Rows]:
    """A random desk of three areas."""
    chance = random.Random(seed)  # noqa: S311
    made = RandomDesk(chance, people, first=date(2015, 6, 1), days=900)
    with (
        tempfile.TemporaryDirectory() as folder,
        desk_of(Path(folder), made.records) as store,
        store.reading() as rows,
    ):
        yield rows


def returns(months: Sequence[Month]) -> list[Step]:
    with random_rows(seed=1, people=60) as rows:
        return list(chain(rows, months))


@pytest.fixture(scope="module")
def year() -> list[Step]:
    """April to April of a random desk of three areas."""
    return returns(YEAR)


def off(problem: Problem, relation: Relation) -> int:
    """By how much the exact numbers break a relation between years to date."""
    truth = {target.key: target.truth for target in problem.targets}
    return sum(term.times * truth[term.key] for term in relation.terms) - relation.rhs


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32), st.integers(0, 40))
def test_whatever_a_desk_holds_its_year_can_be_rounded(seed: int, people: int) -> None:
    """Solving rechecks every relation in plain integers; here every other promise."""
    with random_rows(seed, people) as rows:
        for made in chain(rows, YEAR[:4]):
            for target in made.problem.targets:
                published = made.solved.published[target.key]
                assert published % 5 == 0
                assert published >= 0
                assert abs(published - target.truth) <= made.solved.bound
                if target.month >= 0:
                    assert published >= target.before


def test_the_targets_are_what_the_template_sends_and_the_opening_stocks(
    year: list[Step],
) -> None:
    for made in year:
        keys = {target.key for target in made.problem.targets}
        sent = {key for key, spec in made.template.specs.items() if spec.sent}
        opening = {f"{key}|opening" for key in made.truth.openings}
        assert keys == sent | opening
    assert len(year[0].truth.openings) == 9
    assert not any(made.truth.openings for made in year[1:])


def test_no_sum_is_left_out_where_the_records_keep_the_rules(year: list[Step]) -> None:
    named = [{row.name for row in made.problem.relations} for made in year]
    for names in named:
        assert {"A1 = its parts", "C8b phone = its parts", "A7 Health: areas"} <= names
        assert {"A5: stock and flow", "B1: stock and flow"} <= names
        assert {"A9 in A1", "B6 in B1", "P1: month", "P1: month in year"} <= names
    assert "D1 planned = its parts" in named[2]
    assert "D1 planned = its parts" not in named[1]
    assert {"E3 recovered in E3", "F2 in C2"} <= named[2]
    assert "C2 step down: grows" not in named[0]
    assert "C2 step down: grows" in named[1]


def bases(made: Step, name: str, area: str) -> set[int]:
    """What had been published of a relation's sides, in each form that it takes."""
    return {
        row.rhs
        for row in made.problem.relations
        if row.name == name and row.terms[0].key.startswith(f"{area}|")
    }


def test_what_is_at_most_something_is_so_in_the_month_and_in_the_year(
    year: list[Step],
) -> None:
    assert bases(year[5], "B7 in B1", "ALL") == {0}
    part, whole = "ALL|A9||value", "ALL|A1||value"
    for before, made in pairwise(year[:7]):
        cells = before.issued.cells
        base = cells[part].published - cells[whole].published
        assert bases(made, "A9 in A1", "ALL") == {0, base}
    assert bases(year[0], "A9 in A1", "ALL") == {0}
    assert bases(year[12], "A9 in A1", "ALL") == {0}


def test_a_quarterly_part_is_tied_to_its_monthly_whole_by_the_quarter(
    year: list[Step],
) -> None:
    """In September: not only E3 ≤ E2 since April, but also since June."""
    june, august, september = year[2].issued, year[4].issued, year[5]
    part, whole = "ALL|E1|PHQ-9|numerator", "ALL|D1||value"
    for before, made in ((june, september), (september.issued, year[8])):
        cells = before.cells
        base = cells[part].published - cells[whole].published
        assert bases(made, "E1 PHQ-9 in D1", "ALL") == {0, base}
    assert september.issued.cells[whole].published_quarter == (
        june.cells[whole].published
    )
    assert august.cells[part].published == june.cells[part].published
    assert august.cells[part].status == "later"


def test_april_starts_anew_and_carries_the_published_stocks(year: list[Step]) -> None:
    march, april = year[11], year[12]
    assert {target.before for target in april.problem.targets} == {0}
    flows = {
        row.terms: row.rhs for row in april.problem.relations
        if row.name == "B1: stock and flow"
    }  # fmt: skip
    held = {
        march.issued.cells[f"{area}|B1||value"].published
        for area in ("PES_YP", "PES_AD", "THER")
    }
    assert set(flows.values()) == held
    assert april.problem.year == "2018"
    assert march.problem.year == "2017"


@pytest.mark.parametrize("at", [0, 1, 2])
def test_one_more_person_could_stand_in_every_figure(year: list[Step], at: int) -> None:
    """The proof of disclosure, §2, for this template: first, monthly, quarterly."""
    made = year[at].problem
    assert imaginary_person(made.targets, made.relations) == ()


def test_the_same_records_and_key_give_the_same_figures_again(year: list[Step]) -> None:
    again = returns(YEAR[:3])
    assert [made.issued for made in again] == [made.issued for made in year[:3]]


def from_nowhere(count: int) -> Sequence[Case]:
    """Starts without a place on the list: records that break a rule."""
    return [Case(date(2017, 5, 2)).started(date(2017, 5, 9)) for _ in range(count)]


def flows(made: Step, name: str) -> list[Relation]:
    return [row for row in made.problem.relations if row.name == name]


def test_a_sum_that_records_break_by_a_few_is_kept_in_what_leaves(
    tmp_path: Path,
) -> None:
    with rows_with(tmp_path, *from_nowhere(3)) as rows:
        made = step(rows, MAY)
    (row,) = flows(made, "B1: stock and flow")
    assert off(made.problem, row) == 3
    published = made.solved.published
    assert sum(term.times * published[term.key] for term in row.terms) == row.rhs


def test_a_sum_that_records_break_by_more_is_left_out(tmp_path: Path) -> None:
    with rows_with(tmp_path, *from_nowhere(40)) as rows:
        made = step(rows, MAY)
    assert not flows(made, "B1: stock and flow")
    assert made.solved.published["THER|C1||value"] in (40, 45)


def test_a_part_above_its_whole_in_a_month_of_corrections_is_left_out(
    tmp_path: Path,
) -> None:
    from provider_desk.model.records import Referral  # noqa: PLC0415
    from tests.builders.record_desks import service  # noqa: PLC0415

    first = [Case(date(2017, 4, day)) for day in (3, 4, 5)]
    again = Case(date(2017, 5, 8), client=first[0].client)
    records = [*service("THER"), *(r for c in (*first, again) for r in c.all())]
    records.sort(key=lambda record: record.TABLE)
    with desk_of(tmp_path, records) as store:
        with store.reading() as rows:
            april = step(rows, Month(2017, 4))
        with store.writing("entered twice") as deed:
            for case in first[1:]:
                deed.retire(Referral, case.referral_id, "entered twice")
        with store.reading() as rows:
            may = step(rows, MAY, april.issued)
    cells = may.truth.cells
    assert cells["THER|A9||value"].month > cells["THER|A1||value"].month
    assert len(flows(may, "A9 in A1")) == 1
    target = next(t for t in may.problem.targets if t.key == "THER|A1||value")
    assert (target.kind, target.month, target.truth) == (Kind.FLOW, -1, 2)
