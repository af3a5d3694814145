"""Goals in the person's own words, and how near they feel to them, 0 to 10.

Every deed here stops with NotFound where the goal is outside the caseload. Source:
domain reference, B10.
"""

from collections.abc import Mapping

from provider_desk.model.changed import Changed
from provider_desk.model.errors import Problem
from provider_desk.model.fields import Record, Value
from provider_desk.model.records import Goal, GoalRating, Referral
from provider_desk.model.rows import Rows
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import day
from provider_desk.store.records import find
from provider_desk.store.store import Deed

#: Goals that somebody works on at a time. Source: domain reference, B10.
MOST_ACTIVE = 3

_NAMED = ("referral_id", "goal_id")


@needs(Permission.RECORD_SESSIONS, Permission.READ_CLINICAL)
def set_goal(
    desk: Desk, referral_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Set a goal; a fourth at a time is saved and pointed out.

    Raises:
        NotValid: a value or a rule stops it; nothing is written as the goal.
    """
    with desk.store.writing("set goal", by=desk.user.id) as deed:
        caseload.within(desk, deed, Referral, referral_id)
        if not str(values.get("words") or "").strip():
            raise saving.stop("words", "Write the goal in the person's own words.")
        given = {"set_on": desk.today(), **values, "referral_id": referral_id}
        goal, warnings = saving.add(desk, deed, Goal, given)
        warnings += _too_many(deed, referral_id)
        return goal.id, saving.done(deed, "Goal saved.", warnings)


def _too_many(rows: Rows, referral_id: str) -> list[Problem]:
    goals = find(rows, Goal, referral_id=referral_id)
    active = sum(goal.ended_on is None for goal in goals)
    if active <= MOST_ACTIVE:
        return []
    return [
        Problem(
            "",
            f"{active} goals are open; up to {MOST_ACTIVE} at a time are meant. End "
            "one that is reached or no longer wanted.",
            "warn",
        )
    ]


@needs(Permission.RECORD_SESSIONS, Permission.READ_CLINICAL)
def change_goal(desk: Desk, goal_id: str, values: Mapping[str, Value]) -> Changed:
    """Change a goal, or end it: the day, and whether it was reached.

    Raises:
        NotValid: a value or a rule stops it.
    """
    with desk.store.writing("change goal", by=desk.user.id) as deed:
        caseload.within(desk, deed, Goal, goal_id)
        given = {name: v for name, v in values.items() if name not in _NAMED}
        goal, warnings = saving.change(desk, deed, Goal, goal_id, given)
        said = "Goal saved."
        if goal.ended_on is not None:
            reached = "reached" if goal.reached == "Y" else "ended"
            said = f"Goal {reached} on {day(goal.ended_on)}."
        return saving.done(deed, said, warnings)


@needs(Permission.RECORD_SESSIONS, Permission.READ_CLINICAL)
def rate_goal(
    desk: Desk, goal_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Record how near the person feels to a goal on a day.

    Raises:
        NotValid: a value or a rule stops it.
    """
    with desk.store.writing("rate goal", by=desk.user.id) as deed:
        caseload.within(desk, deed, Goal, goal_id)
        given = {"rated_on": desk.today(), **values, "goal_id": goal_id}
        rating, warnings = saving.add(desk, deed, GoalRating, given)
        said = f"Goal rated {rating.rating} of 10."
        return rating.id, saving.done(deed, said, warnings)


@needs(Permission.RECORD_SESSIONS, Permission.READ_CLINICAL)
def correct_rating(
    desk: Desk, rating_id: str, values: Mapping[str, Value], reason: str
) -> Changed:
    """Put a rating right by an addendum; what it said before stays in its history.

    Raises:
        NotValid: a value or a rule stops it, or the reason is missing.
    """
    with desk.store.writing("correct rating", desk.user.id) as deed:
        caseload.within(desk, deed, GoalRating, rating_id)
        given = {name: v for name, v in values.items() if name not in _NAMED}
        _, warnings = saving.put_right(desk, deed, GoalRating, rating_id, given, reason)
        return saving.done(deed, "Rating put right.", warnings)


@needs(Permission.RECORD_SESSIONS, Permission.READ_CLINICAL)
def take_back_goal(desk: Desk, goal_id: str, reason: str) -> Changed:
    """Take back a goal that was set by mistake, with its ratings; the history stays.

    Raises:
        NotValid: the reason is missing.
    """
    with desk.store.writing("take back goal", desk.user.id) as deed:
        goal = caseload.within(desk, deed, Goal, goal_id)
        why = _why(desk, deed, goal, reason)
        for rating in find(deed, GoalRating, goal_id=goal_id):
            deed.retire(GoalRating, rating.id, why)
        deed.retire(Goal, goal_id, why)
        return saving.done(deed, "Goal taken back.")


@needs(Permission.RECORD_SESSIONS, Permission.READ_CLINICAL)
def take_back_rating(desk: Desk, rating_id: str, reason: str) -> Changed:
    """Take back a rating that was recorded by mistake; its history stays.

    Raises:
        NotValid: the reason is missing.
    """
    with desk.store.writing("take back rating", desk.user.id) as deed:
        rating = caseload.within(desk, deed, GoalRating, rating_id)
        deed.retire(GoalRating, rating_id, _why(desk, deed, rating, reason))
        return saving.done(deed, "Rating taken back.")


def _why(desk: Desk, deed: Deed, record: Record, reason: str) -> str:
    if not reason.strip():
        raise saving.stop("reason", "Say why this is taken back.")
    return saving.why_of(desk, deed, record, reason)
