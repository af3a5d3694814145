"""Goals, ratings, surveys and tags of a referral, on a person's page."""

from collections.abc import Iterator
from dataclasses import dataclass

from provider_desk.model.choices import choices
from provider_desk.model.goal_card import GoalCard
from provider_desk.model.records import (
    Goal,
    GoalRating,
    SurveyAnswer,
)
from provider_desk.model.rows import Rows
from provider_desk.model.sealed_text import IN_LINE, IN_PLACE
from provider_desk.model.views import Event, EventKind
from provider_desk.services.casework.events import Reading
from provider_desk.services.saying import label
from provider_desk.store.records import find

#: How many letters of a goal stand beside one of its ratings.
_BEGINS = 60


@dataclass(frozen=True, slots=True)
class Aims:
    """What somebody aims at in one referral, and what they say of it."""

    goals: list[Goal]
    ratings: list[GoalRating]
    surveys: list[SurveyAnswer]


def aims_of(rows: Rows, referral_id: str, reading: Reading, person: str) -> Aims:
    """Read them; none for those who may not read clinical words."""
    goals = reading.shown(find(rows, Goal, referral_id=referral_id), person)
    ratings = [
        rating for goal in goals for rating in find(rows, GoalRating, goal_id=goal.id)
    ]
    surveys = find(rows, SurveyAnswer, referral_id=referral_id)
    return Aims(goals, ratings, reading.shown(surveys, person))


def cards_of(aims: Aims) -> Iterator[GoalCard]:
    """The goals that are still worked on, oldest first."""
    for goal in aims.goals:
        if goal.ended_on is not None:
            continue
        # Of two on a day the one written last counts; they come in that order.
        rated = sorted(
            (each for each in aims.ratings if each.goal_id == goal.id),
            key=lambda each: each.rated_on,
        )
        yield GoalCard(
            goal_id=goal.id,
            words=_words(goal),
            outcome=label("contract_outcome", goal.outcome),
            set_on=goal.set_on,
            rating=rated[-1].rating if rated else None,
            ratings=tuple((each.rated_on, each.rating) for each in rated),
        )


def events_of(aims: Aims) -> Iterator[Event]:
    """A line for each goal, its end, each rating and each signed survey."""
    words = {goal.id: _words(goal) for goal in aims.goals}
    for goal in aims.goals:
        outcome = label("contract_outcome", goal.outcome)
        detail = " · ".join(part for part in (words[goal.id], outcome) if part)
        yield Event(
            EventKind.GOAL, goal.set_on, "Goal set", detail, Goal.TABLE, goal.id
        )
        if goal.ended_on is not None:
            title = "Goal reached" if goal.reached == "Y" else "Goal ended"
            yield Event(
                EventKind.GOAL, goal.ended_on, title, detail, Goal.TABLE, goal.id
            )
    for rating in aims.ratings:
        yield Event(
            EventKind.GOAL,
            rating.rated_on,
            "Goal rated",
            " · ".join(
                part
                for part in (
                    f"{rating.rating} of 10",
                    _beginning(words[rating.goal_id]),
                )
                if part
            ),
            GoalRating.TABLE,
            rating.id,
        )
    for survey in aims.surveys:
        yield Event(
            EventKind.GOAL,
            survey.answered_on,
            f"Survey: {label('survey_occasion', survey.occasion)}",
            _answers(survey),
            SurveyAnswer.TABLE,
            survey.id,
        )


def _words(goal: Goal) -> str:
    return IN_LINE if goal.words == IN_PLACE else goal.words


def _beginning(words: str) -> str:
    return words if len(words) <= _BEGINS else f"{words[:_BEGINS].rstrip()} …"


def _answers(survey: SurveyAnswer) -> str:
    said = [
        f"{domain.label}: {label('survey_answer', answer)}"
        for domain in choices("survey_domain").values
        if (answer := getattr(survey, domain.code))
    ]
    return " · ".join((*said, survey.words) if survey.words else said)
