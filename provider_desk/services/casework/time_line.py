"""A person's page: referrals, episodes with their clocks, and everything in a line."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from provider_desk.model.choices import choices
from provider_desk.model.goal_card import GoalCard
from provider_desk.model.months import add_months
from provider_desk.model.records import (
    Client,
    Contract,
    Referral,
    WaitingEntry,
)
from provider_desk.model.rows import Rows
from provider_desk.model.views import (
    EpisodeCard,
    Event,
    EventKind,
    Part,
    ReferralCard,
    ScorePoint,
    Standing,
)
from provider_desk.services.casework import events, goal_lines, person_parts
from provider_desk.services.casework.known import Known
from provider_desk.services.casework.measuring.points import points_of
from provider_desk.services.desk import Desk
from provider_desk.services.notes import process_notes
from provider_desk.services.notes.unsealing import Unsealer
from provider_desk.services.rights import caseload, masking
from provider_desk.store.queries import episodes as episode_questions
from provider_desk.store.queries import people as questions
from provider_desk.store.records import find

CORE_MONTHS = 12
#: After so many months the end of the 12 is warned of. Source: practices, P19.
FIRST_WARNING, LAST_WARNING = 9, 11
_DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Parts:
    """What a person's page shows beside the person; events newest first."""

    referrals: tuple[ReferralCard, ...]
    episodes: tuple[EpisodeCard, ...]
    events: tuple[Event, ...]
    scores: tuple[ScorePoint, ...]
    goals: tuple[GoalCard, ...]
    part: Part


def of_person(desk: Desk, rows: Rows, client: Client) -> Parts:
    """Read all of it in one go, sealed words opened for who holds the key.

    Clinical words and scores are left out for those who may not read them.
    """
    today = desk.today()
    client_id = client.id
    clinical = caseload.sees_clinical(desk, rows, client_id)
    waiting = masking.reads_waiting(desk)
    reading = events.Reading(Unsealer(desk), clinical=clinical, waiting=waiting)
    held = [
        events.held_of(rows, each, reading)
        for each in questions.referral_ids(rows, client_id)
    ]
    clocks = episode_questions.of_referrals(
        rows, [each.referral.id for each in held], today
    )
    cards = tuple(card_of(each, today) for each in reversed(clocks))
    contracts = {each.id: each.reference for each in find(rows, Contract)}
    referrals = tuple(_referral_card(each, contracts, cards, today) for each in held)
    runs = {
        card.episode_id: events.run_of(rows, card.episode_id, reading, client_id)
        for card in cards
    }
    goals = [
        goal_lines.aims_of(rows, each.referral.id, reading, client_id) for each in held
    ]
    known = Known(client, referrals, cards, reading, today)
    part = person_parts.together(desk, rows, known)
    lines = [
        *_of_cases(held, goals),
        *(
            event
            for card in cards
            for event in events.episode_events(card, runs[card.episode_id])
        ),
        *events.note_events(process_notes.lines_of(desk, rows, client_id)),
        *part.events,
    ]
    return Parts(
        referrals,
        cards,
        _in_order(lines, _corrected(rows, held, goals)),
        points_of(held, cards, today),
        tuple(card for each in goals for card in goal_lines.cards_of(each)),
        part,
    )


def _of_cases(
    held: Sequence[events.Held], goals: Sequence[goal_lines.Aims]
) -> Iterator[Event]:
    """What hangs on a referral; each event says on which."""
    for each, aims in zip(held, goals, strict=True):
        for event in (
            *events.referral_events(each),
            *events.session_events(each),
            *goal_lines.events_of(aims),
        ):
            yield replace(event, referral_id=each.referral.id)


def card_of(clocks: episode_questions.Clocks, today: date) -> EpisodeCard:
    """An episode's clocks as of a day; they stand still once it is closed."""
    last = min(clocks.closed_on or today, today)
    closing = choices("closure_reason").by_code.get(clocks.closure_reason)
    return EpisodeCard(
        episode_id=clocks.episode_id,
        referral_id=clocks.referral_id,
        area=clocks.area,
        worker=clocks.worker,
        started_on=clocks.started_on,
        week=(last - clocks.started_on).days // _DAYS_A_WEEK + 1,
        over_on=add_months(clocks.started_on, CORE_MONTHS),
        phase=clocks.phase,
        attended=clocks.attended,
        exit_made_on=clocks.exit_made_on,
        exceptional=clocks.exceptional,
        exceptional_until=clocks.exceptional_until,
        closed_on=clocks.closed_on,
        closure_reason=clocks.closure_reason,
        planned=bool(closing.flags.get("planned")) if closing else None,
    )


def _referral_card(
    held: events.Held,
    contracts: Mapping[str, str],
    cards: tuple[EpisodeCard, ...],
    today: date,
) -> ReferralCard:
    referral = held.referral
    entry = held.entries[0] if held.entries else None
    wrong = choices("closure_reason").codes_where("counted", value=False)
    episode = next(
        (
            card
            for card in cards
            if card.referral_id == referral.id and card.closure_reason not in wrong
        ),
        None,
    )
    ends = [
        episode.started_on if episode else None,
        entry.removed_on if entry else None,
        referral.decided_on if referral.decision in ("DECLINED", "WITHDRAWN") else None,
    ]
    end = next((each for each in ends if each), today)
    return ReferralCard(
        referral=referral,
        contract=contracts.get(referral.contract_id, ""),
        status=_standing(referral, entry, episode),
        waited_days=(end - referral.received_on).days,
        entry_id=entry.id if entry else "",
        episode_id=episode.episode_id if episode else "",
        offer_by=entry.target_offer_on if entry else None,
        contact_on=entry.next_contact_on if entry else None,
    )


def _standing(
    referral: Referral, entry: WaitingEntry | None, episode: EpisodeCard | None
) -> Standing:
    if episode is not None:
        return Standing.CLOSED if episode.closed_on else Standing.LIVE
    if referral.decision != "ACCEPTED":
        return {
            "DECLINED": Standing.DECLINED,
            "WITHDRAWN": Standing.WITHDRAWN,
        }.get(referral.decision, Standing.AWAITING)
    left = entry is not None and entry.removed_on is not None
    return Standing.LEFT if left else Standing.WAITING


def _corrected(
    rows: Rows, held: Iterable[events.Held], goals: Iterable[goal_lines.Aims]
) -> set[str]:
    """Ids of facts that somebody put right later."""
    facts = [rating.id for each in goals for rating in each.ratings]
    for each in held:
        for records in (each.contacts, each.sessions, each.scores):
            facts += [record.id for record in records]
    return questions.corrected(rows, facts)


def _in_order(lines: Iterable[Event], touched: set[str]) -> tuple[Event, ...]:
    """Newest first; of one day, what came later in a case comes first."""
    kinds = list(EventKind)
    placed = sorted(
        lines, key=lambda each: (each.on, kinds.index(each.kind)), reverse=True
    )
    return tuple(
        replace(each, corrected=each.corrected or each.row_id in touched)
        for each in placed
    )
