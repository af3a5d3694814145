"""What scores, goals, surveys and tags say, in plain Python."""

from datetime import date

from provider_desk.model.choices import choices
from provider_desk.model.records import (
    Closure,
    Episode,
    Goal,
    GoalRating,
    Score,
    Session,
    SupportTag,
    SurveyAnswer,
)
from tests.builders.oracle_records import ATTENDED, UNFUNDED, Found, Part

#: Measure → its name in the return.
NAMES = {
    "PHQ9": "PHQ-9",
    "GAD7": "GAD-7",
    "CORE10": "CORE-10",
    "SWEMWBS": "SWEMWBS",
    "WEMWBS": "WEMWBS",
    "GBO": "Goal-based outcome",
    "STAR": "Other licensed scale",
}

#: Measures in which a higher total is better.
RISING = ("SWEMWBS", "WEMWBS", "GBO")

#: Matrix → its measure, and the bands with the highest total of each, mildest first.
BANDS = {
    "M1": (
        "PHQ9",
        {
            "minimal": 4,
            "mild": 9,
            "moderate": 14,
            "moderately severe": 19,
            "severe": 99,
        },
    ),
    "M2": ("GAD7", {"minimal": 4, "mild": 9, "moderate": 14, "severe": 99}),
    "M3": (
        "CORE10",
        {
            "healthy": 5,
            "low": 10,
            "mild": 14,
            "moderate": 19,
            "moderate-severe": 24,
            "severe": 99,
        },
    ),
}

DOMAINS = ("health", "coping", "decisions", "self_esteem", "safety")

#: First and last total of each measure.
Pairs = dict[str, tuple[int, int]]


def change(pairs: Pairs) -> str:
    """The group of an ending by its reliable change."""
    if "PHQ9" not in pairs or "GAD7" not in pairs:
        return "no paired score"
    phq9, gad7 = (pairs[code][0] - pairs[code][1] for code in ("PHQ9", "GAD7"))
    up = phq9 >= 6 or gad7 >= 4
    down = phq9 <= -6 or gad7 <= -4
    if up == down:
        return "no reliable change"
    return "improved" if up else "deteriorated"


def at_caseness(pairs: Pairs) -> bool:
    """Whether both are paired and one first total is above its threshold."""
    both = "PHQ9" in pairs and "GAD7" in pairs
    return both and (pairs["PHQ9"][0] > 9 or pairs["GAD7"][0] > 7)


def recovered(pairs: Pairs) -> bool:
    """Whether both last totals are below the threshold, one first was not."""
    return at_caseness(pairs) and pairs["PHQ9"][1] <= 9 and pairs["GAD7"][1] <= 7


class Outcomes(Part):
    """E1 to E4 and the matrices, of episodes closed."""

    def tell(self, endings: list[tuple[Episode, Closure]], found: Found) -> None:
        """Add the figures."""
        pairs = [self._pairs(each, closure.closed_on) for each, closure in endings]
        found["E1", ""] = (sum(bool(pair) for pair in pairs), len(pairs))
        for code, name in NAMES.items():
            found["E1", name] = (sum(code in pair for pair in pairs), len(pairs))
        groups = ("improved", "no reliable change", "deteriorated", "no paired score")
        for name in groups:
            found["E2", name] = sum(change(pair) == name for pair in pairs)
        found["E2", ""] = len(pairs)
        cases = sum(map(at_caseness, pairs))
        well = [pair for pair in pairs if recovered(pair)]
        surely = sum(change(pair) == "improved" for pair in well)
        found["E3", ""] = cases
        found["E3", "recovered"] = len(well)
        found["E3", "reliably recovered"] = surely
        found["E3b", ""] = (len(well), cases)
        found["E3c", ""] = (surely, cases)
        self._changes(pairs, found)
        for code in BANDS:
            _matrix(code, pairs, found)

    def _changes(self, pairs: list[Pairs], found: Found) -> None:
        for code, name in NAMES.items():
            sign = 1 if code in RISING else -1
            moved = [
                sign * (pair[code][1] - pair[code][0]) for pair in pairs if code in pair
            ]
            if code != "STAR":
                for part in ("", " smallest", " largest"):
                    found["E4", name + part] = moved

    def _pairs(self, episode: Episode, closed_on: date) -> Pairs:
        """First and last total of each measure that was taken at both times."""
        referral = self.within[episode.referral_id]
        came = sorted(
            each.held_on
            for each in self.all._all(Session)
            if each.episode_id == episode.id
            and each.attendance in ATTENDED
            and each.held_on <= closed_on
        )
        pairs: Pairs = {}
        for instrument in {each.instrument for each in self.all._all(Score)}:
            taken = {
                each.scored_on: each.total
                for each in self.all._all(Score)
                if each.referral_id == referral.id
                and each.instrument == instrument
                and referral.received_on <= each.scored_on <= closed_on
            }
            if not taken:
                continue
            first, last = min(taken), max(taken)
            in_time = len(came) < 3 or first <= came[2]
            later = any(first < day <= last for day in came)
            if in_time and later:
                pairs[instrument] = taken[first], taken[last]
        return pairs


