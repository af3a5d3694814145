"""Measures by their questions: totals, the risk item, putting right, taking back."""

from datetime import date

import pytest

from provider_desk.model.errors import NotValid
from provider_desk.model.fields import Value
from provider_desk.model.records import RiskAnswer, RiskFlag, Score
from provider_desk.model.views import EventKind
from provider_desk.services.casework import people
from provider_desk.services.casework.caring import risk
from provider_desk.services.casework.history import history
from provider_desk.services.casework.measuring import scores
from provider_desk.services.desk import Desk
from provider_desk.store.records import find, get
from tests.builders.casework import make_client, make_episode, make_session

NINE: list[int | None] = [2, 2, 2, 2, 2, 1, 1, 1, 0]
AT_RISK: list[int | None] = [*NINE[:8], 1]
ON = date(2018, 4, 3)
#: A total alone, with nothing at its risk item.
TOTAL: dict[str, Value] = {"total": 12, "risk_item": "0"}
ASKED: dict[str, Value] = {"instrument": "PHQ9", "scored_on": ON, "occasion": "FIRST"}


@pytest.fixture
def case(desk: Desk) -> tuple[str, str]:
    """A person and their referral."""
    client_id = make_client(desk)
    referral_id, _ = make_episode(desk, client_id, area="PES_AD")
    return client_id, referral_id


def score_of(desk: Desk, score_id: str) -> Score:
    with desk.store.reading() as rows:
        return get(rows, Score, score_id)


def flags_of(desk: Desk, client_id: str) -> list[RiskFlag]:
    with desk.store.reading() as rows:
        return find(rows, RiskFlag, client_id=client_id)


def problem_of(error: NotValid) -> tuple[str, str]:
    (problem,) = [each for each in error.problems if each.severity == "stop"]
    return problem.field, problem.text


def test_answers_are_kept_with_their_total(desk: Desk, case: tuple[str, str]) -> None:
    client_id, referral_id = case

    score_id, changed = scores.add_score(desk, referral_id, ASKED, answers=NINE)

    kept = score_of(desk, score_id)
    assert (kept.total, kept.items, kept.missing) == (13, "2,2,2,2,2,1,1,1,0", 0)
    assert (kept.tenths, kept.occasion) == (None, "FIRST")
    assert changed.said == "PHQ-9 saved: 13."
    (line,) = [
        each
        for each in people.person(desk, client_id).events
        if each.kind is EventKind.SCORE
    ]
    assert (line.title, line.detail) == ("PHQ-9", "13, moderate · First")


def test_a_total_with_answers_missing_is_rounded_and_says_so(
    desk: Desk, case: tuple[str, str]
) -> None:
    client_id, referral_id = case
    answers = [2, 2, 2, 2, 2, 1, 1, 1, None]

    score_id, _ = scores.add_score(desk, referral_id, ASKED, answers=answers)

    kept = score_of(desk, score_id)
    assert (kept.total, kept.tenths, kept.missing) == (15, 146, 1)
    page = people.person(desk, client_id)
    (line,) = [each for each in page.events if each.kind is EventKind.SCORE]
    assert line.detail == "15, moderate · First · 1 question without an answer"


def test_too_many_missing_answers_save_nothing_and_say_what_to_do(
    desk: Desk, case: tuple[str, str]
) -> None:
    _, referral_id = case
    answers = [1, 1, 1, 1, 1, 1, None, None, None]

    with pytest.raises(NotValid) as told:
        scores.add_score(desk, referral_id, ASKED, answers=answers)

    field, text = problem_of(told.value)
    assert field == "items"
    assert "3 questions have no answer, and PHQ-9 needs at least 7" in text
    assert "stays as a draft" in text
    assert "risk" not in text
    with desk.store.reading() as rows:
        assert find(rows, Score) == []
    risky = [*answers[:5], None, None, None, 2]
    with pytest.raises(NotValid) as told:
        scores.add_score(desk, referral_id, ASKED, answers=risky)
    assert "record a risk flag" in problem_of(told.value)[1]


