"""Exit strategy, step-down, going past 12 months, closing."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from provider_desk.model.errors import NotAllowed, NotValid
from provider_desk.model.fields import Value
from provider_desk.model.records import ExitStrategy, Phase
from provider_desk.services.casework import (
    episodes,
    people,
    referrals,
    sessions,
    undoing,
    waiting,
)
from provider_desk.services.casework.course import exits
from provider_desk.services.casework.history import history
from provider_desk.services.casework.measuring import scores
from provider_desk.services.desk import Desk
from provider_desk.store.records import find, get
from tests.builders.casework import (
    TODAY,
    episode_of,
    make_client,
    make_episode,
    make_session,
    make_waiting,
    signed_in_as,
)

CLOSED: dict[str, Value] = {"closed_on": date(2018, 2, 1), "reason": "COMPLETED"}


def test_an_exit_strategy_is_reviewed_every_three_months(desk: Desk) -> None:
    _, episode_id = make_episode(desk)
    first, changed = episodes.add_exit_strategy(
        desk, episode_id, {"made_on": date(2018, 1, 31), "status": "AGREED"}
    )
    with desk.store.reading() as rows:
        assert get(rows, ExitStrategy, first).review_on == date(2018, 4, 30)
    assert changed.said == "Exit strategy of Wed 31 Jan 2018 saved."

    said = exits.review_exit(desk, first, {})[1].said

    with desk.store.reading() as rows:
        held = get(rows, ExitStrategy, first)
    assert (held.status, held.review_on) == ("REVIEWED", date(2018, 8, 1))
    assert said == "Exit strategy reviewed. Next review Wed 1 Aug 2018."


def test_a_newer_version_replaces_the_older_which_stays(desk: Desk) -> None:
    _, episode_id = make_episode(desk)
    old, _ = episodes.add_exit_strategy(
        desk, episode_id, {"made_on": date(2017, 10, 3)}
    )
    new, _ = episodes.add_exit_strategy(desk, episode_id, {"made_on": date(2018, 1, 9)})

    with desk.store.reading() as rows:
        held = {each.id: each.status for each in find(rows, ExitStrategy)}
    assert held == {old: "REPLACED", new: "DRAFT"}


def test_an_older_version_typed_in_later_does_not_stand_beside_the_newest(
    desk: Desk,
) -> None:
    _, episode_id = make_episode(desk)
    new, _ = episodes.add_exit_strategy(desk, episode_id, {"made_on": date(2018, 1, 9)})

    old, _ = episodes.add_exit_strategy(
        desk, episode_id, {"made_on": date(2017, 10, 3)}
    )

    with desk.store.reading() as rows:
        held = {each.id: each.status for each in find(rows, ExitStrategy)}
    assert held == {old: "REPLACED", new: "DRAFT"}
    exits.take_back_exit(desk, new, "by mistake")
    with desk.store.reading() as rows:
        assert get(rows, ExitStrategy, old).status == "DRAFT"


def test_step_down_has_its_own_review_after_eight_weeks_and_comes_once(
    desk: Desk,
) -> None:
    _, episode_id = make_episode(desk)
    phase_id, _ = episodes.step_down(desk, episode_id, {"started_on": date(2018, 4, 3)})

    with desk.store.reading() as rows:
        phase = get(rows, Phase, phase_id)
    assert (phase.phase, phase.review_on) == ("STEP_DOWN", date(2018, 5, 29))
    with pytest.raises(NotValid, match="new referral, “step-up”"):
        episodes.step_down(desk, episode_id, {})


def test_a_phase_does_not_begin_before_its_episode(desk: Desk) -> None:
    _, episode_id = make_episode(desk, started_on=date(2017, 10, 3))

    with pytest.raises(NotValid, match="begins before the episode"):
        episodes.step_down(desk, episode_id, {"started_on": date(2017, 10, 2)})


def test_a_closed_episode_takes_nothing_new(desk: Desk) -> None:
    _, episode_id = make_episode(desk)
    _, changed = episodes.close_episode(desk, episode_id, CLOSED)

    assert changed.said == (
        "Closed on Thu 1 Feb 2018: Support or therapy completed, goals reviewed."
    )
    with pytest.raises(NotValid, match="was closed on Thu 1 Feb 2018"):
        episodes.close_episode(desk, episode_id, CLOSED)
    with pytest.raises(NotValid, match="was closed"):
        episodes.step_down(desk, episode_id, {})
    with pytest.raises(NotValid, match="was closed"):
        episodes.add_exit_strategy(desk, episode_id, {})
    with pytest.raises(NotValid, match="was closed"):
        episodes.add_exceptional(desk, episode_id, {"reason": "OTHER"})


def test_nobody_is_closed_before_they_were_last_seen(desk: Desk) -> None:
    referral_id, episode_id = make_episode(desk)
    make_session(desk, referral_id, date(2018, 3, 6))

    with pytest.raises(NotValid, match="attended on Tue 6 Mar 2018") as told:
        episodes.close_episode(desk, episode_id, CLOSED)

    assert [each.field for each in told.value.problems] == ["closed_on"]


def test_bookings_after_the_closing_are_pointed_out(desk: Desk) -> None:
    referral_id, episode_id = make_episode(desk)
    booked = make_session(desk, referral_id, TODAY + timedelta(7), "BOOKED")

    _, changed = episodes.close_episode(desk, episode_id, CLOSED)

    assert any("1 session after this day" in w.text for w in changed.warnings)
    sessions.record_attendance(desk, booked, "CX_PROV")


def test_a_closing_by_mistake_is_taken_back_with_a_reason(desk: Desk) -> None:
    client_id = make_client(desk)
    _, episode_id = make_episode(desk, client_id)
    episodes.close_episode(desk, episode_id, CLOSED)

    with pytest.raises(NotValid, match="Say why"):
        episodes.reopen_episode(desk, episode_id, " ")
    episodes.reopen_episode(desk, episode_id, "closed the wrong case")

    assert people.person(desk, client_id).referrals[0].status == "live"
    with pytest.raises(NotValid, match="not closed"):
        episodes.reopen_episode(desk, episode_id, "again")


def test_the_start_is_not_typed_by_hand(desk: Desk) -> None:
    _, episode_id = make_episode(desk)

    with pytest.raises(NotValid, match="first attended session"):
        episodes.change_episode(desk, episode_id, {"started_on": TODAY})
    episodes.change_episode(desk, episode_id, {"worker": "XX", "frequency": "WEEKLY"})

    lines = history(desk, "episode", episode_id)
    assert ("Worker", "RI", "XX") in lines[-1].fields


def test_an_approval_says_until_when_and_who_agreed(desk: Desk) -> None:
    client_id = make_client(desk)
    _, episode_id = make_episode(desk, client_id)
    values: dict[str, Value] = {"reason": "TRIAL", "review_by": TODAY + timedelta(30)}

    _, changed = episodes.add_exceptional(desk, episode_id, values)

    assert [each.field for each in changed.warnings] == ["approved_by"]
    (card,) = people.person(desk, client_id).episodes
    assert (card.exceptional, card.exceptional_until) == (True, TODAY + timedelta(30))


def test_scores_keep_to_their_range_and_are_put_right_by_addendum(desk: Desk) -> None:
    referral_id = make_waiting(desk, area="PES_AD")
    score: dict[str, Value] = {
        "instrument": "PHQ9",
        "scored_on": date(2017, 9, 12),
        "risk_item": "0",
    }

    with pytest.raises(NotValid, match="0 to 27"):
        scores.add_score(desk, referral_id, {**score, "total": 28})
    score_id, changed = scores.add_score(desk, referral_id, {**score, "total": 12})
    scores.correct_score(desk, score_id, {"total": 21}, "digits swapped")

    assert changed.said == "PHQ-9 saved: 12."
    told = history(desk, "score", score_id)[-1]
    assert (told.reason, told.fields) == ("digits swapped", (("Total", "12", "21"),))


ERROR: dict[str, Value] = {"closed_on": TODAY, "reason": "ERROR"}
ACCEPTED = date(2017, 9, 5)


def _decided_otherwise(desk: Desk, referral_id: str) -> str:
    values: dict[str, Value] = {"decision": "WITHDRAWN", "decided_on": ACCEPTED}
    referrals.decide(desk, referral_id, values)
    return "is not accepted"


def _decided_later(desk: Desk, referral_id: str) -> str:
    values: dict[str, Value] = {"decision": "ACCEPTED", "decided_on": TODAY}
    referrals.decide(desk, referral_id, values)
    return "is accepted since"


def _off_the_list(desk: Desk, referral_id: str) -> str:
    waiting.leave_list(desk, referral_id, TODAY, "NOT_WANTED")
    return "left the waiting list"


def _started_again(desk: Desk, referral_id: str) -> str:
    make_session(desk, referral_id, TODAY)
    newer = episode_of(desk, referral_id).id
    episodes.close_episode(desk, newer, {"closed_on": TODAY, "reason": "COMPLETED"})
    return "in another episode"


@pytest.mark.parametrize(
    "since", [_decided_otherwise, _decided_later, _off_the_list, _started_again]
)
def test_an_episode_entered_in_error_does_not_come_back_past_its_referral(
    desk: Desk, since: Callable[[Desk, str], str]
) -> None:
    referral_id, episode_id = make_episode(desk)
    _, closed = episodes.close_episode(desk, episode_id, ERROR)
    stops = since(desk, referral_id)

    with pytest.raises(NotValid, match=stops):
        episodes.reopen_episode(desk, episode_id, "it was right")
    with pytest.raises(NotValid):
        undoing.undo(desk, closed)


def test_an_episode_entered_in_error_comes_back_while_the_person_waits(
    desk: Desk,
) -> None:
    referral_id, episode_id = make_episode(desk)
    episodes.close_episode(desk, episode_id, ERROR)

    episodes.reopen_episode(desk, episode_id, "it was right")

    assert episode_of(desk, referral_id).id == episode_id


def test_a_role_without_the_right_changes_nothing(desk: Desk) -> None:
    _, episode_id = make_episode(desk)
    nobody = signed_in_as(desk, "VISITOR")

    with pytest.raises(NotAllowed, match="Your role may not run episodes"):
        episodes.close_episode(nobody, episode_id, CLOSED)

    with desk.store.reading() as rows:
        assert find(rows, Phase, phase="STEP_DOWN") == []
