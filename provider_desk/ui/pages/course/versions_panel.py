"""All versions of an exit strategy, two side by side: what changed between them."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from provider_desk.model.fields import Day, shown
from provider_desk.model.views import PersonPage
from provider_desk.services.casework.course import exits
from provider_desk.services.casework.course.exits import Version
from provider_desk.ui import deeds
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.course.exit_panel import add_goals
from provider_desk.ui.pages.course.which_episode import episode_words, open_episodes
from provider_desk.ui.parts.buttons import quiet
from provider_desk.ui.parts.card import clear
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.parts.words import body, section, soft, state, strong
from provider_desk.ui.theme import px

_DAY = Day(label="")


class VersionsPanel(Panel):
    """The newest version beside the one before; further back with two buttons."""

    def __init__(self, frame: Frame, page: PersonPage) -> None:
        super().__init__(deeds.EXIT_VERSIONS.words, page.client.code)
        self._frame = frame
        self._versions: list[Version] = []
        self._at = 0
        self._column = QVBoxLayout()
        self._column.setSpacing(px(12))
        goals = QVBoxLayout()
        add_goals(frame, goals, page.goals)
        self.body.addLayout(goals)
        cards = open_episodes(page)
        if len(cards) > 1:
            for card in cards:
                opened = partial(self._load, card.episode_id)
                self.body.addWidget(quiet(episode_words(card), opened))
        self.body.addLayout(self._column)
        self._older = quiet("Older", lambda: self._step(1))
        self._newer = quiet("Newer", lambda: self._step(-1))
        for button, words in (
            (self._older, "Compare older versions"),
            (self._newer, "Compare newer versions"),
        ):
            button.setAccessibleName(words)
            self.foot.addWidget(button)
        self._load(cards[0].episode_id if cards else "")

    def start(self) -> None:
        """The panel itself takes the keys; there is nothing to type."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _load(self, episode_id: str) -> None:
        desk = self._frame.desk
        self._frame.read(self, partial(exits.versions, desk, episode_id), self._take)

    def _take(self, found: list[Version]) -> None:
        self._versions, self._at = found, 0
        self._show()

    def _step(self, by: int) -> None:
        self._at = min(max(self._at + by, 0), max(len(self._versions) - 2, 0))
        self._show()

    def _show(self) -> None:
        clear(self._column)
        self._older.setVisible(self._at + 2 < len(self._versions))
        self._newer.setVisible(self._at > 0)
        if not self._versions:
            self._column.addWidget(soft("No version yet."))
            return
        pair = self._versions[self._at : self._at + 2]
        self._column.addWidget(self._grid(pair))
        for version in pair:
            self._add_looks(version)

    def _grid(self, pair: list[Version]) -> QWidget:
        """The older at the left, the newer at the right, question by question."""
        held = QWidget()
        grid = QGridLayout(held)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(6))
        columns = list(reversed(pair))
        for column, version in enumerate(columns):
            grid.setColumnStretch(column, 1)
            grid.addWidget(strong(f"Version {version.number}"), 0, column)
            grid.addWidget(soft(_when(version)), 1, column, Qt.AlignmentFlag.AlignTop)
        row = 2
        for number, question in enumerate(columns[-1].said):
            grid.addWidget(strong(question.label), row, 0, 1, len(columns))
            if question.changed and len(columns) > 1:
                mark = state("changed", "warn")
                grid.addWidget(mark, row + 1, 0, 1, len(columns))
            for column, version in enumerate(columns):
                words = body(version.said[number].words or "nothing yet")
                shown_words = self._frame.veil.over(words)
                grid.addWidget(shown_words, row + 2, column, Qt.AlignmentFlag.AlignTop)
            row += 3
        return held

    def _add_looks(self, version: Version) -> None:
        if not version.looks:
            return
        self._column.addWidget(section(f"Reviews of version {version.number}"))
        for look in version.looks:
            who = {True: ", with the person", False: ", without the person"}
            together = (
                who.get(look.with_person, "") if look.with_person is not None else ""
            )
            self._column.addWidget(strong(f"{shown(_DAY, look.on)}{together}"))
            if look.note:
                self._column.addWidget(self._frame.veil.over(body(look.note)))


def _when(version: Version) -> str:
    parts = [f"made {shown(_DAY, version.made_on)}"]
    if version.on_day_one:
        parts.append("on day one")
    agreed = version.agreed_on
    parts.append(f"agreed {shown(_DAY, agreed)}" if agreed else "not agreed yet")
    parts.append(version.status.lower())
    return " · ".join(parts)
