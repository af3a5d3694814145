"""What somebody who closes an episode looks at: all of it on one page.

Source: domain reference, B9; practices, P16 to P18, P22, P27.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from provider_desk.model.goal_card import GoalCard
from provider_desk.model.records import Episode, OnwardReferral, Referral
from provider_desk.model.rows import Rows
from provider_desk.services.casework import goal_lines
from provider_desk.services.casework.course import exits
from provider_desk.services.casework.course.exits import Version
from provider_desk.services.casework.course.pauses import open_pause
from provider_desk.services.casework.events import Reading
from provider_desk.services.desk import Desk
from provider_desk.services.notes.unsealing import Unsealer
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import label
from provider_desk.store.queries import course as questions
from provider_desk.store.records import find, get


@dataclass(frozen=True, slots=True)
class Course:
    """A measure at the first and at the last time; ``last`` is None after one alone."""

    measure: str
    first_on: date
    first: int
    last_on: date | None
    last: int | None


@dataclass(frozen=True, slots=True, repr=False)
class Sheet:
    """What there is at the end of an episode.

    Attributes:
        version: the exit strategy that holds; None where there is none.
        goals: those that nobody ended yet.
        courses: each measure, first and last score.
        surveyed_on: the newest survey that the person signed.
        paused_since: an open pause, which ends with the episode.
        booked: days of sessions to come.
        onward: where the person was referred on to already.
    """

    started_on: date
    version: Version | None
    goals: tuple[GoalCard, ...]
    courses: tuple[Course, ...]
    surveyed_on: date | None
    paused_since: date | None
    booked: tuple[date, ...]
    onward: tuple[OnwardReferral, ...]


@needs(Permission.RUN_EPISODES, Permission.READ_CLINICAL)
def sheet(desk: Desk, episode_id: str) -> Sheet:
    """Read it.

    Raises:
        NotFound: the episode is not there, or outside the caseload.
    """
    found = exits.versions(desk, episode_id)
    with desk.store.reading() as rows:
        episode = caseload.within(desk, rows, Episode, episode_id)
        client_id = get(rows, Referral, episode.referral_id).client_id
        clinical = caseload.sees_clinical(desk, rows, client_id)
        reading = Reading(Unsealer(desk), clinical=clinical)
        rest = open_pause(rows, episode_id)
        onward = reading.shown(
            find(rows, OnwardReferral, episode_id=episode_id), client_id
        )
        booked = questions.booked_after(rows, episode.referral_id, desk.today())
        return Sheet(
            started_on=episode.started_on,
            version=found[0] if found else None,
            goals=_goals(rows, episode, reading, client_id),
            courses=_courses(rows, episode) if clinical else (),
            surveyed_on=questions.surveyed_on(rows, episode.referral_id),
            paused_since=rest.from_on if rest else None,
            booked=tuple(on for _, on in booked),
            onward=tuple(onward),
        )


def _goals(
    rows: Rows, episode: Episode, reading: Reading, person: str
) -> tuple[GoalCard, ...]:
    aims = goal_lines.aims_of(rows, episode.referral_id, reading, person)
    return tuple(goal_lines.cards_of(aims))


def _courses(rows: Rows, episode: Episode) -> tuple[Course, ...]:
    by_measure: dict[str, list[tuple[date, int]]] = {}
    for code, scale, on, total in questions.scored(rows, episode.referral_id):
        # Two scales of one's own say nothing of each other.
        measure = scale or label("outcome_measure", code)
        by_measure.setdefault(measure, []).append((on, total))
    return tuple(_course(measure, found) for measure, found in by_measure.items())


def _course(measure: str, found: Sequence[tuple[date, int]]) -> Course:
    (first_on, first), (last_on, last) = found[0], found[-1]
    if len(found) == 1:
        return Course(measure, first_on, first, None, None)
    return Course(measure, first_on, first, last_on, last)
