"""The course of an episode: who worked with the person, how often, what was agreed."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from provider_desk.model.fields import Day, shown
from provider_desk.model.views import PersonPage
from provider_desk.services.casework.course.dossier import Dossier, Entry, dossier
from provider_desk.ui import deeds
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.course.which_episode import episode_words, open_episodes
from provider_desk.ui.parts.buttons import quiet
from provider_desk.ui.parts.card import clear
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.parts.words import section, soft, strong
from provider_desk.ui.theme import px

_DAY = Day(label="")


class CoursePanel(Panel):
    """Dated lists, newest first, under their headings."""

    def __init__(self, frame: Frame, page: PersonPage, episode_id: str = "") -> None:
        super().__init__(deeds.EPISODE_COURSE.words, page.client.code)
        self._frame = frame
        self._column = QVBoxLayout()
        self._column.setSpacing(px(6))
        cards = open_episodes(page)
        if not episode_id and len(cards) > 1:
            for card in cards:
                opened = partial(self._load, card.episode_id)
                self.body.addWidget(quiet(episode_words(card), opened))
        self.body.addLayout(self._column)
        self._load(episode_id or (cards[0].episode_id if cards else ""))

    def start(self) -> None:
        """The panel itself takes the keys; there is nothing to type."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _load(self, episode_id: str) -> None:
        desk = self._frame.desk
        self._frame.read(self, partial(dossier, desk, episode_id), self._show)

    def _show(self, found: Dossier) -> None:
        clear(self._column)
        for heading, entries, empty in (
            ("Who works with the person", found.people, ""),
            ("How often", found.often, "Nothing is agreed yet."),
            ("Pauses", found.pauses, "None."),
            ("Core and step-down", found.phases, ""),
            ("Past 12 months", found.approvals, "No reason is recorded."),
        ):
            self._column.addSpacing(px(8))
            self._column.addWidget(section(heading))
            if not entries and empty:
                self._column.addWidget(soft(empty))
            for entry in entries:
                self._add(entry)

    def _add(self, entry: Entry) -> None:
        self._column.addWidget(strong(entry.title))
        words = soft(" · ".join(p for p in (shown(_DAY, entry.on), entry.words) if p))
        self._column.addWidget(self._frame.veil.over(words, shown(_DAY, entry.on)))
