"""A deed is taken back over nothing: not over what came later, nor over a caseload."""

from collections.abc import Callable
from datetime import date

import pytest

from provider_desk.model.changed import Changed
from provider_desk.model.errors import NotFound, NotValid
from provider_desk.model.fields import Value
from provider_desk.model.records import Episode, Goal, Pause, Phase, Session, User
from provider_desk.services.casework import (
    episodes,
    goals,
    people,
    referrals,
    sessions,
    undoing,
    waiting,
)
from provider_desk.services.casework.course import lighter, pauses
from provider_desk.services.casework.referring import mistaken
from provider_desk.services.desk import Desk
from provider_desk.services.rights import users
from provider_desk.store.queries.episodes import open_in_area
from provider_desk.store.records import find, get
from tests.builders.casework import (
    TODAY,
    episode_of,
    make_client,
    make_session,
    make_waiting,
    signed_in_as,
)

BEGUN, BACK, AGAIN = date(2018, 3, 1), date(2018, 4, 1), date(2018, 4, 20)


def episode(desk: Desk) -> str:
    referral_id = make_waiting(desk, area="PES_AD")
    make_session(desk, referral_id, date(2017, 10, 3), type="SUPPORT")
    return episode_of(desk, referral_id).id


def paused(desk: Desk, episode_id: str, on: date = BEGUN) -> str:
    return pauses.pause(desk, episode_id, {"from_on": on, "reason": "WISH"})[0]


def a_return(desk: Desk, episode_id: str) -> Changed:
    return pauses.come_back(desk, paused(desk, episode_id), {"until_on": BACK})


def a_pause_taken_off(desk: Desk, episode_id: str) -> Changed:
    return pauses.take_back_pause(desk, paused(desk, episode_id), "a mistake")


@pytest.mark.parametrize("deed", [a_return, a_pause_taken_off])
def test_no_second_pause_stands_open_after_an_undo(
    desk: Desk, deed: Callable[[Desk, str], Changed]
) -> None:
    episode_id = episode(desk)
    done = deed(desk, episode_id)
    colleague = signed_in_as(desk, "MANAGER")
    paused(colleague, episode_id, AGAIN)

    with pytest.raises(NotValid, match="recorded since"):
        undoing.undo(desk, done)

    with desk.store.reading() as rows:
        open_ones = [p for p in find(rows, Pause) if p.until_on is None]
    assert [each.from_on for each in open_ones] == [AGAIN]


def test_an_episode_steps_down_once_after_an_undo(desk: Desk) -> None:
    episode_id = episode(desk)
    phase_id, _ = episodes.step_down(desk, episode_id, {"started_on": AGAIN})
    done = lighter.take_back_step_down(desk, phase_id, "a mistake")
    colleague = signed_in_as(desk, "MANAGER")
    episodes.step_down(colleague, episode_id, {"started_on": TODAY})

    with pytest.raises(NotValid, match="Phase: recorded since"):
        undoing.undo(desk, done)

    with desk.store.reading() as rows:
        assert len(find(rows, Phase, phase="STEP_DOWN")) == 1


def test_nothing_is_open_again_in_an_episode_that_was_closed_since(desk: Desk) -> None:
    episode_id = episode(desk)
    done = a_return(desk, episode_id)
    colleague = signed_in_as(desk, "MANAGER")
    episodes.close_episode(colleague, episode_id, {"reason": "COMPLETED"})

    with pytest.raises(NotValid, match="recorded since"):
        undoing.undo(desk, done)


def test_no_second_episode_of_an_area_is_opened_by_undoing_a_closing(
    desk: Desk,
) -> None:
    """Nor by taking the closing back long after."""
    client_id = make_client(desk)
    first = make_waiting(desk, client_id, area="PES_AD")
    make_session(desk, first, date(2017, 10, 3), type="SUPPORT")
    episode_id = episode_of(desk, first).id
    closing_id, done = episodes.close_episode(
        desk, episode_id, {"reason": "COMPLETED", "closed_on": BACK}
    )
    second = make_waiting(
        desk, client_id, area="PES_AD", received_on=AGAIN, accepted_on=AGAIN
    )
    make_session(desk, second, TODAY, type="SUPPORT")

    with pytest.raises(NotValid, match="since"):
        undoing.undo(desk, done)
    with pytest.raises(NotValid, match="has an open episode in"):
        episodes.take_back_closing(desk, closing_id, "a mistake")

    with desk.store.reading() as rows:
        running = open_in_area(rows, client_id, "PES_AD")
    assert [each[1] for each in running] == [second]


