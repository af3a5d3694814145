"""A box of the narrative: kept by itself, looked over while somebody types."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent, QTextCursor
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from provider_desk.returns.narrative.scan import Known
from provider_desk.returns.table import ReturnTable
from provider_desk.services.returning import narrating
from provider_desk.services.returning.narrating import Box, LookedOver
from provider_desk.ui.errors import words_for
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.returning.kept_boxes import KeptBoxes, Place
from provider_desk.ui.parts.card import clear
from provider_desk.ui.parts.words import Tone, quoted, set_state, soft, state
from provider_desk.ui.parts.wrapping import WrappingLink
from provider_desk.ui.theme import px

_LOOK_AFTER_MS, _KEEP_AFTER_MS = 400, 2000
_HEIGHT = 96
#: So many lines of what to look at are shown; the rest is counted.
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Said:
    """One thing to look at in some words.

    Attributes:
        start, end: where it stands, the end exclusive.
        text: what it is and what to do.
        tone: "bad" where it stops the signature.
    """

    start: int
    end: int
    text: str
    tone: Tone


class _Text(QPlainTextEdit):
    """A box to write in; Tab goes on to what stands below."""

    def __init__(self, left: Callable[[], None]) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self._left = left

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._left()


class WordsBox(QWidget):
    """A label, a box, whether it is kept, and what to look at.

    Attributes:
        text: where somebody types.
        box: what it is and holds.
        links: what there is to look at; each goes to its place in the words.
    """

    def __init__(
        self, frame: Frame, place: Place, box: Box, help_: str, kept: KeptBoxes
    ) -> None:
        """Lay it out.

        Args:
            frame: the window.
            place: contract, month, area and box.
            box: what it is and holds.
            help_: a sentence below its name, "" for none.
            kept: keeps the words.
        """
        super().__init__()
        self._frame, self.box = frame, box
        self._place, self._keeper = place, kept
        self._table: ReturnTable | None = None
        self._known: Known | None = None
        self._kept = box.words
        self._found: LookedOver | None = None
        self.links: list[WrappingLink] = []
        self.text = _Text(self.keep)
        self.text.setPlainText(kept.held(place, box.words))
        self.text.setAccessibleName(f"{box.label}, {box.area_words}")
        self.text.setFixedHeight(px(_HEIGHT))
        self._state = state()
        self._said = QVBoxLayout()
        self._said.setSpacing(0)
        self._lay_out(help_)
        self._newest = frame.newest(self)
        self._look_soon = _timer(self, _LOOK_AFTER_MS, self._look)
        self._keep_soon = _timer(self, _KEEP_AFTER_MS, self.keep)
        self.text.textChanged.connect(self._typed)
        kept.kept.connect(self._is_kept)
        kept.refused.connect(self._not_kept)

    def look_with(self, table: ReturnTable, known: Known | None) -> None:
        """Look the words over with a return and what the desk knows."""
        self._table, self._known = table, known
        self._look()

    def keep(self) -> None:
        """Keep what is typed, if it is something else than what is kept."""
        self._keep_soon.stop()
        words = self.text.toPlainText()
        if words != self._kept or self._keeper.held(self._place, words) != words:
            self._keeper.keep(self._place, words)

    def is_kept(self) -> bool:
        """Whether everything typed is in the store."""
        return self.text.toPlainText() == self._kept

    def insert(self, reference: str) -> None:
        """Put a figure's reference where the cursor is, apart from the word before."""
        cursor = self.text.textCursor()
        before = self.text.toPlainText()[: cursor.selectionStart()]
        apart = " " if before and not before[-1].isspace() else ""
        cursor.insertText(apart + reference)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _is_kept(self, place: Place, words: str) -> None:
        if place != self._place:
            return
        self._kept = words
        if self.is_kept():
            set_state(self._state, "Kept", "good")
            self._state.show()

    def _not_kept(self, place: Place, error: Exception) -> None:
        if place == self._place:
            message, advice = words_for(error)
            set_state(self._state, f"Not kept yet. {message} {advice}".strip(), "bad")
            self._state.show()

    def _typed(self) -> None:
        self._state.hide()
        self._look_soon.start()
        self._keep_soon.start()

    def _look(self) -> None:
        table, known = self._table, self._known
        if table is None:
            return
        words, area = self.text.toPlainText(), self.box.area
        self._newest.ask(
            lambda: narrating.look_over(words, table, area, known),
            partial(self._looked, words),
            self._frame.failed.emit,
        )

    def _looked(self, words: str, found: LookedOver) -> None:
        # The same findings stay as they are, so that the cursor on one stays too.
        if words != self.text.toPlainText() or found == self._found:
            return
        self._found = found
        stood = next((at for at, it in enumerate(self.links) if it.hasFocus()), None)
        clear(self._said)
        lines = said_of(found)
        self.links = []
        before: QWidget = self.text
        for each in lines[:_SHOWN]:
            link = WrappingLink(
                each.text, each.tone, partial(self._select, each.start, each.end)
            )
            self.links.append(link)
            self._said.addWidget(link)
            QWidget.setTabOrder(before, link)
            before = link
        if len(lines) > _SHOWN:
            self._said.addWidget(soft(f"and {len(lines) - _SHOWN} more"))
        if found.filled != words and words:
            self._said.addWidget(quoted(f"In print: {found.filled}"))
        # Findings that come while somebody stands on one leave the cursor there.
        if stood is not None:
            here: QWidget = self.links[stood] if stood < len(self.links) else self.text
            here.show()
            here.setFocus(Qt.FocusReason.OtherFocusReason)

    def _select(self, start: int, end: int) -> None:
        cursor = self.text.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.text.setTextCursor(cursor)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, help_: str) -> None:
        label = QLabel(self.box.label)
        label.setProperty("role", "field")
        label.setBuddy(self.text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addWidget(label)
        if help_:
            column.addWidget(soft(help_))
        column.addWidget(self.text)
        column.addWidget(self._state)
        column.addLayout(self._said)
        self._state.hide()


def said_of(found: LookedOver) -> Sequence[Said]:
    """What there is to look at, what stops a signature first."""
    return [
        *(Said(each.start, each.end, each.problem, "bad") for each in found.wrong),
        *(
            Said(each.start, each.end, each.text, "warn")
            for each in found.contradictions
        ),
        *(
            Said(
                each.start,
                each.end,
                f"“{each.text}” looks like {each.kind.value}. {each.advice}",
                "warn",
            )
            for each in found.warned
        ),
    ]


def _timer(owner: QWidget, after_ms: int, run: Callable[[], None]) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(after_ms)
    timer.timeout.connect(run)
    return timer
