"""Closing as one deed: what ends with it, what is added, and one undo for all."""

from datetime import date, timedelta

import pytest

from provider_desk.model.choices import choices
from provider_desk.model.errors import NotValid
from provider_desk.model.fields import Value
from provider_desk.model.outcome_measures import OWN_SCALE
from provider_desk.model.records import (
    Closure,
    Goal,
    OnwardReferral,
    Pause,
    Score,
    Session,
)
from provider_desk.services.casework import episodes, goals, people, starts
from provider_desk.services.casework.caring import risk, safeguarding
from provider_desk.services.casework.course import closing_sheet, onward, pauses
from provider_desk.services.casework.course.also_ended import Also
from provider_desk.services.casework.measuring import scores
from provider_desk.services.desk import Desk
from provider_desk.store.records import find, get
from tests.builders.caring import flags_of, make_flag
from tests.builders.casework import (
    TODAY,
    make_client,
    make_episode,
    make_session,
    signed_in_as,
)

ENDS: dict[str, Value] = {"reason": "COMPLETED", "decided_by": "Both"}
GOAL: dict[str, Value] = {
    "words": "Sleep through",
    "outcome": "4",
    "set_on": date(2018, 1, 9),
}
ON: dict[str, Value] = {"made_to": "A group in town", "consent": "Y"}
LAST: dict[str, Value] = {"instrument": "PHQ9", "total": 6, "risk_item": "0"}


class Case:
    """An episode with a goal, an open pause, and a booking to come."""

    def __init__(self, desk: Desk) -> None:
        self.client_id = make_client(desk)
        self.referral_id, self.episode_id = make_episode(desk, self.client_id)
        self.goal_id, _ = goals.set_goal(desk, self.referral_id, GOAL)
        first = {**LAST, "total": 18, "scored_on": date(2017, 10, 3)}
        scores.add_score(desk, self.referral_id, first)
        self.booked = make_session(
            desk, self.referral_id, TODAY + timedelta(7), "BOOKED"
        )
        resting: dict[str, Value] = {"from_on": date(2018, 4, 9), "reason": "WISH"}
        self.pause_id, _ = pauses.pause(desk, self.episode_id, resting)

    def everything(self) -> Also:
        """All that can end and be added with it."""
        return Also(goals={self.goal_id: "Y"}, score=LAST, onward=ON, cancel=True)

    def stands(self, desk: Desk) -> tuple[object, ...]:
        """How everything stands that a closing touches."""
        with desk.store.reading() as rows:
            goal, rest = get(rows, Goal, self.goal_id), get(rows, Pause, self.pause_id)
            return (
                goal.ended_on,
                goal.reached,
                rest.until_on,
                get(rows, Session, self.booked).attendance,
                len(find(rows, Score)),
                len(find(rows, OnwardReferral)),
                len(find(rows, Closure)),
            )


@pytest.fixture
def case(desk: Desk) -> Case:
    return Case(desk)


def test_all_of_it_is_saved_in_one_deed_and_taken_back_by_one_undo(
    desk: Desk, case: Case
) -> None:
    before = case.stands(desk)

    closing_id, changed = episodes.close_episode(
        desk, case.episode_id, ENDS, case.everything()
    )

    assert case.stands(desk) == (TODAY, "Y", TODAY, "CX_PROV", 2, 1, 1)
    assert changed.said == (
        "Closed on Tue 1 May 2018: Support or therapy completed, goals reviewed. "
        "The pause ended. 1 goal ended. 1 booked session cancelled. Referred on."
    )
    said = episodes.take_back_closing(desk, closing_id, "undone at once").said
    assert case.stands(desk) == before
    assert "1 session booked again." in said


