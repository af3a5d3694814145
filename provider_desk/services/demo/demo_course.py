"""Invented pauses, reviews, versions, trials and endings for the demo desk.

Nobody in it exists. It is drawn from its own source of chance after the caseload, so
that what else is on the desk stays as it is, but for the sessions that it changes.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from provider_desk.model.choices import choices
from provider_desk.model.fields import Record
from provider_desk.model.ids import derived_id
from provider_desk.model.months import add_months
from provider_desk.model.records import (
    Client,
    Closure,
    Episode,
    Exceptional,
    ExitReview,
    ExitStrategy,
    ExtensionRequest,
    FrequencyChange,
    OnwardReferral,
    Pause,
    Phase,
    Referral,
    Session,
    SupportTag,
)
from provider_desk.services.casework.course import extensions
from provider_desk.services.casework.time_line import CORE_MONTHS

_LEAD = "Clinical lead (invented)"
_QUARTER = timedelta(days=91)
_CAME = ("ATT", "ATT_LATE")
_PLACES = (
    "A women's centre in town (invented)",
    "A peer group that meets on Thursdays (invented)",
    "Talking therapies at the surgery (invented)",
)
_NOTES = (
    "Holds. The college place is sure now (invented).",
    "Warning signs were talked through again (invented).",
    "Somebody for afterwards was found: the aunt (invented).",
)
#: Of so many episodes: share that is paused, had a pause, has a second version.
_PAUSED, _RESTED, _AGAIN = 0.06, 0.15, 0.35
_MISSED = 4


def with_course(
    seed: int, today: date, desk_id: str, records: Sequence[Record]
) -> list[Record]:
    """The records of a demo desk, with the course of their episodes.

    Args:
        seed: the same one draws the same.
        today: nothing lies after it but bookings.
        desk_id: goes into the ids.
        records: what is there already.
    """
    return _Course(seed, today, desk_id, records).records()


class _Course:
    def __init__(
        self, seed: int, today: date, desk_id: str, records: Sequence[Record]
    ) -> None:
        self._seed, self._today, self._desk_id = seed, today, desk_id
        self._records = {record.id: record for record in records}
        self._sessions: defaultdict[str, list[Session]] = defaultdict(list)
        self._closed: dict[str, Closure] = {}
        self._exits: dict[str, ExitStrategy] = {}
        self._tags: defaultdict[str, list[str]] = defaultdict(list)
        for record in records:
            if isinstance(record, Session) and record.episode_id:
                self._sessions[record.episode_id].append(record)
            elif isinstance(record, Closure):
                self._closed[record.episode_id] = record
            elif isinstance(record, ExitStrategy):
                self._exits[record.episode_id] = record
            elif isinstance(record, SupportTag):
                self._tags[record.session_id].append(record.id)
        # Those with a reason, or in step-down already.
        self._excused = {
            record.episode_id
            for record in records
            if isinstance(record, Exceptional | Phase)
        }
        self._asked = False
        self._missed = 0

    def records(self) -> list[Record]:
        """All of them, the new ones kind by kind at the end."""
        made: list[Record] = []
        episodes = [r for r in self._records.values() if isinstance(r, Episode)]
        for episode in episodes:
            chance = Random(f"{self._seed} course {episode.id}")  # noqa: S311
            made += self._of_episode(chance, episode)
        made.sort(key=lambda record: record.TABLE)
        return [*self._records.values(), *made]

    def _id(self, *words: str) -> str:
        return derived_id(self._desk_id, "demo course", *words)

    def _of_episode(self, chance: Random, episode: Episode) -> Iterator[Record]:
        closing = self._closed.get(episode.id)
        last = closing.closed_on if closing else self._today - timedelta(1)
        yield from self._often(episode, last)
        yield from self._strategies(chance, episode, last)
        if closing is not None:
            yield from self._onward(chance, episode, closing)
            return
        yield from self._asks_for_more(episode)
        self._trial(chance, episode)
        drawn = chance.random()
        if drawn < _PAUSED:
            yield self._pause_now(chance, episode)
        elif drawn < _PAUSED + _RESTED:
            yield from self._rested(chance, episode)
        elif self._missed < _MISSED and drawn > 1 - _PAUSED:
            self._miss_two(episode)

    def _often(self, episode: Episode, last: date) -> Iterator[Record]:
        """Who comes every two or three weeks came every week at first."""
        stretched = episode.started_on + timedelta(63)
        if episode.frequency in (None, "WEEKLY") or stretched > last:
            return
        for on, often, by in (
            (episode.started_on, "WEEKLY", ""),
            (stretched, episode.frequency, _LEAD),
        ):
            yield FrequencyChange(
                id=self._id("often", episode.id, str(on)),
                episode_id=episode.id,
                from_on=on,
                frequency=str(often),
                approved_by=by,
                reason="Stable, and wants time for college (invented)." if by else "",
            )

    def _strategies(
        self, chance: Random, episode: Episode, last: date
    ) -> Iterator[Record]:
        """A second version of some, and a look at each after three months."""
        held = self._exits.get(episode.id)
        if held is None:
            return
        again = held.made_on + timedelta(120)
        if again < last and chance.random() < _AGAIN:
            self._records[held.id] = replace(held, status="REPLACED")
            held = replace(
                held,
                id=self._id("version", episode.id),
                made_on=again,
                agreed_on=again,
                success="Back at college, and a flat of their own (invented).",
                support_after="The aunt, and the group on Thursdays (invented).",
                step_down_plan="Every second week from June, then by phone (invented).",
                review_on=again + _QUARTER,
            )
            self._records[held.id] = held
        on, following = held.made_on + _QUARTER, held.review_on
        while on <= last and chance.random() < 0.85:  # noqa: PLR2004
            following = on + _QUARTER
            yield ExitReview(
                id=self._id("look", held.id, str(on)),
                episode_id=episode.id,
                exit_strategy_id=held.id,
                reviewed_on=on,
                with_person=chance.choice(("Y", "Y", "N")),
                note=chance.choice(_NOTES),
                next_review_on=following,
            )
            on += _QUARTER
        if following != held.review_on:
            self._records[held.id] = replace(
                held, status="REVIEWED", review_on=following
            )

    def _onward(
        self, chance: Random, episode: Episode, closing: Closure
    ) -> Iterator[Record]:
        moved = closing.reason in ("TRANSFER", "COMPLETED", "CRISIS")
        if moved and chance.random() < 0.5:  # noqa: PLR2004
            yield OnwardReferral(
                id=self._id("onward", episode.id),
                episode_id=episode.id,
                made_on=closing.closed_on,
                made_to=chance.choice(_PLACES),
                consent="Y",
            )

    def _asks_for_more(self, episode: Episode) -> Iterator[Record]:
        """Of those over 12 months one waits for the lead's answer."""
        late = add_months(episode.started_on, CORE_MONTHS) <= self._today
        if late and not self._asked and episode.id not in self._excused:
            self._asked = True
            yield ExtensionRequest(
                id=self._id("more", episode.id),
                episode_id=episode.id,
                asked_on=self._today - timedelta(2),
                asked_by=f"{episode.worker} (invented)",
                reason="TRIAL",
                review_by=extensions.review_by(self._today),
                evidence="The hearing was put off (invented).",
            )

    def _trial(self, chance: Random, episode: Episode) -> None:
        """Who is in a case uses up the sessions before the trial."""
        referral = self._records.get(episode.referral_id)
        client = (
            self._records.get(referral.client_id)
            if isinstance(referral, Referral)
            else None
        )
        in_case = choices("criminal_justice_status").codes_where("open")
        if not isinstance(client, Client) or client.justice_status not in in_case:
            return
        came = [s for s in self._sessions[episode.id] if s.attendance in _CAME]
        for number, held in enumerate(came[: chance.randint(2, 10)], 1):
            why = "The hearing was put off (invented)." if number == 9 else ""  # noqa: PLR2004
            self._put(replace(held, trial="PRE", trial_reason=why))

    def _put(self, session: Session) -> None:
        if session.id in self._records:
            self._records[session.id] = session

    def _pause_now(self, chance: Random, episode: Episode) -> Record:
        begun = self._today - timedelta(chance.randint(8, 40))
        begun = max(begun, episode.started_on + timedelta(1))
        self._drop(episode, begun, date.max)
        return Pause(
            id=self._id("pause", episode.id),
            episode_id=episode.id,
            from_on=begun,
            back_by=begun + timedelta(28),
            reason=chance.choice(("WISH", "HEALTH", "COURT", "FAMILY")),
        )

    def _rested(self, chance: Random, episode: Episode) -> Iterator[Record]:
        begun = episode.started_on + timedelta(chance.randint(30, 80))
        back = begun + timedelta(chance.randint(14, 42))
        if back >= self._today:
            return
        self._drop(episode, begun, back)
        yield Pause(
            id=self._id("pause", episode.id),
            episode_id=episode.id,
            from_on=begun,
            back_by=begun + timedelta(28),
            until_on=back,
            reason=chance.choice(("WISH", "HEALTH", "FAMILY", "WORK")),
        )

    def _drop(self, episode: Episode, first: date, until: date) -> None:
        """Nobody comes while they are paused."""
        for held in self._sessions[episode.id]:
            if first <= held.held_on < until and held.held_on != episode.started_on:
                self._records.pop(held.id, None)
                for tag_id in self._tags[held.id]:
                    del self._records[tag_id]

    def _miss_two(self, episode: Episode) -> None:
        past = [s for s in self._sessions[episode.id] if s.held_on < self._today]
        if len(past) > 2:  # noqa: PLR2004
            self._missed += 1
            for held in past[-2:]:
                self._put(replace(held, attendance="DNA", note=""))
