"""What needs doing today, worst first."""

from datetime import date, timedelta

import pytest

from provider_desk.model.clock import FixedClock
from provider_desk.model.fields import Value
from provider_desk.model.records import Client
from provider_desk.model.to_do import ToDo, ToDoKind
from provider_desk.services.casework import episodes, people, waiting
from provider_desk.services.casework.today import SHOWN, things_to_do
from provider_desk.services.desk import Desk
from tests.builders.casework import (
    TODAY,
    contract_of,
    make_client,
    make_episode,
    make_referral,
    make_session,
    make_waiting,
    signed_in_as,
)


def asked(desk: Desk, kind: ToDoKind) -> list[ToDo]:
    return [todo for todo in things_to_do(desk).todos if todo.kind is kind]


def test_an_empty_desk_asks_for_nothing_before_the_return_is_near(desk: Desk) -> None:
    found = things_to_do(desk)

    assert [t for t in found.todos if t.kind is not ToDoKind.OFFICE] == []
    assert set(found.counts) == set(ToDoKind)
    assert (found.diary, found.next_booking) == ((), None)


def test_a_new_desk_begins_with_its_contract(desk: Desk) -> None:
    contract = contract_of(desk)

    def titles(who: Desk) -> list[str]:
        return [each.title for each in asked(who, ToDoKind.OFFICE)]

    assert "Add your first contract" not in titles(desk)
    with desk.store.writing("no contract") as deed:
        deed.retire(type(contract), contract.id, "none")

    assert "Add your first contract" in titles(desk)
    assert "Add your first contract" not in titles(signed_in_as(desk, "CASEWORKER"))


def test_a_week_before_it_is_due_the_return_is_asked_for(
    desk: Desk, clock: FixedClock
) -> None:
    clock.ms = FixedClock.on(date(2018, 5, 3)).ms

    (line,) = asked(desk, ToDoKind.RETURN_DUE)

    assert line.title == "Return for April 2018"
    assert line.detail.startswith("due on Thu 10 May 2018, in 7 days")


def test_the_return_is_asked_of_those_who_make_it(
    desk: Desk, clock: FixedClock
) -> None:
    clock.ms = FixedClock.on(date(2018, 5, 9)).ms
    counsellor = signed_in_as(desk, "COUNSELLOR")

    assert things_to_do(desk).counts[ToDoKind.RETURN_DUE] == 1
    assert things_to_do(counsellor).counts[ToDoKind.RETURN_DUE] == 0


def test_past_sessions_without_an_outcome_are_to_be_marked_own_first(
    desk: Desk,
) -> None:
    referral_id, _ = make_episode(desk)
    theirs = make_session(desk, referral_id, date(2018, 4, 3), "UNREC", worker="XX")
    own = make_session(desk, referral_id, TODAY - timedelta(1), "UNREC")
    make_session(desk, referral_id, TODAY, "BOOKED")

    found = asked(desk, ToDoKind.MARK_SESSION)

    assert [todo.row_id for todo in found] == [own, theirs]
    assert found[0].title == "Say what came of Mon 30 Apr 2018"


def test_bookings_of_today_and_the_next_one_are_shown(desk: Desk) -> None:
    referral_id, _ = make_episode(desk)
    late = make_session(desk, referral_id, TODAY, "BOOKED", starts_at="15:00")
    early = make_session(desk, referral_id, TODAY, "BOOKED", starts_at="09:30")
    make_session(desk, referral_id, TODAY + timedelta(14), "BOOKED")
    following = make_session(desk, referral_id, TODAY + timedelta(7), "BOOKED")

    found = things_to_do(desk)

    assert [row.session_id for row in found.diary] == [early, late]
    assert found.next_booking is not None
    assert found.next_booking.session_id == following


def test_a_contact_is_due_from_its_day_on_with_the_longest_overdue_first(
    desk: Desk,
) -> None:
    due = make_waiting(
        desk, received_on=TODAY - timedelta(30), accepted_on=TODAY - timedelta(28)
    )
    overdue = make_waiting(desk)
    fresh = make_waiting(
        desk, received_on=TODAY - timedelta(30), accepted_on=TODAY - timedelta(27)
    )

    found = asked(desk, ToDoKind.CONTACT_DUE)
    assert [todo.row_id for todo in found] == [overdue, due]
    assert "not reached yet" in found[0].detail

    spoke: dict[str, Value] = {"held_on": TODAY, "method": "F2F", "result": "SPOKE"}
    waiting.record_contact(desk, overdue, spoke)
    assert [t.row_id for t in asked(desk, ToDoKind.CONTACT_DUE)] == [due], fresh


