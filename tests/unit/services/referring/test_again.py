"""Coming back and stepping up: a new referral, linked, and nothing typed twice."""

from datetime import date

import pytest

from provider_desk.model.errors import NotValid
from provider_desk.model.fields import Value
from provider_desk.model.records import Closure, Pause, Referral, Session
from provider_desk.services.casework import episodes, people, referrals, waiting
from provider_desk.services.casework.course import pauses
from provider_desk.services.casework.referring import again, life
from provider_desk.services.desk import Desk
from provider_desk.store.records import find, get
from tests.builders.casework import (
    TODAY,
    episode_of,
    make_client,
    make_episode,
    make_referral,
    make_session,
    make_waiting,
)

UP = date(2018, 4, 20)
AT_ONCE = "undone at once"


def held(desk: Desk, referral_id: str) -> Referral:
    with desk.store.reading() as rows:
        return get(rows, Referral, referral_id)


def in_step_down(desk: Desk, client_id: str = "") -> tuple[str, str]:
    """Support in its lighter phase; returns referral id and episode id."""
    referral_id, episode_id = make_episode(desk, client_id)
    episodes.step_down(desk, episode_id, {"started_on": date(2018, 3, 1)})
    return referral_id, episode_id


def closed(desk: Desk, client_id: str = "", **values: Value) -> tuple[str, str]:
    referral_id, episode_id = make_episode(desk, client_id)
    given: dict[str, Value] = {
        "closed_on": date(2018, 2, 1),
        "reason": "COMPLETED",
        **values,
    }
    episodes.close_episode(desk, episode_id, given)
    return referral_id, episode_id


def standings(desk: Desk, client_id: str) -> list[str]:
    return [card.status for card in people.person(desk, client_id).referrals]


def test_stepping_up_closes_the_step_down_and_accepts_a_new_referral(
    desk: Desk,
) -> None:
    client_id = make_client(desk)
    earlier, episode_id = in_step_down(desk, client_id)
    life.set_needs(desk, earlier, ("MOOD",))
    booked = make_session(desk, earlier, date(2018, 5, 8), "BOOKED")

    made, changed = again.step_up(desk, episode_id, {"received_on": UP})

    after = held(desk, made)
    assert (after.source, after.from_episode_id) == ("STEPUP", episode_id)
    assert (after.decision, after.decided_on) == ("ACCEPTED", UP)
    assert (after.hub_status, after.hub_sent_on) == ("SENT", UP)
    assert after.allocated_to == "RI"
    assert life.needs_of(desk, made) == ("MOOD",)
    assert standings(desk, client_id) == ["waiting", "closed"]
    with desk.store.reading() as rows:
        (closing,) = find(rows, Closure)
        moved = get(rows, Session, booked)
    assert (closing.reason, closing.closed_on) == ("STEPDOWN_DONE", UP)
    assert (moved.referral_id, moved.episode_id) == (made, None)
    assert "1 booking moved to it." in changed.said


def test_the_next_attended_session_begins_the_new_support_without_assessment(
    desk: Desk,
) -> None:
    client_id = make_client(desk)
    _, episode_id = in_step_down(desk, client_id)
    made, _ = again.step_up(desk, episode_id, {"received_on": UP})
    (row,) = waiting.waiting_list(desk, UP).rows
    assert row.received_on == UP

    make_session(desk, made, date(2018, 4, 24))

    assert episode_of(desk, made).started_on == date(2018, 4, 24)
    assert standings(desk, client_id) == ["live", "closed"]
    assert waiting.waiting_list(desk, TODAY).rows == ()


def test_stepping_up_is_undone_whole(desk: Desk) -> None:
    client_id = make_client(desk)
    earlier, episode_id = in_step_down(desk, client_id)
    booked = make_session(desk, earlier, date(2018, 5, 8), "BOOKED")
    made, _ = again.step_up(desk, episode_id, {"received_on": UP})

    changed = again.take_back_again(desk, made, AT_ONCE)

    assert standings(desk, client_id) == ["live"]
    with desk.store.reading() as rows:
        back = get(rows, Session, booked)
    assert (back.referral_id, back.episode_id) == (earlier, episode_id)
    assert "live again" in changed.said
    again.step_up(desk, episode_id, {"received_on": UP})
    assert standings(desk, client_id) == ["waiting", "closed"]


