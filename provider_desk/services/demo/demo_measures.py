"""Invented answers to measures, and gains, for the demo desk. Nobody in it exists.

Each is drawn from its own source of chance, so that what else is on the desk stays as
it is; a total stays the one that was drawn for it.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from provider_desk.model.choices import choices
from provider_desk.model.fields import Record
from provider_desk.model.instruments import Instrument, by_items
from provider_desk.model.item_scores import written
from provider_desk.model.records import FunctionalGain, Score

_BETWEEN = timedelta(days=42)
_ID = Callable[..., str]


class DemoMeasures:
    """Draws answers and gains.

    Args:
        seed: the same one draws the same.
        today: nothing lies after it.
        new_id: makes the id of a row from words.
    """

    def __init__(self, seed: int, today: date, new_id: _ID) -> None:
        self._seed = seed
        self._today = today
        self._id = new_id

    def _chance(self, *words: str) -> Random:
        return Random(f"{self._seed} {' '.join(words)}")  # noqa: S311  (invented)

    def scores(
        self, pick: Random, code: str, referral_id: str, first: date, last: date
    ) -> Iterator[Record]:
        """PHQ-9 and GAD-7 every six weeks, mostly for the better.

        Args:
            pick: the caseload's own source of chance.
            code: of the person.
            referral_id: whose scores.
            first: day of the first ones.
            last: nothing from this day on.
        """
        phq, gad = pick.randint(8, 25), pick.randint(6, 20)
        day, count = first, 0
        while day < last:
            count += 1
            for instrument, total in (("PHQ9", phq), ("GAD7", gad)):
                score = Score(
                    id=self._id("score", code, instrument, str(count)),
                    referral_id=referral_id,
                    instrument=instrument,
                    scored_on=day,
                    total=total,
                    administered="SELF",
                )
                yield self._filled_in(score, first=count == 1)
            phq = min(27, max(0, phq + pick.randint(-4, 2)))
            gad = min(21, max(0, gad + pick.randint(-3, 2) - count % 2))
            day += _BETWEEN

    def _filled_in(self, score: Score, *, first: bool) -> Score:
        """A score with answers that come to its total, where it can be so asked.

        The risk item is answered with 0; with the highest totals, which can't be
        reached so, only the total is kept.
        """
        occasion = "FIRST" if first else "REVIEW"
        instrument = by_items(score.instrument)
        if instrument is None:
            return replace(score, occasion=occasion)
        answers = self._answers(instrument, score)
        if answers is None:
            return replace(score, occasion=occasion)
        return replace(score, occasion=occasion, items=written(answers), missing=0)

    def _answers(self, instrument: Instrument, score: Score) -> list[int] | None:
        chance = self._chance("answers", score.id)
        asked = [
            at for at in range(len(instrument.items)) if at != instrument.risk_item - 1
        ]
        if instrument.turned or score.total > len(asked) * instrument.highest:
            return None
        answers = [0] * len(instrument.items)
        for _ in range(score.total):
            open_ones = [at for at in asked if answers[at] < instrument.highest]
            answers[chance.choice(open_ones)] += 1
        return answers

    def gains(
        self, code: str, referral_id: str, started: date, closed: date | None
    ) -> Iterator[Record]:
        """None to three gains, one of them seen again."""
        chance = self._chance("gains", code)
        last = min(closed or self._today, self._today - timedelta(1))
        codes = tuple(choices("functional_gain").by_code)
        for number, gain in enumerate(chance.sample(codes, chance.randint(0, 3))):
            seen_on = started + _BETWEEN * (number + 1)
            days = [seen_on, seen_on + _BETWEEN * 2] if number == 0 else [seen_on]
            for on in days:
                if on <= last:
                    yield FunctionalGain(
                        id=self._id("gain", code, gain, on.isoformat()),
                        referral_id=referral_id,
                        gain=gain,
                        seen_on=on,
                    )
