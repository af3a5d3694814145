"""From first to last: which scores these are, whether a change is more than chance.

The return counts by the same rules, in its own language
(``returns.facts.outcomes``); a test holds the two together. Source: domain reference,
B10, D3.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from provider_desk.model.outcome_measures import Measure, measures

#: A first score counts up to this attended session. Source: domain reference, B10.
FIRST_SCORE_BY_SESSION = 3

IMPROVED, NO_CHANGE, DETERIORATED = "improved", "no reliable change", "deteriorated"
UNPAIRED = "no paired score"

Group = Literal["improved", "no reliable change", "deteriorated", "no paired score"]

#: First and last total; None where there is none.
Pair = tuple[Decimal | int | None, Decimal | int | None]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of an episode by its paired scores.

    Attributes:
        group: one of four.
        case_at_start: whether a first score reached a threshold; None unpaired.
        recovery: of a case at the start, whether none is reached at last; None of
            others.
        reliable_recovery: recovered, and improved by more than chance; None of others.
    """

    group: Group
    case_at_start: bool | None
    recovery: bool | None
    reliable_recovery: bool | None


def changed(pairs: Mapping[str, Pair]) -> Change:
    """What paired totals say together.

    Args:
        pairs: code of a measure → its first and last total; PHQ-9 and GAD-7 decide.
    """
    deciding = {code: each for code, each in measures().items() if each.decides}
    totals: list[tuple[Measure, Decimal | int, Decimal | int]] = []
    for code, measure in deciding.items():
        first, last = pairs.get(code, (None, None))
        if first is None or last is None:
            return Change("no paired score", None, None, None)
        totals.append((measure, first, last))
    ways = {reliably(*each) for each in totals}
    up, down = IMPROVED in ways, DETERIORATED in ways
    group: Group = "no reliable change"
    if up is not down:
        group = "improved" if up else "deteriorated"
    if not any(measure.is_case(first) for measure, first, _ in totals):
        return Change(group, case_at_start=False, recovery=None, reliable_recovery=None)
    recovered = not any(measure.is_case(last) for measure, _, last in totals)
    return Change(
        group,
        case_at_start=True,
        recovery=recovered,
        reliable_recovery=recovered and group == IMPROVED,
    )


def reliably(measure: Measure, first: Decimal | int, last: Decimal | int) -> Group:
    """Whether one measure changed by more than chance, for better or for worse.

    Raises:
        ValueError: the measure does not say what is more than chance.
    """
    if measure.reliable is None:
        raise ValueError(measure.code)
    better = last - first if measure.higher_is_better else first - last
    if better >= measure.reliable:
        return "improved"
    return "deteriorated" if -better >= measure.reliable else "no reliable change"


def in_words(measure: Measure, first: Decimal | int, last: Decimal | int) -> str:
    """A change as it is read: "8 points better than the first: more than chance"."""
    if first == last:
        return f"No change: {first} at first, {last} now."
    by = abs(last - first)
    moved = "higher" if last > first else "lower"
    sense = {moved: "better", "": moved}.get(measure.better, "worse")
    points = "point" if by == 1 else "points"
    said = f"{by} {points} {sense} than the first"
    if measure.reliable is None:
        return f"{said}."
    certain = reliably(measure, first, last) != NO_CHANGE
    return f"{said}: {'more than chance' if certain else 'may be chance'}."


@dataclass(frozen=True, slots=True)
class Taken:
    """A score as far as first and last ask: when, by which measure, which row.

    Attributes:
        scale: tells scales of one's own apart.
    """

    row_id: str
    measure: str
    on: date
    scale: str = ""


def first_and_last(
    scores: Iterable[Taken], came: Sequence[date], received: date, until: date
) -> dict[str, Literal["first", "last"]]:
    """Which scores of an episode are its first and its last.

    First: the earliest from the day of receipt to the third attended session. Last:
    the latest up to the end, with an attended session after the first. One without the
    other is marked too, where it can't be anything else.

    Args:
        scores: of one referral; of one day, the one that was entered last comes last.
        came: days of the sessions of its episode that the person came to.
        received: the day of receipt.
        until: the day of closing, today where it is open.
    """
    by_measure: dict[tuple[str, str], list[Taken]] = {}
    for each in scores:
        if received <= each.on <= until:
            by_measure.setdefault((each.measure, each.scale), []).append(each)
    days = sorted(day for day in came if day <= until)
    third = days[FIRST_SCORE_BY_SESSION - 1 : FIRST_SCORE_BY_SESSION]
    marks: dict[str, Literal["first", "last"]] = {}
    for taken in by_measure.values():
        first_on = min(each.on for each in taken)
        last_on = max(each.on for each in taken)
        if third and first_on > third[0]:
            continue
        marks[_newest(taken, first_on)] = "first"
        if any(first_on < day <= last_on for day in days):
            marks[_newest(taken, last_on)] = "last"
    return marks


def _newest(taken: Sequence[Taken], on: date) -> str:
    """Of one day, the score that was entered last."""
    return [each.row_id for each in taken if each.on == on][-1]
