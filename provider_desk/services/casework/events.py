"""The lines of a person's time line, from the records of their referrals."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from provider_desk.model.fields import Record
from provider_desk.model.notes import PROCESS_NOTE, SEALED_NOTE, NoteLine
from provider_desk.model.records import (
    Closure,
    Episode,
    Exceptional,
    ExitStrategy,
    Phase,
    ProcessNote,
    Referral,
    Score,
    Session,
    WaitingContact,
    WaitingEntry,
    WaitingOffer,
)
from provider_desk.model.rows import Rows
from provider_desk.model.sealed_text import IN_LINE, IN_PLACE
from provider_desk.model.views import EpisodeCard, Event, EventKind
from provider_desk.services.casework.measuring.said import score_words
from provider_desk.services.notes.unsealing import Unsealer
from provider_desk.services.rights import masking
from provider_desk.services.saying import day, label, some
from provider_desk.store.queries import sessions as session_questions
from provider_desk.store.records import find, get

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Held:
    """The records of one referral; ``what_for``: session → codes of outcomes."""

    referral: Referral
    entries: list[WaitingEntry]
    contacts: list[WaitingContact]
    offers: list[WaitingOffer]
    sessions: list[Session]
    scores: list[Score]
    what_for: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Run:
    """The records of one episode."""

    phases: list[Phase]
    exits: list[ExitStrategy]
    approvals: list[Exceptional]
    closings: list[Closure]


@dataclass(frozen=True, slots=True)
class Reading:
    """How records are shown to the person at the desk.

    Attributes:
        unsealer: opens sealed words for who holds the key.
        clinical: whether clinical words and scores are shown at all.
        waiting: whether what is said of people who wait is shown without that.
    """

    unsealer: Unsealer
    clinical: bool
    waiting: bool = False

    def shown(self, records: list[R], person: str) -> list[R]:
        """Records of one person as they are shown."""
        found = masking.all_masked(
            records, clinical=self.clinical, waiting=self.waiting
        )
        return self.unsealer.records(found, person)


def held_of(rows: Rows, referral_id: str, reading: Reading) -> Held:
    """Read the records of one referral."""
    referral = get(rows, Referral, referral_id)
    sessions = find(rows, Session, referral_id=referral_id)
    return Held(
        referral,
        find(rows, WaitingEntry, referral_id=referral_id),
        find(rows, WaitingContact, referral_id=referral_id),
        find(rows, WaitingOffer, referral_id=referral_id),
        reading.shown(sessions, referral.client_id),
        reading.shown(find(rows, Score, referral_id=referral_id), referral.client_id),
        session_questions.outcomes_of_referral(rows, referral_id),
    )


def run_of(rows: Rows, episode_id: str, reading: Reading, person: str) -> Run:
    """Read the records of one episode of a person, as ``held_of`` does."""
    exits = find(rows, ExitStrategy, episode_id=episode_id)
    approvals = find(rows, Exceptional, episode_id=episode_id)
    closings = find(rows, Closure, episode_id=episode_id)
    return Run(
        find(rows, Phase, episode_id=episode_id),
        reading.shown(exits, person),
        reading.shown(approvals, person),
        reading.shown(closings, person),
    )


def _in_line(words: str) -> str:
    return IN_LINE if words == IN_PLACE else words


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def referral_events(held: Held) -> Iterator[Event]:
    """The referral, its decision, and what happened while the person waited."""
    referral = held.referral
    area = label("service_area", referral.area)
    yield Event(
        EventKind.REFERRAL,
        referral.received_on,
        f"Referred by {label('referral_source', referral.source)}",
        _joined(area, referral.note),
        Referral.TABLE,
        referral.id,
    )
    if referral.decided_on:
        yield Event(
            EventKind.REFERRAL,
            referral.decided_on,
            label("referral_decision", referral.decision),
            _joined(
                label("decline_reason", referral.decline_reason),
                referral.signposted_to,
            ),
            Referral.TABLE,
            referral.id,
        )
    yield from _contact_events(held)
    for offer in held.offers:
        yield Event(
            EventKind.WAITING,
            offer.offered_on,
            f"A start was offered: {label('offer_response', offer.response)}",
            offer.note,
            WaitingOffer.TABLE,
            offer.id,
        )
    for entry in held.entries:
        if entry.removed_on and entry.removal_reason != "STARTED":
            yield Event(
                EventKind.WAITING,
                entry.removed_on,
                "Left the waiting list",
                label("wait_removal_reason", entry.removal_reason),
                WaitingEntry.TABLE,
                entry.id,
            )


def _contact_events(held: Held) -> Iterator[Event]:
    for contact in held.contacts:
        yield Event(
            EventKind.WAITING,
            contact.held_on,
            f"{label('wait_contact_method', contact.method)}: "
            f"{label('wait_contact_result', contact.result)}",
            _joined(
                label("wait_contact_purpose", contact.purpose),
                contact.worker,
                contact.note,
            ),
            WaitingContact.TABLE,
            contact.id,
        )


def session_events(held: Held) -> Iterator[Event]:
    """Sessions and scores of a referral, in an episode or before it."""
    for session in held.sessions:
        minutes = some(session.minutes, "minute") if session.minutes else ""
        yield Event(
            EventKind.SESSION,
            session.held_on,
            f"{label('session_type', session.type)}: "
            f"{label('attendance', session.attendance)}",
            _joined(
                session.starts_at or "",
                session.group_code,
                label("session_mode", session.mode),
                minutes,
                session.worker,
                ", ".join(
                    label("contract_outcome", code)
                    for code in held.what_for.get(session.id, ())
                ),
                _in_line(session.note),
            ),
            Session.TABLE,
            session.id,
            session.episode_id or "",
        )
    for score in held.scores:
        yield Event(
            EventKind.SCORE,
            score.scored_on,
            *score_words(score),
            Score.TABLE,
            score.id,
        )


def note_events(lines: Iterable[NoteLine]) -> Iterator[Event]:
    """Process notes; of a colleague's it is told only that it is there."""
    for line in lines:
        again = f"continued {day(line.changed_on)}" if line.version > 1 else ""
        by = "" if line.mine else line.author
        yield Event(
            EventKind.NOTE,
            line.on,
            _called(line),
            _joined(line.title or line.begins, by, again) if line.readable else "",
            ProcessNote.TABLE,
            line.note_id,
        )


