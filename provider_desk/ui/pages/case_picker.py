"""Whose session is it: found by typing, chosen with Enter."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from provider_desk.model.choices import choices
from provider_desk.model.fields import field_map, shown
from provider_desk.model.records import Session
from provider_desk.model.views import Case
from provider_desk.services.casework import sessions
from provider_desk.ui.frame import Frame
from provider_desk.ui.parts.announce import announce
from provider_desk.ui.parts.words import SIGNS, tip
from provider_desk.ui.theme import px

_SHOWN = 6
_NOBODY = "Nobody by that name has an open referral"
_NO_CASE = "No open referral here: type a name, or record a new referral"
_FIRST = "Choose a person first."
_CASE = Qt.ItemDataRole.UserRole


def case_words(case: Case, *, hidden: bool) -> str:
    """A case in one line: who, for what, since when not seen."""
    area = choices("service_area").label(case.area)
    who = case.code if hidden or not case.name else f"{case.name}, {case.code}"
    return f"{who} · {area}" if area else who


def case_detail(case: Case) -> str:
    """Where the case stands and when the last session was."""
    day = shown(field_map(Session)["held_on"].kind, case.last_session_on)
    last = f"last session {day}" if day else "no session yet"
    return f"{case.status} · {last}"


class CasePicker(QWidget):
    """A field and what it finds below it; one's own cases first.

    Attributes:
        chosen: carries the ``Case``.
        problem: that nobody is chosen yet, once somebody saves.
    """

    chosen = Signal(object)

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame
        self._newest = frame.newest(self)
        self._enter_waits = False
        self._pending: str | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        label = QLabel("Who")
        label.setProperty("role", "field")
        self.edit = QLineEdit()
        self.edit.setPlaceholderText("Known name, code or date of birth")
        self.edit.setAccessibleName("Who")
        label.setBuddy(self.edit)
        self.edit.textEdited.connect(self._ask)
        self.edit.installEventFilter(self)
        self.setFocusProxy(self.edit)
        frame.veil.over(self.edit)
        frame.veil.changed.connect(self._put_words)
        self.problem = QLabel()
        self.problem.setProperty("role", "problem")
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.edit.textEdited.connect(lambda _text: self.problem.hide())
        self.list = QListWidget()
        self.list.setAccessibleName("Cases found")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.itemClicked.connect(self._choose)
        column.addWidget(label)
        column.addWidget(self.edit)
        column.addWidget(self.problem)
        column.addWidget(self.list)

    def start(self) -> None:
        """Offer one's own cases at once."""
        self._ask(self.edit.text())

    def begin(self, letters: str) -> None:
        """Go on with letters that were typed elsewhere."""
        self.edit.setText(letters)
        self._ask(letters)

    def point_out(self) -> None:
        """Say that somebody is to be chosen first, and go there."""
        self.problem.setText(SIGNS["bad"] + _FIRST)
        self.problem.show()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self.edit, _FIRST)

    def offer(self, cases: list[Case]) -> None:
        """Offer these, before anything is typed."""
        self._pending = ""
        self._show("", cases)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys move in the list, Enter chooses; the cursor stays in the field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.list.count():
                step = 1 if key == Qt.Key.Key_Down else -1
                row = (self.list.currentRow() + step) % self.list.count()
                self.list.setCurrentRow(row)
                return True
            plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
                self._enter()
                return True
        return super().eventFilter(watched, event)

    def _ask(self, text: str) -> None:
        desk, wanted = self._frame.desk, text.strip()
        self._pending = wanted
        self._newest.ask(
            lambda: sessions.cases(desk, wanted, count=20),
            lambda found: self._show(wanted, found),
            self._frame.failed.emit,
        )

    def _put_words(self) -> None:
        """The same cases with names, or without."""
        for row in range(self.list.count()):
            item = self.list.item(row)
            case = item.data(_CASE)
            if isinstance(case, Case):
                words = case_words(case, hidden=self._frame.privacy)
                item.setText(f"{words}\n{case_detail(case)}")
                item.setToolTip(tip(item.text()))

    def _show(self, wanted: str, found: list[Case]) -> None:
        if wanted != self._pending:
            return
        self._pending = None
        self.list.clear()
        for case in found:
            item = QListWidgetItem()
            item.setData(_CASE, case)
            self.list.addItem(item)
        self._put_words()
        if not found:
            self.list.addItem(_NOBODY if wanted else _NO_CASE)
        self.list.setCurrentRow(0)
        height = self.list.sizeHintForRow(0) * min(max(len(found), 1), _SHOWN)
        self.list.setFixedHeight(height + px(8))
        if self._enter_waits:
            self._enter()

    def _enter(self) -> None:
        # Whoever types quickly presses Enter before the answer is there.
        self._enter_waits = self._pending is not None
        if not self._enter_waits:
            self._choose(self.list.currentItem())

    def _choose(self, item: QListWidgetItem | None) -> None:
        case = item.data(_CASE) if item is not None else None
        if isinstance(case, Case):
            self.problem.hide()
            self.chosen.emit(case)
