"""What is late, missing or the same twice is pointed out with its records."""

from datetime import date
from pathlib import Path

import pytest

from provider_desk.model.clock import FixedClock
from provider_desk.model.fields import Record
from provider_desk.model.months import Month
from provider_desk.model.records import (
    Client,
    NilChecked,
    Score,
    Session,
    User,
)
from provider_desk.returns.compute import compute
from provider_desk.returns.table import Check, ReturnTable, State
from provider_desk.store.store import Store
from tests.builders.made_returns import made, rows_with
from tests.builders.record_desks import CONTRACT, Case, service

MARCH = Month(2026, 3)
DAY = date(2026, 3, 9)
ANSWERS = {
    "gender": "F",
    "ethnic_group": "E13",
    "disability": "N",
    "orientation": "PNS",
    "religion": "NONE",
}


def of(table: ReturnTable, code: str, area: str = "THER") -> Check:
    (found,) = (e for e in table.checks if e.code == code and e.area == area)
    return found


def nil_said(area: str = "THER") -> NilChecked:
    return NilChecked(
        contract_id=CONTRACT, area=area, month=str(MARCH), checked_at=0, checked_by="u"
    )


# Nil months


def test_a_confirmed_nil_month_passes_and_says_so(tmp_path: Path) -> None:
    live = Case(date(2026, 1, 5)).accepted().started(date(2026, 1, 9))
    with rows_with(tmp_path, live, also=[nil_said()]) as rows:
        found = of(made(rows, MARCH), "nil")

    assert found.passed
    assert found.text == "Nil, checked."


def test_a_record_that_appears_makes_the_confirmation_void(tmp_path: Path) -> None:
    with rows_with(tmp_path, Case(DAY), also=[nil_said()]) as rows:
        found = of(made(rows, MARCH), "nil")

    assert found.passed
    assert "does not hold any more" in found.text


def test_a_confirmation_is_of_one_area_alone(tmp_path: Path) -> None:
    also: list[Record] = [*service("PES_AD", "THER"), nil_said("PES_AD")]
    with rows_with(tmp_path, also=also) as rows:
        table = made(rows, MARCH)

    assert of(table, "nil", "PES_AD").passed
    assert not of(table, "nil", "THER").passed


# Late records


def test_what_was_recorded_after_the_month_is_late_and_named(tmp_path: Path) -> None:
    clock = FixedClock.on(date(2026, 3, 20))
    on_time = Case(DAY).accepted().started(DAY).session(DAY)
    late = Case(DAY)
    store = Store.create(tmp_path, bytes(range(32)), clock, "e" * 32)
    with store.writing("bring in") as deed:
        deed.add_all([*service("THER"), *on_time.all()])
    clock.ms = FixedClock.on(date(2026, 4, 1), hour=0).ms
    with store.writing("bring in") as deed:
        deed.add_all(list(late.all()))
    with store.reading() as rows:
        table = compute(
            rows, contract_id=CONTRACT, month=MARCH, copy="internal",
            made_on=date(2026, 4, 2),
        )  # fmt: skip
    store.close()

    found = of(table, "late")
    assert (found.table, found.rows) == ("referral", (late.referral_id,))
    assert found.text.startswith("1 referral of this month was recorded")


# Missing answers and scores


@pytest.mark.parametrize("missing", [*ANSWERS, "age"])
def test_somebody_of_whom_one_answer_is_missing_is_named(
    tmp_path: Path, missing: str
) -> None:
    def person(code: str, *, without: str = "") -> Client:
        held = {name: code for name, code in ANSWERS.items() if name != without}
        born = None if without == "age" else date(1990, 1, 1)
        return Client(code=code, born_on=born, **held)  # type: ignore[arg-type]

    whole, partly = person("P1"), person("P2", without=missing)
    cases = [Case(DAY, client=client) for client in (whole, partly)]
    with rows_with(tmp_path, *cases, also=[*service("THER"), whole, partly]) as rows:
        found = of(made(rows, MARCH), "missing-equality")

    assert (found.table, found.rows) == ("client", (partly.id,))
    assert not found.blocking


