"""The worked example of the month's return gives every value that it expects."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import mean, median
from typing import Any

import pytest

from provider_desk.model.months import Month, age_on
from provider_desk.model.rows import Rows
from provider_desk.returns.behind import rows_of
from provider_desk.returns.compute import compute
from provider_desk.returns.counts import Opened
from provider_desk.returns.table import LineKey, ReturnTable, State
from tests.builders.record_desks import CONTRACT, desk_of
from tests.builders.worked_example import records_of_example, worked_example

MARCH = Month(2026, 3)
TODAY = date(2026, 4, 2)
EXPECTED: dict[str, Any] = worked_example()["expected"]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rows]:
    folder: Path = tmp_path_factory.mktemp("example")
    records = records_of_example(worked_example())
    with desk_of(folder, records) as store, store.reading() as reader:
        yield reader


@pytest.fixture(scope="module")
def table(rows: Rows) -> ReturnTable:
    return compute(
        rows, contract_id=CONTRACT, month=MARCH, copy="internal", made_on=TODAY
    )


def value(table: ReturnTable, code: str, split: str = "") -> float | None:
    cell = table.line(code, split, "THER").now
    assert cell.state is State.FIGURE
    return cell.value


def share(table: ReturnTable, code: str) -> list[int | None]:
    cell = table.line(code, "", "THER").now
    return [cell.numerator, cell.denominator]


def opened(rows: Rows, code: str, split: str = "") -> list[Opened]:
    key = LineKey(code, split, "THER")
    return rows_of(rows, CONTRACT, key, MARCH, today=TODAY)


def values(rows: Rows, code: str, split: str = "") -> list[int]:
    return [row.value for row in opened(rows, code, split) if row.value is not None]


@pytest.mark.parametrize(
    ("code", "split", "name"),
    [
        ("A1", "", "referrals_received"),
        ("A2", "", "referrals_accepted"),
        ("A3", "", "referrals_declined"),
        ("A4", "", "referrals_withdrawn"),
        ("A5", "", "awaiting_decision_at_end"),
        ("A8", "18-24", "referrals_received_under_25"),
        ("A8", "25+", "referrals_received_25_and_over"),
        ("A9", "", "re_referrals"),
        ("A9b", "", "re_referrals_within_12_months_of_closing"),
        ("B1", "", "waiting_at_end"),
        ("B4", "", "removed_from_waiting"),
        ("B5", "", "waiting_contacts_made"),
        ("B5b", "", "waiting_contact_attempts_failed"),
        ("C1", "", "new_starts"),
        ("C2", "", "live_at_end"),
        ("C2", "core", "live_core_at_end"),
        ("C2", "step down", "live_step_down_at_end"),
        ("C3", "", "sessions_offered"),
        ("C4", "", "sessions_attended"),
        ("C5", "", "sessions_dna"),
        ("C6", "", "sessions_cancelled_client"),
        ("C6", "late", "of_which_late"),
        ("C7", "", "sessions_cancelled_provider"),
        ("C13", "", "sessions_outcome_missing"),
        ("D1", "planned", "closed_planned"),
        ("D1", "unplanned", "closed_unplanned"),
        ("D5", "with reason", "over_12_with_reason"),
        ("D5", "without reason", "over_12_without_reason"),
        ("D8", "", "moved_to_step_down"),
    ],
)
def test_a_count_is_as_expected(
    table: ReturnTable, code: str, split: str, name: str
) -> None:
    assert value(table, code, split) == EXPECTED[name]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("C10", "dna_rate_n_d"),
        ("C9", "attendance_rate_n_d"),
        ("D6", "exit_strategy_in_place_n_d"),
        ("D7", "exit_strategy_day_one_n_d"),
        ("B6", "waiting_people_contacted_in_28_days_n_d"),
    ],
)
def test_a_share_is_as_expected(table: ReturnTable, code: str, name: str) -> None:
    assert share(table, code) == EXPECTED[name]


def test_the_bands_are_as_expected(table: ReturnTable) -> None:
    for band, count in EXPECTED["wait_bands_at_end"].items():
        assert value(table, "B2", band.replace("365-", "365+")) == count


def test_the_modes_are_as_expected(table: ReturnTable) -> None:
    words = {"F2F": "face to face", "PHONE": "phone", "VIDEO": "video"}
    for mode, count in EXPECTED["sessions_by_mode_attended"].items():
        assert value(table, "C8", words[mode]) == count


def test_the_waits_of_those_on_the_list_are_as_expected(rows: Rows) -> None:
    behind = opened(rows, "B2", "median")
    waits = {row.case_id: row.value for row in behind}
    assert waits == EXPECTED["wait_days_at_end"]
    assert median(values(rows, "B2", "median")) == EXPECTED["wait_median_days_at_end"]
    assert max(values(rows, "B2", "longest")) == EXPECTED["wait_longest_days_at_end"]


def test_the_waits_of_those_who_started_are_as_expected(
    table: ReturnTable, rows: Rows
) -> None:
    waits = {row.row_id: row.value for row in opened(rows, "B3", "median")}
    assert waits == EXPECTED["wait_days_of_starters"]
    assert value(table, "B3", "median") == 39


def test_the_means_of_closed_episodes_are_as_expected(rows: Rows) -> None:
    ((sessions, days),) = EXPECTED["closed_sessions_and_days"]
    assert values(rows, "D3") == [sessions]
    assert mean(values(rows, "D3")) == EXPECTED["closed_mean_sessions"]
    assert values(rows, "D4") == [days]
    assert round(days / 7, 1) == EXPECTED["closed_mean_weeks"]


@pytest.mark.parametrize(
    ("code", "split"),
    [("B2", "median"), ("B2", "longest"), ("D3", ""), ("D4", ""), ("A6", "")],
)
def test_what_needs_five_cases_is_withheld_with_fewer(
    table: ReturnTable, code: str, split: str
) -> None:
    cell = table.line(code, split, "THER").now
    assert cell.state is State.WITHHELD
    assert cell.value is None
    assert cell.numerator is None
    assert cell.denominator is None


def test_those_over_twelve_months_are_the_expected_episodes(rows: Rows) -> None:
    assert {row.row_id for row in opened(rows, "D5")} == set(EXPECTED["over_12_months"])


def test_the_live_person_under_25_is_among_the_rows_behind_the_figure(
    rows: Rows,
) -> None:
    born = worked_example()["people_dob"]
    person = {row["id"]: row["person"] for row in worked_example()["referrals"]}
    referral = {row["id"]: row["referral"] for row in worked_example()["episodes"]}
    ages = [
        age_on(date.fromisoformat(born[person[referral[row.row_id]]]), MARCH.last_day)
        for row in opened(rows, "C2")
    ]
    assert sum(age < 25 for age in ages) == EXPECTED["live_under_25_at_end"]


@pytest.mark.parametrize(
    ("check", "identity"),
    [
        ("flow-awaiting", "decisions"),
        ("flow-waiting", "waiting"),
        ("flow-live", "live"),
    ],
)
def test_the_identities_hold_and_say_so(
    table: ReturnTable, check: str, identity: str
) -> None:
    (found,) = (each for each in table.checks if each.code == check)
    assert found.passed
    assert found.text.replace(" ", "") == f"{EXPECTED['identities'][identity]}."


def test_the_stocks_at_the_start_are_as_expected(table: ReturnTable) -> None:
    february = table.months.index(Month(2026, 2))
    for code, name in (
        ("A5", "awaiting_decision_at_start"),
        ("B1", "waiting_at_start"),
        ("C2", "live_at_start"),
    ):
        assert table.line(code, "", "THER").months[february].value == EXPECTED[name]


def test_every_session_with_an_outcome_is_offered_or_cancelled_by_the_service(
    table: ReturnTable,
) -> None:
    (found,) = (each for each in table.checks if each.code == "sessions-outcome")
    assert found.passed
    assert found.text.startswith(f"{EXPECTED['sessions_booked_with_outcome']} ")


def test_the_missing_outcome_blocks_sign_off_and_names_the_session(
    table: ReturnTable,
) -> None:
    (found,) = (each for each in table.checks if each.code == "outcome-missing")
    assert not found.passed
    assert found.blocking
    assert (found.table, found.rows) == ("session", ("S15",))
