"""The edges of the definitions: days, ages, bands, sessions, rounding, errors."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from provider_desk.model.months import Month
from provider_desk.model.records import (
    Capacity,
    Client,
    Exceptional,
    Phase,
)
from provider_desk.returns.table import Cell, State
from tests.builders.made_returns import made, now, rows_with
from tests.builders.record_desks import CONTRACT, Case, desk_of, service

# Days


@pytest.mark.parametrize(
    ("start", "end", "over"),
    [
        (date(2025, 3, 31), Month(2026, 3), 1),
        (date(2025, 4, 1), Month(2026, 3), 0),
        (date(2024, 2, 29), Month(2025, 2), 1),
        (date(2024, 3, 1), Month(2025, 2), 0),
        (date(2023, 2, 28), Month(2024, 2), 1),
        (date(2023, 3, 1), Month(2024, 2), 0),
    ],
)
def test_core_support_is_over_twelve_months_on_the_very_day(
    tmp_path: Path, start: date, end: Month, over: int
) -> None:
    case = Case(start).accepted().started(start)
    with rows_with(tmp_path, case) as rows:
        assert now(made(rows, end), "D5").value == over


@pytest.mark.parametrize(
    ("start", "end", "over"),
    [
        (date(2024, 3, 31), Month(2026, 3), 1),
        (date(2024, 4, 1), Month(2026, 3), 0),
        (date(2024, 2, 29), Month(2026, 2), 1),
    ],
)
def test_live_over_two_years_counts_from_the_very_day(
    tmp_path: Path, start: date, end: Month, over: int
) -> None:
    case = Case(start).accepted().started(start)
    with rows_with(tmp_path, case) as rows:
        assert now(made(rows, end), "D11").value == over


def test_step_down_does_not_count_against_twelve_months(tmp_path: Path) -> None:
    case = Case(date(2024, 1, 5)).accepted().started(date(2024, 1, 8))
    phases = [
        Phase(episode_id=case.episode_id, phase="CORE", started_on=date(2024, 1, 8)),
        Phase(
            episode_id=case.episode_id, phase="STEP_DOWN", started_on=date(2026, 3, 31)
        ),
    ]
    with rows_with(tmp_path, case, also=phases) as rows:
        table = made(rows, Month(2026, 3))
        assert now(table, "D5").value == 0
        assert now(table, "D8").value == 1
        assert now(made(rows, Month(2026, 2)), "D5").value == 1


@pytest.mark.parametrize(
    ("approved", "review_by", "valid"),
    [
        (date(2026, 3, 31), date(2026, 3, 31), 1),
        (date(2026, 3, 1), date(2026, 3, 30), 0),
        (date(2026, 4, 1), date(2026, 9, 1), 0),
        (date(2025, 6, 1), None, 1),
    ],
)
def test_a_reason_is_valid_from_approval_to_the_end_of_its_review_day(
    tmp_path: Path, approved: date, review_by: date | None, valid: int
) -> None:
    case = Case(date(2024, 1, 5)).accepted().started(date(2024, 1, 8))
    reason = Exceptional(
        episode_id=case.episode_id,
        reason="TRIAL",
        approved_on=approved,
        review_by=review_by,
    )
    with rows_with(tmp_path, case, also=[reason]) as rows:
        table = made(rows, Month(2026, 3))
        assert now(table, "D5", "with reason").value == valid
        assert now(table, "D5", "without reason").value == 1 - valid


@pytest.mark.parametrize(
    ("born", "received", "group"),
    [
        (date(2008, 3, 10), date(2026, 3, 9), "under 18"),
        (date(2008, 3, 10), date(2026, 3, 10), "18-24"),
        (date(2001, 3, 10), date(2026, 3, 9), "18-24"),
        (date(2001, 3, 10), date(2026, 3, 10), "25+"),
        (date(2008, 2, 29), date(2026, 2, 28), "under 18"),
        (date(2008, 2, 29), date(2026, 3, 1), "18-24"),
    ],
)
def test_an_age_changes_on_the_birthday(
    tmp_path: Path, born: date, received: date, group: str
) -> None:
    case = Case(received, client=(person := Client(code="P", born_on=born)))
    with rows_with(tmp_path, case, also=[person]) as rows:
        table = made(rows, Month.of(received))
        counts = {
            name: now(table, "A8", name).value for name in ("under 18", "18-24", "25+")
        }
    assert counts == {**dict.fromkeys(counts, 0), group: 1}


def test_an_unknown_age_is_a_part_of_its_own_only_where_there_is_one(
    tmp_path: Path,
) -> None:
    known = Case(date(2026, 3, 2))
    stranger = Client(code="Q")
    with rows_with(tmp_path / "a", known) as rows:
        lines = made(rows, Month(2026, 3)).lines
        splits = {line.key.split for line in lines if line.key.indicator == "A8"}
        assert "not known" not in splits
    unknown = Case(date(2026, 3, 2), client=stranger)
    with rows_with(tmp_path / "b", unknown, also=[stranger]) as rows:
        assert now(made(rows, Month(2026, 3)), "A8", "not known").value == 1


@pytest.mark.parametrize(
    ("waited", "band"),
    [
        (0, "0-28"),
        (28, "0-28"),
        (29, "29-56"),
        (56, "29-56"),
        (57, "57-91"),
        (91, "57-91"),
        (92, "92-126"),
        (126, "92-126"),
        (127, "127-182"),
        (182, "127-182"),
        (183, "183-364"),
        (364, "183-364"),
        (365, "365+"),
    ],
)
def test_a_wait_falls_into_its_band(tmp_path: Path, waited: int, band: str) -> None:
    end = date(2026, 3, 31)
    case = Case(end - timedelta(days=waited)).accepted()
    with rows_with(tmp_path, case) as rows:
        table = made(rows, Month(2026, 3))
    filled = {
        line.key.split
        for line in table.lines
        if line.key.indicator == "B2" and line.now.value
    }
    assert filled == {band}


def test_state_at_month_end_is_that_of_the_end_of_the_last_day(tmp_path: Path) -> None:
    last = date(2026, 3, 31)
    started = Case(date(2026, 3, 1)).accepted().started(last)
    closed = Case(date(2026, 1, 1)).accepted().started(date(2026, 1, 9)).closed(last)
    left = Case(date(2026, 2, 1)).accepted(removed_on=last, removal_reason="MOVED")
    received = Case(last)
    with rows_with(tmp_path, started, closed, left, received) as rows:
        table = made(rows, Month(2026, 3))
    for code, count in {
        "A5": 1,
        "B1": 0,
        "B4": 1,
        "C1": 1,
        "C2": 1,
        "D1": 1,
    }.items():
        assert now(table, code).value == count, code


def test_a_contact_is_recent_for_28_days_with_month_end(tmp_path: Path) -> None:
    reached = Case(date(2026, 1, 5)).accepted().called(date(2026, 3, 4))
    a_day_too_old = Case(date(2026, 1, 5)).accepted().called(date(2026, 3, 3))
    tried = Case(date(2026, 1, 5)).accepted().called(date(2026, 3, 30), "NO_ANSWER")
    with rows_with(tmp_path, reached, a_day_too_old, tried) as rows:
        cell = now(made(rows, Month(2026, 3)), "B6")
    assert (cell.numerator, cell.denominator) == (1, 3)


def test_a_contact_counts_while_the_person_is_on_the_list_that_day(
    tmp_path: Path,
) -> None:
    first, last = date(2026, 3, 5), date(2026, 3, 20)
    case = Case(date(2026, 3, 2)).accepted(
        first, removed_on=last, removal_reason="MOVED"
    )
    for day in (first - timedelta(days=1), first, last, last + timedelta(days=1)):
        case.called(day)
    with rows_with(tmp_path, case) as rows:
        assert now(made(rows, Month(2026, 3)), "B5").value == 2


@pytest.mark.parametrize(
    ("closed", "received", "within"),
    [
        (date(2025, 3, 10), date(2026, 3, 10), 1),
        (date(2025, 3, 9), date(2026, 3, 10), 0),
        (date(2024, 2, 29), date(2025, 2, 28), 1),
        (date(2024, 2, 29), date(2025, 3, 1), 0),
    ],
)
def test_a_return_within_twelve_months_of_closing_is_counted_to_the_day(
    tmp_path: Path, closed: date, received: date, within: int
) -> None:
    first = Case(date(2024, 1, 3)).accepted().started(date(2024, 1, 9)).closed(closed)
    again = Case(received, client=first.client)
    with rows_with(tmp_path, first, again) as rows:
        table = made(rows, Month.of(received))
    assert now(table, "A9").value == 1
    assert now(table, "A9b").value == within


def test_the_year_turns_between_31_march_and_1_april(tmp_path: Path) -> None:
    march, april = Case(date(2026, 3, 31)), Case(date(2026, 4, 1))
    with rows_with(tmp_path, march, april) as rows:
        before = made(rows, Month(2026, 3), today=date(2026, 5, 1))
        after = made(rows, Month(2026, 4), today=date(2026, 5, 1))
    assert [str(month) for month in before.months][::11] == ["2025-04", "2026-03"]
    assert [str(month) for month in after.months] == ["2026-04"]
    for table in (before, after):
        assert table.line("A1", "", "THER").year_to_date.value == 1
    assert after.line("A5", "", "THER").year_to_date.value == 2


# Sessions


def test_groups_assessments_and_the_services_own_cancellations_are_not_offered(
    tmp_path: Path,
) -> None:
    day = date(2026, 3, 10)
    case = Case(date(2026, 1, 5)).accepted().started(date(2026, 2, 2))
    case.session(day).session(day, "CX_PROV").session(day, kind="GROUP")
    case.session(day, kind="ASSESS").session(day, "LATE_NS")
    with rows_with(tmp_path, case) as rows:
        table = made(rows, Month(2026, 3))
    wanted = {"C3": 2, "C4": 1, "C5": 1, "C7": 1, "C11": 1, "C11b": 1, "C14": 1}
    assert {code: now(table, code).value for code in wanted} == wanted


@pytest.mark.parametrize(
    ("attendance", "today", "missing"),
    [
        ("UNREC", date(2026, 3, 11), 1),
        ("BOOKED", date(2026, 3, 11), 1),
        ("BOOKED", date(2026, 3, 10), 0),
        ("UNREC", date(2026, 3, 10), 0),
        ("DNA", date(2026, 3, 11), 0),
    ],
)
def test_an_outcome_is_missing_once_the_day_is_past(
    tmp_path: Path, attendance: str, today: date, missing: int
) -> None:
    case = Case(date(2026, 1, 5)).accepted().started(date(2026, 2, 2))
    case.session(date(2026, 3, 10), attendance)
    with rows_with(tmp_path, case) as rows:
        assert now(made(rows, Month(2026, 3), today=today), "C13").value == missing


def test_a_share_of_nobody_does_not_apply_and_a_share_of_none_is_nil(
    tmp_path: Path,
) -> None:
    case = Case(date(2026, 3, 1)).accepted().started(date(2026, 3, 2))
    with rows_with(tmp_path, case) as rows:
        table = made(rows, Month(2026, 3))
    assert now(table, "C9").state is State.NOT_APPLICABLE
    assert now(table, "C9").denominator == 0
    assert now(table, "D7") == Cell(State.FIGURE, 0.0, 0, 1)


def test_means_have_one_decimal_and_show_what_they_are_made_of(tmp_path: Path) -> None:
    # 17 sessions of 5 episodes; 183 + 182 + 181 + 180 + 179 days are 25.857… weeks.
    cases = []
    for number, sessions in enumerate((3, 3, 3, 4, 4)):
        start = date(2025, 9, 1) + timedelta(days=number)
        case = Case(start).accepted().started(start)
        for step in range(sessions):
            case.session(start + timedelta(days=step))
        cases.append(case.closed(start + timedelta(days=183 - number)))
    with rows_with(tmp_path, *cases) as rows:
        table = made(rows, Month(2026, 3))
    assert now(table, "D3") == Cell(State.FIGURE, 3.4, 17, 5)
    assert now(table, "D3", "median").value == 3
    assert now(table, "D4") == Cell(State.FIGURE, 25.9, 905, 5)


def test_weeks_of_31_and_a_quarter_become_31_point_3(tmp_path: Path) -> None:
    # 8 episodes of 1,750 days in all: 1750 / 56 = 31.25 weeks.
    lengths = (218, 218, 219, 219, 219, 219, 219, 219)
    end = date(2026, 3, 20)
    cases = [
        Case(end - timedelta(days=days))
        .accepted()
        .started(end - timedelta(days=days))
        .closed(end)
        for days in lengths
    ]
    with rows_with(tmp_path, *cases) as rows:
        assert now(made(rows, Month(2026, 3)), "D4").value == 31.3


def test_capacity_is_weekly_slots_by_the_weeks_of_the_month(tmp_path: Path) -> None:
    steps = [
        Capacity(
            contract_id=CONTRACT, area="THER", from_on=date(2025, 1, 1), weekly_slots=10
        ),
        Capacity(
            contract_id=CONTRACT, area="THER", from_on=date(2026, 3, 16), weekly_slots=5
        ),
    ]
    case = Case(date(2026, 1, 5)).accepted().started(date(2026, 2, 2))
    case.session(date(2026, 3, 10))
    with rows_with(tmp_path, case, also=steps) as rows:
        table = made(rows, Month(2026, 3))
    # 15 days of 10 and 16 days of 5: 230 / 7 = 32.9.
    assert now(table, "C12").value == 33
    assert now(table, "C12", "use") == Cell(State.FIGURE, 1 / 33, 1, 33)


def test_without_capacity_there_is_no_use_of_it(tmp_path: Path) -> None:
    with rows_with(tmp_path, Case(date(2026, 3, 1))) as rows:
        table = made(rows, Month(2026, 3))
    for split in ("", "use"):
        cell = now(table, "C12", split)
        assert cell.state is State.NOT_SUBMITTED
        assert "settings" in cell.note


# Entered in error, retired


def test_what_was_entered_in_error_is_counted_nowhere(tmp_path: Path) -> None:
    wrong_entry = Case(date(2026, 3, 2)).accepted(
        removed_on=date(2026, 3, 9), removal_reason="ERROR"
    )
    wrong_start = Case(date(2026, 3, 2)).accepted().started(date(2026, 3, 5))
    wrong_start.closed(date(2026, 3, 20), "ERROR")
    with rows_with(tmp_path, wrong_entry, wrong_start) as rows:
        table = made(rows, Month(2026, 3))
    wanted = {"A1": 1, "A2": 1, "B1": 1, "B4": 0, "C1": 0, "C2": 0, "D1": 0}
    assert {code: now(table, code).value for code in wanted} == wanted
    assert all(check.passed for check in table.checks if check.code.startswith("flow"))


def test_retired_records_are_counted_nowhere(tmp_path: Path) -> None:
    case = Case(date(2026, 3, 2)).accepted().started(date(2026, 3, 5))
    case.session(date(2026, 3, 5))
    records = [*service("THER"), *case.all()]
    with desk_of(tmp_path, records) as store:
        with store.writing("retire") as deed:
            for record in records[3:]:
                deed.retire(type(record), record.id, "tried out")
        with store.reading() as rows:
            table = made(rows, Month(2026, 3))
    assert not any(line.now.value for line in table.lines)
