"""What was agreed in an episode and by whom, with dates: workers, how often, approvals.

Who worked with the person is read from the log of changes, so that no list has to be
kept. Source: domain reference, B3.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from provider_desk.model.clock import moment
from provider_desk.model.fields import field_map
from provider_desk.model.records import (
    Episode,
    Exceptional,
    FrequencyChange,
    Pause,
    Phase,
)
from provider_desk.model.rows import Rows
from provider_desk.services.casework.course import how_often
from provider_desk.services.desk import Desk
from provider_desk.services.notes.unsealing import Unsealer
from provider_desk.services.rights import caseload, masking
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import day, label
from provider_desk.store.history import history
from provider_desk.store.queries.caseload import client_of
from provider_desk.store.records import find


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One dated line; ``words`` is personal where it says so."""

    on: date
    title: str
    words: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Dossier:
    """The course of an episode, each part newest first."""

    people: tuple[Entry, ...]
    often: tuple[Entry, ...]
    pauses: tuple[Entry, ...]
    phases: tuple[Entry, ...]
    approvals: tuple[Entry, ...]


@needs(Permission.SEE_OWN)
def dossier(desk: Desk, episode_id: str) -> Dossier:
    """Read it.

    Raises:
        NotFound: the episode is not there, or outside the caseload.
    """
    with desk.store.reading() as rows:
        episode = caseload.within(desk, rows, Episode, episode_id)
        person = client_of(rows, Episode.TABLE, episode_id)
        clinical = caseload.sees_clinical(desk, rows, person)
        unsealer = Unsealer(desk)
        often = unsealer.records(
            masking.all_masked(how_often.agreed(rows, episode_id), clinical=clinical),
            person,
        )
        return Dossier(
            people=tuple(reversed(list(_people(rows, episode)))),
            often=tuple(_often(each) for each in reversed(often)),
            pauses=tuple(_newest(_pauses(rows, episode_id))),
            phases=tuple(_newest(_phases(rows, episode_id))),
            approvals=tuple(_newest(_approvals(rows, episode_id))),
        )


def _newest(entries: Iterator[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda each: each.on, reverse=True)


def _people(rows: Rows, episode: Episode) -> Iterator[Entry]:
    """Worker and supervisor, each from the day on which it was recorded."""
    declared = field_map(Episode)
    wanted = {declared[name].kind.label for name in ("worker", "supervisor")}
    for number, line in enumerate(history(rows, Episode.TABLE, episode.id)):
        on = moment(line.at_ms).date() if number else episode.started_on
        for name, before, after in line.fields:
            if name in wanted and (before or after):
                was = f"before: {before}" if before else ""
                yield Entry(on, f"{name}: {after or 'nobody'}", was)


def _often(each: FrequencyChange) -> Entry:
    by = f"approved by {each.approved_by}" if each.approved_by else ""
    words = " · ".join(part for part in (by, each.reason) if part)
    return Entry(each.from_on, label("frequency", each.frequency), words)


def _pauses(rows: Rows, episode_id: str) -> Iterator[Entry]:
    for each in find(rows, Pause, episode_id=episode_id):
        until = f"back {day(each.until_on)}" if each.until_on else "not back yet"
        reason = label("pause_reason", each.reason)
        yield Entry(each.from_on, f"Paused, {until}", reason)


def _phases(rows: Rows, episode_id: str) -> Iterator[Entry]:
    for each in find(rows, Phase, episode_id=episode_id):
        review = f"review {day(each.review_on)}" if each.review_on else ""
        yield Entry(each.started_on, label("phase", each.phase), review)


def _approvals(rows: Rows, episode_id: str) -> Iterator[Entry]:
    for each in find(rows, Exceptional, episode_id=episode_id):
        reason = label("exceptional_reason", each.reason)
        until = f"until {day(each.review_by)}" if each.review_by else "without an end"
        by = f"approved by {each.approved_by}" if each.approved_by else "no approver"
        yield Entry(each.approved_on, reason, f"{by} · {until}")
