"""Where a return stands is said step by step: Check, Look, Write, Sign."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import NotAllowed, NotFound
from provider_desk.model.months import Month
from provider_desk.services import monthly_return
from provider_desk.services.desk import Desk
from provider_desk.services.returning import narrating
from provider_desk.services.returning.signing import sign
from provider_desk.services.returning.standing import STEPS, Standing, standing
from tests.builders.casework import (
    contract_of,
    make_session,
    make_waiting,
    signed_in_as,
)
from tests.builders.issued_desks import at, contract_id
from tests.builders.signing_desks import (
    AUGUST,
    SEPTEMBER,
    issued_desk,
    mark_sessions,
    ready_desk,
    stand,
)


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Desk]:
    """A desk on 3 October 2017, nothing issued."""
    desk = ready_desk(tmp_path / "desk")
    yield desk
    desk.close()


def left(found: Standing) -> dict[str, bool]:
    return {step.name: not step.done for step in found.steps}


def test_a_fresh_month_has_everything_left(fresh: Desk) -> None:
    found = stand(fresh)

    assert tuple(left(found)) == STEPS
    assert all(left(found).values())
    assert (found.version, found.status, found.issued) == (1, "draft", False)
    assert (found.due_on, found.days_left) == (date(2017, 10, 10), 7)
    assert found.due == "due on Tue 10 Oct 2017, in 7 days"


def test_a_check_that_fails_is_told_with_its_rows(fresh: Desk) -> None:
    (failed,) = stand(fresh).failed

    assert (failed.code, failed.table, len(failed.rows)) == (
        "outcome-missing", "session", 1,
    )  # fmt: skip
    mark_sessions(fresh)
    assert stand(fresh).step("Check").done


def test_warnings_are_told_and_leave_the_step_done(fresh: Desk) -> None:
    mark_sessions(fresh)

    found = stand(fresh)

    assert found.warnings
    assert found.step("Check").left == ()
    assert "to look at" in found.step("Check").said[0]


def test_issuing_ends_the_looking(fresh: Desk) -> None:
    monthly_return.issue(fresh, contract_id(fresh), SEPTEMBER)

    found = stand(fresh)

    assert found.issued
    assert found.step("Look").done


def test_words_are_due_at_a_quarters_end_alone(fresh: Desk) -> None:
    assert stand(fresh).narrative_due
    assert not stand(fresh).narrative_written
    august = stand(fresh, AUGUST)
    assert not august.narrative_due
    assert august.step("Write").done


def test_each_area_needs_its_three_boxes(fresh: Desk) -> None:
    contract = contract_id(fresh)
    boxes = [b for b in narrating.boxes(fresh, contract, SEPTEMBER) if b.area != "ALL"]
    for box in boxes[:-1]:
        narrating.write_box(fresh, contract, SEPTEMBER, box.area, box.box, "Well.")

    (missing,) = stand(fresh).step("Write").left

    assert missing.endswith("still empty: “Needs to happen”.")
    narrating.write_box(fresh, contract, SEPTEMBER, boxes[-1].area, boxes[-1].box, "A")
    assert stand(fresh).narrative_written


def test_words_that_could_give_somebody_away_are_counted(fresh: Desk) -> None:
    contract = contract_id(fresh)

    def said(words: str) -> tuple[str, ...]:
        narrating.write_box(fresh, contract, SEPTEMBER, "THER", "WELL", words)
        return stand(fresh).step("Write").said

    assert said("The garden group went well.") == ()
    (found,) = said("Aisha went well, and so did the group in SK1 1AA.")
    assert found.startswith("2 places in the words to look at")


def test_a_signed_return_says_when_and_by_which_role(tmp_path: Path) -> None:
    desk = issued_desk(tmp_path / "desk")
    sign(desk, contract_id(desk), SEPTEMBER)

    found = stand(desk)

    assert found.signed_lines == ("Signed off on 3 October 2017, Manager",)
    assert found.step("Sign").left == ("Nobody has said yet that it was sent.",)
    assert "Version 1 was signed off on" in found.step("Sign").said[0]
    desk.close()


def test_after_the_due_day_it_is_overdue_in_words(fresh: Desk) -> None:
    at(fresh, date(2017, 10, 12))

    found = stand(fresh)

    assert found.days_left == -2
    assert found.due == "overdue by 2 days: it was due on Tue 10 Oct 2017"


def test_a_month_that_still_runs_is_provisional(desk: Desk, clock: FixedClock) -> None:
    clock.ms = FixedClock.on(date(2018, 4, 30)).ms

    found = standing(desk, contract_of(desk).id, Month(2018, 4))

    assert found.step("Check").left[0].startswith("April 2018 is not over yet")


def test_looking_where_it_stands_writes_nothing(fresh: Desk) -> None:
    with fresh.store.reading() as rows:
        before = rows.rows("SELECT count(*) FROM op")

    stand(fresh)

    with fresh.store.reading() as rows:
        assert rows.rows("SELECT count(*) FROM op") == before


def test_an_unknown_contract_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound):
        standing(desk, "0" * 32, Month(2018, 4))


def test_who_makes_no_returns_is_told_nothing(desk: Desk) -> None:
    trustee = signed_in_as(desk, "TRUSTEE")

    with pytest.raises(NotAllowed):
        standing(trustee, contract_of(desk).id, Month(2018, 4))


def test_who_only_looks_finds_nobodys_work_among_the_checks(desk: Desk) -> None:
    referral_id = make_waiting(desk, received_on=date(2017, 11, 1))
    for month in (1, 2, 3):
        make_session(desk, referral_id, date(2018, month, 9), worker="QZ")
    contract, april = contract_of(desk).id, Month(2018, 4)
    monthly_return.issue(desk, contract, april)

    told = {
        role: " ".join(
            check.text
            for check in monthly_return.prepare(who, contract, april, "council").checks
        )
        for role, who in (("MANAGER", desk), ("T", signed_in_as(desk, "TRUSTEE")))
    }

    assert "Nothing recorded this month by QZ." in told["MANAGER"]
    assert "QZ" not in told["T"]
