"""How somebody may be reached: the rule first, then, on asking, the number."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from provider_desk.model.choices import choices
from provider_desk.model.fields import field_map, shown
from provider_desk.model.records import SafeContact
from provider_desk.model.views import SafeNumber
from provider_desk.services.casework.safe_contact import (
    asked_in_words,
    number_for,
    rules_of,
    safe_ways,
)
from provider_desk.ui.frame import Frame
from provider_desk.ui.parts.buttons import plain, quiet
from provider_desk.ui.parts.card import clear
from provider_desk.ui.parts.words import body, section, soft, state, tip
from provider_desk.ui.theme import px

_SHOWN_FOR_MS = 120_000
_FIELDS = field_map(SafeContact)
_NOT_ASKED = "NK"
_BY_TAB = Qt.FocusPolicy.TabFocus


class Reach(QWidget):
    """The channels of a person; only those marked safe have a button.

    Attributes:
        asked: the channels are there; carries the code of the best one, "" for none.
        used: the number of a channel was shown; carries its code.
    """

    asked = Signal(str)
    used = Signal(str)

    def __init__(self, frame: Frame, client_id: str) -> None:
        super().__init__()
        self._frame = frame
        self._client_id = client_id
        self.ways: dict[str, SafeWay] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(8))
        desk = frame.desk
        frame.read(self, lambda: safe_ways(desk, client_id), self._show)

    def best(self) -> str:
        """The safe channel to try first: a phone where one may be used, or ""."""
        phones = choices("contact_channel").codes_where("phone")
        safe = list(self.ways)
        return next((code for code in safe if code in phones), next(iter(safe), ""))

    def go_to_best(self) -> bool:
        """Put the cursor on the button of the best channel; False without one."""
        way = self.ways.get(self.best())
        if way is not None:
            way.button.setFocus(Qt.FocusReason.OtherFocusReason)
        return way is not None

    def hide_numbers(self) -> None:
        """Take every number off the screen."""
        for way in self.ways.values():
            way.hide_number()

    def _show(self, found: Sequence[SafeContact]) -> None:
        clear(self._column)
        safe = choices("safe_contact_permission").codes_where("safe")
        phones = choices("contact_channel").codes_where("phone")
        self.ways = {}
        usable = [way for way in found if way.permission in safe]
        usable.sort(key=lambda each: each.channel not in phones)
        for way in usable:
            line = SafeWay(self._frame, self._client_id, way)
            line.used.connect(partial(self.used.emit, way.channel))
            self.ways[way.channel] = line
        if usable:
            first = self.ways[usable[0].channel]
            self._column.addWidget(first)
            # Shown at once, because only what is shown can take the cursor.
            first.show()
            self._add_others(usable[1:])
        else:
            self._column.addWidget(state("No safe way is known", "bad"))
            advice = "Do not contact them. Ask whoever referred them for a safe way."
            self._column.addWidget(body(advice))
        for way in found:
            if way.permission not in (*safe, _NOT_ASKED):
                words = f"{channel_words(way)}: {permission_words(way)}"
                self._column.addWidget(state(words, "bad"))
        unasked = [channel_words(w) for w in found if w.permission == _NOT_ASKED]
        if unasked:
            words = f"Not asked yet, so not to be used: {', '.join(unasked)}."
            self._column.addWidget(soft(words))
        self._come_first()
        self.asked.emit(self.best())

    def _come_first(self) -> None:
        """Tab goes through the channels where they stand: before what follows them.

        They came later than that, and so Tab would reach them last.
        """
        before: QWidget | None = self.previousInFocusChain()
        while before is not self and before and not before.focusPolicy() & _BY_TAB:
            before = before.previousInFocusChain()
        for stop in self.findChildren(QPushButton):
            if before is not None and stop.focusPolicy() & _BY_TAB:
                QWidget.setTabOrder(before, stop)
                before = stop

    def _add_others(self, others: Sequence[SafeContact]) -> None:
        """Further safe ways stand behind one line, so that the form stays in sight."""
        if not others:
            return
        lines = [self.ways[way.channel] for way in others]
        words = ", ".join(channel_words(way).casefold() for way in others)
        more = quiet(f"Other safe ways: {len(lines)}", lambda: None)
        more.setAccessibleName(f"Other safe ways: {words}")
        more.setToolTip(tip(words))
        more.setCheckable(True)
        self._column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        for line in lines:
            line.hide()
            more.toggled.connect(line.setVisible)
            self._column.addWidget(line)


class SafeWay(QFrame):
    """One channel that may be used.

    Attributes:
        used: its number was shown.
    """

    used = Signal()

    def __init__(self, frame: Frame, client_id: str, way: SafeContact) -> None:
        super().__init__()
        self._frame = frame
        self._client_id = client_id
        self._way = way
        self.setProperty("role", "note")
        words = f"{channel_words(way)}: {permission_words(way)}"
        rules = rules_of(way)
        asked = asked_in_words(way, frame.desk.today())
        self.reach = section("")
        self.reach.setWordWrap(True)
        self.reach.hide()
        flags = choices("contact_channel").by_code[way.channel].flags
        self._words = "Show the number" if flags.get("phone") else "Show where to"
        self.button = plain(self._words, self.turn)
        self.button.setAccessibleName(f"{self._words}: {channel_words(way)}")
        # Enter presses it too, so that a round of calls needs no other key.
        self.button.setAutoDefault(True)
        self.button.setAccessibleDescription(f"{words}. {rules}")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(8), px(12), px(8))
        column.setSpacing(px(4))
        column.addWidget(state(words, "warn" if rules else "good"))
        if rules:
            column.addWidget(frame.veil.over(body(rules)))
        column.addWidget(soft(asked[:1].upper() + asked[1:]))
        column.addWidget(self.reach)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        # Only now: what has no parent yet would become a window of its own.
        self.button.setVisible(bool(flags.get("shows")))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN_FOR_MS)
        self._timer.timeout.connect(self.hide_number)

    def turn(self) -> None:
        """Show the number, or hide it again."""
        if not self.reach.isHidden():
            self.hide_number()
            return
        desk, client_id, channel = self._frame.desk, self._client_id, self._way.channel
        self._frame.read(self, lambda: number_for(desk, client_id, channel), self._tell)

    def hide_number(self) -> None:
        """Take the number off the screen."""
        self._timer.stop()
        self.reach.clear()
        self.reach.hide()
        self.button.setText(self._words)

    def _tell(self, number: SafeNumber) -> None:
        self.reach.setText(number.reach or "Nothing is written down.")
        self.reach.show()
        self.button.setText("Hide it")
        self._timer.start()
        self.used.emit()


def channel_words(way: SafeContact) -> str:
    """The channel's label."""
    return _label("channel", way.channel)


def permission_words(way: SafeContact) -> str:
    """The permission's label."""
    return _label("permission", way.permission)


def _label(name: str, code: str) -> str:
    return shown(_FIELDS[name].kind, code)