def test_what_was_touched_since_the_closing_stays_when_it_is_taken_back(
    desk: Desk, case: Case
) -> None:
    episodes.close_episode(desk, case.episode_id, ENDS, case.everything())
    goals.change_goal(desk, case.goal_id, {"reached": "N"})

    episodes.reopen_episode(desk, case.episode_id, "the wrong person")

    with desk.store.reading() as rows:
        goal = get(rows, Goal, case.goal_id)
        rest = get(rows, Pause, case.pause_id)
    assert (goal.ended_on, goal.reached) == (TODAY, "N")
    assert rest.until_on is None


def test_where_one_part_is_wrong_nothing_is_saved(desk: Desk, case: Case) -> None:
    before = case.stands(desk)
    wrong = Also(goals={case.goal_id: "Y"}, score={**LAST, "total": 99}, cancel=True)

    with pytest.raises(NotValid, match="0 to 27") as told:
        episodes.close_episode(desk, case.episode_id, ENDS, wrong)

    assert [p.field for p in told.value.problems] == ["score.total"]
    assert case.stands(desk) == before


@pytest.mark.parametrize("answer", ["N", "NK", None])
def test_nobody_is_referred_on_without_their_yes(
    desk: Desk, case: Case, answer: str | None
) -> None:
    wrong = Also(onward={**ON, "consent": answer})

    with pytest.raises(NotValid, match="Only with the person's own yes") as told:
        episodes.close_episode(desk, case.episode_id, ENDS, wrong)
    assert next(p.field for p in told.value.problems) == "onward.consent"
    with pytest.raises(NotValid, match="nothing is sent"):
        onward.refer_on(desk, case.episode_id, {**ON, "consent": answer})

    with desk.store.reading() as rows:
        assert find(rows, OnwardReferral) == []


def test_what_is_missing_is_pointed_out_and_stops_nothing(
    desk: Desk, case: Case
) -> None:
    values: dict[str, Value] = {"reason": "PROV_ENDED"}

    _, changed = episodes.close_episode(desk, case.episode_id, values)

    said = " ".join(w.text for w in changed.warnings)
    assert "Cancel them." in said
    assert "Say who decided" in said
    assert "1 goal still open" in said
    assert case.stands(desk)[-1] == 1


def test_a_planned_ending_without_strategy_or_with_a_session_unsaid_is_pointed_out(
    desk: Desk,
) -> None:
    client_id = make_client(desk)
    referral_id, episode_id = make_episode(
        desk, client_id, started_on=TODAY - timedelta(30)
    )
    make_session(desk, referral_id, TODAY, "BOOKED")
    made: dict[str, Value] = {"made_to": "ASC", "reason": "words"}
    safeguarding.refer_for(desk, referral_id, made)

    _, changed = episodes.close_episode(desk, episode_id, {"reason": "COMPLETED"})

    said = " ".join(w.text for w in changed.warnings)
    assert "Nobody said yet what came of 1 session: Tue 1 May 2018" in said
    assert "no exit strategy" in said
    assert "The safeguarding referral of Tue 1 May 2018 has no outcome yet" in said


def test_a_risk_flag_that_stands_is_pointed_out_and_stands_on(
    desk: Desk, case: Case
) -> None:
    make_flag(desk, case.client_id)
    over = make_flag(desk, case.client_id, "URGENT")
    risk.end_flag(desk, over, {"end_note": "safe now"})

    _, changed = episodes.close_episode(desk, case.episode_id, ENDS)

    said = [w.text for w in changed.warnings if "risk flag" in w.text]
    assert len(said) == 1
    assert said[0].startswith("A risk flag stands: Active concern, plan in place.")
    standing = [flag for flag in flags_of(desk, case.client_id) if not flag.ended_on]
    assert len(standing) == 1


def test_what_was_agreed_after_the_last_day_is_pointed_out(
    desk: Desk, case: Case
) -> None:
    episodes.add_exit_strategy(desk, case.episode_id, {"made_on": date(2018, 4, 20)})
    closed = {**ENDS, "closed_on": date(2018, 4, 2)}

    _, changed = episodes.close_episode(desk, case.episode_id, closed)

    said = [p.text for p in changed.warnings if p.field == "closed_on"]
    assert any("A pause begins on Mon 9 Apr 2018, after this day" in t for t in said)
    assert any("exit strategy was made on Fri 20 Apr 2018" in t for t in said)