def test_a_positive_risk_item_is_not_saved_without_what_was_done(
    desk: Desk, case: tuple[str, str]
) -> None:
    client_id, referral_id = case

    for done, why, field in (("", "", "done"), ("COULD_NOT", "", "why")):
        with pytest.raises(NotValid) as told:
            scores.add_score(
                desk, referral_id, ASKED, answers=AT_RISK, done=done, why=why
            )
        assert problem_of(told.value)[0] == field
    with desk.store.reading() as rows:
        assert not find(rows, Score)
        assert not find(rows, RiskAnswer)
    assert flags_of(desk, client_id) == []


def test_what_was_done_is_saved_with_the_score_and_a_flag_is_opened(
    desk: Desk, case: tuple[str, str]
) -> None:
    client_id, referral_id = case
    by_post: dict[str, Value] = {**ASKED, "administered": "POST"}

    score_id, changed = scores.add_score(
        desk, referral_id, by_post, answers=AT_RISK, done="SUPERVISOR"
    )

    assert changed.said.endswith(" A risk flag stands on the card.")
    with desk.store.reading() as rows:
        (answer,) = find(rows, RiskAnswer, score_id=score_id)
    (flag,) = flags_of(desk, client_id)
    assert (answer.done, answer.risk_flag_id) == ("SUPERVISOR", flag.id)
    # Entered later: the day on which it was filled in counts, and is told.
    assert flag.raised_on == ON
    assert "Tue 3 Apr 2018" in flag.reason


@pytest.mark.parametrize(
    ("code", "count", "item"), [("CORE10", 10, 6), ("PHQ9", 9, 9), ("GAD7", 7, 0)]
)
def test_the_risk_item_is_that_of_the_measure(
    desk: Desk, case: tuple[str, str], code: str, count: int, item: int
) -> None:
    _, referral_id = case
    asked: dict[str, Value] = {"instrument": code, "scored_on": ON}

    for number in range(1, count + 1):
        answers = [0] * count
        answers[number - 1] = 1
        if number == item:
            with pytest.raises(NotValid):
                scores.add_score(desk, referral_id, asked, answers=answers)
        else:
            scores.add_score(desk, referral_id, asked, answers=answers)


def test_a_total_alone_is_kept_without_answers(
    desk: Desk, case: tuple[str, str]
) -> None:
    _, referral_id = case
    asked: dict[str, Value] = {**ASKED, **TOTAL, "items": "1,1"}

    score_id, _ = scores.add_score(desk, referral_id, asked)

    kept = score_of(desk, score_id)
    assert (kept.total, kept.items, kept.missing, kept.tenths) == (12, "", None, None)
    with pytest.raises(NotValid) as told:
        scores.add_score(desk, referral_id, {**asked, "total": None})
    assert problem_of(told.value)[0] == "total"


def test_a_scale_of_ones_own_is_a_name_and_a_number(
    desk: Desk, case: tuple[str, str]
) -> None:
    _, referral_id = case
    own: dict[str, Value] = {"instrument": "STAR", "scored_on": ON, "total": 4}

    with pytest.raises(NotValid) as refused:
        scores.add_score(desk, referral_id, own)
    new_id, named = scores.add_score(
        desk, referral_id, {**own, "scale_name": "Risk matrix"}
    )

    assert [each.field for each in refused.value.problems] == ["scale_name"]
    with pytest.raises(NotValid):
        scores.correct_score(desk, new_id, {"total": 5, "scale_name": ""}, "Misread.")
    assert (named.said, named.warnings) == ("Risk matrix saved: 4.", ())
    wrong: dict[str, Value] = {**ASKED, "total": 4, "scale_name": "Risk matrix"}
    with pytest.raises(NotValid):
        scores.add_score(desk, referral_id, wrong)


def test_measures_without_words_are_not_asked_by_questions(
    desk: Desk, case: tuple[str, str]
) -> None:
    _, referral_id = case
    asked: dict[str, Value] = {"instrument": "SWEMWBS", "scored_on": ON}

    with pytest.raises(NotValid) as told:
        scores.add_score(desk, referral_id, asked, answers=[3] * 7)

    assert problem_of(told.value)[0] == "instrument"


