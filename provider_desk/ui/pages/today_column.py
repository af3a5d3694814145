"""The cards of Today, one below the other: kept where they say the same as before.

Making a line takes a moment. Where there are many the first ones are shown at once and
the rest a few at a time, so that the window answers meanwhile.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from provider_desk.ui.pages.to_do_line import ToDoLine
from provider_desk.ui.parts.card import Card
from provider_desk.ui.theme import px

#: Lines that are made before the window is asked whether somebody pressed a key.
_AT_ONCE = 8

_LATER_MS = 5


@dataclass(frozen=True, slots=True)
class _Made:
    """A card that stands on the page.

    Attributes:
        says: what it was made of; the same again needs no other card.
        card: itself.
        lines: its lines, in order.
    """

    says: object
    card: Card
    lines: list[ToDoLine]


class TodayColumn(QScrollArea):
    """Scrolls; what is put into it comes as steps, each of which adds a part."""

    def __init__(self) -> None:
        super().__init__()
        held = QWidget()
        held.setProperty("role", "clear")
        self._column = QVBoxLayout(held)
        self._column.setContentsMargins(0, 0, px(8), 0)
        self._column.setSpacing(px(12))
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(held)
        self._lines: list[ToDoLine] = []
        self._cards: dict[str, _Made] = {}
        self._waiting: dict[str, _Made] = {}
        self._steps: list[Callable[[], None]] = []
        self._new = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LATER_MS)
        self._timer.timeout.connect(partial(self._go_on, _AT_ONCE))

    @property
    def lines(self) -> list[ToDoLine]:
        """All lines from top to bottom; those that were to be made later are made."""
        self._finish()
        return self._lines

    @property
    def lines_so_far(self) -> list[ToDoLine]:
        """Those that are there already."""
        return self._lines

    @property
    def first(self) -> ToDoLine | None:
        """The line at the top."""
        return self._lines[0] if self._lines else None

    def place_of(self, line: ToDoLine) -> int:
        """How many lines stand above one."""
        return self._lines.index(line) if line in self._lines else 0

    def fill(self, steps: Sequence[Callable[[], None]]) -> None:
        """Take out what there is, and let steps put in what there is to be."""
        self._finish()
        self._take_out()
        self._lines = []
        self._steps = list(steps)
        # Cards that wait to be put back are in sight: then it is done in one go.
        self._go_on(0 if self._waiting else _AT_ONCE)

    def put(self, widget: QWidget) -> None:
        """Put in something that is made anew each time."""
        self._column.addWidget(widget)

    def put_back(self, heading: str, says: object) -> bool:
        """Put a card back that says the same as before."""
        made = self._waiting.get(heading)
        if made is None or made.says != says:
            return False
        del self._waiting[heading]
        self._cards[heading] = made
        self._lines += made.lines
        self._column.addWidget(made.card)
        return True

    def put_card(
        self, heading: str, says: object, card: Card, lines: list[ToDoLine]
    ) -> None:
        """Put in a card that is kept for the next time."""
        self._cards[heading] = _Made(says, card, lines)
        self._lines += lines
        self._new += len(lines)
        self._column.addWidget(card)

    def _finish(self) -> None:
        self._timer.stop()
        if self._steps:
            self._go_on(0)

    def _go_on(self, at_once: int) -> None:
        """Take steps until so many lines were made; 0 for all of them."""
        self._new = 0
        while self._steps and (not at_once or self._new < at_once):
            self._steps.pop(0)()
        if self._steps:
            self._timer.start()
        else:
            self._forget_rest()

    def _take_out(self) -> None:
        """Empty the column; cards of lines wait to be put back as they are."""
        self._waiting, self._cards = self._cards, {}
        waiting = {id(made.card) for made in self._waiting.values()}
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and id(widget) not in waiting:
                widget.hide()
                widget.deleteLater()

    def _forget_rest(self) -> None:
        """What was not put back is gone; Tab goes from top to bottom."""
        for made in self._waiting.values():
            made.card.hide()
            made.card.deleteLater()
        self._waiting = {}
        stops = [
            each
            for made in self._cards.values()
            for each in made.card.findChildren(QWidget)
            if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