def test_what_is_outside_the_support_is_not_cancelled_with_it(
    desk: Desk, case: Case
) -> None:
    own = make_session(
        desk, case.referral_id, TODAY + timedelta(9), "BOOKED", type="GROUP_OWN"
    )

    episodes.close_episode(desk, case.episode_id, ENDS, Also(cancel=True))

    assert set(starts.OUTSIDE) == set(
        choices("session_type").codes_where("starts", value=False)
    )
    with desk.store.reading() as rows:
        assert get(rows, Session, own).attendance == "BOOKED"


def test_two_scales_of_ones_own_are_two_courses(desk: Desk, case: Case) -> None:
    for name, total in (("Sleep", 9), ("Trust", 2)):
        own: dict[str, Value] = {
            "instrument": OWN_SCALE,
            "scale_name": name,
            "total": total,
        }
        scores.add_score(desk, case.referral_id, own)

    found = closing_sheet.sheet(desk, case.episode_id).courses

    told = [(each.measure, each.first, each.last) for each in found]
    assert told[1:] == [("Sleep", 9, None), ("Trust", 2, None)]


def test_the_page_shows_what_there_is_at_the_end(desk: Desk, case: Case) -> None:
    scores.add_score(desk, case.referral_id, {**LAST, "scored_on": date(2018, 4, 3)})
    version: dict[str, Value] = {"made_on": TODAY, "way_back": "Ring the office"}
    episodes.add_exit_strategy(desk, case.episode_id, version)

    found = closing_sheet.sheet(desk, case.episode_id)

    (course,) = found.courses
    assert (course.measure, course.first, course.last) == ("PHQ-9", 18, 6)
    assert [goal.goal_id for goal in found.goals] == [case.goal_id]
    assert found.booked == (TODAY + timedelta(7),)
    assert found.paused_since == date(2018, 4, 9)
    assert found.version is not None
    assert found.version.made_on == TODAY


def test_a_goal_of_another_case_is_not_ended_here(desk: Desk, case: Case) -> None:
    other, _ = make_episode(desk)
    goal_id, _ = goals.set_goal(desk, other, GOAL)

    with pytest.raises(NotValid, match="another case"):
        episodes.close_episode(desk, case.episode_id, ENDS, Also(goals={goal_id: "Y"}))


def test_the_closing_of_counselling_is_sealed_and_undone_with_its_reason(
    desk: Desk,
) -> None:
    counsellor = signed_in_as(desk, "COUNSELLOR", "CO")
    case = Case(counsellor)
    values: dict[str, Value] = {**ENDS, "note": "Went well"}
    also = Also(goals={case.goal_id: "Y"}, onward={**ON, "note": "for the group"})

    episodes.close_episode(counsellor, case.episode_id, values, also)
    with desk.store.reading() as rows:
        (closing,) = find(rows, Closure)
        (sent,) = find(rows, OnwardReferral)
    assert "well" not in closing.note
    assert "group" not in sent.note
    episodes.reopen_episode(counsellor, case.episode_id, "she comes again")

    assert people.person(counsellor, case.client_id).episodes[0].closed_on is None


def test_an_onward_referral_is_put_right_and_taken_back(desk: Desk) -> None:
    _, episode_id = make_episode(desk)
    onward_id, _ = onward.refer_on(desk, episode_id, ON)

    onward.change_onward(desk, onward_id, {"made_to": "Another group"})
    with pytest.raises(NotValid, match="own yes"):
        onward.change_onward(desk, onward_id, {"consent": "NK"})
    with desk.store.reading() as rows:
        assert get(rows, OnwardReferral, onward_id).made_to == "Another group"
    onward.take_back_onward(desk, onward_id, "not sent")

    with desk.store.reading() as rows:
        assert find(rows, OnwardReferral) == []
