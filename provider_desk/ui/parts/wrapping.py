"""Controls whose words go over several lines: a link and a box to tick."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
)

from provider_desk.ui.parts.words import Tone, body, set_state, state
from provider_desk.ui.theme import px

#: They wrap below the width that they would need in one line, down to this.
_LEAST = 160
_LOW = 24
#: Left of a box's words stands the box.
_BOX = 28


class WrappingLink(QPushButton):
    """A deed that looks like a link and is as long as a sentence."""

    def __init__(self, words: str, tone: Tone, pressed: Callable[[], None]) -> None:
        """Lay it out.

        Args:
            words: what it says, without the sign of its tone.
            tone: its sign and colour.
            pressed: what it does.
        """
        super().__init__()
        self.setProperty("role", "quiet")
        self.setAutoDefault(True)
        self.clicked.connect(lambda _checked=False: pressed())
        self.words = state()
        set_state(self.words, words, tone)
        _hold(self, self.words, px(6))

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high its words are at a width."""
        return _height(self, width)

    def sizeHint(self) -> QSize:
        """As wide as its words like to be."""
        return _likes(self)

    def minimumSizeHint(self) -> QSize:
        """Narrow; the height follows the width."""
        return QSize(px(_LEAST), px(_LOW))


class WrappingTick(QCheckBox):
    """A box to tick with a sentence beside it; all of it can be clicked."""

    def __init__(self, words: str) -> None:
        """Lay it out with its words."""
        super().__init__()
        self.words = body(words)
        _hold(self, self.words, px(_BOX))

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high its words are at a width."""
        return _height(self, width)

    def sizeHint(self) -> QSize:
        """As wide as its words like to be."""
        return _likes(self)

    def minimumSizeHint(self) -> QSize:
        """Narrow; the height follows the width."""
        return QSize(px(_LEAST), px(_LOW))

    def hitButton(self, at: QPoint) -> bool:
        """A click on the words ticks as well."""
        return self.rect().contains(at)


def _hold(button: QAbstractButton, words: QLabel, left: int) -> None:
    """Put the words into a button, which has none of its own."""
    words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    button.setAccessibleName(words.text())
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    button.setSizePolicy(policy)
    column = QVBoxLayout(button)
    column.setContentsMargins(left, px(4), px(6), px(4))
    column.addWidget(words)


def _height(button: QAbstractButton, width: int) -> int:
    column = button.layout()
    return px(_LOW) if column is None else column.heightForWidth(width)


def _likes(button: QAbstractButton) -> QSize:
    column = button.layout()
    width = px(_LEAST) if column is None else column.sizeHint().width()
    return QSize(width, _height(button, width))
