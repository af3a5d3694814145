"""Rules for a score: its answers and its total agree; a scale of one's own has a name.

Source: domain reference, D1.
"""

from provider_desk.model.asked import Asked
from provider_desk.model.errors import Problem
from provider_desk.model.instruments import by_items
from provider_desk.model.item_scores import ItemScore, read_answers, scored
from provider_desk.model.outcome_measures import OWN_SCALE, measures
from provider_desk.model.records import Score


def score_fits_measure(asked: Asked) -> Problem | None:
    """A total lies within the range of its measure."""
    if not isinstance(asked.record, Score):
        return None
    measure = measures().get(asked.record.instrument)
    if measure is None or measure.low is None or measure.high is None:
        return None
    if not measure.low <= asked.record.total <= measure.high:
        return Problem(
            "total",
            f"{measure.label} is {measure.low} to {measure.high}; here it is "
            f"{asked.record.total}.",
        )
    return None


def score_is_that_of_its_answers(asked: Asked) -> Problem | None:
    """Where answers are kept, the total is what they come to."""
    record = asked.record
    if not isinstance(record, Score) or not record.items:
        return None
    found = _scored(record)
    if isinstance(found, Problem):
        return found
    if found.total is None:
        return too_many_missing(record.instrument, found.missing)
    if (record.total, record.missing or 0) != (found.total, found.missing):
        return Problem(
            "total",
            f"The answers come to {found.total}, here it is {record.total}. Put the "
            "answers right instead.",
        )
    return None


def _scored(record: Score) -> ItemScore | Problem:
    """What the answers come to, or why that can't be told."""
    label = measures()[record.instrument].label
    instrument = by_items(record.instrument)
    if instrument is None:
        return Problem("items", f"{label} is kept as a total, without its answers.")
    try:
        return scored(instrument, read_answers(record.items))
    except ValueError:
        return Problem(
            "items",
            f"{label} has {len(instrument.items)} answers from 0 to "
            f"{instrument.highest}, with commas; NA where none was given.",
        )


def too_many_missing(code: str, missing: int) -> Problem:
    """Why there is no total, and what to do."""
    instrument = by_items(code)
    least = len(instrument.items) - instrument.most_missing if instrument else 0
    label = measures()[code].label
    return Problem(
        "items",
        f"{missing} questions have no answer, and {label} needs at least {least} for a "
        "total. Nothing is saved yet: ask them again, or close this; what is filled in "
        "stays as a draft.",
    )


def own_scale_has_a_name(asked: Asked) -> Problem | None:
    """A number without its scale says nothing."""
    match asked.record:
        case Score(instrument=code, scale_name="") if code == OWN_SCALE:
            return Problem("scale_name", "Write which scale this is.", "warn")
        case Score(instrument=code, scale_name=str() as name) if (
            name and code != OWN_SCALE
        ):
            return Problem(
                "scale_name", "Only another scale is told by its name. Leave it empty."
            )
    return None


def risk_item_fits_total(asked: Asked) -> Problem | None:
    """What was said to the risk item can stand beside the total that was typed."""
    record = asked.record
    if not isinstance(record, Score) or record.items or not record.risk_item:
        return None
    instrument = by_items(record.instrument)
    if instrument is None or not record.risk_item.isdecimal():
        return None
    said, label = int(record.risk_item), measures()[record.instrument].label
    if said > instrument.highest:
        return Problem(
            "risk_item",
            f"{label} is answered from 0 to {instrument.highest}.",
        )
    rest, whole = record.total - said, len(instrument.items) * instrument.highest
    if 0 <= rest <= whole - instrument.highest or record.total > whole:
        return None
    return Problem(
        "risk_item",
        f"A total of {record.total} can't be with {said} at question "
        f"{instrument.risk_item}. One of the two is wrong.",
    )


#: What is asked of a score.
SCORING = (
    score_fits_measure,
    score_is_that_of_its_answers,
    own_scale_has_a_name,
    risk_item_fits_total,
)
