"""A total that is typed asks about the risk item too: no way in leads past the prompt.

Source: domain reference, B10, D4; practices, P22.
"""

from datetime import date

import pytest

from provider_desk.model.errors import NotValid
from provider_desk.model.fields import Value
from provider_desk.model.records import Closure, RiskAnswer, RiskFlag, Score
from provider_desk.services.casework import episodes
from provider_desk.services.casework.course.also_ended import Also
from provider_desk.services.casework.measuring import scores
from provider_desk.services.desk import Desk
from provider_desk.store.records import find, get
from tests.builders.casework import TODAY, make_client, make_episode, make_session

ON = date(2018, 4, 3)
PHQ: dict[str, Value] = {"instrument": "PHQ9", "scored_on": ON, "total": 12}


@pytest.fixture
def referral_id(desk: Desk) -> str:
    return make_episode(desk, make_client(desk), area="PES_AD")[0]


def fields(told: NotValid) -> list[str]:
    return [problem.field for problem in told.problems]


def flags(desk: Desk) -> int:
    with desk.store.reading() as rows:
        return len(find(rows, RiskFlag))


@pytest.mark.parametrize(("code", "number"), [("PHQ9", 9), ("CORE10", 6)])
def test_a_total_is_not_saved_before_its_risk_item_is_answered(
    desk: Desk, referral_id: str, code: str, number: int
) -> None:
    with pytest.raises(NotValid, match=f"question {number}") as told:
        scores.add_score(desk, referral_id, {**PHQ, "instrument": code})

    assert fields(told.value) == ["risk_item"]
    with desk.store.reading() as rows:
        assert find(rows, Score) == []


def test_above_0_it_is_not_saved_without_what_was_done(
    desk: Desk, referral_id: str
) -> None:
    risky = {**PHQ, "risk_item": "1"}
    for done, why, field in (("", "", "done"), ("COULD_NOT", "", "why")):
        with pytest.raises(NotValid) as told:
            scores.add_score(desk, referral_id, risky, done=done, why=why)
        assert fields(told.value) == [field]
    assert flags(desk) == 0

    score_id, _ = scores.add_score(desk, referral_id, risky, done="PLAN")

    with desk.store.reading() as rows:
        (answer,) = find(rows, RiskAnswer, score_id=score_id)
        (flag,) = find(rows, RiskFlag)
        kept = get(rows, Score, score_id)
    assert (answer.done, answer.risk_flag_id) == ("PLAN", flag.id)
    assert (kept.total, kept.items, kept.risk_item) == (12, "", "1")
    assert flag.raised_on == ON


def test_not_known_is_said_and_the_foot_says_to_ask(
    desk: Desk, referral_id: str
) -> None:
    _, changed = scores.add_score(desk, referral_id, {**PHQ, "risk_item": "NK"})

    assert "Question 9 is not known: ask it" in changed.said
    assert flags(desk) == 0


def test_a_total_of_nothing_has_nothing_in_it(desk: Desk, referral_id: str) -> None:
    score_id, _ = scores.add_score(desk, referral_id, {**PHQ, "total": 0})

    with desk.store.reading() as rows:
        assert get(rows, Score, score_id).risk_item == "0"


def test_a_measure_without_such_a_question_is_not_asked(
    desk: Desk, referral_id: str
) -> None:
    gad: dict[str, Value] = {**PHQ, "instrument": "GAD7", "risk_item": "3"}

    score_id, _ = scores.add_score(desk, referral_id, gad)

    with desk.store.reading() as rows:
        assert get(rows, Score, score_id).risk_item is None


@pytest.mark.parametrize(
    ("code", "total", "said"),
    [("PHQ9", 2, "3"), ("PHQ9", 25, "0"), ("PHQ9", 27, "2"), ("PHQ9", 12, "4"),
     ("CORE10", 3, "4"), ("CORE10", 37, "0")],
)  # fmt: skip
def test_what_cannot_stand_beside_the_total_is_told_beside_it(
    desk: Desk, referral_id: str, code: str, total: int, said: str
) -> None:
    wrong = {**PHQ, "instrument": code, "total": total, "risk_item": said}

    with pytest.raises(NotValid) as told:
        scores.add_score(desk, referral_id, wrong, done="DISCUSSED")

    assert fields(told.value) == ["risk_item"]


def test_a_correction_of_an_older_total_asks_as_well(
    desk: Desk, referral_id: str
) -> None:
    # As it came from a spreadsheet: nobody ever asked about the item.
    old = Score.made({**PHQ, "referral_id": referral_id})
    with desk.store.writing("bring in") as deed:
        deed.add(old)

    with pytest.raises(NotValid) as told:
        scores.correct_score(desk, old.id, {"total": 14}, "misread")
    assert fields(told.value) == ["risk_item"]
    with pytest.raises(NotValid) as told:
        scores.correct_score(desk, old.id, {"risk_item": "2"}, "asked since")
    assert fields(told.value) == ["done"]
    scores.correct_score(
        desk, old.id, {"total": 14, "risk_item": "2"}, "misread", done="SUPERVISOR"
    )

    assert flags(desk) == 1
    with desk.store.reading() as rows:
        assert [a.done for a in find(rows, RiskAnswer)] == ["SUPERVISOR"]
        assert get(rows, Score, old.id).total == 14
    # What was done is said once; that it was wrong is said of the flag.
    scores.correct_score(desk, old.id, {"total": 15}, "misread again")
    said = scores.correct_score(desk, old.id, {"risk_item": "0"}, "mistyped").said
    assert said.startswith("Score put right. The risk flag that stands")
    assert flags(desk) == 1


def test_by_questions_instead_of_a_total_it_is_asked_too(
    desk: Desk, referral_id: str
) -> None:
    score_id, _ = scores.add_score(desk, referral_id, {**PHQ, "risk_item": "0"})
    answers = [2, 2, 2, 2, 2, 1, 1, 0, 1]

    with pytest.raises(NotValid) as told:
        scores.correct_score(desk, score_id, {}, "the paper came", answers=answers)
    assert fields(told.value) == ["done"]
    scores.correct_score(
        desk, score_id, {}, "the paper came", answers=answers, done="DISCUSSED"
    )

    with desk.store.reading() as rows:
        kept = get(rows, Score, score_id)
    assert (kept.total, kept.risk_item, flags(desk)) == (13, None, 1)


def test_the_page_of_closing_leads_to_the_prompt_and_not_past_it(desk: Desk) -> None:
    referral_id, episode_id = make_episode(desk, make_client(desk), area="PES_AD")
    make_session(desk, referral_id, ON, type="SUPPORT")
    ends: dict[str, Value] = {"closed_on": TODAY, "reason": "COMPLETED"}
    score = {**PHQ, "scored_on": TODAY}

    for said, words in ((None, "question 9"), ("2", "Fill in a measure")):
        given = Also(score={**score, "risk_item": said})
        with pytest.raises(NotValid, match=words) as told:
            episodes.close_episode(desk, episode_id, ends, given)
        assert fields(told.value) == ["score.risk_item"]
        with desk.store.reading() as rows:
            assert find(rows, Closure) == []

    episodes.close_episode(desk, episode_id, ends, Also(score={**score, "total": 0}))
    with desk.store.reading() as rows:
        assert [each.risk_item for each in find(rows, Score)] == ["0"]