def _called(line: NoteLine) -> str:
    if not line.readable:
        return SEALED_NOTE
    return f"{PROCESS_NOTE} of a session" if line.session_id else PROCESS_NOTE


def episode_events(card: EpisodeCard, run: Run) -> Iterator[Event]:
    """The start of an episode, what was agreed in it, and its end."""

    def event(
        on: date, title: str, detail: str, record: Record, kind: EventKind
    ) -> Event:
        return Event(kind, on, title, detail, record.TABLE, record.id, card.episode_id)

    yield Event(
        EventKind.EPISODE,
        card.started_on,
        "Support started",
        _joined(label("service_area", card.area), card.worker),
        Episode.TABLE,
        card.episode_id,
        card.episode_id,
    )
    for phase in run.phases:
        if phase.started_on == card.started_on and phase.phase == "CORE":
            continue
        title = f"{label('phase', phase.phase)} support begins"
        detail = f"review {day(phase.review_on)}" if phase.review_on else ""
        yield event(phase.started_on, title, detail, phase, EventKind.EPISODE)
    for made in run.exits:
        detail = _joined(
            label("exit_strategy_status", made.status), _in_line(made.success)
        )
        yield event(made.made_on, "Exit strategy", detail, made, EventKind.EXIT)
    for given in run.approvals:
        until = f"until {day(given.review_by)}" if given.review_by else ""
        yield event(
            given.approved_on,
            "May go past 12 months",
            _joined(
                label("exceptional_reason", given.reason), until, given.approved_by
            ),
            given,
            EventKind.EPISODE,
        )
    for closing in run.closings:
        reason = label("closure_reason", closing.reason)
        yield event(
            closing.closed_on,
            "Support ended",
            _joined(reason, _in_line(closing.note)),
            closing,
            EventKind.EPISODE,
        )