def _matrix(code: str, pairs: list[Pairs], found: Found) -> None:
    measure, highest = BANDS[code]
    names = list(highest)

    def place(total: int) -> int:
        return next(n for n, name in enumerate(names) if total <= highest[name])

    taken = [pair[measure] for pair in pairs if measure in pair]
    moves = [(place(first), place(last)) for first, last in taken]
    found[code, ""] = len(moves)
    for start, one in enumerate(names):
        for end, other in enumerate(names):
            found[code, f"{one} to {other}"] = moves.count((start, end))
    found[code, "positive"] = sum(end < start for start, end in moves)
    found[code, "no change"] = sum(end == start for start, end in moves)
    found[code, "negative"] = sum(end > start for start, end in moves)


class Told(Part):
    """E5 to E7."""

    def tell(self, areas: tuple[str, ...], contract_id: str, found: Found) -> None:
        """Add the figures."""
        self._goals(found)
        self._surveys(areas, contract_id, found)
        self._tags(found)

    def _goals(self, found: Found) -> None:
        ended = [
            (goal, day)
            for goal in self.all._all(Goal)
            if goal.referral_id in self.within and self.now(day := self._end(goal))
        ]
        found["E5", ""] = len(ended)
        for choice in choices("contract_outcome").values:
            found["E5", choice.label] = sum(
                goal.outcome == choice.code for goal, _ in ended
            )
        found["E5", "no outcome chosen"] = sum(not goal.outcome for goal, _ in ended)
        reached = sum(goal.reached == "Y" for goal, _ in ended)
        found["E5", "reached"] = reached
        found["E5b", ""] = (reached, len(ended))
        changes = [self._rise(goal, day) for goal, day in ended if day is not None]
        found["E5c", ""] = [each for each in changes if each is not None]

    def _end(self, goal: Goal) -> date | None:
        """The day on which a goal ends: its own, or the first ending after it."""
        days = [
            closure.closed_on
            for episode in self.all._episodes
            if episode.referral_id == goal.referral_id
            and (closure := self.all._closures.get(episode.id))
            and closure.closed_on >= goal.set_on
        ]
        days += [goal.ended_on] if goal.ended_on else []
        return min(days, default=None)

    def _rise(self, goal: Goal, end: date) -> int | None:
        """By how much the ratings of a goal rose; None without two days of them."""
        rated = {
            each.rated_on: each.rating
            for each in self.all._all(GoalRating)
            if each.goal_id == goal.id and each.rated_on <= end
        }
        if len(rated) < 2:
            return None
        return rated[max(rated)] - rated[min(rated)]

    def _surveys(self, areas: tuple[str, ...], contract_id: str, found: Found) -> None:
        surveys = [
            each
            for each in self.all._all(SurveyAnswer)
            if each.contract_id == contract_id
            and each.area in areas
            and self.now(each.answered_on)
        ]
        found["E6", ""] = sum(
            any(getattr(each, domain) for domain in DOMAINS) for each in surveys
        )
        for letter, domain in zip("abcde", DOMAINS, strict=True):
            said = [getattr(each, domain) for each in surveys if getattr(each, domain)]
            code = f"E6{letter}"
            better = said.count("LOT") + said.count("LITTLE")
            found[code, ""] = len(said)
            found[code, "improved"] = better
            found[code, "the same"] = said.count("SAME")
            found[code, "worse"] = said.count("WORSE")
            found[code, "rate"] = (better, len(said))

    def _tags(self, found: Found) -> None:
        came = {
            each.id
            for each in self.all._all(Session)
            if each.referral_id in self.within
            and each.attendance in ATTENDED
            and self.now(each.held_on)
            and each.type != UNFUNDED
        }
        tags = [
            each.outcome
            for each in self.all._all(SupportTag)
            if each.session_id in came
        ]
        found["E7", ""] = len(tags)
        for choice in choices("contract_outcome").values:
            found["E7", choice.label] = tags.count(choice.code)
