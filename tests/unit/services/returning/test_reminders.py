"""Today tells of a return from a week before it is due until it was sent."""

from datetime import date, timedelta

import pytest

from provider_desk.model.clock import FixedClock
from provider_desk.model.months import Month
from provider_desk.model.records import IssuedReturn, ReturnSent, ReturnSigned
from provider_desk.model.to_do import ToDo, ToDoKind
from provider_desk.services import settings
from provider_desk.services.casework.today import things_to_do
from provider_desk.services.desk import Desk
from provider_desk.services.returning.months import mark_not_submitted
from tests.builders.casework import contract_of

APRIL = Month(2018, 4)


def told(desk: Desk, clock: FixedClock, day: date) -> list[ToDo]:
    clock.ms = FixedClock.on(day).ms
    todos = things_to_do(desk).todos
    return [todo for todo in todos if todo.kind is ToDoKind.RETURN_DUE]


def write(desk: Desk, *what: str, month: Month = APRIL, version: int = 1) -> None:
    """Rows that say how far a return has been taken, without its figures."""
    contract = contract_of(desk).id
    made = {
        "issued": IssuedReturn(
            contract_id=contract, month=str(month), version=version, issued_at=0,
            issued_by="", template="", program="", bound=9, key_check="", body="",
            sha256="",
        ),
        "signed": ReturnSigned(
            contract_id=contract, month=str(month), version=version, step="SIGNED",
            signed_at=0, signed_by=desk.user.id, sha256="",
        ),
        "sent": ReturnSent(
            contract_id=contract, month=str(month), version=version,
            sent_on=date(2018, 5, 4), sent_to="Commissioning", route="PORTAL",
            sent_by=desk.user.id, sha256="",
        ),
    }  # fmt: skip
    with desk.store.writing("far") as deed:
        deed.add_all([made[each] for each in what])


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2018, 5, 2), ""),
        (date(2018, 5, 3), "due on Thu 10 May 2018, in 7 days · not signed yet"),
        (date(2018, 5, 9), "due on Thu 10 May 2018, in 1 day · not signed yet"),
        (date(2018, 5, 10), "due today · not signed yet"),
        (date(2018, 5, 11), "overdue by 1 day: it was due on Thu 10 May 2018"),
        (date(2018, 5, 31), "overdue by 21 days: it was due on Thu 10 May 2018"),
    ],
)
def test_it_is_told_from_a_week_before_and_overdue_in_words(
    desk: Desk, clock: FixedClock, day: date, words: str
) -> None:
    found = told(desk, clock, day)

    assert bool(found) is bool(words)
    for line in found:
        assert line.title == "Return for April 2018"
        assert line.detail.startswith(words)
        assert line.due_on == date(2018, 5, 10)


@pytest.mark.parametrize("due", [8, 15, 28])
def test_the_due_day_is_the_services_own(
    desk: Desk, clock: FixedClock, due: int
) -> None:
    settings.change_provider(desk, {"return_due_day": due})
    first = date(2018, 5, due) - timedelta(7)

    assert [line.title for line in told(desk, clock, first)] == [
        "Return for April 2018"
    ]
    titles = [line.title for line in told(desk, clock, first - timedelta(1))]
    assert "Return for April 2018" not in titles


def test_a_return_due_on_the_first_is_told_as_soon_as_the_month_is_over(
    desk: Desk, clock: FixedClock
) -> None:
    settings.change_provider(desk, {"return_due_day": 1})

    (line,) = told(desk, clock, date(2018, 5, 1))

    assert line.detail.startswith("due today")


def test_a_signed_return_is_asked_after_until_it_was_sent(
    desk: Desk, clock: FixedClock
) -> None:
    write(desk, "issued", "signed")
    (line,) = told(desk, clock, date(2018, 5, 9))
    assert "signed, but not sent" in line.detail

    write(desk, "sent")

    assert told(desk, clock, date(2018, 5, 9)) == []


def test_a_return_that_was_begun_is_asked_after_in_the_next_month_too(
    desk: Desk, clock: FixedClock
) -> None:
    write(desk, "issued", "signed")

    (line,) = told(desk, clock, date(2018, 6, 1))

    assert line.title == "Return for April 2018"
    assert line.detail.startswith("overdue by 22 days")


def test_a_revision_is_asked_after_though_the_first_version_was_sent(
    desk: Desk, clock: FixedClock
) -> None:
    write(desk, "issued", "signed", "sent")
    write(desk, "issued", version=2)

    (line,) = told(desk, clock, date(2018, 5, 9))

    assert "not signed yet" in line.detail


def test_a_month_that_is_not_submitted_is_not_asked_for(
    desk: Desk, clock: FixedClock
) -> None:
    mark_not_submitted(desk, contract_of(desk).id, APRIL, "The office was shut.")

    assert told(desk, clock, date(2018, 5, 20)) == []


def test_a_contract_that_had_ended_has_no_return(desk: Desk, clock: FixedClock) -> None:
    contract = contract_of(desk).id
    settings.change_contract(desk, contract, {"ends_on": date(2018, 3, 31)})

    assert told(desk, clock, date(2018, 5, 20)) == []
