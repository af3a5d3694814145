"""Invented goals, surveys, tags and answers for the demo desk. Nobody in it exists.

Each is drawn from its own source of chance, so that what else is on the desk stays as
it is.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random

from provider_desk.model import resources
from provider_desk.model.choices import choices
from provider_desk.model.fields import Record
from provider_desk.model.records import (
    Goal,
    GoalRating,
    Session,
    SupportTag,
    SurveyAnswer,
)
from provider_desk.services.casework.support_tags import tag_id

#: Answer → how often it is given, of a hundred.
_ORIENTATION = {"HET": 72, "GL": 6, "BI": 8, "UNSURE": 2, "PNS": 7, "NA": 5}
_RELIGION = {"NONE": 52, "CHR": 25, "MUS": 12, "OTH": 3, "PNS": 5, "NA": 3}
_EFFECT = {"LOT": 35, "LITTLE": 45, "NOT": 20}
_SAID = {"LOT": 38, "LITTLE": 34, "SAME": 21, "WORSE": 7}

_REVIEW = timedelta(weeks=6)
_ID = Callable[..., str]


class DemoOutcomes:
    """Draws what changed for people.

    Args:
        seed: the same one draws the same.
        today: nothing lies after it.
        contract_id: of surveys.
        new_id: makes the id of a row from words.
    """

    def __init__(self, seed: int, today: date, contract_id: str, new_id: _ID) -> None:
        self._seed = seed
        self._today = today
        self._contract_id = contract_id
        self._id = new_id
        self._goals: list[dict[str, str]] = resources.read_toml("demo/goals.toml")[
            "goal"
        ]

    def _chance(self, *words: str) -> Random:
        return Random(f"{self._seed} {' '.join(words)}")  # noqa: S311  (invented)

    def answers(self, code: str, disability: str) -> dict[str, str | None]:
        """Somebody's answers to the equality questions that are not drawn elsewhere."""
        chance = self._chance("answers", code)
        limits = _drawn(chance, _EFFECT) if disability == "Y" else None
        return {
            "disability_effect": limits,
            "orientation": _drawn(chance, _ORIENTATION),
            "religion": _drawn(chance, _RELIGION),
        }

    def goals(
        self, code: str, referral_id: str, started: date, closed: date | None
    ) -> Iterator[Record]:
        """One or two goals with their ratings; most are reached by the end."""
        chance = self._chance("goals", code)
        last = min(closed or self._today, self._today - timedelta(1))
        for number in range(chance.randint(0, 2)):
            said = self._goals[
                (chance.randrange(len(self._goals)) + number) % len(self._goals)
            ]
            goal_id = self._id("goal", code, str(number))
            set_on = started + timedelta(7 * number)
            if set_on > last:
                continue
            ended = closed is not None and chance.random() < 0.6  # noqa: PLR2004
            yield Goal(
                id=goal_id,
                referral_id=referral_id,
                words=said["words"],
                outcome=said["outcome"],
                set_on=set_on,
                ended_on=closed if ended else None,
                reached=chance.choice(("Y", "Y", "N")) if ended else None,
            )
            rating, day, count = chance.randint(1, 4), set_on, 0
            while day <= last:
                yield GoalRating(
                    id=self._id("rating", goal_id, str(count)),
                    goal_id=goal_id,
                    rated_on=day,
                    rating=rating,
                )
                rating = min(10, max(0, rating + chance.choice((-1, 0, 1, 1, 2))))
                day, count = day + _REVIEW, count + 1

    def survey(
        self, code: str, area: str, referral_id: str, closed: date
    ) -> Iterator[Record]:
        """What somebody said at the end; three in four answer, most without a name."""
        chance = self._chance("survey", code)
        if chance.random() > 0.75:  # noqa: PLR2004
            return
        signed = chance.random() < 0.3  # noqa: PLR2004
        said = {
            domain: _drawn(chance, _SAID) if chance.random() < 0.95 else None  # noqa: PLR2004
            for domain in choices("survey_domain").by_code
        }
        yield SurveyAnswer(
            id=self._id("survey", code),
            contract_id=self._contract_id,
            area=area,
            answered_on=closed,
            referral_id=referral_id if signed else None,
            **said,  # type: ignore[arg-type]
        )

    def tags(self, session: Session) -> Iterator[Record]:
        """What an attended session was for, of most of them."""
        chance = self._chance("tags", session.id)
        if session.attendance in ("ATT", "ATT_LATE") and chance.random() < 0.7:  # noqa: PLR2004
            codes = tuple(choices("contract_outcome").by_code)
            for code in chance.sample(codes, chance.choice((1, 1, 2))):
                yield SupportTag(
                    id=tag_id(session.id, code), session_id=session.id, outcome=code
                )


def _drawn(chance: Random, weights: dict[str, int]) -> str:
    return chance.choices(tuple(weights), tuple(weights.values()))[0]
