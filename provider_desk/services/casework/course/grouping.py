"""A person's time line by episodes: each with what was before it, and what came after.

Every event belongs to exactly one group. Source: the screen, "A person".
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from provider_desk.model.choices import choices
from provider_desk.model.fields import Day, shown
from provider_desk.model.views import EpisodeCard, Event, ReferralCard

_DAY = Day(label="")


@dataclass(frozen=True, slots=True)
class EventGroup:
    """A part of the time line under a heading.

    Attributes:
        key: stays the same while the records do.
        begins: its first day; groups stand newest first by it.
        title, detail: the heading.
        events: newest first.
    """

    key: str
    begins: date
    title: str
    detail: str
    events: tuple[Event, ...] = ()


def groups(
    events: Sequence[Event],
    referrals: Sequence[ReferralCard],
    episodes: Sequence[EpisodeCard],
) -> tuple[EventGroup, ...]:
    """Put events into their groups; those that stay empty are left out.

    Args:
        events: newest first.
        referrals: of the same person.
        episodes: of the same person.
    """
    headings = sorted(
        [*_of_episodes(episodes), *_of_referrals(referrals)],
        key=lambda each: each.begins,
        reverse=True,
    )
    if not headings:
        return (EventGroup("", date.min, "", "", tuple(events)),) if events else ()
    found: dict[str, list[Event]] = {each.key: [] for each in headings}
    places = _Places(referrals, episodes, headings)
    for event in events:
        found[places.of(event)].append(event)
    return tuple(
        EventGroup(
            each.key, each.begins, each.title, each.detail, tuple(found[each.key])
        )
        for each in headings
        if found[each.key]
    )


def _of_episodes(episodes: Iterable[EpisodeCard]) -> Iterator[EventGroup]:
    for card in episodes:
        area = choices("service_area").label(card.area)
        last = shown(_DAY, card.closed_on) if card.closed_on else "now"
        yield EventGroup(
            card.episode_id,
            card.started_on,
            area,
            f"{shown(_DAY, card.started_on)} to {last}",
        )
        if card.closed_on is not None:
            since = f"since {shown(_DAY, card.closed_on)}"
            key = _after(card.episode_id)
            yield EventGroup(key, card.closed_on, f"After: {area}", since)


def _of_referrals(referrals: Iterable[ReferralCard]) -> Iterator[EventGroup]:
    for card in referrals:
        area = choices("service_area").label(card.referral.area)
        yield EventGroup(
            card.referral.id,
            card.referral.received_on,
            "Referral and waiting" if card.episode_id else f"Referral: {card.status}",
            f"{area}, received {shown(_DAY, card.referral.received_on)}",
        )


def _after(episode_id: str) -> str:
    return f"{episode_id} after"


class _Places:
    """Where each event belongs."""

    def __init__(
        self,
        referrals: Sequence[ReferralCard],
        episodes: Sequence[EpisodeCard],
        headings: Sequence[EventGroup],
    ) -> None:
        self._episodes = {card.episode_id: card for card in episodes}
        self._referrals = {card.referral.id: card for card in referrals}
        self._headings = headings

    def of(self, event: Event) -> str:
        """The key of its group."""
        card = self._episodes.get(event.episode_id)
        if card is not None:
            return self._within(card, event.on)
        referral = self._referrals.get(event.referral_id)
        if referral is not None:
            return self._of_referral(referral, event)
        return self._by_day(event.on)

    def _within(self, card: EpisodeCard, on: date) -> str:
        over = card.closed_on is not None and on > card.closed_on
        return _after(card.episode_id) if over else card.episode_id

    def _of_referral(self, referral: ReferralCard, event: Event) -> str:
        """Before the start it belongs to the wait, whatever came of it later."""
        card = self._episodes.get(referral.episode_id)
        if card is None or event.on < card.started_on:
            return referral.referral.id
        return self._within(card, event.on)

    def _by_day(self, on: date) -> str:
        """What hangs on the person alone: the newest episode that ran, or before."""
        running = [
            card
            for card in self._episodes.values()
            if card.started_on <= on
            and (card.closed_on is None or on <= card.closed_on)
        ]
        if running:
            return max(running, key=lambda card: card.started_on).episode_id
        before = [each for each in self._headings if each.begins <= on]
        return (before[0] if before else self._headings[-1]).key
