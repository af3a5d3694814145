"""The card in the middle of the window that a way in is asked on."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.line_editors import LineEditor
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import primary, quiet
from provider_desk.ui.parts.words import body, page_title
from provider_desk.ui.theme import px

_WIDTH = 600
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EntryCard(QFrame):
    """A title, what it is about, what is asked, one deed, and the way back.

    Attributes:
        left: somebody wants back to where they came from.
        title: the one large line.
        banner: what went wrong.
        column: where what is asked goes.
        button: does the deed.
        foot: the line of buttons at the bottom; more can be added at its left.
    """

    left = Signal()

    def __init__(self, title: str, about: str, deed: str) -> None:
        """Lay it out.

        Args:
            title: what this way in is.
            about: one or two sentences; "" for none.
            deed: words on the button.
        """
        super().__init__()
        self._deed = deed
        self.setProperty("role", "card")
        self.setAccessibleName(title)
        self.setFixedWidth(px(_WIDTH))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(24), px(20), px(24), px(20))
        whole.setSpacing(px(12))
        self.title = page_title(title)
        self.title.setWordWrap(True)
        self.about = body(about)
        self.about.setVisible(bool(about))
        self.banner = Banner()
        self.column = QVBoxLayout()
        self.column.setSpacing(px(12))
        self.foot = QHBoxLayout()
        self.foot.setSpacing(px(8))
        self.back = quiet("Back", self.leave)
        self.button = primary(deed, self.go_on)
        self.foot.addWidget(self.back)
        self.foot.addStretch(1)
        self.foot.addWidget(self.button)
        for part in (self.title, self.about, self.banner):
            whole.addWidget(part)
        whole.addLayout(self.column)
        whole.addSpacing(px(4))
        whole.addLayout(self.foot)

    def start(self) -> None:
        """Put the cursor where the work begins."""
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self) -> None:
        """Do the deed."""

    def leave(self) -> None:
        """Go back."""
        self.left.emit()

    def set_busy(self, words: str = "") -> None:
        """Say what is under way, and that nothing can be pressed; "" ends it."""
        self.button.setText(words or self._deed)
        self.button.setEnabled(not words)
        self.back.setEnabled(not words)

    def show_error(self, error: Exception) -> None:
        """Say what went wrong, and let it be tried again."""
        self.set_busy()
        self.banner.show_error(error)

    def set_deed(self, words: str) -> None:
        """Let the button say another deed."""
        self._deed = words
        self.button.setText(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back, Enter presses the button that has the focus."""
        at = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape and self.back.isVisible():
            if self.back.isEnabled():
                self.leave()
        elif event.key() in _ENTER and isinstance(at, QPushButton):
            at.click()
        else:
            super().keyPressEvent(event)


def enter_goes_on(boxes: list[FieldBox], last: Callable[[], None]) -> None:
    """Enter goes on to the next field; in the last it does the deed."""
    for at, box in enumerate(boxes):
        editor = box.editor
        assert isinstance(editor, LineEditor)  # noqa: S101 - all are lines of words
        following = boxes[at + 1].editor.setFocus if at + 1 < len(boxes) else last
        editor.line.returnPressed.connect(following)
        editor.changed.connect(box.forget_problem)


def link(words: str, pressed: Callable[[], None]) -> QPushButton:
    """Another way in, that looks like a link."""
    return quiet(words, pressed)


def left_aligned(column: QVBoxLayout, widget: QWidget) -> None:
    """Put something into a column as narrow as it is."""
    column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