def test_a_live_case_without_exit_strategy_is_asked_for_one(desk: Desk) -> None:
    client_id = make_client(desk, known_as="Somebody Invented", code="X-1")
    _, episode_id = make_episode(desk, client_id)

    (todo,) = asked(desk, ToDoKind.EXIT_MISSING)
    assert (todo.code, todo.name) == ("X-1", "Somebody Invented")
    assert (todo.client_id, todo.row_id) == (client_id, episode_id)

    episodes.add_exit_strategy(
        desk, episode_id, {"made_on": TODAY, "review_on": TODAY + timedelta(1)}
    )
    found = things_to_do(desk)
    assert found.counts[ToDoKind.EXIT_MISSING] == 0
    assert found.counts[ToDoKind.REVIEW_DUE] == 0


def test_a_review_is_due_from_its_day_on(desk: Desk) -> None:
    _, episode_id = make_episode(desk)
    exit_id, _ = episodes.add_exit_strategy(
        desk, episode_id, {"made_on": TODAY - timedelta(90), "review_on": TODAY}
    )

    (todo,) = asked(desk, ToDoKind.REVIEW_DUE)

    assert (todo.table, todo.row_id, todo.due_on) == ("exit_strategy", exit_id, TODAY)


def test_twelve_months_are_announced_then_asked_about_until_excused(
    desk: Desk,
) -> None:
    over = make_episode(
        desk, received_on=date(2017, 1, 2), started_on=TODAY.replace(year=2017)
    )[1]
    near = make_episode(
        desk, received_on=date(2017, 1, 2), started_on=date(2017, 5, 2)
    )[1]
    make_episode(desk, received_on=date(2017, 1, 2), started_on=date(2017, 8, 2))

    assert [t.row_id for t in asked(desk, ToDoKind.WITHOUT_REASON)] == [over]
    (todo,) = asked(desk, ToDoKind.NEAR_12_MONTHS)
    assert todo.row_id == near
    assert todo.detail.startswith("in 1 day, on Wed 2 May 2018")

    excused: dict[str, Value] = {"reason": "TRIAL", "review_by": TODAY}
    episodes.add_exceptional(desk, over, excused)
    episodes.step_down(desk, near, {"started_on": TODAY})
    found = things_to_do(desk)
    assert found.counts[ToDoKind.WITHOUT_REASON] == 0
    assert found.counts[ToDoKind.NEAR_12_MONTHS] == 0


@pytest.mark.parametrize(
    ("started_on", "on", "title"),
    [
        (date(2017, 5, 31), date(2018, 2, 27), ""),
        (date(2017, 5, 31), date(2018, 2, 28), "12 months are near"),
        (date(2018, 3, 15), date(2019, 2, 14), "12 months are near"),
        (date(2018, 3, 15), date(2019, 2, 15), "The twelfth month has begun"),
    ],
)
def test_the_two_warnings_come_on_the_day_after_9_and_11_months(
    desk: Desk, clock: FixedClock, started_on: date, on: date, title: str
) -> None:
    clock.ms = FixedClock.on(on).ms
    make_episode(desk, received_on=date(2017, 5, 1), started_on=started_on)

    said = [todo.title for todo in asked(desk, ToDoKind.NEAR_12_MONTHS)]

    assert said == ([title] if title else [])


def test_closed_cases_and_retired_people_ask_for_nothing(desk: Desk) -> None:
    _, closed = make_episode(desk)
    episodes.close_episode(desk, closed, {"closed_on": TODAY, "reason": "COMPLETED"})
    client_id = make_client(desk)
    make_episode(desk, client_id)
    with desk.store.writing("retire") as deed:
        deed.retire(Client, client_id, "entered in error")

    assert things_to_do(desk).counts[ToDoKind.EXIT_MISSING] == 0


def test_a_referral_without_decision_is_asked_about(desk: Desk) -> None:
    referral_id = make_referral(desk, received_on=TODAY - timedelta(3))

    (todo,) = asked(desk, ToDoKind.DECISION_DUE)

    assert (todo.row_id, todo.table) == (referral_id, "referral")
    assert todo.detail == "received Sat 28 Apr 2018, 3 days ago"


def test_no_kind_floods_the_page_and_its_count_tells_the_rest(desk: Desk) -> None:
    client_id = make_client(desk)
    for _ in range(SHOWN + 2):
        make_referral(desk, client_id)

    found = things_to_do(desk)

    lines = [t for t in found.todos if t.kind is ToDoKind.DECISION_DUE]
    assert len(lines) == SHOWN
    assert found.counts[ToDoKind.DECISION_DUE] == SHOWN + 2
    assert people.person(desk, client_id).name
