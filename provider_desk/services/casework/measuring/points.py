"""The scores of a person as their charts show them: first and last marked.

Source: domain reference, B10.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from provider_desk.model.choices import choices
from provider_desk.model.item_scores import exact_total
from provider_desk.model.records import Score
from provider_desk.model.score_change import Taken, first_and_last
from provider_desk.model.views import EpisodeCard, ScorePoint
from provider_desk.services.casework.events import Held


def points_of(
    held: Iterable[Held], episodes: Sequence[EpisodeCard], today: date
) -> tuple[ScorePoint, ...]:
    """Every score, by measure and day.

    Args:
        held: the records of each referral.
        episodes: of all of them; of one entered in error nothing is marked.
        today: an open episode goes up to it.
    """
    wrong = choices("closure_reason").codes_where("counted", value=False)
    ends = {
        card.referral_id: card.closed_on or today
        for card in episodes
        if card.closure_reason not in wrong
    }
    points: list[ScorePoint] = []
    for each in held:
        marks = _marks(each, ends.get(each.referral.id, today))
        points += [_point(score, marks.get(score.id, "")) for score in each.scores]
    # Sorting leaves those of one day as they were entered.
    return tuple(sorted(points, key=lambda point: (point.instrument, point.on)))


def _marks(held: Held, until: date) -> dict[str, str]:
    delivered = choices("attendance").codes_where("delivered")
    came = [
        session.held_on
        for session in held.sessions
        if session.episode_id and session.attendance in delivered
    ]
    taken = [
        Taken(each.id, each.instrument, each.scored_on, each.scale_name)
        for each in held.scores
    ]
    marks = first_and_last(taken, came, held.referral.received_on, until)
    return dict(marks)


def _point(score: Score, mark: str) -> ScorePoint:
    return ScorePoint(
        score.instrument,
        score.scored_on,
        score.total,
        score.id,
        exact=exact_total(score.total, score.tenths),
        scale=score.scale_name,
        mark=mark,
    )
