"""What is said where no rounded figures can be found. No figure stands in it."""

from collections.abc import Iterable

from provider_desk.protection.problem import (
    WIDENED,
    NoSolution,
    Problem,
    Target,
)
from provider_desk.protection.truth import contradictions
from provider_desk.protection.windows import bounds

_SAFE = "Nothing was written or sent, and your records are as they were."
_MOST_NAMES = 5


def gave_up() -> NoSolution:
    """The search ended, or was ended after a minute, without an answer."""
    return NoSolution(
        "Rounding the figures came to no answer and was given up.",
        f"{_SAFE} Close other programs and try again. If it happens again, please "
        "report it: this is a fault of the program.",
    )


def no_solution(problem: Problem) -> NoSolution:
    """Why nothing holds, as far as it can be told.

    Either the tables contradict each other already in the records, or a correction
    takes back more than was ever published, or neither.
    """
    torn = contradictions(problem)
    if torn:
        return NoSolution(
            "Some tables do not add up in the records, so they can't be rounded "
            f"together: {_listed(torn)}.",
            f"{_SAFE} Go through the month's checks and set these right first.",
        )
    out = [each.key for each in problem.targets if _out_of_reach(each)]
    if out:
        return NoSolution(
            "A correction takes back more than can be shown without going below 0: "
            f"{_listed(out)}.",
            f"{_SAFE} Tell the council that a table is not available this month, and "
            "leave it out until the year to date is above the correction.",
        )
    return NoSolution(
        "There are no rounded figures that add up and lie near enough to the exact "
        "ones.",
        f"{_SAFE} Look for a large correction in this month. If there is none, leave "
        "the table that was added last out of this return.",
    )


def _listed(names: Iterable[str]) -> str:
    """Some names, and how many more."""
    each = sorted(set(names))
    more = len(each) - _MOST_NAMES
    shown = ", ".join(each[:_MOST_NAMES])
    return f"{shown} and {more} more" if more > 0 else shown


def _out_of_reach(target: Target) -> bool:
    """Whether no multiple of five is near enough, even widened."""
    low, high = bounds(target, WIDENED)
    return low > high
