"""What is drawn by chance about people and what changed for them."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from provider_desk.model.choices import choices
from provider_desk.model.fields import Record
from provider_desk.model.records import (
    Goal,
    GoalRating,
    Referral,
    Score,
    Session,
    SupportTag,
    SurveyAnswer,
)

#: Measure → highest total that is drawn.
_MEASURES = {"PHQ9": 27, "GAD7": 21, "CORE10": 40, "SWEMWBS": 35, "STAR": 10}


class RandomOutcomes:
    """Draws scores, goals, surveys, tags and answers to the equality questions."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def _maybe(self, share: float) -> bool:
        return self._chance.random() < share

    def _one_of(self, name: str) -> str:
        return self._chance.choice(tuple(choices(name).by_code))

    def _or_nothing(self, name: str) -> str | None:
        return self._one_of(name) if self._maybe(0.8) else None

    def _between(self, first: date, last: date) -> date:
        return first + timedelta(days=self._chance.randint(0, (last - first).days))

    def equality(self) -> dict[str, str | None]:
        """A person's answers, some of them never asked for."""
        return {
            "gender": self._or_nothing("sex_gender"),
            "ethnic_group": self._or_nothing("ethnic_group"),
            "disability": self._or_nothing("disability_q1"),
            "disability_effect": self._or_nothing("disability_q2"),
            "orientation": self._or_nothing("sexual_orientation"),
            "religion": self._or_nothing("religion"),
        }

    def scores(self, referral: Referral, end: date) -> Iterator[Record]:
        """Totals of measures, up to four days of each."""
        for instrument, highest in _MEASURES.items():
            days = {
                self._between(referral.received_on, end)
                for _ in range(self._chance.randint(0, 4))
            }
            for day in sorted(days):
                yield Score(
                    referral_id=referral.id,
                    instrument=instrument,
                    scored_on=day,
                    total=self._chance.randint(0, highest),
                )

    def goals(self, referral: Referral, end: date) -> Iterator[Record]:
        """Goals with ratings; some end by themselves, some rated after their end."""
        for _ in range(self._chance.randint(0, 3)):
            set_on = self._between(referral.received_on, end)
            ended = self._between(set_on, end) if self._maybe(0.5) else None
            goal = Goal(
                referral_id=referral.id,
                outcome=self._or_nothing("contract_outcome"),
                set_on=set_on,
                ended_on=ended,
                reached=self._chance.choice(("Y", "N", None)),
            )
            yield goal
            rated = {
                self._between(set_on, end) for _ in range(self._chance.randint(0, 4))
            }
            for day in sorted(rated):
                yield GoalRating(
                    goal_id=goal.id, rated_on=day, rating=self._chance.randint(0, 10)
                )

    def tags(self, session: Session) -> Iterator[Record]:
        """Outcomes that a session was for, each once."""
        if self._maybe(0.3):
            codes = tuple(choices("contract_outcome").by_code)
            for code in self._chance.sample(codes, self._chance.randint(1, 3)):
                yield SupportTag(session_id=session.id, outcome=code)

    def survey(
        self, contract_id: str, area: str, day: date, referral: Referral | None
    ) -> SurveyAnswer:
        """One survey, with some questions left out."""
        said = {
            domain: self._or_nothing("survey_answer")
            for domain in choices("survey_domain").by_code
        }
        said = said if self._maybe(0.9) else dict.fromkeys(said)
        return SurveyAnswer(
            contract_id=contract_id,
            area=area,
            answered_on=day,
            occasion=self._one_of("survey_occasion"),
            referral_id=referral.id if referral else None,
            **said,  # type: ignore[arg-type]
        )
