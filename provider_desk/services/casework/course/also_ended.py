"""What ends together with an episode, and what is recorded with its ending.

Goals, a pause and bookings end; a last measure and an onward referral are added. All of
it is written by the deed that closes the episode, and taken back with it, as far
as nobody touched it since. Source: domain reference, B9; practices, P16 to P18.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from provider_desk.model.choices import choices
from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.fields import Value
from provider_desk.model.records import (
    Closure,
    Episode,
    ExitStrategy,
    Goal,
    OnwardReferral,
    Pause,
    Referral,
    SafeguardingReferral,
    Score,
    Session,
)
from provider_desk.services import own_reasons, saving
from provider_desk.services.casework import session_deeds
from provider_desk.services.casework.caring.risk import open_flags
from provider_desk.services.casework.course import onward
from provider_desk.services.casework.course.pauses import open_pause
from provider_desk.services.casework.measuring.scores import without_risk
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.saying import day, label, some
from provider_desk.store.queries import course as questions
from provider_desk.store.queries import sessions as session_questions
from provider_desk.store.records import find, get
from provider_desk.store.store import Deed

#: Before a field's name in a problem: of which part of the closing it is.
SCORE, ONWARD = "score.", "onward."


@dataclass(frozen=True, slots=True, repr=False)
class Also:
    """What is recorded together with a closing.

    Attributes:
        goals: goal → "Y" or "N", whether it was reached; those left out stay open.
        score: a last measure, by field name; {} for none.
        onward: where the person is referred on to, by field name; {} for none.
        cancel: cancel, as by us, what is booked after the last day.
    """

    goals: Mapping[str, str] = field(default_factory=dict)
    score: Mapping[str, Value] = field(default_factory=dict)
    onward: Mapping[str, Value] = field(default_factory=dict)
    cancel: bool = False


def end_too(
    desk: Desk, deed: Deed, episode: Episode, closed_on: date, also: Also
) -> tuple[list[str], list[Problem]]:
    """Do it, in the deed that closes the episode.

    Returns:
        What was done, in words, and warnings.

    Raises:
        NotValid: something of it is not right; nothing is saved then.
    """
    said, warnings = [], []
    rested = open_pause(deed, episode.id)
    if rested is not None:
        back = max(closed_on, rested.from_on)
        saving.change(desk, deed, Pause, rested.id, {"until_on": back})
        said.append("The pause ended.")
    for goal_id, reached in also.goals.items():
        _end_goal(
            desk, deed, episode, goal_id, {"ended_on": closed_on, "reached": reached}
        )
    if also.goals:
        said.append(f"{some(len(also.goals), 'goal')} ended.")
    if also.cancel:
        said += _cancel(desk, deed, episode, closed_on)
    if also.score:
        given = {"scored_on": closed_on, "occasion": "LAST", **also.score}
        given |= {"referral_id": episode.referral_id}
        with _told_as(SCORE):
            _, more = saving.add(desk, deed, Score, without_risk(given))
        warnings += more
    if also.onward:
        given = {"made_on": closed_on, **also.onward}
        with _told_as(ONWARD):
            _, more = onward.add(desk, deed, episode.id, given)
        warnings += more
        said.append("Referred on.")
    return said, warnings


def _end_goal(
    desk: Desk, deed: Deed, episode: Episode, goal_id: str, values: Mapping[str, Value]
) -> None:
    goal = caseload.within(desk, deed, Goal, goal_id)
    if goal.referral_id != episode.referral_id:
        raise saving.stop("", "This goal belongs to another case.")
    saving.change(desk, deed, Goal, goal_id, values)


def _cancel(desk: Desk, deed: Deed, episode: Episode, closed_on: date) -> list[str]:
    booked = questions.booked_after(deed, episode.referral_id, closed_on)
    for session_id, _ in booked:
        values: dict[str, Value] = {"attendance": "CX_PROV"}
        session_deeds.put_right(desk, deed, session_id, values, own_reasons.CLOSED)
    return [f"{some(len(booked), 'booked session')} cancelled."] if booked else []


@contextmanager
def _told_as(part: str) -> Iterator[None]:
    """Let problems inside name the part of the closing that they are of."""
    try:
        yield
    except NotValid as error:
        raise NotValid(
            [
                Problem(f"{part}{each.field}", each.text, each.severity)
                for each in error.problems
            ]
        ) from error


def take_back_too(desk: Desk, deed: Deed, closing: Closure, why: str) -> list[str]:
    """Take back what was done with a closing; what was touched since stays.

    Returns:
        What was done, in words.
    """
    episode = get(deed, Episode, closing.episode_id)
    of_case = ("referral_id", episode.referral_id)
    of_episode = ("episode_id", episode.id)

    def done(record: type[object], of: tuple[str, str]) -> list[str]:
        table = str(vars(record)["TABLE"])
        return questions.done_with_closing(deed, table, of, closing.id)

    said = []
    for row_id in done(Pause, of_episode):
        saving.change(desk, deed, Pause, row_id, {"until_on": None})
        said.append("The pause goes on.")
    goals = done(Goal, of_case)
    for row_id in goals:
        values = {"ended_on": None, "reached": None}
        saving.change(desk, deed, Goal, row_id, values)
    if goals:
        said.append(f"{some(len(goals), 'goal')} open again.")
    booked = done(Session, of_case)
    for row_id in booked:
        again: dict[str, Value] = {"attendance": "BOOKED"}
        if get(deed, Session, row_id).held_on < desk.today():
            again = {"attendance": "UNREC"}
        session_deeds.put_right(desk, deed, row_id, again, why)
    if booked:
        said.append(f"{some(len(booked), 'session')} booked again.")
    for row_id in done(OnwardReferral, of_episode):
        deed.retire(OnwardReferral, row_id, why)
    for row_id in done(Score, of_case):
        deed.retire(Score, row_id, why)
    return said


def still_open(deed: Deed, episode: Episode, closing: Closure) -> list[Problem]:
    """What stands or was never said: pointed out, never ended by itself."""
    return [
        *_goals_open(deed, episode),
        *_flags_stand(deed, episode),
        *_safeguarding_open(deed, episode),
        *_not_said(deed, episode, closing.closed_on),
        *_no_exit(deed, episode, closing),
    ]


def _safeguarding_open(deed: Deed, episode: Episode) -> list[Problem]:
    """A referral that nobody has heard of again outlives the support too."""
    client_id = get(deed, Referral, episode.referral_id).client_id
    return [
        Problem(
            "",
            f"The safeguarding referral of {day(each.made_on)} has no outcome yet. "
            "Agree who asks after it.",
            "warn",
        )
        for each in find(deed, SafeguardingReferral, client_id=client_id)
        if each.ended_on is None
    ]


def _not_said(deed: Deed, episode: Episode, last: date) -> list[Problem]:
    """Sessions up to the last day of which nobody said what came."""
    open_ones = [
        each
        for each in session_questions.of_referral(deed, episode.referral_id)
        if each.attendance in ("BOOKED", "UNREC") and each.held_on <= last
    ]
    if not open_ones:
        return []
    days = ", ".join(day(each.held_on) for each in open_ones[:3])
    said = f"Nobody said yet what came of {some(len(open_ones), 'session')}: {days}."
    return [Problem("", f"{said} Today asks for it.", "warn")]


def _no_exit(deed: Deed, episode: Episode, closing: Closure) -> list[Problem]:
    """A planned ending has its strategy. Source: practices, P17."""
    planned = choices("closure_reason").codes_where("planned")
    if closing.reason not in planned or find(deed, ExitStrategy, episode_id=episode.id):
        return []
    return [Problem("", "This planned ending has no exit strategy.", "warn")]


def _flags_stand(deed: Deed, episode: Episode) -> list[Problem]:
    """A concern that outlives the support: who looks at it from now on."""
    client_id = get(deed, Referral, episode.referral_id).client_id
    return [
        Problem(
            "",
            f"A risk flag stands: {label('risk_level', flag.level)}. End it, or agree "
            "who looks at it from now on.",
            "warn",
        )
        for flag in open_flags(deed, client_id)
    ]


def _goals_open(deed: Deed, episode: Episode) -> list[Problem]:
    left = [
        goal
        for goal in find(deed, Goal, referral_id=episode.referral_id)
        if goal.ended_on is None
    ]
    if not left:
        return []
    return [
        Problem(
            "",
            f"{some(len(left), 'goal')} still open. The return counts them as ended "
            "with the support.",
            "warn",
        )
    ]
