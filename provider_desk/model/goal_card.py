"""A goal that somebody works on, as a page shows it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, repr=False)
class GoalCard:
    """A goal that somebody works on.

    Attributes:
        goal_id: row id.
        words: in the person's own words, as far as they can be read here.
        outcome: label of the contract's outcome, "" where none was chosen.
        set_on: first day.
        rating: the latest, 0 to 10; None before the first.
        ratings: day and rating, oldest first.
    """

    goal_id: str
    words: str
    outcome: str
    set_on: date
    rating: int | None
    ratings: tuple[tuple[date, int], ...] = ()
