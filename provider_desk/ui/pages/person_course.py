"""Where a person stands: each wait and episode with its clocks, as words and bars."""

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QLabel

from provider_desk.model.choices import choices
from provider_desk.model.fields import Day, shown
from provider_desk.model.views import EpisodeCard, PersonPage, ReferralCard, Standing
from provider_desk.ui.parts.card import Card
from provider_desk.ui.parts.clock_bar import ClockBar
from provider_desk.ui.parts.words import Tone, soft, state, strong
from provider_desk.ui.theme import px

_WEEKS = 52
_NEAR_DAYS = 56
_DAY = Day(label="")


class EpisodeBox(Card):
    """Week so many of 52, how many came, exit strategy, what allows to go on."""

    def __init__(self, episode: EpisodeCard, today: date) -> None:
        super().__init__()
        area = choices("service_area").label(episode.area)
        self.setAccessibleName(f"Episode: {area}")
        head = QHBoxLayout()
        head.addWidget(strong(area), 1)
        if episode.worker:
            head.addWidget(_short(episode.worker))
        self.inside.addLayout(head)
        if episode.closed_on is not None:
            self._add_closed(episode)
            return
        self._add_clock(episode, today)
        for words, tone in exit_words(episode, today):
            self.inside.addWidget(state(words, tone))

    def _add_closed(self, episode: EpisodeCard) -> None:
        first, last = shown(_DAY, episode.started_on), shown(_DAY, episode.closed_on)
        reason = choices("closure_reason").label(episode.closure_reason)
        self.inside.addWidget(soft(f"{first} to {last} · {reason}"))

    def _add_clock(self, episode: EpisodeCard, today: date) -> None:
        since = shown(_DAY, episode.started_on)
        came = f"{episode.attended} attended"
        phase = choices("phase").label(episode.phase)
        if episode.phase != "CORE":
            self.inside.addWidget(soft(f"{phase} · since {since} · {came}"))
            return
        words = f"Week {episode.week} of {_WEEKS}"
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(_short(words))
        row.addWidget(ClockBar(episode.week, _WEEKS, words), 1)
        self.inside.addLayout(row)
        self.inside.addWidget(soft(f"{phase} · since {since} · {came}"))
        for text, tone in limit_words(episode, today):
            self.inside.addWidget(state(text, tone))


class WaitBox(Card):
    """How long somebody has waited, and what for."""

    def __init__(self, card: ReferralCard) -> None:
        super().__init__()
        area = choices("service_area").label(card.referral.area)
        self.setAccessibleName(f"Referral: {area}")
        self.inside.addWidget(strong(area))
        received = shown(_DAY, card.referral.received_on)
        days = "1 day" if card.waited_days == 1 else f"{card.waited_days:,} days"
        status = card.status.capitalize()
        self.inside.addWidget(soft(f"{status} · {days} since {received}"))


def boxes_for(page: PersonPage, today: date) -> list[Card]:
    """What is open first, then what is closed, newest first."""
    waits = (Standing.AWAITING, Standing.WAITING)
    found: list[Card] = [
        EpisodeBox(each, today) for each in page.episodes if each.closed_on is None
    ]
    found += [WaitBox(card) for card in page.referrals if card.status in waits]
    found += [EpisodeBox(each, today) for each in page.episodes if each.closed_on]
    return found


def limit_words(episode: EpisodeCard, today: date) -> list[tuple[str, Tone]]:
    """What is to be said of the 12 months, with its tone."""
    over_on = shown(_DAY, episode.over_on)
    if today >= episode.over_on:
        if not episode.exceptional:
            return [(f"12 months were over on {over_on}, no reason recorded", "bad")]
        until = shown(_DAY, episode.exceptional_until)
        end = f"until {until}" if until else "without an end"
        return [(f"Past 12 months; a reason is recorded {end}", "good")]
    if (episode.over_on - today).days <= _NEAR_DAYS:
        return [(f"12 months are over on {over_on}", "warn")]
    return []


def exit_words(episode: EpisodeCard, today: date) -> list[tuple[str, Tone]]:
    """What is to be said of the exit strategy, with its tone."""
    made = episode.exit_made_on
    if made is None:
        return [("No exit strategy yet", "bad")]
    days = (today - made).days
    ago = "today" if days == 0 else "1 day ago" if days == 1 else f"{days:,} days ago"
    return [(f"Exit strategy made {ago}", "good")]


def _short(words: str) -> QLabel:
    label = soft(words)
    label.setWordWrap(False)
    return label
