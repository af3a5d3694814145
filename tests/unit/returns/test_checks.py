"""The checks before sign-off: what fails is said, and the records are named."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from provider_desk.model.months import Month
from provider_desk.model.records import Client
from provider_desk.returns.table import Check, ReturnTable
from tests.builders.made_returns import made, rows_with
from tests.builders.record_desks import Case, balance, service

MARCH = Month(2026, 3)
DAY = date(2026, 3, 9)


def check_of(table: ReturnTable, code: str, area: str = "THER") -> Check:
    (found,) = (
        each for each in table.checks if each.code == code and each.area == area
    )
    return found


def codes(checks: Iterable[Check]) -> set[str]:
    return {check.code for check in checks if not check.passed}


def test_a_sound_month_passes_every_check(tmp_path: Path) -> None:
    case = Case(date(2026, 3, 2)).accepted().started(DAY).session(DAY)
    with rows_with(
        tmp_path, case, also=[balance("THER", date(2026, 3, 1), 0, 0, 0)]
    ) as rows:
        checks = made(rows, MARCH).checks
        assert not codes(check for check in checks if check.blocking)


def test_a_month_in_which_nothing_happened_must_be_confirmed(tmp_path: Path) -> None:
    live = Case(date(2026, 1, 5)).accepted().started(date(2026, 1, 9))
    with rows_with(tmp_path, live) as rows:
        found = check_of(made(rows, MARCH), "nil")
    assert not found.passed
    assert found.blocking
    assert "nil, checked" in found.text


@pytest.mark.parametrize("happened", ["referral", "session", "contact"])
def test_a_month_in_which_something_happened_is_not_nil(
    tmp_path: Path, happened: str
) -> None:
    case = Case(DAY if happened == "referral" else date(2026, 1, 5))
    if happened != "referral":
        case.accepted()
    if happened == "session":
        case.started(date(2026, 1, 9)).session(DAY, kind="ASSESS")
    if happened == "contact":
        case.called(DAY, "NO_ANSWER")
    with rows_with(tmp_path, case) as rows:
        assert check_of(made(rows, MARCH), "nil").passed


def test_a_start_from_nowhere_breaks_the_list_and_is_named(tmp_path: Path) -> None:
    case = Case(date(2026, 3, 2)).started(DAY)
    with rows_with(tmp_path, case) as rows:
        found = check_of(made(rows, MARCH), "flow-waiting")
    assert not found.passed
    assert (found.table, found.rows) == ("referral", (case.referral_id,))
    assert found.text == "0 + 0 - 1 - 0 = -1, but 0 are waiting at month end."


def test_a_case_closed_twice_breaks_the_live_cases_and_is_named(
    tmp_path: Path,
) -> None:
    case = Case(date(2026, 1, 5)).accepted().started(date(2026, 1, 9))
    case.closed(DAY).closed(date(2026, 3, 12))
    with rows_with(tmp_path, case) as rows:
        found = check_of(made(rows, MARCH), "flow-live")
    assert not found.passed
    assert (found.table, found.rows) == ("episode", (case.episode_id,))


def test_a_second_referral_to_an_open_case_counts_and_is_flagged(
    tmp_path: Path,
) -> None:
    first = Case(date(2026, 1, 5)).accepted().started(date(2026, 1, 9))
    second = Case(DAY, client=first.client)
    elsewhere = Case(DAY, area="PES_AD", client=first.client)
    also = service("THER", "PES_AD")
    with rows_with(tmp_path, first, second, elsewhere, also=also) as rows:
        table = made(rows, MARCH)
    assert table.line("A1", "", "ALL").now.value == 2
    found = check_of(table, "duplicates")
    assert not found.passed
    assert not found.blocking
    assert found.rows == (second.referral_id,)
    assert check_of(table, "duplicates", "PES_AD").passed


@pytest.mark.parametrize("ending", ["closed", "left", "still waiting", "same day"])
def test_a_referral_after_the_case_ended_is_no_duplicate(
    tmp_path: Path, ending: str
) -> None:
    first = Case(DAY if ending == "same day" else date(2026, 1, 5))
    match ending:
        case "closed":
            first.accepted().started(date(2026, 1, 9)).closed(DAY)
        case "left":
            first.accepted(removed_on=DAY, removal_reason="MOVED")
        case "still waiting":
            first.accepted()
    second = Case(DAY, client=first.client)
    with rows_with(tmp_path, first, second) as rows:
        found = check_of(made(rows, MARCH), "duplicates")
    assert found.passed == (ending in ("closed", "left"))


def test_records_in_an_area_that_the_contract_does_not_name_are_listed(
    tmp_path: Path,
) -> None:
    stray = Case(DAY, area="PES_YP")
    with rows_with(tmp_path, stray) as rows:
        table = made(rows, MARCH)
    assert table.line("A1", "", "THER").now.value == 0
    found = check_of(table, "outside-A1", "PES_YP")
    assert not found.passed
    assert found.rows == (stray.referral_id,)


# Opening balances


def test_opening_balances_are_compulsory(tmp_path: Path) -> None:
    with rows_with(tmp_path, Case(DAY)) as rows:
        found = check_of(made(rows, MARCH), "opening-balance")
    assert not found.passed
    assert found.blocking
    assert "None is entered" in found.text


def test_an_opening_balance_agrees_with_the_records_or_is_named(
    tmp_path: Path,
) -> None:
    pending = Case(date(2026, 2, 27))
    waiting = Case(date(2026, 2, 2)).accepted()
    live = Case(date(2026, 1, 5)).accepted().started(date(2026, 2, 28))
    today = Case(date(2026, 3, 1))
    cases = (pending, waiting, live, today)
    right = balance("THER", date(2026, 3, 1), 1, 1, 1)
    with rows_with(tmp_path / "right", *cases, also=[right]) as rows:
        assert check_of(made(rows, MARCH), "opening-balance").passed
    wrong = balance("THER", date(2026, 3, 1), 1, 3, 1)
    with rows_with(tmp_path / "wrong", *cases, also=[wrong]) as rows:
        found = check_of(made(rows, MARCH), "opening-balance")
    assert not found.passed
    assert (found.table, found.rows) == ("opening_balance", (wrong.id,))
    assert "3 waiting" in found.text
    assert "1 waiting" in found.text


def test_an_opening_balance_stands_at_the_start_of_a_month(tmp_path: Path) -> None:
    with rows_with(
        tmp_path, Case(DAY), also=[balance("THER", date(2026, 3, 2), 0, 0, 0)]
    ) as rows:
        found = check_of(made(rows, MARCH), "opening-balance")
    assert not found.passed
    assert "start of a month" in found.text


def test_an_opening_balance_of_an_earlier_year_is_not_counted_again(
    tmp_path: Path,
) -> None:
    old = balance("THER", date(2024, 7, 1), 5, 5, 5)
    with rows_with(tmp_path, Case(DAY), also=[old]) as rows:
        assert check_of(made(rows, MARCH), "opening-balance").passed


def test_checks_speak_of_people_without_naming_them(tmp_path: Path) -> None:
    person = Client(code="SECRET-1", known_as="Alva Example", born_on=date(1990, 1, 1))
    case = Case(date(2026, 3, 2), client=person).started(DAY)
    with rows_with(tmp_path, case, also=[person]) as rows:
        table = made(rows, MARCH)
    said = " ".join(f"{check.title} {check.text}" for check in table.checks)
    assert "Alva" not in said
    assert "SECRET" not in said
