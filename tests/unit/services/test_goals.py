"""Goals and their ratings, surveys, and what a session was for."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import NotFound, NotValid
from provider_desk.model.fields import Value
from provider_desk.model.months import Month
from provider_desk.model.records import Goal, GoalRating, SupportTag, SurveyAnswer
from provider_desk.model.views import CountedRow, EventKind
from provider_desk.returns.table import LineKey
from provider_desk.services.casework import goals, people, sessions, surveys
from provider_desk.services.casework.history import history, values_of
from provider_desk.services.casework.support_tags import tag_id
from provider_desk.services.desk import Desk
from provider_desk.services.returning.preparing import rows_behind
from provider_desk.services.settings import contracts
from provider_desk.store.records import find, get
from tests.builders.casework import (
    TODAY,
    contract_of,
    make_client,
    make_episode,
    make_waiting,
    signed_in_as,
)
from tests.builders.counselling import stands_in_the_clear

SET_ON = date(2018, 1, 9)
WORDS = "Go into town by myself"
NEXT_MONTH = FixedClock.on(date(2018, 6, 1))


def aim(desk: Desk, referral_id: str, **more: Value) -> str:
    values: dict[str, Value] = {"words": WORDS, "outcome": "2", "set_on": SET_ON}
    return goals.set_goal(desk, referral_id, {**values, **more})[0]


def test_a_goal_is_rated_ended_and_stands_in_the_time_line(desk: Desk) -> None:
    client_id = make_client(desk)
    referral_id, _ = make_episode(desk, client_id, area="PES_AD")
    goal_id = aim(desk, referral_id)
    rating: dict[str, Value] = {"rated_on": date(2018, 1, 10), "rating": 3}
    _, changed = goals.rate_goal(desk, goal_id, rating)
    goals.rate_goal(desk, goal_id, {"rated_on": date(2018, 2, 9), "rating": 6})

    (card,) = people.person(desk, client_id).goals
    assert (card.words, card.rating) == (WORDS, 6)
    assert card.outcome == "Resilience and coping"
    assert changed.said == "Goal rated 3 of 10."

    ending: dict[str, Value] = {"ended_on": date(2018, 2, 20), "reached": "Y"}
    said = goals.change_goal(desk, goal_id, ending).said

    page = people.person(desk, client_id)
    lines = [each.title for each in page.events if each.kind is EventKind.GOAL]
    assert lines == [
        "Goal reached",
        "Goal rated",
        "Goal rated",
        "Goal set",
    ]
    rated = [each.detail for each in page.events if each.title == "Goal rated"]
    assert rated == [f"6 of 10 · {WORDS}", f"3 of 10 · {WORDS}"]
    assert page.goals == ()
    assert said == "Goal reached on Tue 20 Feb 2018."


def test_of_two_ratings_of_a_day_the_one_written_last_counts(desk: Desk) -> None:
    client_id = make_client(desk)
    referral_id, _ = make_episode(desk, client_id, area="PES_AD")
    goal_id = aim(desk, referral_id)
    clock = desk.clock
    assert isinstance(clock, FixedClock)
    for rating in (6, 4, 5):
        clock.ms += 60_000
        goals.rate_goal(desk, goal_id, {"rated_on": TODAY, "rating": rating})

    (card,) = people.person(desk, client_id).goals

    assert card.rating == 5
    assert [value for _, value in card.ratings] == [6, 4, 5]


def test_a_goal_without_words_is_none(desk: Desk) -> None:
    referral_id = make_waiting(desk, area="PES_AD")

    with pytest.raises(NotValid) as refused:
        goals.set_goal(desk, referral_id, {"words": " ", "set_on": SET_ON})

    assert [each.field for each in refused.value.problems] == ["words"]


def test_a_fourth_goal_at_a_time_is_pointed_out_and_saved(desk: Desk) -> None:
    referral_id = make_waiting(desk, area="PES_AD")
    first = [aim(desk, referral_id) for _ in range(3)]
    values: dict[str, Value] = {"words": WORDS, "set_on": SET_ON}

    _, changed = goals.set_goal(desk, referral_id, values)

    assert [each.severity for each in changed.warnings] == ["warn"]
    assert "4 goals are open" in changed.warnings[0].text
    ended: dict[str, Value] = {"ended_on": SET_ON, "reached": "N"}
    goals.change_goal(desk, first[0], ended)
    goals.change_goal(desk, first[1], ended)
    assert goals.set_goal(desk, referral_id, values)[1].warnings == ()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"set_on": date(2010, 1, 1)}, "set_on"),
        ({"set_on": TODAY + timedelta(1)}, "set_on"),
        ({"ended_on": date(2018, 1, 8)}, "ended_on"),
        ({"reached": "Y"}, "ended_on"),
        ({"outcome": "9"}, "outcome"),
    ],
)
def test_a_goal_whose_days_make_no_sense_is_refused(
    desk: Desk, values: dict[str, Value], field: str
) -> None:
    referral_id = make_waiting(desk, area="PES_AD")

    with pytest.raises(NotValid) as refused:
        aim(desk, referral_id, **values)

    assert [each.field for each in refused.value.problems] == [field]
    with desk.store.reading() as rows:
        assert find(rows, Goal) == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"rating": 11}, "rating"),
        ({"rating": -1}, "rating"),
        ({"rating": None}, "rating"),
        ({"rating": 5, "rated_on": SET_ON - timedelta(1)}, "rated_on"),
    ],
)
def test_a_rating_lies_between_0_and_10_and_after_the_goal_was_set(
    desk: Desk, values: dict[str, Value], field: str
) -> None:
    goal_id = aim(desk, make_waiting(desk, area="PES_AD"))

    with pytest.raises(NotValid) as refused:
        goals.rate_goal(desk, goal_id, values)

    assert [each.field for each in refused.value.problems] == [field]
    with desk.store.reading() as rows:
        assert find(rows, GoalRating) == []


def test_a_rating_is_put_right_by_addendum(desk: Desk) -> None:
    goal_id = aim(desk, make_waiting(desk, area="PES_AD"))
    rating_id, _ = goals.rate_goal(desk, goal_id, {"rating": 1})

    goals.correct_rating(desk, rating_id, {"rating": 10}, "a nought was missing")

    told = history(desk, "goal_rating", rating_id)[-1]
    assert (told.reason, told.fields) == (
        "a nought was missing",
        (("Rating", "1 of 10", "10 of 10"),),
    )


def test_goals_in_counselling_are_sealed_with_the_reasons(
    desk: Desk, counsellor: Desk, case: tuple[str, str, str]
) -> None:
    client_id, referral_id, _ = case
    goal_id = aim(counsellor, referral_id, words="Face the blue house again")
    rating_id, _ = goals.rate_goal(counsellor, goal_id, {"rating": 1})
    goals.correct_rating(counsellor, rating_id, {"rating": 2}, "blue words misread")

    assert not stands_in_the_clear(desk, "blue")
    (card,) = people.person(counsellor, client_id).goals
    assert card.words == "Face the blue house again"
    assert history(counsellor, "goal_rating", rating_id)[-1].reason == (
        "blue words misread"
    )


def test_goals_are_for_those_who_read_clinical_words(desk: Desk) -> None:
    client_id = make_client(desk)
    referral_id = make_waiting(desk, client_id, area="PES_AD")
    goal_id = aim(desk, referral_id)
    signed = surveys.record_survey(desk, referral_id, {"health": "LOT"}, signed=True)
    office = signed_in_as(desk, "ADMINISTRATOR", "AD")

    page = people.person(office, client_id)

    assert page.goals == ()
    assert not [each for each in page.events if each.kind is EventKind.GOAL]
    for table, row_id in (("goal", goal_id), ("survey_answer", signed[0])):
        with pytest.raises(Exception, match="Your role may not read clinical"):
            values_of(office, table, row_id)


def test_a_survey_without_a_name_leads_to_nobody(desk: Desk) -> None:
    client_id = make_client(desk)
    referral_id = make_waiting(desk, client_id, area="PES_AD")
    said: dict[str, Value] = {"health": "LOT", "safety": "WORSE"}

    named, _ = surveys.record_survey(desk, referral_id, said, signed=True)
    unnamed, changed = surveys.record_survey(desk, referral_id, said, signed=False)
    surveys.empty_box(replace(desk, clock=NEXT_MONTH))

    with desk.store.reading() as rows:
        held = get(rows, SurveyAnswer, unnamed)
        assert get(rows, SurveyAnswer, named).referral_id == referral_id
        log = rows.rows('SELECT value FROM op WHERE "row" = ?', (unnamed,))
    assert (held.referral_id, held.area) == (None, "PES_AD")
    assert referral_id not in str(log)
    assert client_id not in str(log)
    assert changed.said.startswith("Survey saved, without a name.")
    events = people.person(desk, client_id).events
    assert [e.row_id for e in events if e.table == "survey_answer"] == [named]


def test_a_survey_that_came_by_post_has_its_contract_and_area(desk: Desk) -> None:
    contract_id = contract_of(desk).id
    values: dict[str, Value] = {
        "contract_id": contract_id,
        "area": "PES_AD",
        "coping": "SAME",
        "referral_id": make_waiting(desk),
    }

    survey_id, _ = surveys.record_anonymous_survey(desk, values)
    surveys.empty_box(replace(desk, clock=NEXT_MONTH))

    with desk.store.reading() as rows:
        assert get(rows, SurveyAnswer, survey_id).referral_id is None
    surveys.take_back_survey(desk, survey_id, "entered twice")
    with desk.store.reading() as rows:
        assert find(rows, SurveyAnswer) == []


def test_a_survey_without_an_answer_or_a_contract_is_none(desk: Desk) -> None:
    referral_id = make_waiting(desk, area="PES_AD")
    with pytest.raises(NotValid, match="Nothing is answered yet"):
        surveys.record_survey(desk, referral_id, {}, signed=False)
    with pytest.raises(NotFound):
        surveys.record_anonymous_survey(
            desk, {"contract_id": "0" * 32, "area": "PES_AD", "health": "LOT"}
        )
    with pytest.raises(NotValid, match="Service area"):
        surveys.record_anonymous_survey(
            desk, {"contract_id": contracts(desk)[0].id, "health": "LOT"}
        )


def test_a_session_says_what_it_was_for_each_outcome_once(desk: Desk) -> None:
    client_id = make_client(desk)
    referral_id, _ = make_episode(desk, client_id, area="PES_AD")
    values: dict[str, Value] = {
        "held_on": date(2018, 2, 6),
        "type": "SUPPORT",
        "attendance": "ATT",
    }

    session_id, _ = sessions.log_session(
        desk, referral_id, values, outcomes=("2", "6", "2")
    )

    with desk.store.reading() as rows:
        tags = find(rows, SupportTag, session_id=session_id)
    assert {each.id for each in tags} == {
        tag_id(session_id, "2"),
        tag_id(session_id, "6"),
    }
    events = people.person(desk, client_id).events
    (line,) = [each for each in events if each.row_id == session_id]
    assert "Resilience and coping, Reduce risk of harm" in line.detail
    with pytest.raises(NotValid):
        sessions.log_session(
            desk, referral_id, {**values, "held_on": TODAY}, outcomes=("7",)
        )


def test_figures_open_goals_surveys_and_tags_without_what_is_clinical(
    desk: Desk,
) -> None:
    client_id = make_client(desk)
    referral_id, _ = make_episode(desk, client_id, area="PES_AD")
    goal_id = aim(desk, referral_id)
    for day, rating in ((SET_ON, 3), (date(2018, 2, 1), 8)):
        goals.rate_goal(desk, goal_id, {"rated_on": day, "rating": rating})
    goals.change_goal(desk, goal_id, {"ended_on": date(2018, 2, 20), "reached": "Y"})
    survey: dict[str, Value] = {"answered_on": date(2018, 3, 5), "health": "WORSE"}
    surveys.record_survey(desk, referral_id, survey, signed=False)
    surveys.empty_box(replace(desk, clock=NEXT_MONTH))
    values: dict[str, Value] = {
        "held_on": date(2018, 3, 6),
        "type": "SUPPORT",
        "attendance": "ATT",
    }
    sessions.log_session(desk, referral_id, values, outcomes=("6",))
    office = signed_in_as(desk, "ADMINISTRATOR", "AD")

    def behind(who: Desk, code: str, split: str = "") -> list[CountedRow]:
        key = LineKey(code, split, "PES_AD")
        return rows_behind(who, contract_of(desk).id, Month(2018, 3), key)

    (change,) = behind(desk, "E5c")
    (hidden,) = behind(office, "E5c")
    assert (change.client_id, change.value) == (client_id, 5)
    assert (hidden.client_id, hidden.value) == (client_id, None)
    (unnamed,) = behind(desk, "E6a", "worse")
    assert (unnamed.client_id, unnamed.code, unnamed.name) == ("", "", "")
    (tag,) = behind(desk, "E7", "Reduce risk of harm")
    assert (tag.client_id, tag.words) == (client_id, "Reduce risk of harm")


def test_a_goal_set_by_mistake_is_taken_back_with_its_ratings(desk: Desk) -> None:
    client_id = make_client(desk)
    referral_id, _ = make_episode(desk, client_id)
    goal_id = aim(desk, referral_id)
    rating: dict[str, Value] = {"rated_on": TODAY, "rating": 3}
    goals.rate_goal(desk, goal_id, rating)

    with pytest.raises(NotValid, match="Say why"):
        goals.take_back_goal(desk, goal_id, " ")
    goals.take_back_goal(desk, goal_id, "Another person's.")

    page = people.person(desk, client_id)
    assert page.goals == ()
    assert [each for each in page.events if each.kind is EventKind.GOAL] == []
    with desk.store.reading() as rows:
        assert find(rows, GoalRating) == []


def test_a_rating_taken_back_leaves_the_one_before(desk: Desk) -> None:
    client_id = make_client(desk)
    referral_id, _ = make_episode(desk, client_id)
    goal_id = aim(desk, referral_id)
    goals.rate_goal(desk, goal_id, {"rated_on": TODAY, "rating": 3})
    newest, _ = goals.rate_goal(desk, goal_id, {"rated_on": TODAY, "rating": 9})

    goals.take_back_rating(desk, newest, "A slip of the key.")

    (card,) = people.person(desk, client_id).goals
    assert card.rating == 3
