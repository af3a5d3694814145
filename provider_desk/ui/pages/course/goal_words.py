"""A goal in one line: the person's words, and how near they felt to it."""

from provider_desk.model.goal_card import GoalCard


def goal_words(goal: GoalCard) -> str:
    """Such as “Sleep through (first 2, now 6 of 10)”.

    Source: practices, P18; domain reference, B10.
    """
    first = goal.ratings[0][1] if goal.ratings else None
    if goal.rating is None or first is None:
        rated = "not rated yet"
    elif len(goal.ratings) == 1:
        rated = f"{goal.rating} of 10"
    else:
        rated = f"first {first}, now {goal.rating} of 10"
    return f"{goal.words or goal.outcome} ({rated})"