def attended(days: int) -> Case:
    """A case that came to so many sessions from 2 March on."""
    case = Case(date(2026, 2, 2)).accepted().started(date(2026, 3, 2))
    for number in range(days):
        case.session(date(2026, 3, 2 + 7 * number))
    return case


def test_a_case_at_its_third_session_needs_a_first_score(tmp_path: Path) -> None:
    second, third, scored = attended(2), attended(3), attended(3)
    score = Score(
        referral_id=scored.referral_id, instrument="PHQ9",
        scored_on=date(2026, 3, 2), total=12,
    )  # fmt: skip
    with rows_with(tmp_path, second, third, scored, also=[score]) as rows:
        found = of(made(rows, MARCH), "missing-scores")

    assert (found.table, found.rows) == ("episode", (third.episode_id,))


# Workers not heard from


def worked(worker: str, *days: date) -> list[Record]:
    case = Case(date(2025, 11, 3)).accepted().started(date(2025, 11, 10))
    return [
        *case.all(),
        *(
            Session(
                referral_id=case.referral_id, episode_id=case.episode_id, held_on=day,
                type="THERAPY", attendance="ATT", worker=worker,
            )
            for day in days
        ),
    ]  # fmt: skip


BEFORE = (date(2025, 12, 2), date(2026, 1, 6), date(2026, 2, 3))


def test_a_worker_with_nothing_this_month_is_told_by_initials(tmp_path: Path) -> None:
    also = [
        *worked("AB", *BEFORE),
        *worked("CD", *BEFORE, DAY),
        *worked("EF", *BEFORE[1:]),
        *worked("GH", *BEFORE),
        User(name="Gone Invented", role="COUNSELLOR", initials="GH",
             ends_on=date(2026, 3, 1)),
        *service("THER"),
    ]  # fmt: skip
    with rows_with(tmp_path, also=also) as rows:
        table = made(rows, MARCH)

    found = of(table, "quiet-workers")
    assert found.text.startswith("Nothing recorded this month by AB.")
    assert (found.table, len(found.rows)) == ("session", 1)


# Repeated totals


@pytest.mark.parametrize(("second", "told"), [(20, True), (21, False)])
def test_the_same_total_in_two_areas_is_pointed_out(
    tmp_path: Path,
    second: int,
    told: bool,  # noqa: FBT001
) -> None:
    cases = [Case(DAY, area="PES_AD") for _ in range(20)]
    cases += [Case(DAY, area="THER") for _ in range(second)]
    also = service("PES_AD", "THER")
    with rows_with(tmp_path, *cases, also=also) as rows:
        checks = [e for e in made(rows, MARCH).checks if e.code == "repeated-A1"]

    assert bool(checks) is told
    if told:
        assert checks[0].text.startswith("Referrals received: 20 here, and 20 in")
        assert len(checks[0].rows) == 40


def test_small_totals_are_often_the_same_and_not_told(tmp_path: Path) -> None:
    cases = [Case(DAY, area=area) for area in ("PES_AD", "THER") for _ in range(19)]
    with rows_with(tmp_path, *cases, also=service("PES_AD", "THER")) as rows:
        codes = {each.code for each in made(rows, MARCH).checks}

    assert "repeated-A1" not in codes


def test_a_point_to_look_at_never_keeps_from_signing(tmp_path: Path) -> None:
    with rows_with(tmp_path, Case(DAY)) as rows:
        table = made(rows, MARCH)

    assert not any(each.blocking for each in table.checks if each.code in LOOKED)
    assert table.line("A1", "", "THER").now.state is State.FIGURE


LOOKED = ("late", "missing-equality", "missing-scores", "quiet-workers", "jumps")
