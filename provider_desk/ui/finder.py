"""The search at the top: people by name, code or date of birth, and deeds by name."""

from collections.abc import Callable
from functools import partial
from textwrap import fill

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
)

from provider_desk.model.views import Page as Part
from provider_desk.model.views import PersonRow
from provider_desk.services.casework import outsiders, people
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.ui import deeds
from provider_desk.ui.deeds import Offer
from provider_desk.ui.frame import Frame
from provider_desk.ui.icons import icon
from provider_desk.ui.own_words import own
from provider_desk.ui.pages.outside_panel import opening
from provider_desk.ui.parts.buttons import primary
from provider_desk.ui.theme import px, tokens

_PEOPLE = 8
_DEEDS = 6
#: Parts of the top that the field takes, for one that stays empty.
_FIELD = 4
_RUN = Qt.ItemDataRole.UserRole


class Finder(QObject):
    """A search field and the list of what it finds, by arrow keys and Enter.

    Attributes:
        bar: the top of the window.
        edit: where one types.
    """

    def __init__(self, frame: Frame, offers: Callable[[], list[Offer]]) -> None:
        super().__init__(frame)
        self._frame = frame
        self._offers = offers
        self._newest = frame.newest(self)
        self.bar = QFrame()
        self.bar.setProperty("role", "top")
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(px(24), px(8), px(24), px(8))
        row.setSpacing(px(16))
        self.edit = QLineEdit()
        finds = may(frame.desk, Permission.SEE_OWN)
        self._said = deeds.SEARCH.words if finds else "Search for deeds"
        self.call_people()
        self.edit.addAction(
            icon("search", tokens().soft), QLineEdit.ActionPosition.LeadingPosition
        )
        self.edit.setClearButtonEnabled(True)
        self.edit.setMinimumWidth(px(200))
        self.edit.setMaximumWidth(px(560))
        self.edit.textEdited.connect(self._ask)
        self.edit.installEventFilter(self)
        frame.veil.over(self.edit)
        frame.veil.changed.connect(self._hide)
        row.addWidget(self.edit, _FIELD)
        row.addStretch(1)
        log = primary(deeds.LOG_SESSION.words, lambda: self._do(deeds.LOG_SESSION))
        if not may(frame.desk, Permission.RECORD_SESSIONS):
            log.hide()
        log.setToolTip(f"{deeds.LOG_SESSION.words}  ({deeds.LOG_SESSION.key})")
        log.setAccessibleDescription(deeds.LOG_SESSION.key)
        row.addWidget(log)
        self._box: QFrame | None = None
        self._list = QListWidget(self.bar)
        self._list.hide()
        self._list.setAccessibleName("Found")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self._list.setHorizontalScrollBarPolicy(off)
        self._list.setVerticalScrollBarPolicy(off)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.itemClicked.connect(self._choose)

    def call_people(self) -> None:
        """Say what is searched for, with the provider's own word for a person."""
        words = own(self._said)
        self.edit.setPlaceholderText(f"{words}  ({deeds.SEARCH.key})")
        self.edit.setAccessibleName(words)

    def start(self) -> None:
        """Put the cursor into the search."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()
        if self.edit.text():
            self._ask(self.edit.text())

    def found(self) -> list[str]:
        """The lines that are offered now."""
        return [self._list.item(row).text() for row in range(self._list.count())]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys and Enter work in the list while the cursor stays in the field."""
        if watched is self.edit and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress and self._on_key(event):
                return True
        elif event.type() == QEvent.Type.FocusOut:
            self._hide()
        if watched is self.edit and event.type() == QEvent.Type.FocusOut:
            self._hide()
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._list.count():
            step = 1 if key == Qt.Key.Key_Down else -1
            row = (self._list.currentRow() + step) % self._list.count()
            self._list.setCurrentRow(row)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                return False
            # Not what an earlier letter found, however fast Enter comes.
            self._newest.when_answered(lambda: self._choose(self._list.currentItem()))
            return True
        if key == Qt.Key.Key_Escape and self.edit.text():
            self._hide()
            self.edit.clear()
            return True
        return False

    def _ask(self, text: str) -> None:
        wanted = text.strip()
        if not wanted:
            self._hide()
            return
        desk = self._frame.desk
        if not may(desk, Permission.SEE_OWN):
            self._show(wanted, Part((), 0))
            return
        self._newest.ask(
            lambda: people.search(desk, wanted, count=_PEOPLE),
            lambda found: self._show(wanted, found),
            self._frame.failed.emit,
        )

    def _show(self, wanted: str, found: Part[PersonRow]) -> None:
        if not self.edit.hasFocus() or not self.edit.text().strip():
            return
        self._list.clear()
        for offer in self._deeds(wanted):
            words = own(offer.key.words)
            self._add(f"{words}   {offer.key.key}".rstrip(), offer.run, "today")
        for row in found.rows:
            self._add(self._words(row), opening(self._frame, row), "people")
        if not self._list.count():
            self._say_nobody(wanted)
        rows = range(self._list.count())
        runs = (row for row in rows if self._list.item(row).data(_RUN) is not None)
        self._list.setCurrentRow(next(runs, 0))
        self._place()

    def _say_nobody(self, wanted: str) -> None:
        """That nobody is found, what can be done next, and the deed that does it."""
        frame = self._frame
        if not may(frame.desk, Permission.SEE_OWN):
            self._list.addItem("No deed by that name")
            return
        words = outsiders.nobody(frame.desk)
        self._list.addItem(f"{own(words.short)}, and no deed")
        width = max(24, self.edit.width() // self.edit.fontMetrics().averageCharWidth())
        item = QListWidgetItem(fill(own(words.more), width * 5 // 6))
        self._list.addItem(item)
        if words.may_add:
            add = deeds.ADD_PERSON
            run = partial(frame.go, "people", add=wanted)
            self._add(f"{own(add.words)}   {add.key}", run, "people")

    def _deeds(self, wanted: str) -> list[Offer]:
        words = wanted.casefold().split()
        return [
            offer
            for offer in self._offers()
            if not offer.why_not
            and all(
                any(
                    part.startswith(w)
                    for part in own(offer.key.words).casefold().split()
                )
                for w in words
            )
        ][:_DEEDS]

    def _words(self, row: PersonRow) -> str:
        known = () if self._frame.privacy else (row.name, row.born)
        parts = (row.code, *known, row.status)
        return "   ".join(part for part in parts if part)

    def _add(self, words: str, run: Callable[[], None], picture: str) -> None:
        item = QListWidgetItem(icon(picture, tokens().soft), words)
        item.setData(_RUN, run)
        self._list.addItem(item)

    def _choose(self, item: QListWidgetItem | None) -> None:
        run = item.data(_RUN) if item is not None else None
        if run is None:
            return
        self._hide()
        self.edit.clear()
        run()

    def _do(self, key: deeds.Key) -> None:
        for offer in self._offers():
            if offer.key is key:
                offer.run()
                return

    def _place(self) -> None:
        home = self.bar.parentWidget()
        if home is None:
            return
        if self._box is None:
            # Below the desk's own view, so that what was found goes when it locks.
            self._box = QFrame(home)
            self._box.setProperty("role", "floating")
            inside = QVBoxLayout(self._box)
            inside.setContentsMargins(px(4), px(4), px(4), px(4))
            self._list.setFrameShape(QFrame.Shape.NoFrame)
            inside.addWidget(self._list)
            self._list.show()
        corner = QPoint(0, self.edit.height() + px(2))
        below = self.edit.mapTo(home, corner)
        rows = range(self._list.count())
        height = sum(map(self._list.sizeHintForRow, rows)) + px(20)
        # A long line makes it wider than the field; the window is the end of it.
        wanted = self._list.sizeHintForColumn(0) + px(20)
        room = home.width() - below.x() - px(24)
        width = max(self.edit.width(), min(wanted, room))
        self._box.setGeometry(below.x(), below.y(), width, height)
        self._box.show()
        self._box.raise_()

    def _hide(self) -> None:
        if self._box is not None:
            self._box.hide()
