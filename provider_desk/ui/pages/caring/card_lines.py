"""Lines on the person's card: what must be seen, in few words, and what it opens."""

from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from provider_desk.model.views import CardLine
from provider_desk.ui.parts.buttons import quiet
from provider_desk.ui.parts.words import SIGNS, Tone, section, state
from provider_desk.ui.theme import px
from provider_desk.ui.veil import Veil

#: So many lines stand under a heading; the rest is folded away.
FEW = 3

#: Tones, the gravest first; within one the order stays as it was given.
_GRAVITY = {"bad": 0, "warn": 1}

Open = Callable[[CardLine], None]


class CardLines(QWidget):
    """Lines under one heading, the first few in sight; hidden whole by the veil.

    Attributes:
        lines: every line, in order.
        more: shows those that are folded away.
    """

    def __init__(
        self, veil: Veil, heading: str, lines: Sequence[CardLine], opened: Open
    ) -> None:
        """Lay them out.

        Args:
            veil: hides what is personal.
            heading: "" for none.
            lines: what they say, the gravest first.
            opened: gets the line that somebody opens.
        """
        super().__init__()
        self._veil = veil
        lines = sorted(lines, key=lambda line: _GRAVITY.get(line.tone, len(_GRAVITY)))
        # What is grave is never folded away.
        self._few = max(FEW, sum(line.tone == "bad" for line in lines))
        self._folded = len(lines) > self._few
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        if heading:
            column.addSpacing(px(8))
            column.addWidget(section(heading))
        self.lines = [_Line(veil, line, opened) for line in lines]
        for line in self.lines:
            column.addWidget(line)
        self._about = heading or "what is open"
        self.more = quiet("Show more", self._unfold)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        veil.changed.connect(self._show)
        self._show()

    def _unfold(self) -> None:
        self._folded = False
        self._show()
        self.lines[self._few].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        hidden = self._veil.hidden
        seen = [each for each in self.lines if each.line.hidden or not hidden]
        rest = seen[self._few :] if self._folded else []
        # Shown only in its place: without a parent it would flash up as a window, and
        # take the keys from the main one.
        if not seen or self.parent() is not None:
            self.setVisible(bool(seen))
        for each in self.lines:
            each.setVisible(each in seen and each not in rest)
        self.more.setText(f"Show {len(rest)} more")
        self.more.setAccessibleName(f"Show {len(rest)} more: {self._about}")
        self.more.setVisible(bool(rest))


class _Line(QFrame):
    """One line; Enter or a click opens what it is about."""

    def __init__(self, veil: Veil, line: CardLine, opened: Open) -> None:
        super().__init__()
        self.line = line
        self._opened = opened
        column = QVBoxLayout(self)
        # The frame of a line that opens takes two pixels.
        side = 0 if line.table else 2
        column.setContentsMargins(side, px(2), 0, px(2))
        tone = cast("Tone", line.tone or "plain")
        label = state(line.words, tone)
        if line.hidden:
            veil.over(label, SIGNS[tone] + line.hidden)
        column.addWidget(label)
        if line.table:
            self.setProperty("role", "line")
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setAccessibleName(f"Open: {line.hidden or line.words}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if self.line.table and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._opened(self.line)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens."""
        if self.line.table and event.button() == Qt.MouseButton.LeftButton:
            self._opened(self.line)
        super().mouseReleaseEvent(event)
