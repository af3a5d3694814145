"""Two keys, one after the other: Ctrl+G, then a letter; what can follow is shown."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QKeyCombination, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QLabel, QWidget

from provider_desk.ui.bottom_line import BottomLine
from provider_desk.ui.deeds import Key, Offer
from provider_desk.ui.own_words import own
from provider_desk.ui.parts.words import soft, strong
from provider_desk.ui.theme import px

_FIRST = "Ctrl+G"
_SAID = "Ctrl+G: now a letter. Esc leaves."
_NOTHING = "Ctrl+G: open a person first. Esc leaves."
_COLUMNS = 3
_ALONE = (
    Qt.Key.Key_Control,
    Qt.Key.Key_Shift,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
)


def is_two(key: Key) -> bool:
    """Whether a key is one of the two-key ones."""
    return key.key.startswith(f"{_FIRST}, ")


class TwoKeys(QObject):
    """Waits for the second key wherever the cursor is; Esc or a click leaves.

    Attributes:
        hints: the list of what can follow, None while nothing is waited for.
    """

    def __init__(
        self,
        home: QWidget,
        bottom: BottomLine,
        offers: Callable[[], Sequence[Offer]],
        run: Callable[[Key], None],
    ) -> None:
        """Lay it out.

        Args:
            home: the open desk; the list of what can follow stands above its foot.
            bottom: its foot, which says that a letter is waited for.
            offers: what can be done here and now.
            run: does what a key stands for, or says why not.
        """
        super().__init__(home)
        self._home = home
        self._bottom = bottom
        self._offers = offers
        self._run = run
        self._keys: dict[int, Key] = {}
        self.hints: QFrame | None = None
        QShortcut(QKeySequence(_FIRST), home).activated.connect(self.begin)

    def add(self, key: Key) -> None:
        """Let a second key do something."""
        self._keys[_second(key).key().value] = key

    @property
    def waits(self) -> bool:
        """Whether the second key is waited for."""
        return self.hints is not None

    def begin(self) -> None:
        """The first key was pressed."""
        if self.waits:
            return
        able = [o for o in self._offers() if not o.why_not and is_two(o.key)]
        self.hints = _hints(self._home, able)
        if able:
            self._place(self.hints)
        self._bottom.hint(_SAID if able else _NOTHING)
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def end(self) -> None:
        """Wait no longer."""
        if self.hints is None:
            return
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        self.hints.hide()
        self.hints.deleteLater()
        self.hints = None
        self._bottom.hint("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the second key before whatever has the cursor gets it."""
        if event.type() == QEvent.Type.ShortcutOverride:
            # Nothing else is to be done by this key.
            event.accept()
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _ALONE or event.isAutoRepeat():
                return True
            self.end()
            key = self._keys.get(event.key())
            if key is not None:
                self._run(key)
            return True
        if event.type() in (
            QEvent.Type.MouseButtonPress,
            QEvent.Type.ApplicationDeactivate,
        ):
            self.end()
        return super().eventFilter(watched, event)

    def _place(self, hints: QFrame) -> None:
        """Above the foot of the window, as wide as it needs."""
        size = hints.sizeHint()
        foot = self._bottom.mapTo(self._home, QPoint(0, 0))
        width = min(size.width(), self._home.width() - px(32))
        left = (self._home.width() - width) // 2
        top = max(px(8), foot.y() - size.height() - px(8))
        hints.setGeometry(left, top, width, size.height())
        hints.show()
        hints.raise_()


def _hints(home: QWidget, able: Sequence[Offer]) -> QFrame:
    """What can follow, in columns: the key, then the deed."""
    box = QFrame(home)
    box.setProperty("role", "floating")
    box.setAccessibleName("What can follow")
    grid = QGridLayout(box)
    grid.setContentsMargins(px(16), px(12), px(16), px(12))
    grid.setHorizontalSpacing(px(8))
    grid.setVerticalSpacing(px(2))
    rows = -(-len(able) // _COLUMNS)
    for number, offer in enumerate(able):
        column, row = divmod(number, rows)
        letter = QKeySequence(_second(offer.key)).toString()
        grid.addWidget(_one_line(strong(letter)), row, 2 * column)
        words = _one_line(soft(own(offer.key.words)))
        grid.addWidget(words, row, 2 * column + 1)
    return box


def _one_line(label: QLabel) -> QLabel:
    label.setWordWrap(False)
    return label


def _second(key: Key) -> QKeyCombination:
    """The second of two keys."""
    sequence: Any = QKeySequence(key.key.removeprefix(f"{_FIRST}, "))
    second: QKeyCombination = sequence[0]
    return second
