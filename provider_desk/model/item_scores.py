"""From answers to a total: turned questions, missing answers, rounding half up.

A total with answers missing is the mean of those given, times all questions. Its band
is told from it before it is rounded. Source: domain reference, D1, D2.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from provider_desk.model.choices import choices
from provider_desk.model.instruments import Instrument, instruments
from provider_desk.model.outcome_measures import measures

#: One answer for each question; None where none was given.
Answers = Sequence[int | None]

#: Stands for a question without an answer, where answers are kept as words.
NO_ANSWER = "NA"

#: What was said to a risk item, where only the total is there.
RISK_NOT_KNOWN = "NK"
_TEN = 10


@dataclass(frozen=True, slots=True)
class ItemScore:
    """What answers come to.

    Attributes:
        total: whole, half up; None where too many answers are missing.
        tenths: the same to one decimal, in tenths, where answers are missing; a whole
            number of tenths never changes a band. None where all are given.
        missing: questions without an answer.
        band: "" where the measure has none, or there is no total.
        case: whether it reaches the threshold; None where there is none.
        risk: whether the question that asks for action was answered above 0.
    """

    total: int | None
    tenths: int | None
    missing: int
    band: str
    case: bool | None
    risk: bool


def scored(instrument: Instrument, answers: Answers) -> ItemScore:
    """Work out a total.

    Raises:
        ValueError: an answer is out of range, or there is not one for each question.
    """
    if len(answers) != len(instrument.items):
        raise ValueError(f"{len(instrument.items)} questions, {len(answers)} answers")
    if any(a is not None and not 0 <= a <= instrument.highest for a in answers):
        raise ValueError("an answer out of range")
    given = [
        instrument.highest - answer if number in instrument.turned else answer
        for number, answer in enumerate(answers, start=1)
        if answer is not None
    ]
    missing = len(answers) - len(given)
    risk = asks_for_action(instrument, answers)
    if missing > instrument.most_missing or not given:
        return ItemScore(None, None, missing, "", None, risk)
    exact = Fraction(sum(given) * len(answers), len(given))
    measure = measures()[instrument.measure]
    # Bands begin at whole totals, so that the part below a whole one says nothing.
    reached = exact.numerator // exact.denominator
    return ItemScore(
        total=int(_half_up(exact, 0)),
        tenths=int(_half_up(exact, 1) * _TEN) if missing else None,
        missing=missing,
        band=measure.band_of(reached),
        case=measure.is_case(reached),
        risk=risk,
    )


def asks_for_action(instrument: Instrument, answers: Answers) -> bool:
    """Whether the risk item was answered above 0. Source: domain reference, D4."""
    at = instrument.risk_item - 1
    return 0 <= at < len(answers) and (answers[at] or 0) > 0


def risk_item_asks_for_action(said: str | None) -> bool:
    """The same of what was said to the risk item beside a total that was typed."""
    return said in choices("risk_item").codes_where("positive")


def _half_up(exact: Fraction, places: int) -> Decimal:
    value = Decimal(exact.numerator) / Decimal(exact.denominator)
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def written(answers: Answers) -> str:
    """Answers as they are kept: "1,0,NA,3"."""
    return ",".join(NO_ANSWER if each is None else str(each) for each in answers)


def read_answers(words: str) -> tuple[int | None, ...]:
    """What ``written`` wrote; also with blanks, and with nothing between two commas.

    Raises:
        ValueError: there is something else than numbers in it.
    """
    parts = [part.strip().upper() for part in words.split(",")]
    return tuple(None if part in ("", NO_ANSWER) else int(part) for part in parts)


def exact_total(total: int, tenths: int | None) -> Decimal:
    """A kept total as bands are told from it."""
    return Decimal(total) if tenths is None else Decimal(tenths) / _TEN


def total_words(code: str, total: int, tenths: int | None = None) -> str:
    """A kept total as it is read: "12", "12.5", "24 (metric 21.54)"."""
    instrument = instruments().get(code)
    if instrument is None:
        return str(total)
    if instrument.decimals and tenths is not None:
        return str(exact_total(total, tenths))
    low = measures()[code].low or 0
    if 0 <= total - low < len(instrument.metric):
        return f"{total} (metric {instrument.metric[total - low]})"
    return str(total)
