"""Rules for goals, their ratings and surveys. Source: domain reference, B10."""

from datetime import date

from provider_desk.model.asked import Asked
from provider_desk.model.choices import choices
from provider_desk.model.errors import Problem
from provider_desk.model.fields import Day, shown
from provider_desk.model.records import (
    FunctionalGain,
    Goal,
    GoalRating,
    Referral,
    SurveyAnswer,
)

_DAY = Day(label="")


def goal_has_words(asked: Asked) -> Problem | None:
    """A goal is what the person wants, in their own words."""
    match asked.record:
        case Goal(words=""):
            return Problem("words", "Write the goal in the person's own words.", "warn")
    return None


def goal_ends_after_it_is_set(asked: Asked) -> Problem | None:
    """A goal ends on or after its first day, and says whether it was reached."""
    match asked.record:
        case Goal(set_on=begun, ended_on=date() as ended) if ended < begun:
            return Problem(
                "ended_on",
                f"Ended on {shown(_DAY, ended)}, before it was set on "
                f"{shown(_DAY, begun)}. One of the two dates is wrong.",
            )
        case Goal(ended_on=None, reached="Y" | "N"):
            return Problem("ended_on", "Say on which day the goal ended.")
        case Goal(ended_on=date(), reached=None):
            return Problem("reached", "Say whether the goal was reached.", "warn")
    return None


def rated_while_it_stands(asked: Asked) -> Problem | None:
    """A rating lies between a goal's first and last day."""
    goal = asked.parents.get(Goal.TABLE)
    if not (isinstance(asked.record, GoalRating) and isinstance(goal, Goal)):
        return None
    on = asked.record.rated_on
    if on < goal.set_on:
        return Problem(
            "rated_on",
            f"{shown(_DAY, on)} is before the goal was set on "
            f"{shown(_DAY, goal.set_on)}.",
        )
    if goal.ended_on is not None and on > goal.ended_on:
        return Problem(
            "rated_on",
            f"The goal ended on {shown(_DAY, goal.ended_on)}; a later rating does not "
            "count in the return.",
            "warn",
        )
    return None


def survey_says_something(asked: Asked) -> Problem | None:
    """A survey has an answer, or words, to be one."""
    record = asked.record
    if not isinstance(record, SurveyAnswer) or record.words:
        return None
    domains = choices("survey_domain").by_code
    if any(getattr(record, domain) for domain in domains):
        return None
    return Problem("health", "Nothing is answered yet. Fill in at least one answer.")


def told_after_referral(asked: Asked) -> Problem | None:
    """Goals are set, surveys answered and gains seen after the referral came in."""
    referral = asked.parents.get(Referral.TABLE)
    if not isinstance(referral, Referral):
        return None
    match asked.record:
        case Goal(set_on=on):
            name = "set_on"
        case SurveyAnswer(answered_on=on):
            name = "answered_on"
        case FunctionalGain(seen_on=on):
            name = "seen_on"
        case _:
            return None
    if on < referral.received_on:
        return Problem(
            name,
            f"{shown(_DAY, on)} is before the referral was received on "
            f"{shown(_DAY, referral.received_on)}. One of the two dates is wrong.",
        )
    return None
