"""Once all rows are planned: starts that no column gives, facts beside the desk's."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from provider_desk.model.fields import Record
from provider_desk.model.records import (
    Episode,
    Referral,
    Score,
    Session,
    WaitingContact,
)
from provider_desk.spreadsheets.batch import Batch, Change, Known, Remark
from provider_desk.spreadsheets.compare import compare, difference
from provider_desk.spreadsheets.hints import Hints
from provider_desk.spreadsheets.kept import Kept
from provider_desk.spreadsheets.plan_row import Fact

#: By what a fact that was typed in the window is recognised in a file.
_ALIKE: dict[type[Record], tuple[str, ...]] = {
    Session: ("referral_id", "held_on", "type"),
    WaitingContact: ("referral_id", "held_on", "method"),
    Score: ("referral_id", "scored_on", "instrument"),
}


def settle_starts(kept: Kept, hints: Hints, new_id: Callable[..., str]) -> None:
    """Add the episodes of accepted referrals whose start no column gives.

    Source: domain reference, B3: the first attended support or therapy session.
    """
    if kept.starts_are_given:
        return
    first: dict[str, Session] = {}
    for fact in kept.facts.values():
        session = fact.record
        if isinstance(session, Session) and hints.starts(
            session.type, session.attendance
        ):
            before = first.setdefault(session.referral_id, session)
            if session.held_on < before.held_on:
                first[session.referral_id] = session
    for referral_id, session in first.items():
        referral = kept.shelf.get(Referral, referral_id)
        there = kept.shelf.child(Episode, referral_id)
        if there is None and referral and referral.decision == "ACCEPTED":
            episode = Episode(
                id=new_id("episode", referral_id),
                referral_id=referral_id,
                started_on=session.held_on,
            )
            kept.added[episode.id] = episode
            kept.shelf.put(episode)


def settle_facts(kept: Kept, known: Known, batch: Batch) -> list[Record]:
    """The facts that are new; those that the desk holds are compared."""
    added: list[Record] = []
    for record_type in _ALIKE:
        facts = [
            _in_episode(fact, kept)
            for fact in kept.facts.values()
            if isinstance(fact.record, record_type)
        ]
        if facts:
            added += _new_ones(record_type, facts, kept, known, batch)
    return added


def _in_episode(fact: Fact, kept: Kept) -> Fact:
    """A session with the episode that a later row or the sessions themselves made."""
    session = fact.record
    if not isinstance(session, Session) or session.episode_id:
        return fact
    episode = kept.shelf.child(Episode, session.referral_id)
    before = episode is None or session.held_on < episode.started_on
    if episode is None or before or session.type == "ASSESS":
        return fact
    return replace(fact, record=replace(session, episode_id=episode.id))


def _new_ones(
    record_type: type[Record],
    facts: Sequence[Fact],
    kept: Kept,
    known: Known,
    batch: Batch,
) -> Iterable[Record]:
    on_desk = {
        fact.referral_id for fact in facts if kept.shelf.on_desk(fact.referral_id)
    }
    if not on_desk:
        return [fact.record for fact in facts]
    held = known.rows(record_type, [fact.record.id for fact in facts])
    ours = {fact.record.id for fact in facts}
    typed: defaultdict[tuple[object, ...], list[Record]] = defaultdict(list)
    for record in known.hanging_on(record_type, on_desk):
        if record.id not in ours:
            typed[_alike(record)].append(record)
    new = []
    for fact in facts:
        there = held.get(fact.record.id)
        alike = typed.get(_alike(fact.record)) if there is None else None
        if there is None and not alike:
            new.append(fact.record)
            continue
        if alike:
            _compare(alike.pop(0), fact, known, batch)
        elif there is not None and not there.retired:
            _compare(there.record, fact, known, batch)
    return new


def _alike(record: Record) -> tuple[object, ...]:
    return tuple(getattr(record, name) for name in _ALIKE[type(record)])


def _compare(there: Record, fact: Fact, known: Known, batch: Batch) -> None:
    values = fact.record.values()
    given = set(fact.given)
    if isinstance(fact.record, Session) and fact.record.episode_id:
        given.add("episode_id")
    result = compare(there, values, given)
    if result.new:
        edited = known.edited(type(there), there.id)
        result = compare(there, values, given, edited)
    for name, (held, said) in result.differs.items():
        if name in fact.given:
            place = fact.place(fact.given[name])
            text = difference(there, name, held, said, "the desk holds")
            batch.differs.append(Remark(place, text))
    if result.new:
        batch.addenda.append(Change(type(there), there.id, result.new))