def test_answers_are_put_right_with_a_reason_and_the_total_follows(
    desk: Desk, case: tuple[str, str]
) -> None:
    _, referral_id = case
    score_id, _ = scores.add_score(desk, referral_id, ASKED, answers=NINE)
    right = [3, *NINE[1:]]

    with pytest.raises(NotValid) as told:
        scores.correct_score(desk, score_id, {"total": 20}, "typed wrong")
    assert "The answers come to 13" in problem_of(told.value)[1]
    scores.correct_score(desk, score_id, {}, "typed wrong", answers=right)

    kept = score_of(desk, score_id)
    assert (kept.total, kept.items) == (14, "3,2,2,2,2,1,1,1,0")
    lines = history(desk, Score.TABLE, score_id)
    assert [line.reason for line in lines] == ["", "typed wrong"]
    scores.correct_score(
        desk, score_id, {"total": 20, "risk_item": "0"}, "only the total", answers=()
    )
    assert (score_of(desk, score_id).total, score_of(desk, score_id).items) == (20, "")


def test_a_correction_that_makes_the_risk_item_positive_asks_what_was_done(
    desk: Desk, case: tuple[str, str]
) -> None:
    client_id, referral_id = case
    score_id, _ = scores.add_score(desk, referral_id, ASKED, answers=NINE)

    with pytest.raises(NotValid):
        scores.correct_score(desk, score_id, {}, "misread", answers=AT_RISK)
    assert score_of(desk, score_id).total == 13
    scores.correct_score(
        desk, score_id, {}, "misread", answers=AT_RISK, done="DISCUSSED"
    )

    assert score_of(desk, score_id).total == 14
    assert len(flags_of(desk, client_id)) == 1
    # What was done is said once.
    again = [*AT_RISK[:8], 2]
    scores.correct_score(desk, score_id, {}, "misread again", answers=again)
    with desk.store.reading() as rows:
        assert len(find(rows, RiskAnswer)) == 1


def test_a_score_is_taken_back_with_what_was_done_and_the_flag_stays(
    desk: Desk, case: tuple[str, str]
) -> None:
    client_id, referral_id = case
    score_id, _ = scores.add_score(
        desk, referral_id, ASKED, answers=AT_RISK, done="PLAN"
    )

    with pytest.raises(NotValid):
        scores.take_back_score(desk, score_id, " ")
    said = scores.take_back_score(desk, score_id, "another person's").said

    with desk.store.reading() as rows:
        assert not find(rows, Score)
        assert not find(rows, RiskAnswer)
    assert len(flags_of(desk, client_id)) == 1
    assert said.startswith("Score taken back. The risk flag")


def test_first_and_last_are_marked_for_the_chart(
    desk: Desk, case: tuple[str, str]
) -> None:
    client_id, referral_id = case
    for day in (date(2017, 10, 10), date(2017, 10, 17), date(2018, 2, 6)):
        make_session(desk, referral_id, day, type="SUPPORT")
    for day, total in ((date(2017, 10, 10), 18), (date(2018, 1, 9), 15), (ON, 10)):
        asked: dict[str, Value] = {**ASKED, **TOTAL, "scored_on": day, "total": total}
        scores.add_score(desk, referral_id, asked)

    points = people.person(desk, client_id).scores

    assert [(each.total, each.mark) for each in points] == [
        (18, "first"),
        (15, ""),
        (10, "last"),
    ]


def test_a_risk_item_that_is_positive_again_is_asked_about_again(
    desk: Desk, case: tuple[str, str]
) -> None:
    client_id, referral_id = case
    score_id, _ = scores.add_score(
        desk, referral_id, ASKED, answers=AT_RISK, done="DISCUSSED"
    )
    changed = scores.correct_score(desk, score_id, {}, "mistyped", answers=NINE)
    (flag,) = flags_of(desk, client_id)
    risk.end_flag(desk, flag.id, {"end_note": "it was mistyped"})

    with pytest.raises(NotValid, match="what was done"):
        scores.correct_score(desk, score_id, {}, "it was right", answers=AT_RISK)
    scores.correct_score(
        desk, score_id, {}, "it was right", answers=AT_RISK, done="DISCUSSED"
    )

    assert "flag" in changed.said
    assert [each.ended_on is None for each in flags_of(desk, client_id)] == [
        False,
        True,
    ]
