"""One calm line across the top of a page for what went wrong."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from provider_desk.ui.errors import words_for
from provider_desk.ui.own_words import own
from provider_desk.ui.parts.announce import announce
from provider_desk.ui.parts.buttons import quiet
from provider_desk.ui.parts.words import Tone, body, set_property, set_state, state
from provider_desk.ui.theme import px


class Banner(QFrame):
    """What happened, what is safe, what to do; hidden while there is nothing to say.

    Attributes:
        shown_or_hidden: there is something to say now, or nothing any more.
    """

    shown_or_hidden = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self.setAccessibleName("Message")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), px(8), px(8), px(8))
        row.setSpacing(px(12))
        words = QVBoxLayout()
        words.setSpacing(px(2))
        self._what = state()
        self._advice = body()
        words.addWidget(self._what)
        words.addWidget(self._advice)
        row.addLayout(words, 1)
        close = quiet("Close", self.hide)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that there is something to say."""
        super().showEvent(event)
        self.shown_or_hidden.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that there is nothing to say any more."""
        super().hideEvent(event)
        self.shown_or_hidden.emit(not self.isHidden())

    def show_words(self, message: str, advice: str = "", tone: Tone = "bad") -> None:
        """Say something until it is closed or something else is said."""
        message, advice = own(message), own(advice)
        set_state(self._what, message, tone)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        set_property(self, "tone", tone)
        self.setAccessibleDescription(f"{message} {advice}".strip())
        self.show()
        announce(self, f"{message} {advice}".strip())

    def show_error(self, error: object) -> None:
        """Say what went wrong."""
        self.show_words(*words_for(error))

    @property
    def words(self) -> str:
        """What is said now."""
        return f"{self._what.text()} {self._advice.text()}".strip()


class Note(QFrame):
    """Words on a tinted ground that belong to what stands below.

    Attributes:
        inside: where its content goes.
    """

    def __init__(self, *, hidden: bool = True) -> None:
        super().__init__()
        self.setProperty("role", "note")
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(px(12), px(8), px(12), px(8))
        self.inside.setSpacing(px(4))
        # Never shown from here: what has no place yet would show as a window.
        if hidden:
            self.hide()
