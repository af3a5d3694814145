"""Courts: dates, the verdict that moves the status, follow-ups, the agreement."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from provider_desk.model.errors import NotValid
from provider_desk.model.fields import Value
from provider_desk.model.to_do import ToDo, ToDoKind
from provider_desk.services.casework import people, today
from provider_desk.services.casework.caring import (
    agreements,
    asks,
    courts,
    follow_ups,
    justice,
)
from provider_desk.services.desk import Desk
from tests.builders.caring import (
    court_of,
    follow_ups_of,
    make_trial,
    status_of,
    steps_of,
)
from tests.builders.casework import TODAY, make_client

VERDICT = date(2018, 4, 27)


def of_kind(desk: Desk, kind: ToDoKind) -> list[ToDo]:
    return [each for each in today.things_to_do(desk).todos if each.kind is kind]


def due(desk: Desk, client_id: str) -> list[date]:
    return [each.due_on for each in follow_ups_of(desk, client_id)]


@pytest.mark.parametrize(
    ("verdict", "status", "soon"),
    [
        ("GUILTY", "POST_G", date(2018, 5, 11)),
        ("PART", "POST_G", date(2018, 5, 11)),
        ("NOT_GUILTY", "POST_NG", date(2018, 4, 28)),
        ("STOPPED", "NFA", date(2018, 4, 28)),
    ],
)
def test_a_verdict_moves_the_status_and_makes_two_follow_ups(
    desk: Desk, verdict: str, status: str, soon: date
) -> None:
    client_id = make_client(desk, justice_status="TRIAL")
    court_id = make_trial(desk, client_id, date(2018, 4, 20), with_worker="IS")

    courts.give_verdict(desk, court_id, {"verdict": verdict, "verdict_on": VERDICT})

    assert status_of(desk, client_id) == status
    assert due(desk, client_id) == [soon, date(2018, 7, 27)]
    assert {each.worker for each in follow_ups_of(desk, client_id)} == {"IS"}


def test_the_status_can_differ_where_another_case_is_open(desk: Desk) -> None:
    client_id = make_client(desk)
    court_id = make_trial(desk, client_id, VERDICT)
    values: Mapping[str, Value] = {
        "verdict": "GUILTY",
        "verdict_on": VERDICT,
        "status_after": "CHARGED",
    }

    courts.give_verdict(desk, court_id, values)

    assert status_of(desk, client_id) == "CHARGED"


def test_a_verdict_that_is_put_right_makes_everything_anew(desk: Desk) -> None:
    client_id = make_client(desk)
    court_id = make_trial(desk, client_id, VERDICT)
    courts.give_verdict(desk, court_id, {"verdict": "GUILTY", "verdict_on": VERDICT})
    first = follow_ups_of(desk, client_id)[0]
    follow_ups.finish_follow_up(desk, first.id, {"result": "met"})

    courts.give_verdict(desk, court_id, {"verdict": "NOT_GUILTY"})

    assert status_of(desk, client_id) == "POST_NG"
    assert len(steps_of(desk, client_id)) == 1
    assert [each.done_on is None for each in follow_ups_of(desk, client_id)] == [
        True,
        False,
        True,
    ]


def test_a_verdict_taken_back_leaves_all_as_it_was(desk: Desk) -> None:
    client_id = make_client(desk, justice_status="TRIAL")
    court_id = make_trial(desk, client_id, VERDICT)
    courts.give_verdict(desk, court_id, {"verdict": "GUILTY", "verdict_on": VERDICT})

    courts.take_back_verdict(desk, court_id, "undone at once")

    court = court_of(desk, court_id)
    assert (court.verdict, court.verdict_on, court.status_after) == (None, None, None)
    assert status_of(desk, client_id) == "TRIAL"
    assert follow_ups_of(desk, client_id) == []


def test_an_old_verdict_makes_no_follow_ups_that_are_long_past(desk: Desk) -> None:
    client_id = make_client(desk)
    on = date(2016, 2, 1)
    court_id = make_trial(desk, client_id, on)

    courts.give_verdict(desk, court_id, {"verdict": "GUILTY", "verdict_on": on})

    assert follow_ups_of(desk, client_id) == []


def test_a_verdict_has_its_trial_before_it(desk: Desk) -> None:
    client_id = make_client(desk)
    court_id = make_trial(desk, client_id, TODAY)

    with pytest.raises(NotValid) as refused:
        courts.give_verdict(
            desk, court_id, {"verdict": "GUILTY", "verdict_on": VERDICT}
        )
    with pytest.raises(NotValid) as none:
        courts.give_verdict(desk, court_id, {})

    assert [problem.field for problem in refused.value.problems] == ["verdict_on"]
    assert [problem.field for problem in none.value.problems] == ["verdict"]
    assert steps_of(desk, client_id) == []


@pytest.mark.parametrize(("days", "asked"), [(-1, 0), (0, 1), (14, 1), (15, 0)])
def test_a_day_in_court_stands_on_today_14_days_ahead(
    desk: Desk, days: int, asked: int
) -> None:
    client_id = make_client(desk)
    make_trial(desk, client_id, TODAY + timedelta(days), place="Invented Crown Court")

    lines = of_kind(desk, ToDoKind.COURT_SOON)

    assert len(lines) == asked
    assert not any("Invented Crown" in f"{x.title} {x.detail}" for x in lines)


def test_the_day_of_a_trial_asks_for_its_verdict_until_that_is_recorded(
    desk: Desk,
) -> None:
    court_id = make_trial(desk, make_client(desk), TODAY)
    make_trial(desk, make_client(desk), TODAY + timedelta(1))
    before = of_kind(desk, ToDoKind.COURT_SOON)

    courts.give_verdict(desk, court_id, {"verdict": "NOT_GUILTY"})

    assert [line.deed for line in before] == ["Verdict", asks.CHANGE]
    assert [x.deed for x in of_kind(desk, ToDoKind.COURT_SOON)] == [asks.CHANGE]


def test_a_verdict_is_asked_for_from_the_day_after_until_it_or_a_new_date_is_there(
    desk: Desk,
) -> None:
    """A status that is open no more says as much, and so does a later hearing."""
    people = [make_client(desk) for _ in range(4)]
    first = TODAY - timedelta(1)
    trials = [make_trial(desk, each, first, place="Invented") for each in people]
    make_trial(desk, people[0], TODAY)
    assert {x.row_id for x in of_kind(desk, ToDoKind.VERDICT_MISSING)} == {*trials[1:]}

    courts.give_verdict(desk, trials[1], {"verdict": "GUILTY", "verdict_on": TODAY})
    justice.record_status(desk, people[2], {"status": "NFA", "from_on": TODAY})

    (line,) = of_kind(desk, ToDoKind.VERDICT_MISSING)
    assert (line.row_id, line.deed, line.other) == (trials[3], "Verdict", "Court date")
    assert "1 day ago" in line.detail
    assert "Invented" not in line.detail
    later = make_trial(desk, people[3], TODAY + timedelta(60))
    assert of_kind(desk, ToDoKind.VERDICT_MISSING) == []
    courts.take_back_court_date(desk, later, "not so")
    assert len(of_kind(desk, ToDoKind.VERDICT_MISSING)) == 1


@pytest.mark.parametrize(("days", "asked"), [(-30, 1), (7, 1), (8, 0)])
def test_a_follow_up_stands_on_today_until_it_is_done(
    desk: Desk, days: int, asked: int
) -> None:
    client_id = make_client(desk)
    on = TODAY + timedelta(days)
    follow_id, _ = follow_ups.add_follow_up(
        desk, client_id, {"what": "personal words", "due_on": on}
    )
    before = of_kind(desk, ToDoKind.FOLLOW_UP)

    follow_ups.finish_follow_up(desk, follow_id, {"result": "done"})
    after = of_kind(desk, ToDoKind.FOLLOW_UP)
    follow_ups.open_follow_up_again(desk, follow_id)

    assert (len(before), after) == (asked, [])
    assert len(of_kind(desk, ToDoKind.FOLLOW_UP)) == asked
    assert not any("personal" in f"{x.title} {x.detail}" for x in before)


def test_the_newest_step_is_the_status_on_the_card(desk: Desk) -> None:
    client_id = make_client(desk)
    justice.record_status(
        desk, client_id, {"from_on": date(2018, 3, 1), "status": "CHARGED"}
    )
    early, _ = justice.record_status(
        desk, client_id, {"from_on": date(2017, 1, 1), "status": "REPORTED"}
    )

    assert status_of(desk, client_id) == "CHARGED"
    justice.change_status(desk, early, {"from_on": date(2018, 4, 1)})
    assert status_of(desk, client_id) == "REPORTED"
    justice.take_back_status(desk, early, "by mistake")
    assert status_of(desk, client_id) == "CHARGED"


def test_the_first_step_taken_back_leaves_what_was_on_the_card(desk: Desk) -> None:
    client_id = make_client(desk, justice_status="REPORTED")
    step_id, _ = justice.record_status(desk, client_id, {"status": "NFA"})

    justice.take_back_status(desk, step_id, "by mistake")

    assert status_of(desk, client_id) == "REPORTED"


def test_a_status_changed_on_the_card_is_a_step_too(desk: Desk) -> None:
    client_id = make_client(desk, justice_status="REPORTED")

    people.change_person(desk, client_id, {"justice_status": "CHARGED"})
    people.change_person(desk, client_id, {"justice_status": "CHARGED"})

    (step,) = steps_of(desk, client_id)
    assert (step.status, step.status_before, step.from_on) == (
        "CHARGED",
        "REPORTED",
        TODAY,
    )


def test_whether_the_agreement_is_signed_is_said_by_the_newest_row(desk: Desk) -> None:
    client_id = make_client(desk)

    def said() -> str:
        return people.person(desk, client_id).part.items["agreement_said"][0].words

    words = [said()]
    agreements.record_agreement(
        desk, client_id, {"signed": "N", "signed_on": date(2018, 4, 1)}
    )
    words.append(said())
    signed_id, _ = agreements.record_agreement(
        desk, client_id, {"signed": "Y", "version": "2017-11"}
    )
    words.append(said())
    agreements.take_back_agreement(desk, signed_id, "somebody else's")

    assert words == [
        "The agreement before trial is not signed yet.",
        "The agreement before trial was not signed when asked on Sun 1 Apr 2018.",
        "The agreement before trial was signed on Tue 1 May 2018, version 2017-11.",
    ]
    assert said() == words[1]


def test_a_court_date_taken_back_takes_its_verdict_along(desk: Desk) -> None:
    client_id = make_client(desk, justice_status="TRIAL")
    court_id = make_trial(desk, client_id, VERDICT)
    courts.give_verdict(desk, court_id, {"verdict": "GUILTY", "verdict_on": VERDICT})

    courts.take_back_court_date(desk, court_id, "by mistake")

    assert status_of(desk, client_id) == "TRIAL"
    assert follow_ups_of(desk, client_id) == []
    assert not any(e.row_id == court_id for e in people.person(desk, client_id).events)