def test_what_left_the_caseload_since_is_not_taken_back(desk: Desk) -> None:
    """Somebody else was given the case meanwhile; nothing of it is for the first."""
    worker = signed_in_as(desk, "COUNSELLOR", "WK")
    referral_id = make_waiting(desk, area="PES_AD")
    held = make_session(desk, referral_id, AGAIN, type="SUPPORT", worker="WK")
    goal: dict[str, Value] = {"words": "a goal", "set_on": TODAY}
    _, done = goals.set_goal(worker, referral_id, goal)
    given: dict[str, str] = {"worker": "OO"}
    episodes.change_episode(desk, episode_of(desk, referral_id).id, given)
    sessions.correct_session(desk, held, given, "it was the other")

    with pytest.raises(NotFound, match="not in your caseload"):
        undoing.undo(worker, done)

    with desk.store.reading() as rows:
        assert len(find(rows, Goal)) == 1
        assert find(rows, Session, worker="WK") == []


def test_who_hands_somebody_over_can_have_them_back(desk: Desk) -> None:
    worker = signed_in_as(desk, "COUNSELLOR", "WK")
    referral_id = make_waiting(desk, area="PES_AD")
    make_session(desk, referral_id, AGAIN, type="SUPPORT", worker="OT")
    episode_id = episode_of(desk, referral_id).id
    episodes.change_episode(desk, episode_id, {"worker": "WK"})
    done = episodes.change_episode(worker, episode_id, {"worker": "OO"})

    undoing.undo(worker, done)

    with desk.store.reading() as rows:
        assert get(rows, Episode, episode_id).worker == "WK"


def test_an_undo_is_undone_once_and_nobody_elses_deed_is(desk: Desk) -> None:
    referral_id = make_waiting(desk, area="PES_AD")
    done = waiting.plan_contact(desk, referral_id, date(2018, 5, 20))
    colleague = signed_in_as(desk, "MANAGER")

    with pytest.raises(NotValid):
        undoing.undo(colleague, done)
    undone = undoing.undo(desk, done)
    with pytest.raises(NotValid):
        undoing.undo(desk, done)
    undoing.undo(desk, undone)
    with pytest.raises(NotValid):
        undoing.undo(desk, undone)


def test_a_person_put_back_does_not_go_again_from_under_a_referral(desk: Desk) -> None:
    client_id = make_client(desk)
    mistaken.entered_in_error(desk, client_id, "typed twice")
    done = mistaken.put_back(desk, client_id)
    make_waiting(desk, client_id)

    with pytest.raises(NotValid, match="Referral: recorded since"):
        undoing.undo(desk, done)

    assert people.person(desk, client_id).referrals


def test_nothing_stands_again_whose_referral_went_since(desk: Desk) -> None:
    referral_id = make_waiting(desk)
    session_id = make_session(desk, referral_id, BEGUN, "DNA")
    done = sessions.take_back_session(desk, session_id, "somebody else's")
    referrals.take_back_referral(desk, referral_id, "somebody else's")

    with pytest.raises(NotValid, match="Referral: taken off the desk since"):
        undoing.undo(desk, done)

    with desk.store.reading() as rows:
        assert find(rows, Session) == []


def test_an_account_is_not_undone(desk: Desk) -> None:
    """Rights and keys went with it: a manager who is none any more is not one again."""
    other = signed_in_as(desk, "CASEWORKER", "ST")
    done = users.change_user(desk, other.user.id, {"initials": "SX"})

    with pytest.raises(NotValid, match="account is not undone"):
        undoing.undo(desk, done)

    with desk.store.reading() as rows:
        assert get(rows, User, other.user.id).initials == "SX"
