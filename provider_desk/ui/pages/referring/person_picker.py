"""Choosing another person: those who are alike at once, others by typing."""

from functools import partial

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

from provider_desk.model.views import PersonRow, Standing
from provider_desk.services.casework import duplicates, people
from provider_desk.services.desk import Desk
from provider_desk.ui.frame import Frame
from provider_desk.ui.own_words import own
from provider_desk.ui.parts.words import tip
from provider_desk.ui.theme import px

_SHOWN = 6
_LABEL = "The other record"
_NOBODY = "Nobody by that name"
_NOBODY_ALIKE = "Nobody on the desk is like this person: type a name"
_PERSON = Qt.ItemDataRole.UserRole
#: Lines of a search that can't be chosen.
_NOT_HERE = (Standing.OUTSIDE, Standing.MISTAKEN)


class PersonPicker(QWidget):
    """A field and what it finds below it; people who are alike come first.

    Attributes:
        chosen: carries the ``PersonRow``.
    """

    chosen = Signal(object)

    def __init__(self, frame: Frame, client_id: str) -> None:
        super().__init__()
        self._frame = frame
        self._client_id = client_id
        self._newest = frame.newest(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        label = QLabel(_LABEL)
        label.setProperty("role", "field")
        self.edit = QLineEdit()
        self.edit.setPlaceholderText("Known name, code or date of birth")
        self.edit.setAccessibleName(_LABEL)
        label.setBuddy(self.edit)
        self.edit.textEdited.connect(self._ask)
        self.edit.installEventFilter(self)
        self.setFocusProxy(self.edit)
        frame.veil.over(self.edit)
        frame.veil.changed.connect(self._put_words)
        self.list = QListWidget()
        self.list.setAccessibleName(own("People found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.itemClicked.connect(self._choose)
        column.addWidget(label)
        column.addWidget(self.edit)
        column.addWidget(self.list)
        self._ask("")

    def fold(self) -> None:
        """Leave only the field, once somebody is chosen; typing shows others again."""
        self.list.hide()

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
                self._choose(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _ask(self, text: str) -> None:
        desk, client_id, wanted = self._frame.desk, self._client_id, text.strip()
        if wanted:
            asked = partial(_searched, desk, wanted)
        else:
            asked = partial(duplicates.like_somebody, desk, client_id)
        self._newest.ask(
            asked, lambda found: self._show(wanted, found), self._frame.failed.emit
        )

    def _show(self, wanted: str, found: list[PersonRow]) -> None:
        self.list.clear()
        self.list.show()
        for row in found:
            if row.client_id == self._client_id or row.status in _NOT_HERE:
                continue
            item = QListWidgetItem()
            item.setData(_PERSON, row)
            self.list.addItem(item)
        self._put_words()
        if not self.list.count():
            self.list.addItem(_NOBODY if wanted else _NOBODY_ALIKE)
        self.list.setCurrentRow(0)
        height = self.list.sizeHintForRow(0) * min(self.list.count(), _SHOWN)
        self.list.setFixedHeight(height + px(8))

    def _put_words(self) -> None:
        """The same people with names, or without."""
        for number in range(self.list.count()):
            item = self.list.item(number)
            row = item.data(_PERSON)
            if isinstance(row, PersonRow):
                hidden = self._frame.privacy or not row.name
                who = row.code if hidden else f"{row.name}, {row.code}"
                born = "" if self._frame.privacy else row.born
                detail = " · ".join(each for each in (born, row.status) if each)
                item.setText(f"{who}\n{detail}")
                item.setToolTip(tip(item.text()))

    def _choose(self, item: QListWidgetItem | None) -> None:
        row = item.data(_PERSON) if item is not None else None
        if isinstance(row, PersonRow):
            self.chosen.emit(row)


def _searched(desk: Desk, text: str) -> list[PersonRow]:
    return list(people.search(desk, text, count=20).rows)