def test_a_pause_ends_with_the_support_that_somebody_steps_up_from(desk: Desk) -> None:
    _, episode_id = in_step_down(desk)
    resting: dict[str, Value] = {"from_on": date(2018, 4, 9), "reason": "WISH"}
    pause_id, _ = pauses.pause(desk, episode_id, resting)

    def back_on() -> date | None:
        with desk.store.reading() as rows:
            return get(rows, Pause, pause_id).until_on

    made, _ = again.step_up(desk, episode_id, {"received_on": UP})
    assert back_on() == UP
    again.take_back_again(desk, made, AT_ONCE)
    assert back_on() is None


def test_undoing_leaves_a_closing_that_was_there_before(desk: Desk) -> None:
    client_id = make_client(desk)
    _, episode_id = closed(desk, client_id, reason="STEPDOWN_DONE")

    made, _ = again.step_up(desk, episode_id, {"received_on": UP})
    assert standings(desk, client_id) == ["waiting", "closed"]
    again.take_back_again(desk, made, AT_ONCE)

    assert standings(desk, client_id) == ["closed"]


def test_it_is_not_undone_once_something_was_recorded_on_it(desk: Desk) -> None:
    _, episode_id = in_step_down(desk)
    made, _ = again.step_up(desk, episode_id, {"received_on": UP})
    make_session(desk, made, date(2018, 4, 24))

    with pytest.raises(NotValid, match="Take those back first"):
        again.take_back_again(desk, made, AT_ONCE)
    with pytest.raises(NotValid, match="Say why"):
        again.take_back_again(desk, made, "")


def test_support_that_is_live_and_core_is_not_stepped_up(desk: Desk) -> None:
    _, episode_id = make_episode(desk)

    with pytest.raises(NotValid, match="nothing to step up from"):
        again.step_up(desk, episode_id, {})


def test_nobody_steps_up_before_they_were_last_seen_or_before_the_end(
    desk: Desk,
) -> None:
    earlier, episode_id = in_step_down(desk)
    make_session(desk, earlier, date(2018, 4, 25))
    with pytest.raises(NotValid, match="attended on Wed 25 Apr 2018"):
        again.step_up(desk, episode_id, {"received_on": UP})

    _, over = closed(desk)
    early: dict[str, Value] = {"received_on": date(2018, 1, 15)}
    with pytest.raises(NotValid, match="was closed on Thu 1 Feb 2018"):
        again.step_up(desk, over, early)


def test_referring_again_takes_over_what_is_known_and_awaits_its_decision(
    desk: Desk,
) -> None:
    client_id = make_client(desk)
    earlier, episode_id = closed(desk, client_id)
    referrals.change_referral(desk, earlier, {"held_by": "Early Help"})
    life.set_needs(desk, earlier, ("COPING", "WORK"))

    made, _ = again.refer_again(desk, earlier, {"source": "SELF"})

    before, after = held(desk, earlier), held(desk, made)
    same = ("contract_id", "area", "held_by", "client_id")
    assert [getattr(after, name) for name in same] == [
        getattr(before, name) for name in same
    ]
    assert (after.source, after.from_episode_id) == ("SELF", episode_id)
    assert (after.decision, after.received_on) == ("PENDING", TODAY)
    assert sorted(life.needs_of(desk, made)) == ["COPING", "WORK"]
    again.take_back_again(desk, made, AT_ONCE)
    assert standings(desk, client_id) == ["closed"]


def test_somebody_declined_or_off_the_list_can_be_referred_again(desk: Desk) -> None:
    declined = make_referral(
        desk, decision="DECLINED", decided_on=date(2017, 9, 4), signposted_to="GP"
    )
    left = make_waiting(desk)
    waiting.leave_list(desk, left, date(2018, 1, 5), "NOT_READY")

    for earlier in (declined, left):
        made, _ = again.refer_again(desk, earlier, {})
        assert held(desk, made).source == "GP"
        assert held(desk, made).from_episode_id is None


def test_what_is_still_open_is_gone_on_with_instead(desk: Desk) -> None:
    live, _ = make_episode(desk)
    for earlier in (make_referral(desk), make_waiting(desk), live):
        with pytest.raises(NotValid, match="still open"):
            again.refer_again(desk, earlier, {})


def test_nobody_steps_up_twice_from_one_support(desk: Desk) -> None:
    client_id = make_client(desk)
    _, episode_id = in_step_down(desk, client_id)
    first, _ = again.step_up(desk, episode_id, {"received_on": UP})

    with pytest.raises(NotValid, match="already"):
        again.step_up(desk, episode_id, {"received_on": TODAY})

    again.take_back_again(desk, first, AT_ONCE)
    again.step_up(desk, episode_id, {"received_on": TODAY})
    assert len(standings(desk, client_id)) == 2
