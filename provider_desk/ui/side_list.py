"""The narrow list of places on the left, with words and counts."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from provider_desk.model.records import Provider
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import may
from provider_desk.ui.icons import icon
from provider_desk.ui.own_words import own
from provider_desk.ui.parts.scroll import scrolling
from provider_desk.ui.parts.words import state, strong
from provider_desk.ui.places import LISTED, Place
from provider_desk.ui.theme import px, tokens

_MANY = 999


class PlaceButton(QPushButton):
    """One place: icon, words, and how much waits there."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.setProperty("role", "place")
        self.setCheckable(True)
        QShortcut(QKeySequence(place.key), self).activated.connect(self.click)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, px(10), 0)
        row.addStretch(1)
        self._count = QLabel()
        self._count.setProperty("role", "count")
        self._count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addWidget(self._count)
        self.call()
        self.draw()

    def call(self) -> None:
        """Say its words, with the provider's own word for a person."""
        self._words = own(self.place.words)
        self.setText(self._words)
        self.setToolTip(f"{self._words}  ({self.place.key})")
        # Not the words a second time.
        self.setAccessibleDescription(self.place.key)
        self._say()

    def draw(self) -> None:
        """Draw the icon in the colours and size of now."""
        self.setIcon(icon(self.place.icon, tokens().soft))
        self.setIconSize(QSize(px(18), px(18)))

    def set_count(self, count: int) -> None:
        """Show how much waits; nothing where nothing does."""
        words = f"{_MANY}+" if count > _MANY else str(count or "")
        self._count.setText(words)
        self._say()

    def _say(self) -> None:
        words = self._count.text()
        said = f"{self._words}, {words} waiting" if words else self._words
        self.setAccessibleName(said)


class SideList(QFrame):
    """The places that this role has.

    Attributes:
        chosen: name of the place somebody wants to go to.
    """

    chosen = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("role", "side")
        self.setAccessibleName("Places")
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(px(8), px(16), px(8), px(8))
        column.setSpacing(px(2))
        self.name = strong()
        self.name.setContentsMargins(px(10), 0, px(4), px(8))
        column.addWidget(self.name)
        self._invented = state("Everyone here is invented", "warn")
        self._invented.setContentsMargins(px(10), 0, px(4), px(12))
        self._invented.hide()
        column.addWidget(self._invented)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, PlaceButton] = {}
        for place in LISTED:
            if may(desk, place.needs):
                column.addWidget(self._made(place))
        column.addStretch(1)
        # With large text on a small screen the last places are reached by scrolling.
        area = scrolling(inner)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        self.setFixedWidth(px(184))

    def show_provider(self, provider: Provider) -> None:
        """Say whose desk it is, and whether it is only a demo."""
        self.name.setText(provider.name)
        for button in self._buttons.values():
            button.call()
        self._invented.setVisible(provider.invented == "Y")

    def show_place(self, name: str) -> None:
        """Mark where one is; a page below a place marks nothing."""
        button = self._buttons.get(name)
        if button is not None:
            button.setChecked(True)
            self._lead_to(button)
            return
        self._group.setExclusive(False)
        for each in self._buttons.values():
            each.setChecked(False)
        self._group.setExclusive(True)

    def _lead_to(self, button: PlaceButton) -> None:
        """Let Tab come to where one is; arrows go on from there."""
        for each in self._buttons.values():
            tab = each is button
            policy = Qt.FocusPolicy.StrongFocus if tab else Qt.FocusPolicy.ClickFocus
            each.setFocusPolicy(policy)

    def set_counts(self, counts: dict[str, int]) -> None:
        """Place name → how much waits there."""
        for name, button in self._buttons.items():
            button.set_count(counts.get(name, 0))

    def redraw(self) -> None:
        """The look changed."""
        self.setFixedWidth(px(184))
        for button in self._buttons.values():
            button.draw()

    def _made(self, place: Place) -> PlaceButton:
        button = PlaceButton(place)
        button.clicked.connect(lambda: self.chosen.emit(place.name))
        self._group.addButton(button)
        self._buttons[place.name] = button
        return button
