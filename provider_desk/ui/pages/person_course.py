"""Where a person stands: each wait and episode with its clocks, as words and bars."""

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QLabel

from provider_desk.model.choices import choices
from provider_desk.model.fields import Day, shown
from provider_desk.model.months import add_months
from provider_desk.model.views import (
    Bar,
    CardLine,
    EpisodeCard,
    PersonPage,
    ReferralCard,
    Standing,
)
from provider_desk.services.casework.time_line import FIRST_WARNING, LAST_WARNING
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.course.episode_panel import CoursePanel
from provider_desk.ui.parts.buttons import quiet
from provider_desk.ui.parts.card import Card
from provider_desk.ui.parts.clock_bar import ClockBar
from provider_desk.ui.parts.words import SIGNS, Tone, soft, state, strong
from provider_desk.ui.theme import px

_WEEKS = 52

_TONES: dict[str, Tone] = {"good": "good", "warn": "warn", "bad": "bad"}
_DAY = Day(label="")


class EpisodeBox(Card):
    """Its clocks as bars with words: weeks, allowances, step-down; and what is due."""

    def __init__(self, frame: Frame, page: PersonPage, episode: EpisodeCard) -> None:
        super().__init__()
        self._frame = frame
        area = choices("service_area").label(episode.area)
        self.setAccessibleName(f"Episode: {area}")
        head = QHBoxLayout()
        head.addWidget(strong(area), 1)
        if episode.worker:
            head.addWidget(_short(episode.worker))
        course = quiet("Course", lambda: self._open_course(page, episode))
        course.setAccessibleName(f"Course of the episode: {area}")
        head.addWidget(course)
        self.inside.addLayout(head)
        if episode.closed_on is not None:
            self._add_closed(episode)
            return
        self._add_clock(episode, frame.desk.today())
        for bar in page.part.bars.get(episode.episode_id, ()):
            self._add_bar(bar)
        for line in page.part.lines.get(episode.episode_id, ()):
            said = state(line.words, _tone(line))
            hidden = SIGNS[_tone(line)] + line.hidden if line.hidden else ""
            self.inside.addWidget(frame.veil.over(said, hidden) if hidden else said)

    def _open_course(self, page: PersonPage, episode: EpisodeCard) -> None:
        self._frame.open_panel(CoursePanel(self._frame, page, episode.episode_id))

    def _add_closed(self, episode: EpisodeCard) -> None:
        first, last = shown(_DAY, episode.started_on), shown(_DAY, episode.closed_on)
        reason = choices("closure_reason").label(episode.closure_reason)
        self.inside.addWidget(soft(f"{first} to {last} · {reason}"))

    def _add_clock(self, episode: EpisodeCard, today: date) -> None:
        since = shown(_DAY, episode.started_on)
        came = f"{episode.attended} attended"
        phase = choices("phase").label(episode.phase)
        if episode.phase == "CORE":
            words = f"Week {episode.week} of {_WEEKS}"
            self._add_bar(Bar(words, episode.week, _WEEKS))
        self.inside.addWidget(soft(f"{phase} · since {since} · {came}"))
        for text, tone in limit_words(episode, today):
            self.inside.addWidget(state(text, tone))

    def _add_bar(self, bar: Bar) -> None:
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(_short(bar.words))
        row.addWidget(ClockBar(bar.done, bar.of, bar.words), 1)
        self.inside.addLayout(row)


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


def boxes_for(frame: Frame, page: PersonPage) -> list[Card]:
    """What is open first, then what is closed, newest first."""
    waits = (Standing.AWAITING, Standing.WAITING)
    found: list[Card] = [
        EpisodeBox(frame, page, each)
        for each in page.episodes
        if each.closed_on is None
    ]
    found += [WaitBox(card) for card in page.referrals if card.status in waits]
    found += [EpisodeBox(frame, page, each) for each in page.episodes if each.closed_on]
    return found


def limit_words(episode: EpisodeCard, today: date) -> list[tuple[str, Tone]]:
    """What is to be said of the 12 months, with its tone.

    The first warning comes after 9 months, the second after 11. Source: practices, P19.
    """
    if episode.phase != "CORE":
        return []
    over_on = shown(_DAY, episode.over_on)
    if today >= episode.over_on:
        if not episode.exceptional:
            return [(f"12 months were over on {over_on}, no reason that holds", "bad")]
        until = shown(_DAY, episode.exceptional_until)
        end = f"until {until}" if until else "without an end"
        return [(f"Past 12 months; a reason is recorded {end}", "good")]
    if today >= add_months(episode.started_on, LAST_WARNING):
        return [
            (f"12 months are over on {over_on}: end, step down or ask for more", "warn")
        ]
    if today >= add_months(episode.started_on, FIRST_WARNING):
        return [(f"12 months are over on {over_on}: plan the ending", "warn")]
    return []


def _tone(line: CardLine) -> Tone:
    return _TONES.get(line.tone, "plain")


def _short(words: str) -> QLabel:
    label = soft(words)
    label.setWordWrap(False)
    return label
