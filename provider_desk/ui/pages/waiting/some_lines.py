"""A list of lines of which a few stand there at first; a button shows more."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from provider_desk.ui.parts.buttons import quiet
from provider_desk.ui.theme import px

#: So many lines at first, and so many more each time: making one takes its time.
_AT_ONCE = 20


class SomeLines(QWidget):
    """Lines that are made only when they are to be seen.

    Attributes:
        grown: more of them stand there.
    """

    grown = Signal()

    def __init__(self, lines: Sequence[Callable[[], Sequence[QWidget]]]) -> None:
        """Show the first few.

        Args:
            lines: each makes the parts of one line.
        """
        super().__init__()
        self._lines = lines
        self._made = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(8))
        self._held = QVBoxLayout()
        self._held.setSpacing(px(8))
        self._column.addLayout(self._held)
        self.more = quiet("", self._show_more)
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._show_more()

    def all_shown(self) -> bool:
        """Whether every line stands there."""
        return self._made == len(self._lines)

    def _show_more(self) -> None:
        until = min(self._made + _AT_ONCE, len(self._lines))
        first: QWidget | None = None
        for make in self._lines[self._made : until]:
            for part in make():
                self._held.addWidget(part)
                first = first or part
        self._made = until
        left = len(self._lines) - until
        self.more.setText(f"Show {min(_AT_ONCE, left):,} more of {left:,}")
        self.more.setVisible(bool(left))
        self.grown.emit()
